"""What a verdict hangs on agrees with scoring again without it."""

from dataclasses import replace
from datetime import date
from math import isinf

import pytest
from hypothesis import given

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Gap, Link, score_dossier, score_without
from claims.domain.sensitivity import (
    STRONG_GRADES,
    TurningEvidence,
    VerdictHinge,
    find_hinge,
    find_turning_points,
)
from claims.domain.vocabulary import ClaimKind, State

from .strategies import adding, as_of_days, dossiers, law, leaving_out, link, with_links

LATE = date(2026, 1, 1)


def of(*links: object, kind: ClaimKind = ClaimKind.FACT) -> VerdictHinge:
    dossier = Dossier(kind, links=links)  # type: ignore[arg-type]
    return find_hinge(dossier, score_dossier(dossier, LATE))


@law
@given(dossiers(), as_of_days)
def test_a_report_is_named_if_and_only_if_the_state_changes_without_it(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    without = {each.id: score_dossier(leaving_out(dossier, each), as_of) for each in dossier.links}
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
def test_a_publisher_is_named_if_and_only_if_the_state_changes_without_all_its_reports(
    dossier: Dossier, as_of: date
) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_hinge(dossier, gap).publishers
    assert None not in found
    for publisher in {each.publisher for each in dossier.links} - {None}:
        gone = [each for each in dossier.links if each.publisher == publisher]
        rest = score_dossier(leaving_out(dossier, *gone), as_of)
        assert (publisher in found) == (rest.state != gap.state)


def test_many_publishers_are_taken_away_in_parts_that_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    links = [replace(link(str(n), -2 if n % 3 else 2), publisher=n % 7) for n in range(30)]
    dossier = Dossier(ClaimKind.FACT, links=tuple(links))
    whole = score_without(dossier, LATE, range(7))
    monkeypatch.setattr("claims.domain.dossier.MAX_LINKS_PER_RUN", 1)
    assert score_without(dossier, LATE, range(7)) == whole
    rest = [with_links(dossier, tuple(each for each in links if each.publisher != n)) for n in range(7)]
    assert [gap.gap for gap in whole] == [score_dossier(each, LATE).gap for each in rest]


def test_two_publishers_hang_on_each_other_and_on_their_reports() -> None:
    found = of(link("a", -2, publisher="daily"), link("b", -2, publisher="agency"))
    assert (found.reports, found.publishers, found.widest) == (("a", "b"), ("daily", "agency"), "a")
    assert found.gap_without_widest == pytest.approx(200 / 3)


def test_a_report_without_a_publisher_is_none_to_take_away() -> None:
    found = of(link("a", -2), link("b", -2))
    assert (found.reports, found.publishers) == (("a", "b"), ())


def test_an_echo_stands_in_for_the_report_that_is_taken_away() -> None:
    pair = [link(name, -2, origin="wire", publisher="agency") for name in ("a", "echo")]
    found = of(*pair, link("b", -2))
    assert found.reports == ("b",)


def test_a_report_that_adds_nothing_may_hold_up_a_verdict_as_its_second_publisher() -> None:
    pair = link("a", -2, origin="wire", publisher="agency"), link("b", -2, grade="B1", origin="wire")
    dossier = Dossier(ClaimKind.FACT, links=pair)
    gap = score_dossier(dossier, LATE)
    assert gap.links["b"].contribution == 0
    assert find_hinge(dossier, gap).reports == ("a", "b")


def test_an_aged_report_may_be_why_the_evidence_is_stale_and_not_too_little() -> None:
    """Weaker today than a younger report of its happening, it was the stronger when the newest became known."""
    old = link("old", -2, event="2019-10-31", known="2020-01-01", origin="wire", publisher="agency")
    new = link("new", -2, grade="A3", known="2020-01-02", origin="wire", publisher="agency")
    other = link("other", -1, grade="C1", known="2020-01-01")
    dossier = Dossier(ClaimKind.PRIORITY, links=(old, new, other))
    gap = score_dossier(dossier, date(2020, 10, 31))
    assert gap.state == "stale"
    assert set(find_hinge(dossier, gap).reports) == {"old", "other"}


def test_with_evidence_to_spare_nothing_hangs_on_one_report() -> None:
    found = of(*(link(name, -2, publisher=name) for name in "abcdef"))
    assert (found.reports, found.publishers) == ((), ())
    assert found.widest == "a"


def test_no_evidence_hangs_on_nothing() -> None:
    assert of() == of(link("context", 0)) == VerdictHinge((), (), None, None)


# The least that turns it


WEIGHTS = sorted(set(STRONG_GRADES.values()) - {0.0})
MANY = 200  # more than any generated dossier needs


def with_new(dossier: Dossier, as_of: date, side: int, n: int = 1, grade: str = "A1") -> Gap:
    """The score with so many more reports, just as TurningEvidence says."""
    day = min(as_of, dossier.valid_until.last) if dossier.valid_until else as_of
    event, known = day.isoformat(), as_of.isoformat()
    news = (
        link(f"new {i}", 2 * side, grade=grade, event=event, known=known, origin=f"o{i}", publisher=f"p{i}")
        for i in range(n)
    )
    return score_dossier(adding(dossier, *news), as_of)


def has_turned(before: Gap, after: Gap) -> bool:
    return after.state != before.state and (before.state.sufficient or after.state.sufficient)


def can_happen(dossier: Dossier, as_of: date) -> bool:
    """Whether there is a day by now that the words speak for."""
    last = min(as_of, dossier.valid_until.last) if dossier.valid_until else as_of
    return dossier.valid_from is None or dossier.valid_from.first <= last


@law
@given(dossiers(), as_of_days)
def test_what_is_said_of_one_more_report_is_true(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    for turn, side in ((found.against, -1), (found.for_, 1)):
        if turn is None or turn.reports > 1:
            assert not has_turned(gap, with_new(dossier, as_of, side))
            continue
        assert with_new(dossier, as_of, side, grade=turn.grade).state == turn.state
        weight = STRONG_GRADES[turn.grade]
        weaker = [grade for grade, less in STRONG_GRADES.items() if less == next_weaker(weight)]
        better = [grade for grade, more in STRONG_GRADES.items() if more >= weight]
        assert all(has_turned(gap, with_new(dossier, as_of, side, grade=grade)) for grade in better)
        assert not any(has_turned(gap, with_new(dossier, as_of, side, grade=grade)) for grade in weaker)


def next_weaker(weight: float) -> float:
    return max((less for less in WEIGHTS if less < weight), default=0.0)


@law
@given(dossiers(), as_of_days)
def test_so_many_new_reports_turn_the_verdict_and_one_less_does_not(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    for turn, side in ((found.against, -1), (found.for_, 1)):
        if turn is not None and turn.reports > 1:
            assert turn.grade == ""
            after = with_new(dossier, as_of, side, turn.reports)
            assert after.state == turn.state
            assert has_turned(gap, after)
            assert not has_turned(gap, with_new(dossier, as_of, side, turn.reports - 1))


@law
@given(dossiers(), as_of_days)
def test_where_no_number_of_reports_is_named_none_turns_the_verdict(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    for turn, side in ((found.against, -1), (found.for_, 1)):
        if turn is None:
            outermost = {-1: State.CONTRADICTS, 1: State.MATCHES}[side]
            assert gap.state == outermost or not can_happen(dossier, as_of)
            for n in (1, 2, 3, 10, MANY):
                assert not has_turned(gap, with_new(dossier, as_of, side, n))


def turning(*links: Link) -> tuple[TurningEvidence | None, TurningEvidence | None]:
    dossier = Dossier(ClaimKind.FACT, links=links)
    found = find_turning_points(dossier, score_dossier(dossier, LATE))
    return found.against, found.for_


def test_nothing_takes_two_publishers_on_either_side() -> None:
    assert turning() == (
        TurningEvidence(2, State.MOSTLY_CONTRADICTS),
        TurningEvidence(2, State.MOSTLY_MATCHES),
    )


def test_a_lone_report_needs_a_second_publisher_whose_report_is_more_than_a_whisper() -> None:
    against, for_ = turning(link("a", -2))
    assert against == TurningEvidence(1, State.MOSTLY_CONTRADICTS, "A4")
    assert for_ == TurningEvidence(1, State.CONFLICTING, "A3")  # never into a verdict against the words


def test_a_firm_verdict_takes_several_reports_to_turn_and_more_of_the_same_never_does() -> None:
    for reports, turn in (
        (6, TurningEvidence(1, State.MOSTLY_CONTRADICTS, "A1")),
        (12, TurningEvidence(3, State.MOSTLY_CONTRADICTS)),
    ):
        assert turning(*(link(str(n), -2) for n in range(reports))) == (None, turn)


def test_a_weak_report_that_makes_a_conflict_is_not_named_where_a_strong_one_makes_no_verdict() -> None:
    """With a strong one, its side prevails, and has but one publisher."""
    interested = [link(name, -2, grade=grade, interested=True) for name, grade in (("a", "A1"), ("b", "A2"))]
    links = (*interested, link("c", 2, grade="A3"))
    dossier = Dossier(ClaimKind.FACT, links=links)
    assert with_new(dossier, LATE, -1, grade="D1").state == "conflicting"
    assert with_new(dossier, LATE, -1, grade="A1").state == "insufficient"
    assert turning(*links)[0] == TurningEvidence(2, State.MOSTLY_CONTRADICTS)


@pytest.mark.parametrize(("start", "end"), [("2026-01-02", None), ("2025-06", "2025-05")])
def test_before_the_words_speak_nothing_can_turn_the_verdict(start: str, end: str | None) -> None:
    dossier = Dossier(
        ClaimKind.FACT, PartialDate.parse(end) if end else None, valid_from=PartialDate.parse(start)
    )
    found = find_turning_points(dossier, score_dossier(dossier, LATE))
    assert (found.against, found.for_) == (None, None)


@law
@given(dossiers(), as_of_days)
def test_other_half_lives_are_tried_only_where_reports_age(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    found = find_turning_points(dossier, gap)
    if isinf(dossier.half_life):
        assert (found.faster, found.slower) == (None, None)
    else:
        assert found.faster.mass <= gap.mass <= found.slower.mass
