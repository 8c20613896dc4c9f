"""What a verdict hangs on agrees with scoring again without it."""

from dataclasses import replace
from datetime import date
from math import isinf

import numpy as np
import pytest
from hypothesis import given

from claims.domain.dossier import Dossier, Gap, dossiers_as_arrays, score_dossier, score_without
from claims.domain.gap import MASS_GRAIN, LinkArrays, score_claims
from claims.domain.sensitivity import (
    STRONG_GRADES,
    TurningEvidence,
    VerdictHinge,
    find_hinge,
    find_turning_points,
)
from claims.domain.vocabulary import ClaimKind, Directness, State

from .strategies import adding, as_of_days, dossiers, law, link, with_links

LATE = date(2026, 1, 1)


def of(*links: object, kind: ClaimKind = ClaimKind.FACT) -> VerdictHinge:
    dossier = Dossier(kind, links=links)  # type: ignore[arg-type]
    return find_hinge(dossier, score_dossier(dossier, LATE))


@law
@given(dossiers(), as_of_days)
def test_a_report_is_named_if_and_only_if_the_state_changes_without_it(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    without = {
        each.id: score_dossier(with_links(dossier, tuple(o for o in dossier.links if o is not each)), as_of)
        for each in dossier.links
    }
    found = find_hinge(dossier, gap)
    assert set(found.reports) == {key for key, rest in without.items() if rest.state != gap.state}
    if found.widest is not None:
        assert found.gap_without_widest == pytest.approx(without[found.widest].gap)
        shifts = [abs((rest.gap or 50) - (gap.gap or 50)) for rest in without.values()]
        assert abs((found.gap_without_widest or 50) - (gap.gap or 50)) == pytest.approx(max(shifts))
    else:
        assert gap.gap is None


@law
@given(dossiers(), as_of_days)
def test_a_source_is_named_if_and_only_if_the_state_changes_without_all_its_reports(
    dossier: Dossier, as_of: date
) -> None:
    sourced = tuple(replace(each, source="ABC"[i % 3]) for i, each in enumerate(dossier.links))
    dossier = with_links(dossier, sourced)
    gap = score_dossier(dossier, as_of)
    for source in "ABC":
        rest = score_dossier(
            with_links(dossier, tuple(each for each in sourced if each.source != source)), as_of
        )
        assert (source in find_hinge(dossier, gap).sources) == (rest.state != gap.state)


def test_many_sources_are_taken_away_in_parts_that_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    links = [replace(link(str(n), -2 if n % 3 else 2), source=n % 7) for n in range(30)]
    dossier = Dossier(ClaimKind.FACT, links=tuple(links))
    whole = score_without(dossier, LATE, range(7))
    monkeypatch.setattr("claims.domain.dossier.MAX_LINKS_PER_RUN", 1)
    assert score_without(dossier, LATE, range(7)) == whole
    rest = [with_links(dossier, tuple(each for each in links if each.source != n)) for n in range(7)]
    assert [gap.gap for gap in whole] == [score_dossier(each, LATE).gap for each in rest]


def test_two_reports_of_one_source_hang_on_that_source_and_on_each_other() -> None:
    one = [replace(link(name, -2), source="daily") for name in "ab"]
    found = of(*one)
    assert (found.reports, found.sources, found.widest) == (("a", "b"), ("daily",), "a")
    assert found.gap_without_widest == pytest.approx(200 / 3)


def test_an_echo_stands_in_for_the_report_that_is_taken_away() -> None:
    pair = [link("a", -2, origin="wire"), link("echo", -2, origin="wire", grade="A1")]
    found = of(*pair, link("b", -2))
    assert found.reports == ("b",)


def test_an_aged_report_may_be_why_the_evidence_is_stale_and_not_too_little() -> None:
    old = link("old", -2, event="2019-10-31", known="2020-01-01", origin="wire")
    new = link("new", -2, grade="A3", known="2020-10-31", origin="wire")
    other = link("other", -1, directness=Directness.INDIRECT, known="2020-01-01")
    dossier = Dossier(ClaimKind.PRIORITY, links=(old, new, other))
    gap = score_dossier(dossier, date(2020, 10, 31))
    assert (gap.state, gap.links["old"].strongest) == ("stale", False)
    assert find_hinge(dossier, gap).reports == ("old", "other")


def test_with_evidence_to_spare_nothing_hangs_on_one_report() -> None:
    found = of(*(replace(link(name, -2), source=name) for name in "abcdef"))
    assert (found.reports, found.sources) == ((), ())
    assert found.widest == "a"


def test_no_evidence_hangs_on_nothing() -> None:
    assert of() == of(link("context", 0)) == VerdictHinge((), (), None, None)


# The least that turns it


def with_new(dossier: Dossier, as_of: date, n: int, side: int) -> Dossier:
    """With so many more independent reports, strong, direct, graded A1 and of the day itself."""
    day = min(as_of, dossier.valid_until.last) if dossier.valid_until else as_of
    known = day.isoformat()
    return adding(dossier, *(link(f"new {i}", 2 * side, event=known, known=known) for i in range(n)))


def has_turned(before: Gap, after: Gap) -> bool:
    return after.state != before.state and (before.state.sufficient or after.state.sufficient)


@law
@given(dossiers(), as_of_days)
def test_so_many_new_reports_turn_the_verdict_and_one_less_does_not(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    for turn, side in ((found.against, -1), (found.for_, 1)):
        if turn is None:
            assert gap.state == {-1: State.CONTRADICTS, 1: State.MATCHES}[side]
            assert not has_turned(gap, score_dossier(with_new(dossier, as_of, 200, side), as_of))
            continue
        after = score_dossier(with_new(dossier, as_of, turn.reports, side), as_of)
        assert has_turned(gap, after)
        if turn.weight is None:
            assert after.state == turn.state
        for fewer in range(1, turn.reports):
            assert not has_turned(gap, score_dossier(with_new(dossier, as_of, fewer, side), as_of))


@law
@given(dossiers(), as_of_days)
def test_one_new_origin_of_that_weight_turns_it_and_a_grain_less_does_not(
    dossier: Dossier, as_of: date
) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    for turn, side in ((found.against, -1), (found.for_, 1)):
        assert turn is None or (turn.weight is None) == (turn.reports > 1)
        if turn is not None and turn.weight is not None:
            assert 0 < turn.weight <= 1
            assert weighing(dossier, as_of, turn.weight, side).state == turn.state
            assert has_turned(gap, weighing(dossier, as_of, turn.weight, side))
            assert not has_turned(gap, weighing(dossier, as_of, turn.weight - MASS_GRAIN, side))
            assert STRONG_GRADES[turn.grade] >= turn.weight
            assert not [
                grade
                for grade in STRONG_GRADES
                if turn.weight <= STRONG_GRADES[grade] < STRONG_GRADES[turn.grade]
            ]


def weighing(dossier: Dossier, as_of: date, weight: float, side: int) -> Gap:
    """The score with one more origin of exactly that weight."""
    new = replace(with_new(dossier, as_of, 1, side), links=with_new(dossier, as_of, 1, side).links[-1:])
    claims, links = dossiers_as_arrays([(dossier, as_of)])
    _, more = dossiers_as_arrays([(new, as_of)])
    columns = {
        name: [*getattr(links, name), *getattr(more, name)] for name in LinkArrays.__dataclass_fields__
    }
    columns["origin"][-1], columns["quality"][-1] = max([*links.origin, 0]) + 1, weight
    answer = score_claims(claims, LinkArrays(**{name: np.array(values) for name, values in columns.items()}))
    return replace(score_dossier(dossier, as_of), state=answer.state[0])


def test_a_lone_report_needs_a_second_origin_and_no_weight_of_one_is_enough_without_it() -> None:
    nothing = Dossier(ClaimKind.FACT)
    assert find_turning_points(nothing, score_dossier(nothing, LATE)).against == TurningEvidence(
        2, State.MOSTLY_CONTRADICTS
    )
    lone = Dossier(ClaimKind.FACT, links=(link("a", -2),))
    found = find_turning_points(lone, score_dossier(lone, LATE))
    assert found.against == TurningEvidence(1, State.MOSTLY_CONTRADICTS, MASS_GRAIN, "D4")
    assert found.for_ == TurningEvidence(
        1, State.MOSTLY_CONTRADICTS, MASS_GRAIN, "D4"
    )  # it gives a verdict, not another one


def test_a_firm_verdict_takes_several_reports_to_turn_and_more_of_the_same_never_does() -> None:
    firm = Dossier(ClaimKind.FACT, links=tuple(link(name, -2) for name in "abcdef"))
    found = find_turning_points(firm, score_dossier(firm, LATE))
    assert found.against is None
    assert found.for_ == TurningEvidence(1, State.MOSTLY_CONTRADICTS, 0.75 + MASS_GRAIN, "A1")


@law
@given(dossiers(), as_of_days)
def test_other_half_lives_are_tried_only_where_reports_age(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    if isinf(dossier.half_life):
        assert (found.faster, found.slower) == (None, None)
    else:
        assert found.faster.mass <= gap.mass <= found.slower.mass
