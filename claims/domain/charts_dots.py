"""Claims by the day they were said and by their gap; those without a verdict on a strip of their own, at no height."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .charts import Drawing, Placed
from .charts_time import Days, Level, Tick, below, levels, side_by_side

HEIGHT = 200  # px of the plot
DATES, STRIP = 221, 262  # px from its top: the feet of the labels of its days, and the strip
APART = 10  # px between claims of one day


@dataclass(frozen=True)
class Found:
    """A claim: when it was said, and its gap with its interval; None without a verdict."""

    key: Hashable
    day: date
    gap: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Dot(Placed):
    key: Hashable
    y: float
    top: float  # of its interval
    foot: float


@dataclass(frozen=True)
class Dots(Drawing):
    dots: list[Dot]
    strip: list[Dot]
    scale: list[Level]
    unit: str
    days: list[Tick]
    strip_word: Placed
    whole: int
    height: int = HEIGHT
    dates_y: int = DATES
    strip_y: int = STRIP
    word_y: int = STRIP - 12


def dots(claims: Sequence[Found]) -> Dots | None:
    """None where there is no claim."""
    if not claims:
        return None
    first, last = min(each.day for each in claims), max(each.day for each in claims)
    days = Days(first, last).with_margin()
    unit, ticks = days.axis() if first < last else ("day", [days.tick(first, "day")])
    strip = list(_placed([each for each in claims if each.gap is None], days))
    return Dots(
        dots=list(_placed([each for each in claims if each.gap is not None], days)),
        strip=strip,
        scale=levels(HEIGHT),
        unit=unit,
        days=ticks,
        strip_word=Placed(0),
        whole=STRIP + 10 if strip else DATES + below(unit),
    )


def _placed(claims: Sequence[Found], days: Days) -> Iterator[Dot]:
    """Claims of one day stand side by side, the least gap first, so that none hides another."""
    ordered = sorted(claims, key=lambda each: (each.day, each.gap or 0.0, str(each.key)))
    for day, group in groupby(ordered, key=lambda each: each.day):
        same, x = list(group), days.x(day)
        for each, dx in zip(same, side_by_side(x, len(same), APART), strict=True):
            y, top, foot = (STRIP,) * 3 if each.gap is None else map(_y, (each.gap, each.high, each.low))
            yield Dot(x, each.key, y, top, foot, dx=dx)


def _y(gap: float | None) -> float:
    return round(HEIGHT * (1 - (gap or 0.0) / 100), 2)
