"""Laws of evidence: which way a change in what is known may move the gap, and how far."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from claims.domain.dossier import Dossier, Link, score_dossier
from claims.domain.gap import CREDIBILITY_WEIGHT, DIRECTNESS_WEIGHT, MASS_GRAIN, RELIABILITY_WEIGHT
from claims.domain.vocabulary import Credibility, Directness, Reliability

from .strategies import (
    VERDICTS_AGAINST,
    VERDICTS_FOR,
    adding,
    as_of_days,
    dossiers,
    law,
    leaving_out,
    level,
    links,
    picked,
    picks,
    side_sum,
    swapping,
    whole,
    with_links,
)

TINY = 1e-9
contradicting = links([(-2,), (-1,), (-2, -1), (-2, -1, -1), (-2, -2, 0)])
supporting = links([(2,), (1,), (1, 2), (1, 1, 2), (0, 2, 2)])
Grades = tuple[Reliability, Credibility, Directness]
grades = st.tuples(*(st.sampled_from(of) for of in (Reliability, Credibility, Directness)))


@law
@given(dossiers(), as_of_days, contradicting)
def test_a_report_against_the_words_never_lowers_the_gap_nor_makes_a_verdict_for_them(
    dossier: Dossier, as_of: date, more: Link
) -> None:
    before = score_dossier(dossier, as_of)
    after = score_dossier(adding(dossier, replace(more, id="more")), as_of)
    assert level(after) >= level(before)
    assert after.contradicting >= before.contradicting
    assert after.supporting == before.supporting
    assert after.publishers_against >= before.publishers_against
    assert after.publishers_for == before.publishers_for
    assert before.state in VERDICTS_FOR or after.state not in VERDICTS_FOR


@law
@given(dossiers(), as_of_days, supporting)
def test_a_report_for_the_words_never_raises_the_gap_nor_makes_a_verdict_against_them(
    dossier: Dossier, as_of: date, more: Link
) -> None:
    before = score_dossier(dossier, as_of)
    after = score_dossier(adding(dossier, replace(more, id="more")), as_of)
    assert level(after) <= level(before)
    assert after.supporting >= before.supporting
    assert after.contradicting == before.contradicting
    assert after.publishers_for >= before.publishers_for
    assert after.publishers_against == before.publishers_against
    assert before.state in VERDICTS_AGAINST or after.state not in VERDICTS_AGAINST


@law
@given(dossiers(), as_of_days, picks, st.integers(-2, 2))
def test_one_rating_further_against_the_words_never_lowers_the_gap(
    dossier: Dossier, as_of: date, pick: int, rating: int
) -> None:
    old = picked(dossier, pick)
    assume(old.stances)
    new = replace(old, stances=(min(rating, old.stances[0]), *old.stances[1:]))
    before, after = (score_dossier(each, as_of) for each in (dossier, swapping(dossier, old, new)))
    assert level(after) >= level(before)


@law
@given(dossiers(), as_of_days, picks, grades)
def test_a_better_grade_never_weakens_a_link(dossier: Dossier, as_of: date, pick: int, grade: Grades) -> None:
    old = picked(dossier, pick)
    new = regraded(old, grade, max)
    before, after = (score_dossier(each, as_of) for each in (dossier, swapping(dossier, old, new)))
    was, now = before.links[old.id], after.links[old.id]
    assert now.mass >= was.mass
    assert abs(now.contribution) >= abs(was.contribution) - TINY
    assert now.is_counted or not was.is_counted
    assert side_sum(after, old) >= side_sum(before, old)
    moved = level(after) - level(before)
    assert moved >= 0 if old.x < 0 else moved <= 0 if old.x > 0 else moved == 0


@law
@given(dossiers(), as_of_days, picks, grades, st.sampled_from([1, 2]))
def test_copies_by_the_same_publisher_within_an_origin_change_nothing(
    dossier: Dossier, as_of: date, pick: int, grade: Grades, copies: int
) -> None:
    old = picked(dossier, pick)
    first = replace(old, origin=old.origin or "its own", publisher=old.publisher or "itself")
    echoes = [replace(first, id="same"), replace(regraded(first, grade, min), id="weaker")][:copies]
    before, after = (
        score_dossier(each, as_of) for each in (dossier, adding(swapping(dossier, old, first), *echoes))
    )
    assert whole(after) == whole(before)
    rest = {link.id for link in dossier.links} if first.origin == old.origin else {old.id}
    was = sum(before.links[key].contribution for key in rest)
    now = sum(after.links[key].contribution for key in {*rest, *(echo.id for echo in echoes)})
    assert abs(now - was) < TINY


@law
@given(dossiers(), as_of_days, picks)
def test_an_interested_report_counts_half_and_is_no_source_of_its_own(
    dossier: Dossier, as_of: date, pick: int
) -> None:
    old = picked(dossier, pick)
    free, interested = replace(old, interested=False), replace(old, interested=True)
    before, after = (score_dossier(swapping(dossier, old, each), as_of) for each in (free, interested))
    assert abs(after.links[old.id].mass - before.links[old.id].mass / 2) <= MASS_GRAIN / 2
    assert side_sum(after, old) <= side_sum(before, old)
    rest = score_dossier(leaving_out(dossier, old), as_of)
    sources = (after.publishers_against, after.publishers_for, after.publishers)
    assert sources == (rest.publishers_against, rest.publishers_for, rest.publishers)


@law
@given(dossiers(), as_of_days)
def test_interested_reports_alone_make_no_verdict(dossier: Dossier, as_of: date) -> None:
    biased = with_links(dossier, tuple(replace(link, interested=True) for link in dossier.links))
    gap = score_dossier(biased, as_of)
    assert (gap.publishers_against, gap.publishers_for, gap.publishers) == (0, 0, 0)
    assert not gap.state.sufficient


def regraded(link: Link, grade: Grades, pick: Callable[..., Any]) -> Link:
    reliability, credibility, directness = grade
    return replace(
        link,
        reliability=pick(link.reliability, reliability, key=RELIABILITY_WEIGHT.__getitem__),
        credibility=pick(link.credibility, credibility, key=CREDIBILITY_WEIGHT.__getitem__),
        directness=pick(link.directness, directness, key=DIRECTNESS_WEIGHT.__getitem__),
    )


@law
@given(dossiers(), as_of_days, st.lists(links(), min_size=1, max_size=3))
def test_one_new_origin_that_is_not_decisive_moves_the_gap_by_a_bounded_step(
    dossier: Dossier, as_of: date, reports: list[Link]
) -> None:
    mild = [replace(link, directness=mild_directness(link)) for link in reports]
    news = tuple(replace(link, id=("new", i), origin="newcomer") for i, link in enumerate(mild))
    before, after = (score_dossier(each, as_of) for each in (dossier, adding(dossier, *news)))
    step = 100 / (before.contradicting + before.supporting + 3)
    assert abs(level(after) - level(before)) <= step + TINY
    assert after.events_against - before.events_against in (0, 1)
    assert after.events_for - before.events_for in (0, 1)


def mild_directness(link: Link) -> Directness:
    return Directness.DIRECT if link.directness is Directness.DECISIVE else link.directness


@law
@given(dossiers(), as_of_days)
def test_the_same_evidence_from_as_many_new_origins_and_publishers_narrows_the_interval(
    dossier: Dossier, as_of: date
) -> None:
    again = (
        replace(
            link,
            id=("again", link.id),
            origin=link.origin and f"{link.origin} again",
            publisher=link.publisher and f"{link.publisher} again",
        )
        for link in dossier.links
    )
    before, after = (score_dossier(each, as_of) for each in (dossier, adding(dossier, *again)))
    assert (after.contradicting, after.supporting) == (2 * before.contradicting, 2 * before.supporting)
    if before.low is None or before.high is None or after.low is None or after.high is None:
        assert before.gap is after.gap is None
    else:
        assert after.high - after.low < before.high - before.low


@law
@given(dossiers(), as_of_days)
def test_contributions_sum_to_the_gap(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    total = sum(link.contribution for link in gap.links.values())
    assert abs(50 + total - level(gap)) < TINY
    if gap.gap is None:
        assert not any(link.contribution for link in gap.links.values())


@law
@given(dossiers(), as_of_days)
def test_only_an_origins_strongest_report_of_a_side_contributes_and_to_that_side(
    dossier: Dossier, as_of: date
) -> None:
    gap = score_dossier(dossier, as_of)
    for link in dossier.links:
        part = gap.links[link.id]
        assert part.is_counted == (part.contribution != 0)
        assert part.mass == 0 or part.visible
        assert part.contribution * link.x <= 0


@law
@given(dossiers(), as_of_days)
def test_leaving_out_a_report_never_disagrees_in_sign_with_its_contribution(
    dossier: Dossier, as_of: date
) -> None:
    gap = score_dossier(dossier, as_of)
    for link in dossier.links:
        part = gap.links[link.id]
        without = 50.0 if part.gap_without is None else part.gap_without
        if link.x < 0:
            assert without <= level(gap)
        elif link.x > 0:
            assert without >= level(gap)
        if not part.mass:
            assert part.gap_without == gap.gap


@law
@given(dossiers(), as_of_days)
def test_leaving_out_a_report_is_the_score_of_the_dossier_without_it(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    for link in dossier.links:
        rest = score_dossier(leaving_out(dossier, link), as_of)
        part = gap.links[link.id]
        assert (part.gap_without, part.state_without) == (rest.gap, rest.state)
