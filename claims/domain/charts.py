"""The geometry of the pictures: plain numbers in per cent of the width, so that one drawing fits every screen."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from math import ceil
from typing import Any, Self

from .dossier import Dossier, Gap
from .gap import PRIOR

GUTTER = 0.25  # per cent of the bar between two blocks
HEIGHT = 180  # of the line's plot, in px
STRONG, WEAK = 16, 8  # px, the ticks where a report became known


def plain(length: float) -> str:
    """A length as SVG reads it, in as few signs as the eye needs."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Drawing:
    """Drawn from where reading starts to where it ends; mirrored, for who reads from right to left."""

    def mirrored(self) -> Self:
        return replace(self, **{each.name: _mirrored(getattr(self, each.name)) for each in fields(self)})


def _mirrored(part: Any) -> Any:
    if isinstance(part, list):
        return [_mirrored(each) for each in part]
    return part.mirrored() if isinstance(part, Drawing) else part


@dataclass(frozen=True)
class Placed(Drawing):
    """Something at a place across the width: its start edge in per cent, and px that it stands off from there.

    A text keeps its anchor in the mirror: from right to left, its start is at the right.
    """

    x: float
    width: float = field(default=0, kw_only=True)
    dx: float = field(default=0, kw_only=True)

    @property
    def end(self) -> float:
        return self.x + self.width

    def mirrored(self) -> Self:
        return replace(super().mirrored(), x=100 - self.x - self.width, dx=0 - self.dx)


@dataclass(frozen=True)
class Block(Placed):
    side: str


@dataclass(frozen=True)
class Bar(Drawing):
    """The bar that is the formula: contradicting origins, two units of not knowing, supporting origins."""

    blocks: list[Block]
    unknown: Block
    needle: float | None  # where the headline stands; None without a verdict
    low: float
    high: float
    anchor: str = "middle"  # of the needle's number, so that it stays within the frame

    def mirrored(self) -> Self:
        needle = None if self.needle is None else 100 - self.needle
        return replace(super().mirrored(), needle=needle, low=100 - self.low, high=100 - self.high)


def bar(dossier: Dossier, gap: Gap) -> Bar:
    against, for_ = _origins(dossier, gap, -1), _origins(dossier, gap, 1)
    total = gap.contradicting + gap.supporting + 2 * PRIOR
    share = 100 / total
    blocks, x = [], 0.0
    for mass in against:
        blocks.append(_block(x, mass * share, "contradicting"))
        x += mass * share
    unknown = Block(x, "unknown", width=2 * PRIOR * share)
    x += unknown.width
    for mass in reversed(for_):
        blocks.append(_block(x, mass * share, "supporting"))
        x += mass * share
    low, high = gap.low or 0.0, gap.high if gap.high is not None else 100.0
    return Bar(blocks, unknown, gap.headline, low, high, _anchor(gap.headline or 50, 5))


def _anchor(x: float, edge: float) -> str:
    """On which side of its place a text has room."""
    return "start" if x < edge else "end" if x > 100 - edge else "middle"


def _block(x: float, width: float, side: str) -> Block:
    """A block with its gutter: after it on the left side, before it on the right, so that the ends stay flush."""
    gutter = min(GUTTER, width / 4)
    return Block(x + (gutter if side == "supporting" else 0), side, width=width - gutter)


def _origins(dossier: Dossier, gap: Gap, sign: int) -> list[float]:
    """The mass of each origin on one side, heaviest first."""
    strongest: dict[Hashable, float] = defaultdict(float)
    for link in dossier.links:
        part = gap.links[link.id]
        if part.strongest and link.x * sign > 0:
            key = ("shared", link.origin) if link.origin is not None else ("own", link.id)
            strongest[key] = max(strongest[key], part.mass)
    return sorted(strongest.values(), reverse=True)


