"""Circles whose area is the number of reports, and words that overlap nothing."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.vocabulary import PlaceKind
from claims.drawing.map_circles import (
    LARGEST_RADIUS,
    NARROW_MAP_SIZE,
    REPORT_BEARINGS,
    SMALLEST_RADIUS,
    WIDE_MAP_SIZE,
    LabelLayout,
    MapSpot,
    _spot_in_pixels,
    circle_sectors,
    draw_circles,
)


def spot(key, x=0.5, y=0.5, name="Town", **numbers):
    return MapSpot(key, name, PlaceKind.TOWN, x, y, numbers)


spots = st.lists(
    st.builds(
        lambda x, y, name, n: (x, y, name, n),
        st.floats(0, 1), st.floats(0, 1), st.text("abcdefgh ", min_size=1, max_size=20), st.integers(1, 40),
    ), min_size=1, max_size=14,
).map(lambda rows: [spot(key, x, y, name, against=n) for key, (x, y, name, n) in enumerate(rows)])  # fmt: skip


def test_the_area_of_a_circle_is_its_number():
    four, one = draw_circles([spot(1, 0.1, against=4), spot(2, 0.9, context=1)])
    assert four.radius**2 / one.radius**2 == pytest.approx(4)


def test_many_reports_make_no_circle_larger_than_the_largest_nor_one_too_small_to_see():
    many, one = draw_circles([spot(1, 0.1, against=4000), spot(2, 0.9, against=1)])
    assert (many.radius, one.radius) == (LARGEST_RADIUS, SMALLEST_RADIUS)


def test_small_circles_lie_on_top_of_large_ones():
    drawn = draw_circles([spot("small", against=1), spot("large", against=30), spot("middle", against=9)])
    assert [circle.spot.key for circle in drawn] == ["large", "middle", "small"]


def test_a_circle_is_cut_by_how_its_reports_bear():
    assert [part.bearing for part in circle_sectors({"for": 1, "against": 2, "context": 1}, 10)] == [
        "against", "for", "context",
    ]  # fmt: skip
    against, *_ = circle_sectors({"against": 1, "for": 3}, 10)
    assert against.path == "M0 0L0 -10A10 10 0 0 1 10 0z"  # a quarter, clockwise from the top
    (whole,) = circle_sectors({"both": 3}, 10)
    assert whole.path.startswith("M0-10a10 10 0 1 1")


@given(st.dictionaries(st.sampled_from(REPORT_BEARINGS), st.integers(0, 9), min_size=1))
def test_every_bearing_that_has_reports_has_one_sector(numbers):
    assert [part.bearing for part in circle_sectors(numbers, 9)] == [
        bearing for bearing in REPORT_BEARINGS if numbers.get(bearing)
    ]


def test_two_places_at_one_point_are_both_seen():
    first, second = draw_circles([spot(1, against=3), spot(2, **{"for": 3})])
    assert first.shift == (0.0, 0.0)
    assert (second.shift[0] ** 2 + second.shift[1] ** 2) ** 0.5 >= second.radius


@given(spots)
def test_no_label_lies_on_another_or_on_a_circle_on_any_screen(found):
    drawn = draw_circles(found)
    layout = LabelLayout(drawn)
    for circle in drawn:
        layout.label(circle, f"{circle.spot.name} {circle.spot.reports}")
    for size in (WIDE_MAP_SIZE, NARROW_MAP_SIZE):
        words = layout.taken[size][len(drawn) :]
        assert all(not one.meets(other) for one, other in combinations(words, 2))
        assert all(box.west >= 0 and box.east <= size[0] for box in words)
    shown = [circle.label for circle in drawn if circle.label]
    assert len(layout.taken[WIDE_MAP_SIZE]) == len(drawn) + len(shown)
    assert len(layout.taken[NARROW_MAP_SIZE]) == len(drawn) + sum(not label.wide for label in shown)


def test_a_label_stands_on_the_side_that_is_free():
    west, east = draw_circles([spot(1, 0.5, name="Homs", against=2), spot(2, 0.57, name="Hama", against=1)])
    layout = LabelLayout([west, east])
    for circle in (west, east):
        layout.label(circle, circle.spot.name)
    assert (west.label.anchor, east.label.anchor) == ("right", "left")


def test_what_fits_only_on_a_wide_screen_says_so_and_what_fits_nowhere_is_left_out():
    close = [spot(n, 0.5, 0.4 + n * 0.03, name="A town of a name", against=1) for n in range(5)]
    layout = LabelLayout(drawn := draw_circles(close))
    for circle in drawn:
        layout.label(circle, circle.spot.name)
    assert any(circle.label and circle.label.wide for circle in drawn)
    long = draw_circles([spot(1, name="x" * 200, against=1)])
    LabelLayout(long).label(long[0], "x" * 200)
    assert long[0].label is None


def test_a_countrys_name_gives_way_to_the_places():
    layout = LabelLayout(draw_circles([spot(1, 0.5, 0.5, against=9)]))
    assert layout.word(0.5, 0.5, "Syria", room=1) is None
    assert layout.word(0.2, 0.2, "Iraq", room=1) is True
    assert layout.word(0.2, 0.8, "Saudi Arabia", room=0.2) is False  # room on a wide screen alone
    assert layout.word(0.8, 0.8, "Liechtenstein", room=0.01) is None


def test_places_are_where_they_are_on_every_screen():
    assert _spot_in_pixels(spot(1, 0.25, 0.5, against=1), WIDE_MAP_SIZE) == (180, 270)
