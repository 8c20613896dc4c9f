"""Chart of claims by the day of the words and by gap. Claims without a verdict are on a separate strip."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from claims.drawing.gap_bar import MirrorableDrawing, PlacedPart
from claims.drawing.time_axis import (
    AxisTick,
    ScaleLevel,
    TimeAxis,
    label_depth,
    scale_levels,
    side_by_side_offsets,
)

CLAIM_DOTS_HEIGHT = 200  # px of the plot
CLAIM_DOTS_DATES_Y, UNSCORED_STRIP_Y = (
    221,
    262,
)  # px from its top: the feet of the labels of its days, and the strip
CLAIM_DOTS_SPACING = 10  # px between claims of one day


@dataclass(frozen=True)
class ClaimPoint:
    """A claim with the day it was said, and its gap and interval. They are None without a verdict."""

    key: Hashable
    day: date
    gap: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ClaimDot(PlacedPart):
    key: Hashable
    y: float
    top: float  # of its interval
    foot: float


@dataclass(frozen=True)
class ClaimDotsChart(MirrorableDrawing):
    dots: list[ClaimDot]
    strip: list[ClaimDot]
    scale: list[ScaleLevel]
    unit: str
    days: list[AxisTick]
    strip_word: PlacedPart
    whole: int
    height: int = CLAIM_DOTS_HEIGHT
    dates_y: int = CLAIM_DOTS_DATES_Y
    strip_y: int = UNSCORED_STRIP_Y
    word_y: int = UNSCORED_STRIP_Y - 12


def draw_claim_dots(claims: Sequence[ClaimPoint]) -> ClaimDotsChart | None:
    """Compute the chart. Returns None if there is no claim."""
    if not claims:
        return None
    first, last = min(each.day for each in claims), max(each.day for each in claims)
    days = TimeAxis(first, last).with_margin()
    unit, ticks = days.axis() if first < last else ("day", [days.tick(first, "day")])
    strip = list(_place_dots([each for each in claims if each.gap is None], days))
    return ClaimDotsChart(
        dots=list(_place_dots([each for each in claims if each.gap is not None], days)),
        strip=strip,
        scale=scale_levels(CLAIM_DOTS_HEIGHT),
        unit=unit,
        days=ticks,
        strip_word=PlacedPart(0),
        whole=UNSCORED_STRIP_Y + 10 if strip else CLAIM_DOTS_DATES_Y + label_depth(unit),
    )


def _place_dots(claims: Sequence[ClaimPoint], days: TimeAxis) -> Iterator[ClaimDot]:
    """Place the claims of one day side by side, the smallest gap first, so that no dot hides another."""
    ordered = sorted(claims, key=lambda each: (each.day, each.gap or 0.0, str(each.key)))
    for day, group in groupby(ordered, key=lambda each: each.day):
        same, x = list(group), days.x(day)
        for each, dx in zip(same, side_by_side_offsets(x, len(same), CLAIM_DOTS_SPACING), strict=True):
            y, top, foot = (
                (UNSCORED_STRIP_Y,) * 3
                if each.gap is None
                else map(_gap_height, (each.gap, each.high, each.low))
            )
            yield ClaimDot(x, each.key, y, top, foot, dx=dx)


def _gap_height(gap: float | None) -> float:
    return round(CLAIM_DOTS_HEIGHT * (1 - (gap or 0.0) / 100), 2)
