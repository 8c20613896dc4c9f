"""The part of the world that a map shows, and its projection.

The projection is equirectangular and true to scale at the middle of the frame. For one country or a few, the error is
too small to see. East is always on the right, in right-to-left languages too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from claims.drawing.geometry import BoundingBox, Point

FRAME_RATIO = 4 / 3  # width to height of every map
FRAME_UNITS = (800, 600)  # of the drawing; screens scale it
FRAME_PADDING = 0.08  # of the span, on each side
MIN_FRAME_DEGREES, MAX_FRAME_DEGREES = 1.5, 150.0  # degrees of latitude that a map shows
WHOLE_COUNTRY_DEGREES = (
    18.0  # a country that spans more degrees is not shown whole for a report somewhere in it
)
BULK_SHARE = 0.6  # share of the reports around which the frame is chosen
NEAR_DISTANCE = 2.0  # points up to so many times as far from the middle as the bulk are shown
FRAME_STEP = 0.25  # degrees: frames are rounded outwards, so that near ones are one


@dataclass(frozen=True)
class MapFrame:
    box: BoundingBox

    def place(self, point: Point) -> Point:
        """The position of a point in the drawing, from its upper left corner, as shares of the width and height."""
        return (point[0] - self.box.west) / self.box.width, (self.box.north - point[1]) / self.box.height

    def path(self, lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
        """The lines as an SVG path in whole units. Points that round to the same position become one."""
        return "".join(self._line(line, closed) for line in lines)

    def _line(self, line: Sequence[Point], closed: bool) -> str:
        points = [self._unit(point) for point in line]
        x, y = points[0]
        steps = []
        for next_x, next_y in points[1:]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y}".replace(" -", "-"))
                x, y = next_x, next_y
        if len(steps) < (2 if closed else 1):
            return ""
        return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}{'z' if closed else ''}"

    def _unit(self, point: Point) -> tuple[int, int]:
        x, y = self.place(point)
        return round(x * FRAME_UNITS[0]), round(y * FRAME_UNITS[1])


def bulk_of_points(points: Sequence[tuple[Point, int]]) -> list[Point]:
    """The points that hold most of the weight. One distant report must not shrink the rest of the map to a dot."""
    middle = (
        _weighted_median([(x, n) for (x, _), n in points]),
        _weighted_median([(y, n) for (_, y), n in points]),
    )
    apart = sorted((_degrees_apart(point, middle), point, n) for point, n in points)
    enough, so_far, radius = BULK_SHARE * sum(n for _, n in points), 0, 0.0
    for far, _, n in apart:
        if so_far >= enough:
            break
        so_far, radius = so_far + n, far
    return [point for far, point, _ in apart if far <= max(NEAR_DISTANCE * radius, 1.0)]


def _weighted_median(weighted: Sequence[tuple[float, int]]) -> float:
    half, so_far = sum(n for _, n in weighted) / 2, 0
    for value, n in sorted(weighted):
        so_far += n
        if so_far >= half:
            return value
    return 0.0


def _degrees_apart(a: Point, b: Point) -> float:
    """The approximate distance in degrees. A degree of longitude is shorter away from the equator."""
    return ((a[0] - b[0]) ** 2 * cos(radians(b[1])) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def frame_around(box: BoundingBox) -> MapFrame:
    """The frame around a box, with padding, in the aspect ratio of all maps."""
    x, y = box.middle
    flat = max(cos(radians(min(abs(y), 80))), 0.2)
    room = 1 + 2 * FRAME_PADDING
    height = min(
        max(box.height * room, box.width * room * flat / FRAME_RATIO, MIN_FRAME_DEGREES), MAX_FRAME_DEGREES
    )
    height = round(height / FRAME_STEP + 0.5) * FRAME_STEP
    width = min(height * FRAME_RATIO / flat, 360.0)
    x, y = round(x / FRAME_STEP) * FRAME_STEP, round(y / FRAME_STEP) * FRAME_STEP
    return MapFrame(BoundingBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2))


def worth_showing_whole(country: BoundingBox) -> bool:
    return max(country.width, country.height) <= WHOLE_COUNTRY_DEGREES
