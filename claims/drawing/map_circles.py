"""Circles on a map. The area is the number of reports, and sectors show how they bear on claims."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

from claims.domain.vocabulary import PlaceKind
from claims.drawing.geometry import BoundingBox

REPORT_BEARINGS = ("against", "both", "for", "context")  # clockwise from the top
LARGEST_RADIUS, RADIUS_PER_REPORT, SMALLEST_RADIUS = (
    26.0,
    6.0,
    3.5,
)  # px: the radius of the largest circle, of one report, of any
WIDE_MAP_SIZE, NARROW_MAP_SIZE = (720.0, 540.0), (340.0, 255.0)  # px: a map beside text, and on a phone
SHRUNK_SHARE = 0.75  # a circle's size on a phone, as the sheet has it
LETTER_WIDTH, LABEL_LINE_HEIGHT, LABEL_GAP = (
    7.2,
    17.0,
    4.0,
)  # px: a letter's width, a line's height, and room beside a circle


@dataclass(frozen=True)
class MapSpot:
    """A place, and how many of its reports bear on claims in which way. Each report counts once."""

    key: Hashable
    name: str
    kind: PlaceKind
    x: float  # shares of the map's width and height
    y: float
    numbers: Mapping[str, int]

    @property
    def reports(self) -> int:
        return sum(self.numbers.values())


@dataclass(frozen=True)
class CircleSector:
    bearing: str
    path: str


@dataclass(frozen=True)
class MapLabel:
    dx: float  # px from the circle's centre to where the text begins or ends
    dy: float
    anchor: str  # left, middle or right: which part of the text stands there
    wide: bool  # fits on wide screens only


@dataclass
class MapCircle:
    spot: MapSpot
    radius: float
    sectors: list[CircleSector]
    label: MapLabel | None = None
    shift: tuple[float, float] = field(default=(0.0, 0.0))  # px, where another circle would hide it


def draw_circles(spots: Iterable[MapSpot]) -> list[MapCircle]:
    """Compute the circles, largest first, so that small ones are drawn on top."""
    ordered = sorted(spots, key=lambda spot: (-spot.reports, str(spot.key)))
    most = max((spot.reports for spot in ordered), default=0)
    scale = min(RADIUS_PER_REPORT, LARGEST_RADIUS / most**0.5) if most else RADIUS_PER_REPORT
    drawn: list[MapCircle] = []
    for spot in ordered:
        radius = round(max(scale * spot.reports**0.5, SMALLEST_RADIUS), 1)
        circle = MapCircle(spot, radius, circle_sectors(spot.numbers, radius))
        circle.shift = _step_aside(circle, drawn)
        drawn.append(circle)
    return drawn


def circle_sectors(numbers: Mapping[str, int], radius: float) -> list[CircleSector]:
    """Divide a circle into sectors, in the order of REPORT_BEARINGS."""
    total, so_far, found = sum(numbers.values()), 0, []
    for bearing in REPORT_BEARINGS:
        number = numbers.get(bearing, 0)
        if number:
            found.append(
                CircleSector(bearing, _sector_path(so_far / total, (so_far + number) / total, radius))
            )
            so_far += number
    return found


def _sector_path(start: float, end: float, radius: float) -> str:
    r = f"{radius:g}"
    if end - start >= 1:
        return f"M0-{r}a{r} {r} 0 1 1-.01 0z"
    (x1, y1), (x2, y2) = _point_on_circle(start, radius), _point_on_circle(end, radius)
    return f"M0 0L{x1:g} {y1:g}A{r} {r} 0 {int(end - start > 0.5)} 1 {x2:g} {y2:g}z"


def _point_on_circle(share: float, radius: float) -> tuple[float, float]:
    x, y = radius * sin(2 * pi * share), -radius * cos(2 * pi * share)
    return round(x, 1) + 0.0, round(y, 1) + 0.0  # no −0


def _step_aside(circle: MapCircle, others: Sequence[MapCircle]) -> tuple[float, float]:
    """The offset in px from circles of similar size at about the same position.

    A small circle on a larger one needs none.
    """
    step = (0.0, 0.0)
    for turn in range(8):
        hidden = [other for other in others if _is_hidden_by(other, circle, step)]
        if not hidden:
            break
        angle = 2 * pi * (turn / 8 + 1 / 8)
        step = (round(circle.radius * 1.2 * sin(angle), 1), round(-circle.radius * 1.2 * cos(angle), 1))
    return step


def _is_hidden_by(other: MapCircle, circle: MapCircle, step: tuple[float, float]) -> bool:
    x, y = _spot_in_pixels(circle.spot, NARROW_MAP_SIZE)
    there_x, there_y = _spot_in_pixels(other.spot, NARROW_MAP_SIZE)
    apart = hypot(x + step[0] - there_x - other.shift[0], y + step[1] - there_y - other.shift[1])
    return other.radius < 2 * circle.radius and apart < circle.radius


def _spot_in_pixels(spot: MapSpot, size: tuple[float, float]) -> tuple[float, float]:
    return spot.x * size[0], spot.y * size[1]


# Labels ---------------------------------------------------------------------------------------------------------------


class LabelLayout:
    """Finds room for labels, the most important first, on a wide screen and on a phone.

    Labels without room are left out.
    """

    def __init__(self, drawn: Iterable[MapCircle]) -> None:
        self.taken: dict[tuple[float, float], list[BoundingBox]] = {WIDE_MAP_SIZE: [], NARROW_MAP_SIZE: []}
        self.drawn = list(drawn)
        for circle in self.drawn:
            for size, boxes in self.taken.items():
                boxes.append(_circle_box(circle, size))

    def label(self, circle: MapCircle, text: str) -> None:
        options = list(_label_options(circle.radius))
        for sizes in ((NARROW_MAP_SIZE, WIDE_MAP_SIZE), (WIDE_MAP_SIZE,)):
            for label in options:
                boxes = [(size, _label_text_box(circle, label, text, size)) for size in sizes]
                if all(self._free(size, box, circle) for size, box in boxes):
                    for size, box in boxes:
                        self.taken[size].append(box)
                    circle.label = MapLabel(label.dx, label.dy, label.anchor, wide=len(sizes) == 1)
                    return

    def word(self, x: float, y: float, text: str, room: float) -> bool | None:
        """Reserve room for a country's name at a point.

        True: on all screens; False: on wide screens only; None: nowhere.
        """
        half = len(text) * LETTER_WIDTH / 2
        found = []
        for size in (NARROW_MAP_SIZE, WIDE_MAP_SIZE):
            at = x * size[0], y * size[1]
            box = BoundingBox(
                at[0] - half, at[1] - LABEL_LINE_HEIGHT / 2, at[0] + half, at[1] + LABEL_LINE_HEIGHT / 2
            )
            if 2 * half < room * size[0] and self._free(size, box):
                found.append((size, box))
        if not found or found[-1][0] != WIDE_MAP_SIZE:
            return None
        for size, box in found:
            self.taken[size].append(box)
        return len(found) == 2

    def _free(self, size: tuple[float, float], box: BoundingBox, own: MapCircle | None = None) -> bool:
        on_map = box.west >= 0 and box.south >= 0 and box.east <= size[0] and box.north <= size[1]
        mine = _circle_box(own, size) if own else None
        return on_map and not any(box.meets(other) for other in self.taken[size] if other != mine)


def _circle_box(circle: MapCircle, size: tuple[float, float]) -> BoundingBox:
    x, y = _spot_in_pixels(circle.spot, size)
    r = circle.radius * (SHRUNK_SHARE if size == NARROW_MAP_SIZE else 1)
    return BoundingBox(
        x + circle.shift[0] - r, y + circle.shift[1] - r, x + circle.shift[0] + r, y + circle.shift[1] + r
    )


def _label_options(radius: float) -> Iterable[MapLabel]:
    """The positions of a label around its circle, the best first: right, left, below, above."""
    aside, below = radius + LABEL_GAP, radius + LABEL_LINE_HEIGHT * 0.8
    yield MapLabel(aside, LABEL_LINE_HEIGHT * 0.27, "left", wide=False)
    yield MapLabel(-aside, LABEL_LINE_HEIGHT * 0.27, "right", wide=False)
    yield MapLabel(0, below, "middle", wide=False)
    yield MapLabel(0, -radius - LABEL_GAP, "middle", wide=False)


def _label_text_box(circle: MapCircle, label: MapLabel, text: str, size: tuple[float, float]) -> BoundingBox:
    x, y = _spot_in_pixels(circle.spot, size)
    x, y = x + circle.shift[0] + label.dx, y + circle.shift[1] + label.dy
    length = len(text) * LETTER_WIDTH
    west = {"left": x, "middle": x - length / 2, "right": x - length}[label.anchor]
    return BoundingBox(west, y - LABEL_LINE_HEIGHT * 0.75, west + length, y + LABEL_LINE_HEIGHT * 0.25)
