"""Which part of the world a map shows."""

import re
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drawing.geometry import BoundingBox
from claims.drawing.map_frames import (
    FRAME_RATIO,
    FRAME_UNITS,
    MAX_FRAME_DEGREES,
    MapFrame,
    bulk_of_points,
    frame_around,
    worth_showing_whole,
)

IDLIB, DAMASCUS, WASHINGTON, GENEVA = (36.6, 35.9), (36.3, 33.5), (-77.0, 38.9), (6.1, 46.2)
places = st.tuples(st.floats(-179, 179), st.floats(-60, 75))


def test_a_few_reports_from_far_away_do_not_shrink_the_rest():
    assert bulk_of_points([(IDLIB, 6), (DAMASCUS, 5), (WASHINGTON, 4), (GENEVA, 1)]) == [IDLIB, DAMASCUS]


def test_reports_from_all_over_the_world_are_all_shown():
    all_over = [(WASHINGTON, 3), (IDLIB, 3), (GENEVA, 3), ((139.7, 35.7), 3)]
    assert len(bulk_of_points(all_over)) >= 3


def test_one_place_alone_is_a_frame_too():
    assert bulk_of_points([(IDLIB, 1)]) == [IDLIB]
    frame = frame_around(BoundingBox(*IDLIB, *IDLIB))
    assert frame.box.height >= 1.5
    assert frame.box.holds(IDLIB)


@given(st.lists(places, min_size=1, max_size=8))
def test_every_frame_holds_its_box_and_has_the_shape_of_a_map(found):
    xs, ys = zip(*found, strict=True)
    box = BoundingBox(min(xs), min(ys), max(xs), max(ys))
    frame = frame_around(box)
    flat = cos(radians(abs(box.middle[1])))
    assert frame.box.width <= 360
    if frame.box.width < 360 and frame.box.height < MAX_FRAME_DEGREES:
        assert all(frame.box.holds(point) for point in found)
        assert frame.box.width * max(flat, 0.2) / frame.box.height == pytest.approx(FRAME_RATIO)


def test_north_is_up_and_east_is_right():
    frame = MapFrame(BoundingBox(30, 30, 40, 40))
    assert frame.place((30, 40)) == (0, 0)
    assert frame.place((40, 30)) == (1, 1)
    assert frame.place((35, 37.5)) == (0.5, 0.25)


def test_a_path_goes_from_whole_unit_to_whole_unit_and_leaves_out_what_the_eye_cannot_see():
    frame = MapFrame(BoundingBox(0, 0, 8, 6))
    line = [(0.0, 6.0), (0.001, 6.0), (1.0, 5.0), (1.0, 6.0)]
    assert frame.path([line], closed=False) == "M0 0l100 100 0-100"
    assert frame.path([line], closed=True) == "M0 0l100 100 0-100z"
    assert frame.path([[(0.0, 0.0), (0.0001, 0.0)]], closed=False) == ""


@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0, 6)), min_size=2, max_size=20))
def test_the_steps_of_a_path_lead_to_the_last_point_and_stay_on_the_drawing(line):
    path = MapFrame(BoundingBox(0, 0, 8, 6)).path([line], closed=False)
    if path:
        x = y = 0
        steps = [int(n) for n in re.findall(r"-?\d+", path)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            assert 0 <= x <= FRAME_UNITS[0]
            assert 0 <= y <= FRAME_UNITS[1]
        assert (x, y) == (round(line[-1][0] * 100), round((6 - line[-1][1]) * 100))


def test_a_continent_of_a_country_is_not_shown_whole_for_one_report():
    assert worth_showing_whole(BoundingBox(35, 32, 42, 37))
    assert not worth_showing_whole(BoundingBox(27, 41, 180, 81))
