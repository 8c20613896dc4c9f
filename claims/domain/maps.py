"""Where evidence lies: circles whose area is the number of reports, parted by what they say of the claims."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

from .geometry import Box
from .vocabulary import PlaceKind

BEARINGS = ("against", "both", "for", "context")  # clockwise from the top
LARGEST, PER_REPORT, SMALLEST = 26.0, 6.0, 3.5  # px: the radius of the largest circle, of one report, of any
WIDE, NARROW = (720.0, 540.0), (340.0, 255.0)  # px: a map beside text, and on a phone
SHRUNK = 0.75  # a circle's size on a phone, as the sheet has it
LETTER, LINE, GAP = 7.2, 17.0, 4.0  # px: a letter's width, a line's height, and room beside a circle


@dataclass(frozen=True)
class Spot:
    """A place and how many of its reports bear which way on claims; each report is counted once."""

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
class Sector:
    bearing: str
    path: str


@dataclass(frozen=True)
class Label:
    dx: float  # px from the circle's centre to where the text begins or ends
    dy: float
    anchor: str  # left, middle or right: which part of the text stands there
    wide: bool  # fits on wide screens only


@dataclass
class Circle:
    spot: Spot
    radius: float
    sectors: list[Sector]
    label: Label | None = None
    shift: tuple[float, float] = field(default=(0.0, 0.0))  # px, where another circle would hide it


def circles(spots: Iterable[Spot]) -> list[Circle]:
    """Largest first, so that the small ones lie on top."""
    ordered = sorted(spots, key=lambda spot: (-spot.reports, str(spot.key)))
    most = max((spot.reports for spot in ordered), default=0)
    scale = min(PER_REPORT, LARGEST / most**0.5) if most else PER_REPORT
    drawn: list[Circle] = []
    for spot in ordered:
        radius = round(max(scale * spot.reports**0.5, SMALLEST), 1)
        circle = Circle(spot, radius, sectors(spot.numbers, radius))
        circle.shift = _out_of_hiding(circle, drawn)
        drawn.append(circle)
    return drawn


def sectors(numbers: Mapping[str, int], radius: float) -> list[Sector]:
    """A circle cut like a cake, the cuts in the order of BEARINGS."""
    total, so_far, found = sum(numbers.values()), 0, []
    for bearing in BEARINGS:
        number = numbers.get(bearing, 0)
        if number:
            found.append(Sector(bearing, _slice(so_far / total, (so_far + number) / total, radius)))
            so_far += number
    return found


def _slice(start: float, end: float, radius: float) -> str:
    r = f"{radius:g}"
    if end - start >= 1:
        return f"M0-{r}a{r} {r} 0 1 1-.01 0z"
    (x1, y1), (x2, y2) = _on_circle(start, radius), _on_circle(end, radius)
    return f"M0 0L{x1:g} {y1:g}A{r} {r} 0 {int(end - start > 0.5)} 1 {x2:g} {y2:g}z"


def _on_circle(share: float, radius: float) -> tuple[float, float]:
    x, y = radius * sin(2 * pi * share), -radius * cos(2 * pi * share)
    return round(x, 1) + 0.0, round(y, 1) + 0.0  # no −0


def _out_of_hiding(circle: Circle, others: Sequence[Circle]) -> tuple[float, float]:
    """A small step aside from a circle of about the same size at about the same place; a small one lies on top."""
    step = (0.0, 0.0)
    for turn in range(8):
        hidden = [other for other in others if _hides(other, circle, step)]
        if not hidden:
            break
        angle = 2 * pi * (turn / 8 + 1 / 8)
        step = (round(circle.radius * 1.2 * sin(angle), 1), round(-circle.radius * 1.2 * cos(angle), 1))
    return step


def _hides(other: Circle, circle: Circle, step: tuple[float, float]) -> bool:
    x, y = _px(circle.spot, NARROW)
    there_x, there_y = _px(other.spot, NARROW)
    apart = hypot(x + step[0] - there_x - other.shift[0], y + step[1] - there_y - other.shift[1])
    return other.radius < 2 * circle.radius and apart < circle.radius


def _px(spot: Spot, size: tuple[float, float]) -> tuple[float, float]:
    return spot.x * size[0], spot.y * size[1]


# Labels ---------------------------------------------------------------------------------------------------------------


class Layout:
    """Finds room for words, the most important first, on a wide screen and on a phone; what finds none is left out."""

    def __init__(self, drawn: Iterable[Circle]) -> None:
        self.taken: dict[tuple[float, float], list[Box]] = {WIDE: [], NARROW: []}
        self.drawn = list(drawn)
        for circle in self.drawn:
            for size, boxes in self.taken.items():
                boxes.append(_square(circle, size))

    def label(self, circle: Circle, text: str) -> None:
        options = list(_options(circle.radius))
        for sizes in ((NARROW, WIDE), (WIDE,)):
            for label in options:
                boxes = [(size, _text_box(circle, label, text, size)) for size in sizes]
                if all(self._free(size, box, circle) for size, box in boxes):
                    for size, box in boxes:
                        self.taken[size].append(box)
                    circle.label = Label(label.dx, label.dy, label.anchor, wide=len(sizes) == 1)
                    return

    def word(self, x: float, y: float, text: str, room: float) -> bool | None:
        """Room for a country's name at a point: True on every screen, False on a wide one alone, None nowhere."""
        half = len(text) * LETTER / 2
        found = []
        for size in (NARROW, WIDE):
            at = x * size[0], y * size[1]
            box = Box(at[0] - half, at[1] - LINE / 2, at[0] + half, at[1] + LINE / 2)
            if 2 * half < room * size[0] and self._free(size, box):
                found.append((size, box))
        if not found or found[-1][0] != WIDE:
            return None
        for size, box in found:
            self.taken[size].append(box)
        return len(found) == 2

    def _free(self, size: tuple[float, float], box: Box, own: Circle | None = None) -> bool:
        on_map = box.west >= 0 and box.south >= 0 and box.east <= size[0] and box.north <= size[1]
        mine = _square(own, size) if own else None
        return on_map and not any(box.meets(other) for other in self.taken[size] if other != mine)


def _square(circle: Circle, size: tuple[float, float]) -> Box:
    x, y = _px(circle.spot, size)
    r = circle.radius * (SHRUNK if size == NARROW else 1)
    return Box(
        x + circle.shift[0] - r, y + circle.shift[1] - r, x + circle.shift[0] + r, y + circle.shift[1] + r
    )


def _options(radius: float) -> Iterable[Label]:
    """Right, left, below, above: where people look for a place's name."""
    aside, below = radius + GAP, radius + LINE * 0.8
    yield Label(aside, LINE * 0.27, "left", wide=False)
    yield Label(-aside, LINE * 0.27, "right", wide=False)
    yield Label(0, below, "middle", wide=False)
    yield Label(0, -radius - GAP, "middle", wide=False)


def _text_box(circle: Circle, label: Label, text: str, size: tuple[float, float]) -> Box:
    x, y = _px(circle.spot, size)
    x, y = x + circle.shift[0] + label.dx, y + circle.shift[1] + label.dy
    length = len(text) * LETTER
    west = {"left": x, "middle": x - length / 2, "right": x - length}[label.anchor]
    return Box(west, y - LINE * 0.75, west + length, y + LINE * 0.25)
