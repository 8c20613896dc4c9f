"""Claims by day and gap: each has its place, none hides another of its day, no verdict has no height."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drawing.claim_dots import (
    CLAIM_DOTS_HEIGHT,
    UNSCORED_STRIP_Y,
    ClaimDotsChart,
    ClaimPoint,
    draw_claim_dots,
)
from claims.drawing.time_axis import NARROW_WIDTH
from tests.domain.strategies import law

START = date(2021, 1, 1)
gaps = st.none() | st.floats(0, 100)
some = st.lists(st.tuples(st.integers(0, 900), gaps), min_size=1, max_size=40)


def found(pairs):
    return [
        ClaimPoint(
            n,
            START + timedelta(day),
            gap,
            None if gap is None else gap / 2,
            None if gap is None else 50 + gap / 2,
        )
        for n, (day, gap) in enumerate(pairs)
    ]


def drawn(pairs) -> ClaimDotsChart:
    chart = draw_claim_dots(found(pairs))
    assert chart is not None
    return chart


@law
@given(some)
def test_every_claim_has_one_dot_and_none_hides_another_of_its_day(pairs):
    chart = drawn(pairs)
    assert {dot.key for dot in chart.dots} == {n for n, (_, gap) in enumerate(pairs) if gap is not None}
    assert {dot.key for dot in chart.strip} == {n for n, (_, gap) in enumerate(pairs) if gap is None}
    for group in (chart.dots, chart.strip):
        assert len({(dot.x, dot.dx) for dot in group}) == len(group)


@law
@given(some)
def test_a_dot_stands_at_its_gap_within_its_interval_and_the_frame_both_ways_round(pairs):
    chart = drawn(pairs)
    for dot in chart.dots:
        gap = pairs[dot.key][1]
        assert dot.y == pytest.approx(CLAIM_DOTS_HEIGHT * (1 - gap / 100), abs=0.01)
        assert 0 <= dot.top <= dot.y + 0.01
        assert dot.y <= dot.foot + 0.01 <= CLAIM_DOTS_HEIGHT + 0.02
    for each in (chart, chart.mirrored()):
        for dot in [*each.dots, *each.strip]:
            assert -0.01 <= dot.x / 100 * NARROW_WIDTH + dot.dx <= NARROW_WIDTH + 0.01
    assert [dot.x for dot in chart.mirrored().mirrored().dots] == pytest.approx([dot.x for dot in chart.dots])


def test_what_has_no_verdict_is_below_the_scale_at_no_height():
    chart = drawn([(0, None), (5, 100.0), (5, 0.0)])
    (ring,) = chart.strip
    assert ring.y == ring.top == ring.foot == UNSCORED_STRIP_Y > CLAIM_DOTS_HEIGHT
    assert [dot.y for dot in chart.dots] == [CLAIM_DOTS_HEIGHT, 0]  # the least gap first


def test_claims_of_one_day_are_read_by_that_day():
    chart = drawn([(3, 40.0), (3, 60.0)])
    assert (chart.unit, [tick.day for tick in chart.days]) == ("day", [START + timedelta(3)])
    assert {dot.x for dot in chart.dots} == {50}


def test_no_claim_is_no_chart():
    assert draw_claim_dots([]) is None


def test_the_strip_takes_room_only_where_something_stands_on_it():
    day = date(2021, 10, 13)
    scored, unscored = ClaimPoint("a", day, 50.0, 10.0, 90.0), ClaimPoint("b", day, None, None, None)
    only, both = draw_claim_dots([scored]), draw_claim_dots([scored, unscored])
    assert only.whole < only.strip_y < both.whole
