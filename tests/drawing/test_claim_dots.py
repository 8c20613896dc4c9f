"""A claim's dot stands at its gap and within its likely range, both ways round."""

import pytest

from claims.drawing.claim_dots import draw_claim_dot


def test_a_dot_stands_at_its_gap_and_the_line_is_its_likely_range():
    drawn = draw_claim_dot(75.0, 42.0, 97.0)
    assert (drawn.dot.x, drawn.interval.x, drawn.interval.end) == (75, 42, 97)


def test_from_right_to_left_the_scale_begins_at_the_right():
    drawn = draw_claim_dot(75.0, 42.0, 97.0).mirrored()
    assert (drawn.dot.x, drawn.interval.x, drawn.interval.end) == pytest.approx((25, 3, 58))
