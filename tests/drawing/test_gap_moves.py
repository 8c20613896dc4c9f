"""A movement is drawn from where to where it went; no verdict never lies on the scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drawing.gap_moves import (
    LABEL_OFFSET,
    SCALE_START,
    UNSCORED_POSITION,
    MoveDot,
    draw_gap_move,
    draw_move_scale,
    scale_position,
)
from claims.drawing.time_axis import LABEL_OVERHANG, SIGN_WIDTH
from tests.domain.strategies import law

NARROW = 288  # px of the narrowest page, which has no scale beside these rows
gaps = st.none() | st.floats(0, 100)


@law
@given(gaps, gaps)
def test_both_ends_lie_on_the_scale_or_off_it_and_the_way_between_them(before, after):
    drawn = draw_gap_move(before, after)
    for each in (drawn, drawn.mirrored()):
        assert {round(each.way.x, 6), round(each.way.end, 6)} == {
            round(each.before.x, 6), round(each.after.x, 6),
        }  # fmt: skip
        assert all(0 <= at <= 100 for at in (each.way.x, each.way.end))
    assert (drawn.before.x == UNSCORED_POSITION) == (before is None)
    assert drawn.mirrored().mirrored().before.x == pytest.approx(drawn.before.x)


@given(st.floats(0, 100))
def test_no_verdict_is_apart_from_every_number(gap):
    assert scale_position(gap) >= SCALE_START > UNSCORED_POSITION + 10
    assert scale_position(None) == UNSCORED_POSITION


@law
@given(gaps, gaps)
def test_numbers_stand_outside_of_the_two_dots_and_within_the_page(before, after):
    drawn = draw_gap_move(before, after)
    spans = [span(dot) for dot in (drawn.before, drawn.after) if dot.number]
    assert all(start >= 0 and end <= NARROW + LABEL_OVERHANG for start, end in spans)
    if len(spans) == 2:
        (_, end), (start, _) = sorted(spans)
        assert start - end >= 2 * LABEL_OFFSET - 1e-6


def span(dot: MoveDot) -> tuple[float, float]:
    at, long = dot.x / 100 * NARROW + dot.dx, len(dot.number) * SIGN_WIDTH
    return (at, at + long) if dot.anchor == "start" else (at - long, at)


def test_a_rise_is_on_the_side_of_contradiction_and_a_first_verdict_on_none():
    assert draw_gap_move(40, 60).direction == "contradicting"
    assert draw_gap_move(60, 40).direction == "supporting"
    assert (draw_gap_move(None, 60).direction, draw_gap_move(60, None).direction) == ("", "")
    assert (draw_gap_move(None, 60).before.number, draw_gap_move(60.4, None).before.number) == ("", "60")


def test_the_scale_names_its_ends_and_middle_where_the_dots_of_such_gaps_stand():
    assert [level.x for level in draw_move_scale().levels] == [scale_position(gap) for gap in (0, 50, 100)]
    assert [level.x for level in draw_move_scale().mirrored().levels] == [
        100 - scale_position(gap) for gap in (0, 50, 100)
    ]
