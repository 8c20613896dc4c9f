"""A timeline shows each word and report once, side by side, and counts them where they are too many."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.vocabulary import Stance
from claims.drawing.time_axis import NARROW_WIDTH, DayEvent
from claims.drawing.timeline_chart import (
    LONG_COLUMN,
    MAX_TIMELINE_MARKS,
    SHORT_COLUMN,
    TIMELINE_SIDE_Y,
    GroundReport,
    SpokenWord,
    TimelineChart,
    draw_timeline,
)
from tests.domain.strategies import law

START = date(2021, 1, 1)
spots = st.integers(0, 2000).map(lambda n: START + timedelta(n))
words = st.lists(spots.map(lambda day: SpokenWord(day, "words")), min_size=1, max_size=20)
sides = st.sampled_from([stance for stance in Stance if stance])
reports = st.lists(st.tuples(spots, sides), max_size=MAX_TIMELINE_MARKS - 20)


def grounds(pairs):
    return [GroundReport(day, str(n), stance) for n, (day, stance) in enumerate(pairs)]


def drawn(said, ground, names=()) -> TimelineChart:
    found = draw_timeline(said, ground, {each.key: f"report {each.key}" for each in ground}, names)
    assert found is not None
    return found


@law
@given(words, reports)
def test_every_word_and_every_report_is_drawn_once_and_none_hides_another(said, pairs):
    ground = grounds(pairs)
    found = draw_timeline(said, ground, {each.key: f"report {each.key}" for each in ground})
    if found is None:
        assert len({each.day for each in [*said, *ground]}) < 2
        return
    assert sorted(dot.day for dot in found.dots) == sorted(word.day for word in said)
    assert len({(dot.x, dot.y, dot.dx) for dot in found.dots}) == len(said)
    assert sorted(column.text for column in found.columns) == sorted(f"report {each.key}" for each in ground)
    assert len({(c.x, c.dx, c.side) for c in found.columns}) == len(ground)
    assert {(c.text, c.side, c.strong) for c in found.columns} == {
        (f"report {each.key}", each.side, abs(each.stance) == 2) for each in ground
    }


@law
@given(words, reports)
def test_everything_is_within_the_frame_both_ways_round(said, pairs):
    found = draw_timeline(said, grounds(pairs), {})
    for each in (found, found.mirrored()) if found else ():
        for mark in [*each.dots, *each.columns, *each.days, *each.flags]:
            assert -1e-9 <= mark.x <= 100 + 1e-9
        for column in each.columns:
            assert -0.01 <= column.x / 100 * NARROW_WIDTH + column.dx <= NARROW_WIDTH + 0.01
            assert TIMELINE_SIDE_Y[column.side] == column.y < column.foot <= column.y + LONG_COLUMN
        assert all(-each.stack <= dot.y <= 0 for dot in each.dots)
    if found:
        again = found.mirrored().mirrored()
        assert [mark.x for mark in again.columns] == pytest.approx([mark.x for mark in found.columns])


def test_a_report_is_long_if_it_is_strong_and_hangs_on_its_side():
    found = drawn([SpokenWord(START, "a")], grounds([(date(2022, 1, 1), Stance(n)) for n in (-2, -1, 1, 2)]))
    assert [(c.side, c.foot - c.y) for c in found.columns] == [
        ("contradicting", LONG_COLUMN),
        ("contradicting", SHORT_COLUMN),
        ("supporting", SHORT_COLUMN),
        ("supporting", LONG_COLUMN),
    ]


def test_what_is_of_one_day_is_no_line_in_time():
    assert draw_timeline([SpokenWord(START, "a")], grounds([(START, Stance(-2))]), {}) is None
    assert draw_timeline([], [], {}) is None


def test_too_many_to_draw_are_counted_by_month_and_no_one_is_lost():
    ground = grounds([(START + timedelta(n), Stance(-2 if n % 3 else 1)) for n in range(400)])
    found = drawn([SpokenWord(START, "a"), SpokenWord(date(2022, 1, 31), "b")], ground)
    assert (found.counted, len(found.counts), found.dots) == ("month", 14, [])
    assert len(found.columns) <= MAX_TIMELINE_MARKS
    assert sum(count.words for count in found.counts) == 2
    assert sum(count.contradicting + count.supporting for count in found.counts) == 400
    for count in found.counts:
        shown = {c.side: int(c.text) for c in found.columns if c.day == count.day}
        assert shown.get("contradicting", 0) == count.contradicting
        assert shown.get("supporting", 0) == count.supporting
        assert shown.get("words", 0) == count.words
    assert max(abs(c.foot - c.y) for c in found.columns) == LONG_COLUMN
    assert all(c.foot < c.y == 0 for c in found.columns if c.side == "words")


def test_many_months_are_counted_by_year():
    ground = grounds([(START + timedelta(30 * n), Stance(2)) for n in range(200)])
    found = drawn([SpokenWord(START, "a")], ground)
    assert found.counted == "year"
    assert len(found.columns) <= MAX_TIMELINE_MARKS
    assert sum(count.supporting for count in found.counts) == 200


def test_names_stand_above_the_dots_of_their_days():
    said = [SpokenWord(START, str(n)) for n in range(4)]
    found = drawn(said, grounds([(date(2023, 1, 1), Stance(2))]), [DayEvent(START, "4 statements", "words")])
    assert [flag.text for flag in found.flags] == ["4 statements"]
    assert found.flags_y + found.stack == found.axis_y < found.whole
    assert found.stack > 3 * 11
