"""Laws of publishers: what one of them can do alone, what a second one adds, and what is left without one."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dossier import Dossier, Link, score_dossier, score_without
from claims.domain.vocabulary import ClaimKind

from .strategies import (
    VERDICTS_AGAINST,
    VERDICTS_FOR,
    adding,
    as_of_days,
    dossiers,
    law,
    leaving_out,
    level,
    link,
    links,
    picked,
    picks,
    side_sum,
    swapping,
    whole,
    with_links,
)


@law
@given(dossiers(), as_of_days, picks, links(), st.sampled_from(["another", "agency", "daily", None]))
def test_the_same_happening_from_another_publisher_never_lowers_its_side(
    dossier: Dossier, as_of: date, pick: int, report: Link, publisher: str | None
) -> None:
    told = picked(dossier, pick)
    first = replace(told, origin=told.origin or "its own")
    again = replace(report, id="again", stances=told.stances, origin=first.origin, publisher=publisher)
    dossier = swapping(dossier, told, first)
    before, after = (score_dossier(each, as_of) for each in (dossier, adding(dossier, again)))
    assert side_sum(after, told) >= side_sum(before, told)
    assert after.publishers >= before.publishers


@law
@given(dossiers(), as_of_days)
def test_one_publisher_alone_moves_a_side_by_one_at_most_and_makes_no_verdict(
    dossier: Dossier, as_of: date
) -> None:
    alone = with_links(dossier, tuple(replace(each, publisher="alone") for each in dossier.links))
    gap = score_dossier(alone, as_of)
    assert max(gap.contradicting, gap.supporting) <= 1
    assert max(gap.publishers_against, gap.publishers_for, gap.publishers) <= 1
    assert not gap.state.sufficient


@law
@given(dossiers(), as_of_days, st.lists(links(), min_size=1, max_size=5), st.sampled_from(["agency", "new"]))
def test_what_only_one_publisher_reports_moves_each_side_by_one_at_most(
    dossier: Dossier, as_of: date, reports: list[Link], publisher: str
) -> None:
    news = [replace(r, id=i, origin=("new", i % 3), publisher=publisher) for i, r in enumerate(reports, 100)]
    before, after = (score_dossier(each, as_of) for each in (dossier, adding(dossier, *news)))
    assert 0 <= after.contradicting - before.contradicting <= 1
    assert 0 <= after.supporting - before.supporting <= 1


@law
@given(dossiers(), as_of_days)
def test_a_verdict_stands_on_two_publishers_of_its_own_side(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    if gap.state in VERDICTS_AGAINST:
        assert gap.publishers_against >= 2
    if gap.state in VERDICTS_FOR:
        assert gap.publishers_for >= 2


@law
@given(dossiers(), as_of_days)
def test_leaving_out_a_publisher_is_the_score_of_the_dossier_without_its_reports(
    dossier: Dossier, as_of: date
) -> None:
    publishers = list(dict.fromkeys(each.publisher for each in dossier.links if each.publisher))
    for publisher, without in zip(publishers, score_without(dossier, as_of, publishers), strict=True):
        rest = leaving_out(dossier, *(each for each in dossier.links if each.publisher == publisher))
        assert whole(without) == whole(score_dossier(rest, as_of))


@law
@given(dossiers(), as_of_days)
def test_leaving_out_a_publisher_of_one_side_never_disagrees_in_sign_with_its_contributions(
    dossier: Dossier, as_of: date
) -> None:
    """One that reports on both sides may: there its reports confirm others', which no contribution shows."""
    gap = score_dossier(dossier, as_of)
    publishers = list(dict.fromkeys(each.publisher for each in dossier.links if each.publisher))
    for publisher, without in zip(publishers, score_without(dossier, as_of, publishers), strict=True):
        sides = {each.x > 0 for each in dossier.links if each.publisher == publisher and each.x}
        if sides == {True}:
            assert level(without) >= level(gap)
        elif sides == {False}:
            assert level(without) <= level(gap)


def test_a_publisher_of_both_sides_may_hold_up_more_than_its_contributions_show() -> None:
    """Its reports against the words contribute nothing, but confirm four happenings that another tells of."""
    told = [link(f"told {n}", -2, origin=n, publisher="daily") for n in "abcd"]
    confirmed = [link(f"confirmed {n}", -2, grade="B1", origin=n, publisher="agency") for n in "abcd"]
    dossier = Dossier(ClaimKind.FACT, links=(*told, *confirmed, link("denied", 2, publisher="agency")))
    day = date(2022, 1, 1)
    gap, [without] = score_dossier(dossier, day), score_without(dossier, day, ["agency"])
    assert [gap.links[each.id].contribution for each in confirmed] == [0, 0, 0, 0]
    assert gap.links["denied"].contribution < 0
    assert level(without) < level(gap)
