"""Laws of form: what may not matter, what must hold of every answer, and how the answer takes the flip."""

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
def test_names_of_origins_do_not_matter(data: st.DataObject, dossier: Dossier, as_of: date) -> None:
    old = sorted({link.origin for link in dossier.links if link.origin is not None}, key=str)
    new = {None: None} | dict(zip(old, data.draw(st.permutations([*old, 7, "", ("a", "b")])), strict=False))
    renamed = with_links(dossier, tuple(replace(link, origin=new[link.origin]) for link in dossier.links))
    assert score_dossier(renamed, as_of) == score_dossier(dossier, as_of)


@law
@given(dossiers(), as_of_days, links(NEUTRAL))
def test_context_changes_nothing(dossier: Dossier, as_of: date, context: Link) -> None:
    before = score_dossier(dossier, as_of)
    after = score_dossier(adding(dossier, replace(context, id="context")), as_of)
    aside = after.links.pop("context")
    assert after == before
    assert (aside.mass, aside.contribution, aside.strongest) == (0, 0, False)
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
    assert directional == (gap.contradicting + gap.supporting > 0) == (gap.origins > 0)
    if not directional:
        assert gap.state in (State.NO_EVIDENCE, State.STALE)
        assert not gap.tentative


@law
@given(dossiers(), as_of_days)
def test_flipping_every_stance_mirrors_the_gap(dossier: Dossier, as_of: date) -> None:
    gap, mirrored = score_dossier(dossier, as_of), score_dossier(flipped(dossier), as_of)
    assert (mirrored.contradicting, mirrored.supporting) == (gap.supporting, gap.contradicting)
    assert (mirrored.origins, mirrored.tentative) == (gap.origins, gap.tentative)
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
    assert [state for state in State if holds(state, gap, dossier)] == [gap.state]
    assert mirrored.state == MIRROR.get(gap.state, gap.state)


def holds(state: State, gap: Gap, dossier: Dossier) -> bool:
    """Each state by its own words, none leaning on the order of the others."""
    level = -1 if gap.gap is None else gap.gap
    less, total = min(gap.contradicting, gap.supporting), gap.contradicting + gap.supporting
    enough = total >= 1 and gap.origins >= 2
    faded = not enough and unaged_would_pass(dossier, gap)
    clash = enough and less >= 0.5 and less >= total / 4
    return {
        State.STALE: faded,
        State.NO_EVIDENCE: total == 0 and not faded,
        State.INSUFFICIENT: total > 0 and not enough and not faded,
        State.CONFLICTING: clash,
        State.MATCHES: enough and not clash and level <= 20,
        State.MOSTLY_MATCHES: enough and not clash and 20 < level <= 40,
        State.MIXED: enough and not clash and 40 < level < 60,
        State.MOSTLY_CONTRADICTS: enough and not clash and 60 <= level < 80,
        State.CONTRADICTS: enough and not clash and level >= 80,
    }[state]


def unaged_would_pass(dossier: Dossier, gap: Gap) -> bool:
    best: dict[tuple[object, bool], float] = {}
    for link in dossier.links:
        if gap.links[link.id].visible:
            origin = link.id if link.origin is None else link.origin
            side = origin, link.x > 0
            best[side] = max(best.get(side, 0), abs(link.x) * link.quality)
    return sum(best.values()) >= 1 and len({origin for (origin, _), mass in best.items() if mass > 0}) >= 2
