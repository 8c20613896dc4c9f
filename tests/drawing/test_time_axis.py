"""The days of a chart: an axis and words above it that never meet, on a phone or on a wide page."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drawing.time_axis import (
    CROWD_WIDTH,
    LABEL_OVERHANG,
    LABEL_SPACING,
    NARROW_WIDTH,
    ROOMY_WIDTH,
    WIDE_WIDTH,
    AxisLabel,
    AxisTick,
    DayEvent,
    DayFlag,
    TimeAxis,
    side_by_side_offsets,
)
from tests.domain.strategies import any_days, law

spans = st.tuples(any_days, any_days).map(lambda ends: TimeAxis(min(ends), max(ends)))
WORDS = ("said 13 October 2021", "speaks until 20 January 2025", "today", "2 corrections, 7 May 2024")
near = st.tuples(st.integers(0, 1500), st.sampled_from(WORDS))


def apart(labels: list[AxisLabel], width: float) -> bool:
    reach = sorted(label.span(width) for label in labels)
    return all(one[1] + LABEL_SPACING <= other[0] + 1e-6 for one, other in pairwise(reach))


@law
@given(spans)
def test_no_two_labels_of_the_axis_meet_on_a_phone_nor_where_there_is_more_room(days: TimeAxis) -> None:
    _, ticks = days.axis()
    assert apart([tick for tick in ticks if not tick.roomy], NARROW_WIDTH)
    assert apart(list(ticks), ROOMY_WIDTH)
    assert apart(list(ticks), WIDE_WIDTH)


@law
@given(spans)
def test_every_label_of_the_axis_is_within_the_days_and_hardly_stands_out(days: TimeAxis) -> None:
    _, ticks = days.axis()
    assert all(days.start <= tick.day <= days.end for tick in ticks)
    for tick in ticks:
        start, end = tick.span(NARROW_WIDTH)
        assert start >= 0
        assert end <= NARROW_WIDTH + LABEL_OVERHANG


@law
@given(any_days.filter(lambda day: day < date(9990, 1, 1)), st.integers(30, 3000))
def test_there_are_always_two_days_to_read_a_span_by(start: date, length: int) -> None:
    unit, ticks = TimeAxis(start, start + timedelta(length)).axis()
    assert len([tick for tick in ticks if not tick.roomy]) >= (1 if unit == "year" else 2) or unit == "month"
    assert len(ticks) >= 2


@pytest.mark.parametrize(
    ("start", "end", "unit", "first", "wide", "phone"),
    [
        (date(2021, 10, 13), date(2025, 3, 20), "year", date(2022, 1, 1), 4, 4),
        (date(1990, 6, 1), date(2026, 1, 1), "year", date(1995, 1, 1), 7, 4),
        (date(2024, 3, 15), date(2025, 4, 1), "month", date(2024, 4, 1), 5, 3),
        (date(2024, 3, 2), date(2024, 3, 20), "day", date(2024, 3, 2), 2, 2),
    ],
)
def test_an_axis_names_years_months_or_days_as_fits_its_length(start, end, unit, first, wide, phone):
    found, ticks = TimeAxis(start, end).axis()
    assert (found, ticks[0].day) == (unit, first)
    assert (len(ticks), len([tick for tick in ticks if not tick.roomy])) == (wide, phone)


@law
@given(st.lists(near, min_size=1, max_size=6, unique_by=lambda each: each[0]))
def test_no_two_words_above_the_plot_meet_however_near_their_days(events: list[tuple[int, str]]) -> None:
    start = date(2021, 1, 1)
    flags = TimeAxis(start, start + timedelta(1500)).flags(
        [DayEvent(start + timedelta(n), text, "said") for n, text in events]
    )
    assert len(flags) == len(events)
    for lane in {flag.lane for flag in flags}:
        mates: list[AxisLabel] = [flag for flag in flags if flag.lane == lane]
        assert all(
            apart(list(pair), width)
            for pair in combinations(mates, 2)
            for width in (NARROW_WIDTH, 600, WIDE_WIDTH)
        )


@law
@given(near)
def test_a_word_above_the_plot_stays_within_a_phones_width(event: tuple[int, str]) -> None:
    start = date(2021, 1, 1)
    (flag,) = TimeAxis(start, start + timedelta(1500)).flags(
        [DayEvent(start + timedelta(event[0]), event[1], "said")]
    )
    first, last = flag.span(NARROW_WIDTH)
    assert first >= -LABEL_OVERHANG
    assert last <= NARROW_WIDTH + LABEL_OVERHANG


def test_words_of_days_outside_are_left_out_and_the_rest_stand_in_order() -> None:
    days = TimeAxis(date(2021, 1, 1), date(2022, 1, 1))
    events = [
        DayEvent(date(2021, 6, 1), "b", "until"),
        DayEvent(date(2020, 1, 1), "x", "said"),
        DayEvent(date(2021, 1, 1), "a", "said"),
    ]
    assert [(flag.text, flag.kind) for flag in days.flags(events)] == [("a", "said"), ("b", "until")]


def test_words_that_do_not_meet_share_a_lane_and_those_that_would_do_not() -> None:
    days = TimeAxis(date(2021, 1, 1), date(2025, 1, 1))
    ends = [DayEvent(days.start, "said", "said"), DayEvent(days.end, "today", "as-of")]
    assert [(f.lane, f.anchor) for f in days.flags(ends)] == [(0, "start"), (0, "end")]
    close = [
        DayEvent(days.start, "said 13 October 2021", "said"),
        DayEvent(date(2021, 2, 1), "until 1 February", "until"),
    ]
    assert len({f.lane for f in days.flags(close)}) == 2


@law
@given(spans)
def test_an_axis_mirrored_twice_is_itself(days: TimeAxis) -> None:
    for tick in days.axis()[1]:
        there = tick.mirrored()
        assert isinstance(there, AxisTick)
        assert (there.x, there.anchor) == (pytest.approx(100 - tick.x), tick.anchor)
        assert there.mirrored().x == pytest.approx(tick.x)


def test_a_word_stands_off_to_the_other_side_in_the_mirror() -> None:
    flag = DayFlag(20, "start", 4, date(2021, 1, 1), "said", "said", dx=5)
    assert (flag.mirrored().x, flag.mirrored().dx, flag.mirrored().anchor) == (80, -5, "start")


def test_a_label_without_room_after_its_line_crosses_no_line_of_another() -> None:
    year = TimeAxis(date(2024, 1, 1), date(2025, 1, 20))
    step, end = (
        DayEvent(date(2025, 1, 5), "The offensive", "step"),
        DayEvent(year.end, "judged up to January", "until"),
    )
    first, last = year.flags([step, end])
    assert (first.text, last.anchor) == ("The offensive", "end")
    assert last.lane > first.lane  # else the line of the step would run through the label of the end


def test_the_line_of_a_label_that_stands_across_it_ends_below_the_label() -> None:
    across = DayFlag(50, "middle", 9, date(2024, 1, 1), "in the middle", "step", lane=1)
    assert across.top > across.y


@law
@given(st.floats(0, 100), st.integers(1, 200))
def test_however_many_reports_a_day_has_they_stay_near_it_and_within_the_frame(x, count):
    places = side_by_side_offsets(x, count, 4, CROWD_WIDTH)
    assert places == sorted(places)
    assert places[-1] - places[0] <= CROWD_WIDTH
    assert x / 100 * NARROW_WIDTH + places[0] >= -0.01
    assert x / 100 * NARROW_WIDTH + places[-1] <= NARROW_WIDTH + 0.01
