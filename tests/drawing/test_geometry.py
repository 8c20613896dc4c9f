"""Clipping, holding, centres: against squares that anyone can check, and laws that hold for any shape."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from claims.drawing.geometry import (
    BoundingBox,
    bounding_box,
    clip_line_to_box,
    clip_ring_to_box,
    is_inside_rings,
    ring_area,
    ring_centre,
)

UNIT = BoundingBox(0, 0, 10, 10)
SQUARE = [(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0), (5.0, 5.0)]
numbers = st.integers(-50, 50).map(float)
points = st.tuples(numbers, numbers)
rings = st.lists(points, min_size=3, max_size=12).map(lambda ring: [*ring, ring[0]])


def test_a_ring_is_cut_along_the_boxs_edge():
    assert bounding_box(clip_ring_to_box(SQUARE, UNIT)) == BoundingBox(5, 5, 10, 10)
    assert ring_area(clip_ring_to_box(SQUARE, UNIT)) == 25
    assert clip_ring_to_box(SQUARE, BoundingBox(20, 20, 30, 30)) == []
    assert (
        ring_area(clip_ring_to_box(SQUARE, BoundingBox(6, 6, 7, 7))) == 1
    )  # all of the box lies within the ring


@given(rings)
def test_what_is_left_of_a_ring_lies_in_the_box(ring):
    left = clip_ring_to_box(ring, UNIT)
    assert all(UNIT.grown(1e-9).holds(point) for point in left)


@given(rings)
def test_a_ring_wholly_inside_stays_as_it_is(ring):
    assert set(clip_ring_to_box(ring, BoundingBox(-50, -50, 50, 50))) == set(ring)


def test_a_line_is_cut_where_it_leaves_and_comes_back():
    line = [(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (8.0, 20.0), (8.0, 5.0)]
    assert clip_line_to_box(line, UNIT) == [
        [(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)],
        [(8.0, 10.0), (8.0, 5.0)],
    ]
    assert clip_line_to_box([(-5.0, 11.0), (20.0, 11.0)], UNIT) == []


@given(st.lists(points, min_size=2, max_size=12))
def test_what_is_left_of_a_line_lies_in_the_box(line):
    assert all(UNIT.grown(1e-9).holds(point) for part in clip_line_to_box(line, UNIT) for point in part)


def test_a_hole_is_not_inside():
    hole = [(8.0, 8.0), (8.0, 12.0), (12.0, 12.0), (12.0, 8.0), (8.0, 8.0)]
    assert is_inside_rings([SQUARE, hole], (6, 6))
    assert not is_inside_rings([SQUARE, hole], (10, 10))
    assert not is_inside_rings([SQUARE], (4, 10))


def test_a_shape_balances_on_its_centre():
    assert ring_centre(SQUARE) == (10, 10)
    assert ring_centre([(1.0, 1.0), (3.0, 1.0), (1.0, 1.0)]) == (2, 1)  # no area: the middle of its box


@given(rings)
def test_a_rings_area_does_not_depend_on_where_it_begins_or_which_way_it_runs(ring):
    turned = [*ring[2:], *ring[1:3]]
    assert isclose(ring_area(ring), ring_area(turned))
    assert isclose(ring_area(ring), ring_area(ring[::-1]))


def test_a_box_is_beside_another_only_if_it_lies_beyond_one_side_of_it():
    assert BoundingBox(11, 0, 12, 50).beside(UNIT)
    assert not BoundingBox(-5, -5, 50, 0.5).beside(UNIT)
    assert UNIT.with_(BoundingBox(20, -5, 21, 1)) == BoundingBox(0, -5, 21, 10)
