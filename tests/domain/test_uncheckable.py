"""A claim that cannot be checked has that as its outcome and no score, whatever was linked to it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given

from claims.domain.dossier import Dossier, score_days, score_dossier, score_without
from claims.domain.dossier_inputs import dossier_from_inputs, inputs_of_dossier
from claims.domain.evidence_counts import EvidenceCounts, count_evidence
from claims.domain.history import gap_line_days, last_movements
from claims.domain.sensitivity import find_hinge, find_turning_points
from claims.domain.vocabulary import State

from .strategies import as_of_days, dossiers, law


@law
@given(dossiers(), as_of_days)
def test_it_has_no_number_and_no_side_on_any_day(dossier: Dossier, as_of: date) -> None:
    vague = replace(dossier, is_uncheckable=True)
    gap = score_dossier(vague, as_of)
    assert (gap.state, gap.gap, gap.low, gap.high, gap.headline) == (
        State.UNCHECKABLE,
        None,
        None,
        None,
        None,
    )
    assert not gap.tentative
    assert gap.mass == gap.publishers == gap.events_against == gap.events_for == 0
    assert count_evidence(vague, gap) == EvidenceCounts(0, 0, 0, 0)
    assert {(part.mass, part.contribution, part.state_without) for part in gap.links.values()} <= {
        (0.0, 0.0, State.UNCHECKABLE)
    }
    line = gap_line_days(vague, as_of - timedelta(days=400), as_of)
    assert {each.state for each in [*line, *score_days(vague, [as_of])]} == {State.UNCHECKABLE}


@law
@given(dossiers(), as_of_days)
def test_nothing_turns_it_and_nothing_moves_it(dossier: Dossier, as_of: date) -> None:
    vague = replace(dossier, is_uncheckable=True)
    gap = score_dossier(vague, as_of)
    publishers = [link.publisher for link in vague.links if link.publisher]
    assert all(each.state is State.UNCHECKABLE for each in score_without(vague, as_of, publishers))
    hinge, turns = find_hinge(vague, gap), find_turning_points(vague, gap)
    assert (hinge.reports, hinge.publishers, hinge.widest) == ((), (), None)
    assert (turns.against, turns.for_) == (None, None)
    assert last_movements([(vague, as_of)]) == [None]


@law
@given(dossiers(), as_of_days)
def test_its_inputs_say_so_and_give_it_again(dossier: Dossier, as_of: date) -> None:
    vague = replace(dossier, is_uncheckable=True)
    inputs = inputs_of_dossier(vague, as_of)
    assert inputs["claim"]["uncheckable"] is True
    assert score_dossier(dossier_from_inputs(inputs), as_of).state is State.UNCHECKABLE
    assert "uncheckable" not in inputs_of_dossier(dossier, as_of)["claim"]
