"""The line of a gap over time: it steps where something became known, and nowhere else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, score_dossier
from claims.domain.history import (
    MAX_LINE_POINTS,
    HeadlineMovement,
    gap_change_days,
    gap_line_days,
    last_movements,
    thin_out_days,
)
from claims.domain.vocabulary import ClaimKind

from .strategies import as_of_days, days, dossiers, law, link, whole

DAY = timedelta(days=1)
NEVER_AGEING = [kind for kind in ClaimKind if kind not in (ClaimKind.PRIORITY, ClaimKind.CONDITION)]


def last_movement(dossier: Dossier, as_of: date) -> HeadlineMovement | None:
    return last_movements([(dossier, as_of)])[0]


@law
@given(dossiers(), days, as_of_days)
def test_the_line_runs_from_its_start_to_the_day_and_no_further(
    dossier: Dossier, start: date, as_of: date
) -> None:
    start = min(start, as_of)
    found = [gap.as_of for gap in gap_line_days(dossier, start, as_of)]
    assert (found[0], found[-1]) == (start, as_of)
    assert found == sorted(set(found))


def test_a_line_is_scored_in_parts_that_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = Dossier(ClaimKind.FACT, links=tuple(link(str(n), (-2, 2)[n % 2]) for n in range(20)))
    found = gap_line_days(dossier, date(2020, 1, 1), date(2026, 1, 1))
    monkeypatch.setattr("claims.domain.dossier.MAX_LINKS_PER_RUN", 1)
    assert gap_line_days(dossier, date(2020, 1, 1), date(2026, 1, 1)) == found


@law
@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=900, unique=True))
def test_very_many_days_are_thinned_to_a_bounded_number_with_both_ends(found: list[date]) -> None:
    ordered = sorted(found)
    kept = thin_out_days(ordered)
    assert len(kept) <= MAX_LINE_POINTS
    assert (kept[0], kept[-1]) == (ordered[0], ordered[-1])
    assert set(kept) <= set(ordered)
    assert kept == ordered or len(ordered) > MAX_LINE_POINTS


@law
@given(dossiers(), days, as_of_days)
def test_every_point_of_the_line_is_the_score_of_its_day(dossier: Dossier, start: date, as_of: date) -> None:
    for gap in gap_line_days(dossier, min(start, as_of), as_of)[:5]:
        assert whole(gap) == whole(score_dossier(dossier, gap.as_of))


@law
@given(dossiers(NEVER_AGEING), days, as_of_days, st.integers(0, 1500))
def test_between_two_points_nothing_happens_to_what_does_not_age(
    dossier: Dossier, start: date, as_of: date, after: int
) -> None:
    points = gap_line_days(dossier, min(start, as_of), as_of)
    day = min(points[0].as_of + timedelta(after), as_of)
    before = [gap for gap in points if gap.as_of <= day][-1]
    assert whole(score_dossier(dossier, day)) == whole(before)


@law
@given(dossiers(), as_of_days, st.integers(1, 900))
def test_a_line_drawn_earlier_is_the_beginning_of_one_drawn_later(
    dossier: Dossier, as_of: date, later: int
) -> None:
    """No look-ahead: what is published afterwards takes no step away and adds none."""
    steps = gap_change_days(dossier, as_of)
    assert gap_change_days(dossier, as_of + timedelta(later))[: len(steps)] == steps
    assert gap_change_days(dossier.known_by(as_of), as_of) == steps


def test_a_step_is_where_a_report_became_known_and_its_event_had_happened() -> None:
    links = (
        link("known", -2, event="2021-01-01", known="2021-03"),
        link("announced", -2, known="2021-04-01", event="2021-06-15"),
        link("context", 0, known="2021-08-01"),
        link("unrated", known="2021-08-02"),
        link("worthless", -2, known="2021-08-03", grade="E1"),
    )
    assert gap_change_days(Dossier(ClaimKind.FACT, links=links), date(2022, 1, 1)) == [
        date(2021, 3, 31),
        date(2021, 6, 15),
    ]


def test_a_bounded_claim_stands_still_once_its_words_have_lapsed() -> None:
    links = (link("a", -2, known="2021-06-01"), link("b", -2, known="2023-01-01", event="2022-06-01"))
    dossier = Dossier(ClaimKind.CONDITION, PartialDate.parse("2021"), links)
    assert gap_change_days(dossier, date(2024, 1, 1)) == [date(2021, 6, 1)]
    assert [gap.as_of for gap in gap_line_days(dossier, date(2021, 1, 1), date(2024, 1, 1))] == [
        date(2021, 1, 1), date(2021, 6, 1), date(2024, 1, 1),
    ]  # fmt: skip


def test_what_happened_before_the_words_speak_takes_no_step() -> None:
    links = (link("a", -2, known="2021-06-01", event="2020-12-31"), link("b", -2, known="2021-07-01"))
    dossier = Dossier(ClaimKind.FACT, links=links, valid_from=PartialDate.parse("2021"))
    assert gap_change_days(dossier, date(2024, 1, 1)) == [date(2021, 7, 1)]


def test_a_late_report_of_what_happened_in_time_still_takes_a_step() -> None:
    late = link("late", -2, event="2021-11-01", known="2023-02-03")
    dossier = Dossier(ClaimKind.COMMITMENT, PartialDate.parse("2021"), (late,))
    assert gap_change_days(dossier, date(2024, 1, 1)) == [date(2023, 2, 3)]


def test_what_ages_is_looked_at_between_its_steps_as_well() -> None:
    links = (link("a", -2, known="2021-01-01"), link("b", -2, known="2021-01-01"))
    points = gap_line_days(Dossier(ClaimKind.CONDITION, links=links), date(2021, 1, 1), date(2023, 1, 1))
    gaps = [gap.gap for gap in points]
    assert 50 < len(points) < 75
    assert gaps == sorted(gaps, reverse=True)  # type: ignore[type-var]


# The last movement


TWO = (link("a", -2, known="2021-03-01"), link("b", -2, known="2021-05-01"))


def test_a_movement_is_the_day_of_the_report_that_made_it() -> None:
    third = link("c", 2, known="2022-02")
    dossier = Dossier(ClaimKind.FACT, links=(*TWO, third))
    assert last_movement(dossier, date(2022, 2, 27)) == HeadlineMovement(date(2021, 5, 1), None, 75.0)
    assert last_movement(dossier, date(2022, 2, 28)) == HeadlineMovement(date(2022, 2, 28), 75.0, 60.0)


def test_what_never_had_a_verdict_never_moved() -> None:
    assert last_movement(Dossier(ClaimKind.FACT, links=TWO[:1]), date(2022, 1, 1)) is None
    assert last_movement(Dossier(ClaimKind.FACT), date(2022, 1, 1)) is None


def test_an_echo_moves_nothing() -> None:
    wire = (replace(each, origin="wire", publisher="agency") for each in TWO)
    echo = link("echo", -1, known="2021-09-01", origin="wire", publisher="agency")
    links = (*wire, link("c", -2, known="2021-06-01"))
    dossier = Dossier(ClaimKind.FACT, links=(*links, echo))
    assert last_movement(dossier, date(2022, 1, 1)) == HeadlineMovement(date(2021, 6, 1), None, 75.0)


def test_ageing_moves_nothing_not_even_on_the_day_of_an_echo() -> None:
    links = (
        *(replace(each, origin=each.id, publisher=each.id) for each in TWO),
        link("echo", -1, known="2021-05-20", origin="b", publisher="b"),
    )
    moved = last_movement(Dossier(ClaimKind.CONDITION, links=links), date(2021, 6, 1))
    assert moved is not None
    assert (moved.on, moved.before) == (date(2021, 5, 1), None)


def test_a_second_publisher_of_the_same_happening_gives_a_verdict_and_so_moves() -> None:
    links = tuple(replace(each, origin="wire") for each in TWO)
    moved = last_movement(Dossier(ClaimKind.FACT, links=links), date(2022, 1, 1))
    assert moved is not None
    assert (moved.on, moved.before, moved.after) == (date(2021, 5, 1), None, pytest.approx(200 / 3))


@law
@given(dossiers(NEVER_AGEING), as_of_days)
def test_since_its_last_movement_the_headline_has_stood_still(dossier: Dossier, as_of: date) -> None:
    moved, now = last_movement(dossier, as_of), score_dossier(dossier, as_of).headline
    if moved is None:
        assert now is None
    else:
        assert moved.after == now != moved.before == score_dossier(dossier, moved.on - DAY).headline


@law
@given(st.lists(st.tuples(dossiers(), as_of_days), max_size=4))
def test_many_claims_at_once_move_as_each_alone(cases: list[tuple[Dossier, date]]) -> None:
    assert last_movements(cases) == [last_movement(*case) for case in cases]
