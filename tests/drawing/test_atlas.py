"""Two countries side by side, one of two provinces, with an island: small enough to draw by hand."""

import pytest

from claims.drawing.atlas import ShapeAtlas, outline_of_shapes
from claims.drawing.geometry import BoundingBox, bounding_box, ring_area

# Country A is two squares one above the other, B a square to their right, and an island of A far away.
ARCS = [
    [0, 100, 0, -100, 100, 0],  # 0: the west, south of A's lower province, from (0, 1) by (0, 0) to (1, 0)
    [100, 0, 0, 100],  # 1: the border of A's lower province with B
    [0, 100, 100, 0],  # 2: the line between A's provinces, from west to east
    [100, 100, 0, 100, -100, 0, 0, -100],  # 3: the rest of A's upper province
    [100, 0, 100, 0, 0, 100, -100, 0],  # 4: the rest of B
    [900, 900, 100, 0, 0, 100, -100, -100],  # 5: the island
]
DATA = {
    "steps": 100,
    "arcs": ARCS,
    "land": [[0, 4, 3], [5]],
    "shapes": [
        {"country": "A", "rings": [[0, 1, ~2]]},
        {"country": "A", "rings": [[2, 3], [5]]},
        {"country": "B", "rings": [[4, ~1]], "names": {"en": "Bee"}},
    ],
}
ALL = BoundingBox(-1, -1, 20, 20)


@pytest.fixture(scope="module")
def atlas():
    return ShapeAtlas(DATA)


def test_arcs_are_read_step_by_step_in_degrees(atlas):
    assert atlas.arcs[0] == [(0, 1), (0, 0), (1, 0)]
    assert atlas.walked([2, 3])[-1] == (0, 1)
    assert atlas.walked([~2]) == [(1, 1), (0, 1)]


def test_a_point_is_found_in_its_shape(atlas):
    assert [atlas.at(point) and atlas.at(point).country for point in [(0.5, 0.5), (1.5, 0.5), (5, 5)]] == [
        "A", "B", None,
    ]  # fmt: skip
    assert atlas.at((2.1, 0.5)).country == "B"  # just off its coast
    assert atlas.at((0.5, 1.5)) is atlas.shapes[1]
    assert atlas.at((1.5, 0.5)).names == {"en": "Bee"}


def test_a_country_is_its_provinces_without_the_line_between_them(atlas):
    whole = atlas.country("A")
    assert sorted(map(len, whole.rings)) == [1, 3]
    assert sum(ring_area(atlas.walked(ring)) for ring in whole.rings) == 2.5
    assert 2 not in {max(n, ~n) for ring in whole.rings for n in ring}
    assert atlas.country("C") is None


def test_a_countrys_mainland_leaves_its_far_islands_out(atlas):
    assert atlas.mainland(atlas.country("A")) == BoundingBox(0, 0, 1, 2)


def test_each_border_is_drawn_once_and_told_apart_from_the_lines_within(atlas):
    assert atlas.borders(ALL, between_countries=True) == [[(1, 0), (1, 1)]]
    assert atlas.borders(ALL, between_countries=False) == [[(0, 1), (1, 1)]]
    assert atlas.borders(BoundingBox(0, 1.5, 1, 2), between_countries=True) == []


def test_land_is_cut_at_the_frame_and_what_lies_beyond_is_not_walked(atlas):
    frame = BoundingBox(0.5, 0.5, 3, 3)
    assert [bounding_box(ring) for ring in atlas.coast(frame)] == [BoundingBox(0.5, 0.5, 2, 2)]
    assert len(atlas.walked([5], frame)) == 2


def test_the_shapes_in_view_come_with_the_middle_of_what_is_seen_of_them(atlas):
    seen = list(atlas.in_view(BoundingBox(0.5, 0.5, 3, 3)))
    assert [(shape.country, at, size) for shape, at, size in seen] == [
        ("A", (0.75, 0.75), 0.25),
        ("A", (0.75, 1.5), 0.5),
        ("B", (1.5, 0.75), 0.5),
    ]


def test_an_outline_closes_even_where_shapes_overlap():
    arcs = [[(0.0, 0.0), (1.0, 0.0)], [(1.0, 0.0), (0.0, 0.0)]]
    assert sorted(outline_of_shapes([[0, 1], [0, ~0]], arcs)[0]) == [0, 1]
