"""A movement is drawn from where to where it went; no verdict never lies on the scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.charts_moves import NOWHERE, OFF, ZERO, Dot, move, place, scale
from claims.domain.charts_time import OVERHANG, SIGN

from .strategies import law

NARROW = 288  # px of the narrowest page, which has no scale beside these rows
gaps = st.none() | st.floats(0, 100)


@law
@given(gaps, gaps)
def test_both_ends_lie_on_the_scale_or_off_it_and_the_way_between_them(before, after):
    drawn = move(before, after)
    for each in (drawn, drawn.mirrored()):
        assert {round(each.way.x, 6), round(each.way.end, 6)} == {
            round(each.before.x, 6), round(each.after.x, 6),
        }  # fmt: skip
        assert all(0 <= at <= 100 for at in (each.way.x, each.way.end))
    assert (drawn.before.x == NOWHERE) == (before is None)
    assert drawn.mirrored().mirrored().before.x == pytest.approx(drawn.before.x)


@given(st.floats(0, 100))
def test_no_verdict_is_apart_from_every_number(gap):
    assert place(gap) >= ZERO > NOWHERE + 10
    assert place(None) == NOWHERE


@law
@given(gaps, gaps)
def test_numbers_stand_outside_of_the_two_dots_and_within_the_page(before, after):
    drawn = move(before, after)
    spans = [span(dot) for dot in (drawn.before, drawn.after) if dot.number]
    assert all(start >= 0 and end <= NARROW + OVERHANG for start, end in spans)
    if len(spans) == 2:
        (_, end), (start, _) = sorted(spans)
        assert start - end >= 2 * OFF - 1e-6


def span(dot: Dot) -> tuple[float, float]:
    at, long = dot.x / 100 * NARROW + dot.dx, len(dot.number) * SIGN
    return (at, at + long) if dot.anchor == "start" else (at - long, at)


def test_a_rise_is_on_the_side_of_contradiction_and_a_first_verdict_on_none():
    assert move(40, 60).direction == "contradicting"
    assert move(60, 40).direction == "supporting"
    assert (move(None, 60).direction, move(60, None).direction) == ("", "")
    assert (move(None, 60).before.number, move(60.4, None).before.number) == ("", "60")


def test_the_scale_names_its_ends_and_middle_where_the_dots_of_such_gaps_stand():
    assert [level.x for level in scale().levels] == [place(gap) for gap in (0, 50, 100)]
    assert [level.x for level in scale().mirrored().levels] == [100 - place(gap) for gap in (0, 50, 100)]
