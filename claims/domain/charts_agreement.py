"""Agreement by month, against what it takes to rely on it. A month without it leaves a gap in the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .charts import Drawing, Path, Placed
from .charts_time import Days, Label, Tick, below

HEIGHT = 160  # px of the plot
DATES = 181  # px from its top: the feet of the labels of its months
MOST = 36  # months drawn, the latest


@dataclass(frozen=True)
class Dot(Placed):
    y: float
    month: date
    alpha: float


@dataclass(frozen=True)
class Line(Label):
    """A level across the plot with its number beside it."""

    at: float
    y: float
    text: str
    kind: str  # scale, or threshold


@dataclass(frozen=True)
class Agreements(Drawing):
    dots: list[Dot]
    strokes: list[Path]  # between months that follow each other
    lines: list[Line]
    unit: str
    days: list[Tick]
    cut: bool  # there are more months
    whole: int
    height: int = HEIGHT
    dates_y: int = DATES


def agreements(months: Sequence[tuple[date, float | None]], thresholds: Sequence[float]) -> Agreements | None:
    """`months` in any order; None where no month has a number."""
    latest = sorted(months)[-MOST:]
    known = [(month, alpha) for month, alpha in latest if alpha is not None]
    if not known:
        return None
    floor = min(0.0, *(alpha for _, alpha in known))
    days = Days(latest[0][0], latest[-1][0]).with_margin()
    unit, ticks = days.axis() if len(latest) > 1 else ("month", [days.tick(latest[0][0], "month")])
    dots = [Dot(days.x(month), _y(alpha, floor), month, alpha) for month, alpha in known]
    strokes = [
        Path(((one.x, one.y), (other.x, other.y)))
        for one, other in pairwise(dots)
        if _index(other.month) - _index(one.month) == 1
    ]
    scale = [(1.0, "scale"), (0.0, "scale"), *((floor, "scale") for _ in range(floor < 0))]
    lines = [_line(value, floor, kind) for value, kind in [*scale, *((t, "threshold") for t in thresholds)]]
    return Agreements(dots, strokes, lines, unit, ticks, len(months) > MOST, DATES + below(unit))


def _line(value: float, floor: float, kind: str) -> Line:
    at, text = _y(value, floor), f"{value:.3f}".rstrip("0").rstrip(".").replace("-", "−")
    return Line(0, "end", len(text), at, at + 4, text, kind, dx=-6)


def _index(month: date) -> int:
    return month.year * 12 + month.month


def _y(alpha: float, floor: float) -> float:
    return round(HEIGHT * (1 - alpha) / (1 - floor), 2)
