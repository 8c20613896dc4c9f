"""Points, boxes, rings and lines on a plane, as far as maps need them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BoundingBox:
    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        return self.east - self.west

    @property
    def height(self) -> float:
        return self.north - self.south

    @property
    def middle(self) -> Point:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def meets(self, other: "BoundingBox") -> bool:
        return (
            self.west < other.east
            and other.west < self.east
            and self.south < other.north
            and other.south < self.north
        )

    def holds(self, point: Point) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def beside(self, other: "BoundingBox") -> bool:
        """Whether this box lies wholly outside one of the other's four sides."""
        return (
            self.east < other.west
            or self.west > other.east
            or self.north < other.south
            or self.south > other.north
        )

    def grown(self, by: float) -> "BoundingBox":
        return BoundingBox(self.west - by, self.south - by, self.east + by, self.north + by)

    def with_(self, other: "BoundingBox") -> "BoundingBox":
        return BoundingBox(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


def bounding_box(points: Iterable[Point]) -> BoundingBox:
    xs, ys = zip(*points, strict=True)
    return BoundingBox(min(xs), min(ys), max(xs), max(ys))


def clip_ring_to_box(ring: Sequence[Point], box: BoundingBox) -> list[Point]:
    """Return the part of a closed ring inside the box (Sutherland–Hodgman, one side of the box at a time).

    Where the ring leaves the box and comes back, the result runs along the box's edge.
    """
    points = list(ring)
    for axis, bound, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        if not points:
            break
        points = list(_points_on_side(points, axis, bound, sign))
    return points


def _points_on_side(points: Sequence[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    before = points[-1]
    for point in points:
        was_in, is_in = (before[axis] - bound) * sign >= 0, (point[axis] - bound) * sign >= 0
        if was_in != is_in:
            yield _crossing_point(before, point, axis, bound)
        if is_in:
            yield point
        before = point


def _crossing_point(a: Point, b: Point, axis: int, bound: float) -> Point:
    along = (bound - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + along * (b[1 - axis] - a[1 - axis])
    return (bound, other) if axis == 0 else (other, bound)


def clip_line_to_box(line: Sequence[Point], box: BoundingBox) -> list[list[Point]]:
    """Return the parts of an open line inside the box."""
    parts: list[list[Point]] = []
    for a, b in pairwise(line):
        inside = _clip_segment(a, b, box)
        if inside is None:
            continue
        if parts and parts[-1][-1] == inside[0]:
            parts[-1].append(inside[1])
        else:
            parts.append([*inside])
    return parts


def _clip_segment(a: Point, b: Point, box: BoundingBox) -> tuple[Point, Point] | None:
    """Return the part of the segment from a to b inside the box (Liang–Barsky); None if no part is."""
    first, last = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for step, room in (
        (-dx, a[0] - box.west),
        (dx, box.east - a[0]),
        (-dy, a[1] - box.south),
        (dy, box.north - a[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    start = a if first == 0 else (a[0] + first * dx, a[1] + first * dy)
    end = b if last == 1 else (a[0] + last * dx, a[1] + last * dy)
    return start, end


def is_inside_rings(rings: Iterable[Sequence[Point]], point: Point) -> bool:
    """Whether the shape of the closed rings contains the point. A ring inside a ring is a hole."""
    x, y = point
    odd = False
    for ring in rings:
        for a, b in pairwise(ring):
            if (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]):
                odd = not odd
    return odd


def ring_area(ring: Sequence[Point]) -> float:
    """The area of a ring, closed or not."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def ring_centre(ring: Sequence[Point]) -> Point:
    """The centroid of a ring; the middle of its box if the ring has no area."""
    double, x, y = 0.0, 0.0, 0.0
    at = ring[0]  # relative to the first point, which avoids loss of precision
    for a, b in pairwise([(p[0] - at[0], p[1] - at[1]) for p in [*ring, at]]):
        part = a[0] * b[1] - b[0] * a[1]
        double, x, y = double + part, x + (a[0] + b[0]) * part, y + (a[1] + b[1]) * part
    return (at[0] + x / (3 * double), at[1] + y / (3 * double)) if double else bounding_box(ring).middle
