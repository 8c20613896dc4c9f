"""Chart of the editors' agreement by month, with the thresholds for relying on it.

A month without a value interrupts the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from claims.drawing.gap_bar import LinePath, MirrorableDrawing, PlacedPart
from claims.drawing.time_axis import AxisLabel, AxisTick, TimeAxis, label_depth

AGREEMENT_HEIGHT = 160  # px of the plot
AGREEMENT_DATES_Y = 181  # px from its top: the feet of the labels of its months
MAX_MONTHS = 36  # months drawn, the latest


@dataclass(frozen=True)
class AgreementDot(PlacedPart):
    y: float
    month: date
    alpha: float


@dataclass(frozen=True)
class AgreementLevel(AxisLabel):
    """A horizontal line across the plot, with its number."""

    at: float
    y: float
    text: str
    kind: str  # scale, or threshold


@dataclass(frozen=True)
class AgreementChart(MirrorableDrawing):
    dots: list[AgreementDot]
    strokes: list[LinePath]  # between months that follow each other
    lines: list[AgreementLevel]
    unit: str
    days: list[AxisTick]
    cut: bool  # there are more months
    whole: int
    height: int = AGREEMENT_HEIGHT
    dates_y: int = AGREEMENT_DATES_Y


def draw_agreement_chart(
    months: Sequence[tuple[date, float | None]], thresholds: Sequence[float]
) -> AgreementChart | None:
    """Compute the chart. `months` may be in any order. Returns None if no month has a value."""
    latest = sorted(months)[-MAX_MONTHS:]
    known = [(month, alpha) for month, alpha in latest if alpha is not None]
    if not known:
        return None
    floor = min(0.0, *(alpha for _, alpha in known))
    days = TimeAxis(latest[0][0], latest[-1][0]).with_margin()
    unit, ticks = days.axis() if len(latest) > 1 else ("month", [days.tick(latest[0][0], "month")])
    dots = [AgreementDot(days.x(month), _alpha_height(alpha, floor), month, alpha) for month, alpha in known]
    strokes = [
        LinePath(((one.x, one.y), (other.x, other.y)))
        for one, other in pairwise(dots)
        if _month_index(other.month) - _month_index(one.month) == 1
    ]
    scale = [(1.0, "scale"), (0.0, "scale"), *((floor, "scale") for _ in range(floor < 0))]
    lines = [
        _level_line(value, floor, kind) for value, kind in [*scale, *((t, "threshold") for t in thresholds)]
    ]
    return AgreementChart(
        dots, strokes, lines, unit, ticks, len(months) > MAX_MONTHS, AGREEMENT_DATES_Y + label_depth(unit)
    )


def _level_line(value: float, floor: float, kind: str) -> AgreementLevel:
    at, text = _alpha_height(value, floor), f"{value:.3f}".rstrip("0").rstrip(".").replace("-", "−")
    return AgreementLevel(0, "end", len(text), at, at + 4, text, kind, dx=-6)


def _month_index(month: date) -> int:
    return month.year * 12 + month.month


def _alpha_height(alpha: float, floor: float) -> float:
    return round(AGREEMENT_HEIGHT * (1 - alpha) / (1 - floor), 2)
