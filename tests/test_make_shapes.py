"""The script that makes the shapes, on squares; and that what it made is what a map needs."""

import gzip
import json

import pytest

from claims.drawing.atlas import ShapeAtlas
from claims.drawing.geometry import BoundingBox, ring_area
from claims.selectors.map_shapes import COUNTRIES, PROVINCES, SHAPES, load_atlas
from tests.make_shapes import Topology, make, simplified, snapped

NAMES = {"en": {"AA": "Aland"}, "ar": {"AA": "ألف"}}


def province(country, ring, code="AA"):
    properties = {"adm0_a3": country, "iso_a2": code, "admin": f"Country {country}"}
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def square(x, y, size=1.0):
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


@pytest.fixture(scope="module")
def made():
    wiggling = [[1, 0], [2, 0], [2, 1], [1, 1], [1.03, 0.5], [1, 0]]
    reversed_ = [[0, 0], [0, 1], [1, 1], [1.03, 0.5], [1, 0], [0, 0]]
    features = [
        province("A", reversed_), province("A", square(0, 1)), province("B", wiggling, "BB"),
        province("B", square(9, 9, 0.02), "BB"),
    ]  # fmt: skip
    return {name: ShapeAtlas(content) for name, content in make(features, NAMES).items()}


def test_neighbours_share_their_border_to_the_last_point_whichever_way_their_rings_run(made):
    (border,) = made[PROVINCES].borders(BoundingBox(-9, -9, 20, 20), between_countries=True)
    assert border in ([(1, 0), (1.03, 0.5), (1, 1)], [(1, 1), (1.03, 0.5), (1, 0)])


def test_a_countrys_outline_has_no_line_within(made):
    country = made[COUNTRIES].shapes[0]
    assert sum(ring_area(made[COUNTRIES].walked(ring)) for ring in country.rings) == pytest.approx(
        2, abs=0.05
    )
    assert country.names == {"en": "Aland", "ar": "ألف"}
    assert made[COUNTRIES].shapes[1].names == {"en": "Country B", "ar": ""}


def test_land_is_all_of_it_without_the_borders(made):
    land = [ring for ring in made[PROVINCES].coast(BoundingBox(-9, -9, 8, 8)) if ring]
    assert [ring_area(ring) for ring in land] == [3]


def test_an_island_too_small_to_see_stays_if_it_is_all_there_is_of_a_shape(made):
    assert made[PROVINCES].at((9.01, 9.01)).country == "B"


def test_points_that_fall_together_and_spikes_go():
    assert snapped([[[0, 0], [0.00001, 0], [1, 0], [2, 0], [1, 0], [1, 1], [0, 0]]]) == [
        [(0, 0), (1000, 0), (1000, 1000), (0, 0)]
    ]
    assert snapped([[[0, 0], [0.00001, 0], [0, 0]]]) == []


def test_what_strays_from_a_line_stays_and_what_does_not_goes():
    assert simplified([(0, 0), (50, 1), (100, 40), (200, 0)], 20) == [(0, 0), (100, 40), (200, 0)]
    island = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    assert simplified(island, 20) == island


def test_a_border_is_one_arc_walked_both_ways():
    topology = Topology([[[(0, 0), (1, 0), (1, 1), (0, 0)]], [[(1, 0), (2, 0), (1, 1), (1, 0)]]])
    numbers = [number for rings in topology.rings for ring in rings for number in ring]
    assert len([n for n in numbers if ~n in numbers]) == 2


# What stands in the repository ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [PROVINCES, COUNTRIES])
def test_the_shapes_say_where_they_come_from_and_stay_light(name):
    packed = (SHAPES / f"{name}.json.gz").read_bytes()
    credit = json.loads(gzip.decompress(packed))["credit"]
    assert "Natural Earth" in credit["shapes"]
    assert "public domain" in credit["shapes"]
    assert len(packed) < 500_000


@pytest.mark.parametrize(
    ("point", "country"),
    [
        ((36.63, 35.93), "SYR"), ((36.3, 33.51), "SYR"), ((40.74, 36.5), "SYR"), ((44.4, 33.3), "IRQ"),
        ((37.38, 37.06), "TUR"), ((35.5, 33.85), "LBN"), ((35.93, 31.95), "JOR"), ((30.52, 50.45), "UKR"),
    ],
)  # fmt: skip
def test_towns_lie_in_their_countries(point, country):
    assert load_atlas(PROVINCES).at(point).country == country
    assert load_atlas(COUNTRIES).at(point).country == country


def test_syria_has_its_provinces_and_a_name_in_both_languages():
    shapes = load_atlas(PROVINCES).shapes
    assert len([shape for shape in shapes if shape.country == "SYR"]) >= 14
    assert load_atlas(COUNTRIES).at((38, 35)).names == {"en": "Syria", "ar": "سوريا"}


def test_a_country_closes_round_its_provinces_without_slits():
    provinces, country = load_atlas(PROVINCES), load_atlas(PROVINCES).country("SYR")
    parts = sum(
        ring_area(provinces.walked(ring)) for s in provinces.shapes if s.country == "SYR" for ring in s.rings
    )
    whole = [provinces.walked(ring) for ring in country.rings]
    assert sum(map(ring_area, whole)) == pytest.approx(parts, rel=5e-3)
    assert all(ring[0] == ring[-1] for ring in whole)