@dataclass(frozen=True)
class Segment:
    """A stretch of the line during which the gap stood still (or, for what ages, was last looked at)."""

    x: float
    width: float
    end: float
    y: float | None
    top: float
    depth: float
    thin: bool  # too little evidence for a verdict: drawn dashed
    rise: tuple[float, float] | None  # from the segment before, top and bottom


@dataclass(frozen=True)
class Tick:
    x: float
    side: str
    height: int
    strong: bool
    label: str
    day: date


@dataclass(frozen=True)
class Mark:
    x: float
    day: date
    anchor: str  # start, middle or end: on which side of the mark its label has room


@dataclass(frozen=True)
class Chart:
    segments: list[Segment]
    ticks: list[Tick]
    years: list[Mark]
    said: Mark
    ends: Mark | None
    start: date
    end: date
    height: int = HEIGHT


def chart(dossier: Dossier, gap: Gap, line: Sequence[Gap], labels: Mapping[Hashable, str]) -> Chart | None:
    """The line of a claim's gap over time; None while there is only one day to show.

    `line` as `history.line` gives it, ending with `gap`; `labels` name the reports by their link's id.
    """
    start, end = line[0].as_of, _last_day(dossier, line)
    if end <= start:
        return None
    scale = _Scale(start, end)
    until = dossier.valid_until
    return Chart(
        segments=list(_segments(line, scale)),
        ticks=_ticks(dossier, gap, scale, labels),
        years=scale.years(),
        said=scale.mark(start),
        ends=scale.mark(until.last) if until and until.last <= end else None,
        start=start,
        end=end,
    )


def _last_day(dossier: Dossier, line: Sequence[Gap]) -> date:
    """A bounded claim stands still once its term is over and its last report is in: no need for the years after."""
    as_of, until = line[-1].as_of, dossier.valid_until
    if until is None or until.last >= as_of:
        return as_of
    last = max([until.last, *(gap.as_of for gap in line[:-1])])
    return min(as_of, last + timedelta(days=max((last - line[0].as_of).days // 20, 14)))


@dataclass(frozen=True)
class _Scale:
    start: date
    end: date

    def x(self, day: date) -> float:
        whole = (self.end - self.start).days
        return 100 * min(max((day - self.start).days / whole, 0), 1)

    def mark(self, day: date) -> Mark:
        x = self.x(day)
        return Mark(x, day, "start" if x < 15 else "end" if x > 85 else "middle")

    def years(self) -> list[Mark]:
        """At most six New Year's Days, evenly apart."""
        years = range(self.start.year + 1, self.end.year + 1)
        step = max(ceil(len(years) / 6), 1)
        return [self.mark(date(year, 1, 1)) for year in years[::step]]


def _segments(line: Sequence[Gap], scale: _Scale) -> Iterable[Segment]:
    ends = [gap.as_of for gap in line[1:]] + [scale.end]
    before: float | None = None
    for gap, end in zip(line, ends, strict=True):
        x, right = scale.x(gap.as_of), scale.x(end)
        y = None if gap.gap is None else _y(gap.gap)
        rise = None if y is None or before is None else (min(y, before), max(y, before))
        low, high = (0.0, 100.0) if gap.low is None or gap.high is None else (gap.low, gap.high)
        yield Segment(x, right - x, right, y, _y(high), _y(low) - _y(high), gap.headline is None, rise)
        before = y


def _y(gap: float) -> float:
    return round(HEIGHT * (1 - gap / 100), 2)


def _ticks(dossier: Dossier, gap: Gap, scale: _Scale, labels: Mapping[Hashable, str]) -> list[Tick]:
    ticks = []
    for link in dossier.links:
        if gap.links[link.id].mass:
            day, strong = link.visible_from, abs(link.x) == 1
            side = "contradicting" if link.x < 0 else "supporting"
            ticks.append(Tick(scale.x(day), side, STRONG if strong else WEAK, strong, labels[link.id], day))
    return sorted(ticks, key=lambda tick: tick.day)
