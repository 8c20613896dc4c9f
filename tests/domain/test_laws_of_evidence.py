"""Laws of evidence: which way a change in what is known may move the gap, and how far."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from claims.domain.dossier import Dossier, Link, score_dossier
from claims.domain.gap import CREDIBILITY_WEIGHT, DIRECTNESS_WEIGHT, RELIABILITY_WEIGHT
from claims.domain.vocabulary import Credibility, Directness, Reliability

from .strategies import adding, as_of_days, dossiers, law, level, links, swapping, whole, with_links

TINY = 1e-9
contradicting = links([(-2,), (-1,), (-2, -1), (-2, -1, -1), (-2, -2, 0)])
supporting = links([(2,), (1,), (1, 2), (1, 1, 2), (0, 2, 2)])
picks = st.integers(0, 8)
Grades = tuple[Reliability, Credibility, Directness]
grades = st.tuples(*(st.sampled_from(of) for of in (Reliability, Credibility, Directness)))


def picked(dossier: Dossier, pick: int) -> Link:
    assume(dossier.links)
    return dossier.links[pick % len(dossier.links)]


@law
@given(dossiers(), as_of_days, contradicting)
def test_more_contradiction_never_lowers_the_gap(dossier: Dossier, as_of: date, more: Link) -> None:
    before = score_dossier(dossier, as_of)
    after = score_dossier(adding(dossier, replace(more, id="more")), as_of)
    assert level(after) >= level(before)
    assert after.contradicting >= before.contradicting
    assert after.supporting == before.supporting


@law
@given(dossiers(), as_of_days, supporting)
def test_more_support_never_raises_the_gap(dossier: Dossier, as_of: date, more: Link) -> None:
    before = score_dossier(dossier, as_of)
    after = score_dossier(adding(dossier, replace(more, id="more")), as_of)
    assert level(after) <= level(before)
    assert after.supporting >= before.supporting
    assert after.contradicting == before.contradicting


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
    assert now.strongest or not was.strongest
    moved = level(after) - level(before)
    assert moved >= 0 if old.x < 0 else moved <= 0 if old.x > 0 else moved == 0


@law
@given(dossiers(), as_of_days, picks, grades, st.sampled_from([1, 2]))
def test_copies_within_an_origin_change_nothing(
    dossier: Dossier, as_of: date, pick: int, grade: Grades, copies: int
) -> None:
    old = picked(dossier, pick)
    first = replace(old, origin=old.origin or "its own")
    echoes = [replace(first, id="same"), replace(regraded(first, grade, min), id="weaker")][:copies]
    before, after = (
        score_dossier(each, as_of) for each in (dossier, adding(swapping(dossier, old, first), *echoes))
    )
    assert whole(after) == whole(before)
    rest = {link.id for link in dossier.links} if first.origin == old.origin else {old.id}
    was = sum(before.links[key].contribution for key in rest)
    now = sum(after.links[key].contribution for key in {*rest, *(echo.id for echo in echoes)})
    assert abs(now - was) < TINY


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
def test_one_new_origin_moves_the_gap_by_a_bounded_step(
    dossier: Dossier, as_of: date, reports: list[Link]
) -> None:
    news = tuple(replace(link, id=("new", i), origin="newcomer") for i, link in enumerate(reports))
    before, after = (score_dossier(each, as_of) for each in (dossier, adding(dossier, *news)))
    step = 100 / (before.contradicting + before.supporting + 3)
    assert abs(level(after) - level(before)) <= step + TINY
    assert after.origins - before.origins in (0, 1)


@law
@given(dossiers(), as_of_days)
def test_the_same_evidence_from_as_many_new_origins_narrows_the_interval(
    dossier: Dossier, as_of: date
) -> None:
    again = (
        replace(link, id=("again", link.id), origin=link.origin and f"{link.origin} again")
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
def test_only_an_origins_strongest_link_contributes_and_to_its_own_side(
    dossier: Dossier, as_of: date
) -> None:
    gap = score_dossier(dossier, as_of)
    for link in dossier.links:
        part = gap.links[link.id]
        assert part.strongest == (part.contribution != 0)
        assert part.mass == 0 or part.visible
        assert part.contribution * link.x <= 0


@law
@given(dossiers(), as_of_days)
def test_leave_one_out_agrees_in_sign_with_the_contribution(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    for part in gap.links.values():
        without = 50.0 if part.gap_without is None else part.gap_without
        if part.contribution > 0:
            assert without <= level(gap)
        elif part.contribution < 0:
            assert without >= level(gap)
        else:
            assert (part.gap_without, part.state_without) == (gap.gap, gap.state)


@law
@given(dossiers(), as_of_days)
def test_leave_one_out_is_the_score_of_the_dossier_without_that_link(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    for link in dossier.links:
        rest = score_dossier(
            with_links(dossier, tuple(each for each in dossier.links if each is not link)), as_of
        )
        part = gap.links[link.id]
        assert (part.gap_without, part.state_without) == (rest.gap, rest.state)
