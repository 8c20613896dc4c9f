"""Shapes of countries and provinces that share their borders, and the part of them inside a frame."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claims.drawing.geometry import (
    BoundingBox,
    Point,
    bounding_box,
    clip_line_to_box,
    clip_ring_to_box,
    is_inside_rings,
    ring_area,
    ring_centre,
)

REACH = (0, 0.04, 0.15)  # degrees around a point in which a shape is searched, one after another
AROUND_STEPS = [(1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7), (0.7, -0.7)]


@dataclass(frozen=True)
class OutlineShape:
    """A country or a province: rings of arc numbers. A number `~n` means arc n in reverse."""

    country: str
    rings: tuple[tuple[int, ...], ...]
    box: BoundingBox
    names: Mapping[str, str]


class ShapeAtlas:
    """The content of a file of shapes that tests/make_shapes.py wrote. Coordinates are degrees, longitude first."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        steps = data["steps"]
        self.arcs: list[list[Point]] = [list(_arc_points(arc, steps)) for arc in data["arcs"]]
        self.boxes = [bounding_box(arc) for arc in self.arcs]
        self.land: list[list[int]] = data["land"]
        self.shapes = [self._shape(shape) for shape in data["shapes"]]

    def _shape(self, data: Mapping[str, Any]) -> OutlineShape:
        rings = tuple(map(tuple, data["rings"]))
        boxes = [self.boxes[max(n, ~n)] for ring in rings for n in ring]
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.with_(box)
        return OutlineShape(data["country"], rings, whole, data.get("names", {}))

    def country(self, code: str) -> OutlineShape | None:
        """The outline of a country, as the union of its provinces; None if the code is unknown."""
        return self._countries.get(code)

    @cached_property
    def _countries(self) -> dict[str, OutlineShape]:
        provinces: dict[str, list[Any]] = defaultdict(list)
        for shape in self.shapes:
            provinces[shape.country] += shape.rings
        joined_up = {code: outline_of_shapes(rings, self.arcs) for code, rings in provinces.items()}
        return {
            code: self._shape({"country": code, "rings": rings}) for code, rings in joined_up.items() if rings
        }

    def mainland(self, shape: OutlineShape) -> BoundingBox:
        """The bounding box of the shape's largest ring. It leaves out distant islands."""
        largest: list[Point] = max((self.walked(ring) for ring in shape.rings), key=ring_area)
        return bounding_box(largest)

    def walked(self, ring: Iterable[int], frame: BoundingBox | None = None) -> list[Point]:
        """The points of a ring.

        An arc wholly on one outer side of the frame is reduced to its ends, since none of it shows.
        """
        points: list[Point] = []
        for number in ring:
            arc = self.arcs[max(number, ~number)]
            if frame and self.boxes[max(number, ~number)].beside(frame):
                arc = [arc[0], arc[-1]]
            points += arc if number >= 0 else reversed(arc)
        return points

    def at(self, point: Point) -> OutlineShape | None:
        """The shape that contains the point.

        If none does, the nearest shape within REACH: simplified coasts can miss a point.
        """
        x, y = point
        for reach in REACH:
            for dx, dy in AROUND_STEPS if reach else [(0, 0)]:
                if found := self._holding((x + reach * dx, y + reach * dy)):
                    return found
        return None

    def _holding(self, point: Point) -> OutlineShape | None:
        for shape in self.shapes:
            if shape.box.holds(point) and is_inside_rings((self.walked(ring) for ring in shape.rings), point):
                return shape
        return None

    def outline(self, shape: OutlineShape, frame: BoundingBox) -> list[list[Point]]:
        """The rings of a shape, clipped to the frame."""
        return _visible_rings(clip_ring_to_box(self.walked(ring, frame), frame) for ring in shape.rings)

    def coast(self, frame: BoundingBox) -> list[list[Point]]:
        """All land in the frame, as rings."""
        return _visible_rings(clip_ring_to_box(self.walked(ring, frame), frame) for ring in self.land)

    def borders(self, frame: BoundingBox, *, between_countries: bool) -> list[list[Point]]:
        """The lines between countries, or between the provinces of one country, each once."""
        return [
            part
            for number, sides in self._sides.items()
            if len(sides) == 2
            and (len(set(sides)) == 2) == between_countries
            and self.boxes[number].meets(frame)
            for part in clip_line_to_box(self.arcs[number], frame)
        ]

    @cached_property
    def _sides(self) -> dict[int, list[str]]:
        """The countries on each side of each arc: one at a coast, the same one twice between two of its provinces."""
        sides: dict[int, list[str]] = defaultdict(list)
        for shape in self.shapes:
            for ring in shape.rings:
                for number in ring:
                    sides[max(number, ~number)].append(shape.country)
        return sides

    def in_view(self, frame: BoundingBox) -> Iterator[tuple[OutlineShape, Point, float]]:
        """The shapes in the frame, each with the centre and the area of its largest visible part."""
        for shape in self.shapes:
            if shape.box.meets(frame):
                parts = self.outline(shape, frame)
                if parts:
                    largest = max(parts, key=ring_area)
                    yield shape, ring_centre(largest), ring_area(largest)


def outline_of_shapes(rings: Iterable[Sequence[int]], arcs: Sequence[Sequence[Point]]) -> list[list[int]]:
    """The outline of several shapes together: the arcs that only one of them has, joined end to end.

    An arc that two neighbours share runs in both directions and is left out. The rest always forms closed rings.
    """
    net: Counter[int] = Counter()
    for ring in rings:
        for number in ring:
            net[max(number, ~number)] += 1 if number >= 0 else -1
    waiting: dict[Point, list[int]] = defaultdict(list)
    for arc, times in net.items():
        for number in [arc if times > 0 else ~arc] * abs(times):
            waiting[_arc_end(number, 0, arcs)].append(number)
    found = []
    while waiting:
        ring, here = [], next(iter(waiting))
        while here in waiting:
            number = waiting[here].pop()
            if not waiting[here]:
                del waiting[here]
            ring.append(number)
            here = _arc_end(number, -1, arcs)
        found.append(ring)
    return found


def _arc_end(number: int, which: int, arcs: Sequence[Sequence[Point]]) -> Point:
    return arcs[number][which] if number >= 0 else arcs[~number][-1 - which]


def _arc_points(arc: Sequence[int], steps: int) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / steps, y / steps


def _visible_rings(rings: Iterable[list[Point]]) -> list[list[Point]]:
    return [ring for ring in rings if len(ring) > 2]
