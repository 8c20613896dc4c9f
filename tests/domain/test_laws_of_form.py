"""Laws of form: what may not matter, what must hold of every answer, and how the answer takes the flip."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dossier import Dossier, Gap, Link, score_days, score_dossier, score_dossiers
from claims.domain.vocabulary import State

from .strategies import (
    adding,
    as_of_days,
    dossiers,
    flipped,
    law,
    links,
    whole,
    with_links,
)

MIRROR = {
    State.MATCHES: State.CONTRADICTS,
    State.MOSTLY_MATCHES: State.MOSTLY_CONTRADICTS,
    State.MOSTLY_CONTRADICTS: State.MOSTLY_MATCHES,
    State.CONTRADICTS: State.MATCHES,
}
NEUTRAL = [(), (0,), (0, 0), (-1, 1), (-2, 0, 2), (-2, 0, 0, 1)]


@law
@given(st.data(), dossiers(), as_of_days)
def test_order_never_matters_to_the_bit(data: st.DataObject, dossier: Dossier, as_of: date) -> None:
    shuffled = with_links(dossier, tuple(data.draw(st.permutations(dossier.links))))
    assert score_dossier(shuffled, as_of) == score_dossier(dossier, as_of)


@law
@given(st.lists(st.tuples(dossiers(), as_of_days), max_size=4))
def test_company_never_matters_to_the_bit(cases: list[tuple[Dossier, date]]) -> None:
    assert score_dossiers(cases) == [score_dossier(*case) for case in cases]


@law
@given(dossiers(), st.lists(as_of_days, max_size=5))
def test_many_days_at_once_are_the_same_as_each_day_alone(dossier: Dossier, days: list[date]) -> None:
    assert [whole(gap) for gap in score_days(dossier, days)] == [
        whole(score_dossier(dossier, d)) for d in days
    ]


@law
@given(st.data(), dossiers(), as_of_days)
def test_names_of_origins_and_publishers_do_not_matter(
    data: st.DataObject, dossier: Dossier, as_of: date
) -> None:
    origins = data.draw(renamings({link.origin for link in dossier.links}))
    publishers = data.draw(renamings({link.publisher for link in dossier.links}))
    renamed = with_links(
        dossier,
        tuple(
            replace(link, origin=origins[link.origin], publisher=publishers[link.publisher])
            for link in dossier.links
        ),
    )
    assert score_dossier(renamed, as_of) == score_dossier(dossier, as_of)


def renamings(names: set[Hashable]) -> st.SearchStrategy[dict[Hashable, Hashable]]:
    old = sorted(names - {None}, key=str)
    new = st.permutations([*old, 7, "", ("a", "b")])
    return new.map(lambda found: {None: None} | dict(zip(old, found, strict=False)))


@law
@given(dossiers(), as_of_days, links(NEUTRAL))
def test_context_changes_nothing(dossier: Dossier, as_of: date, context: Link) -> None:
    before = score_dossier(dossier, as_of)
    after = score_dossier(adding(dossier, replace(context, id="context")), as_of)
    aside = after.links.pop("context")
    assert after == before
    assert (aside.mass, aside.contribution, aside.is_counted) == (0, 0, False)
    assert (aside.gap_without, aside.state_without) == (before.gap, before.state)


@law
@given(dossiers(), as_of_days)
def test_the_gap_lies_in_its_interval_and_that_on_the_scale(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    if gap.gap is not None and gap.low is not None and gap.high is not None:
        assert 0 <= gap.low <= gap.gap <= gap.high <= 100
        assert (gap.low == 0) == (gap.contradicting == 0)
        assert (gap.high == 100) == (gap.supporting == 0)


@law
@given(dossiers(), as_of_days)
def test_without_directional_evidence_there_is_no_number(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    directional = any(link.mass > 0 for link in gap.links.values())
    numbers = [gap.gap, gap.low, gap.high]
    assert all((number is not None) == directional for number in numbers)
    assert directional == (gap.contradicting + gap.supporting > 0)
    assert directional == (gap.events_against + gap.events_for > 0)
    if not directional:
        assert gap.state in (State.NO_EVIDENCE, State.STALE)
        assert not gap.tentative


@law
@given(dossiers(), as_of_days)
def test_flipping_every_stance_mirrors_the_gap(dossier: Dossier, as_of: date) -> None:
    gap, mirrored = score_dossier(dossier, as_of), score_dossier(flipped(dossier), as_of)
    assert (mirrored.contradicting, mirrored.supporting) == (gap.supporting, gap.contradicting)
    assert (mirrored.events_against, mirrored.events_for) == (gap.events_for, gap.events_against)
    assert (mirrored.publishers_against, mirrored.publishers_for) == (
        gap.publishers_for,
        gap.publishers_against,
    )
    assert (mirrored.publishers, mirrored.tentative) == (gap.publishers, gap.tentative)
    if gap.gap is None or gap.low is None or gap.high is None:
        assert mirrored.gap is mirrored.low is mirrored.high is None
        return
    ends = (100 - gap.gap, 100 - gap.high, 100 - gap.low)
    assert (mirrored.gap, mirrored.low, mirrored.high) == pytest.approx(ends, rel=0, abs=1e-9)
    for key, link in gap.links.items():
        assert mirrored.links[key].contribution == -link.contribution


@law
@given(dossiers(), as_of_days)
def test_exactly_one_state_holds_and_the_flip_mirrors_it(dossier: Dossier, as_of: date) -> None:
    gap, mirrored = score_dossier(dossier, as_of), score_dossier(flipped(dossier), as_of)
    given = [state for state in State if state is not State.UNCHECKABLE]  # that one is decided by editors
    assert [state for state in given if holds(state, gap, dossier)] == [gap.state]
    assert mirrored.state == MIRROR.get(gap.state, gap.state)


def holds(state: State, gap: Gap, dossier: Dossier) -> bool:
    """Each state by its own words, none leaning on the order of the others."""
    level = -1 if gap.gap is None else gap.gap
    clash = has_conflict(gap)
    enough = clash or stands_on_its_own_side(gap)
    faded = not enough and passed_when_newest(dossier, gap)
    return {
        State.STALE: faded,
        State.NO_EVIDENCE: gap.contradicting + gap.supporting == 0 and not faded,
        State.INSUFFICIENT: gap.contradicting + gap.supporting > 0 and not enough and not faded,
        State.CONFLICTING: clash,
        State.MATCHES: enough and not clash and level <= 20,
        State.MOSTLY_MATCHES: enough and not clash and 20 < level <= 40,
        State.MIXED: enough and not clash and 40 < level < 60,
        State.MOSTLY_CONTRADICTS: enough and not clash and 60 <= level < 80,
        State.CONTRADICTS: enough and not clash and level >= 80,
    }[state]


def has_conflict(gap: Gap) -> bool:
    less, more = sorted((gap.contradicting, gap.supporting))
    return less >= 0.5 and 3 * less >= more and gap.publishers >= 2


def stands_on_its_own_side(gap: Gap) -> bool:
    against = gap.contradicting >= max(gap.supporting, 1) and gap.publishers_against >= 2
    return against or (gap.supporting >= max(gap.contradicting, 1) and gap.publishers_for >= 2)


def passed_when_newest(dossier: Dossier, gap: Gap) -> bool:
    """Whether the same reports gave a verdict on the day on which the newest of them had become known."""
    told = tuple(link for link in dossier.links if gap.links[link.id].visible and link.x)
    if not told:
        return False
    then = score_dossier(with_links(dossier, told), max(link.visible_from for link in told))
    return has_conflict(then) or stands_on_its_own_side(then)
