"""A dossier in time: words above the axis, ground below it, each report on the day it became known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from .charts import Drawing, Placed
from .charts_time import CROWD, LANE, Days, Event, Flag, Tick, below, side_by_side
from .vocabulary import Stance

MOST_MARKS = 150  # drawn one by one; more are counted by month, and then by year
LONG, SHORT = 24, 12  # px of a report
APART, STACKED = 4, 11  # px between reports of one day, and between words of one day
MOST_STACKED = 8
SIDES = {"contradicting": 30, "supporting": 84}  # px below the axis from which the reports of a side hang
DATES = 132  # px below the axis: the feet of its labels


@dataclass(frozen=True)
class Word:
    """Something said, on a day."""

    day: date
    text: str


@dataclass(frozen=True)
class Ground:
    """A report that bears on the words, on the day it became known."""

    day: date
    key: str
    stance: Stance

    @property
    def side(self) -> str:
        return "contradicting" if self.stance < 0 else "supporting"

    @property
    def strong(self) -> bool:
        return abs(self.stance) == 2


@dataclass(frozen=True)
class Dot(Placed):
    y: int
    day: date
    text: str


@dataclass(frozen=True)
class Column(Placed):
    """A report that hangs from its side's line, long if strong; or what of a kind a month or a year holds."""

    y: float
    foot: float
    side: str  # contradicting or supporting; words, which stand on the axis
    day: date
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Count:
    """A month or a year, and how many it holds of each kind."""

    day: date
    words: int
    contradicting: int
    supporting: int


@dataclass(frozen=True)
class Strip(Placed):
    """The line from which the reports of a side hang, with its word above."""

    name: str
    y: int
    label_y: int


@dataclass(frozen=True)
class Timeline(Drawing):
    dots: list[Dot]
    columns: list[Column]
    flags: list[Flag]
    unit: str
    days: list[Tick]
    counted: str  # month or year where marks are counted; "" where each is drawn
    counts: list[Count]
    flags_y: int  # px from the top of all to the lowest words of the flags
    stack: int  # px from there to the axis
    axis_y: int
    whole: int
    dates_y: int = DATES
    sides: list[Strip] = field(
        default_factory=lambda: [Strip(0, name, y, y - 5) for name, y in SIDES.items()]
    )
    grid_y: int = DATES - 16


def timeline(
    words: Sequence[Word], ground: Sequence[Ground], texts: Mapping[str, str], names: Sequence[Event] = ()
) -> Timeline | None:
    """None where there is no stretch of time to draw. `texts` name the reports, `names` the days of words."""
    found = {*(word.day for word in words), *(each.day for each in ground)}
    if len(found) < 2:
        return None
    days = Days(min(found), max(found)).with_margin()
    counted = "" if len(words) + len(ground) <= MOST_MARKS else "month"
    counts = _counts(words, ground, counted) if counted else []
    if 3 * len(counts) > MOST_MARKS:
        counted, counts = "year", _counts(words, ground, "year")
    dots = [] if counted else list(_dots(words, days))
    columns = _tallies(counts, days) if counted else _hung(ground, days, texts)
    flags = [] if counted else days.flags(names)
    stack = LONG if counted else 8 - min((dot.y for dot in dots), default=0)
    flags_y = LANE * max((flag.lane + 1 for flag in flags), default=0)
    unit, ticks = days.axis()
    return Timeline(
        dots=dots, columns=list(columns), flags=flags, unit=unit, days=ticks, counted=counted, counts=counts,
        flags_y=flags_y, stack=stack, axis_y=flags_y + stack, whole=flags_y + stack + DATES + below(unit),
    )  # fmt: skip


def _dots(words: Sequence[Word], days: Days) -> Iterator[Dot]:
    """Words of one day stand on each other; the axis is under the first."""
    for day, group in groupby(sorted(words, key=lambda word: word.day), key=lambda word: word.day):
        for n, word in enumerate(group):
            yield Dot(
                days.x(day), -(n % MOST_STACKED) * STACKED, day, word.text, dx=n // MOST_STACKED * STACKED
            )


def _hung(ground: Sequence[Ground], days: Days, texts: Mapping[str, str]) -> Iterator[Column]:
    """Each report under its day; those of one day and side stand side by side."""
    for side, top in SIDES.items():
        mine = sorted((each for each in ground if each.side == side), key=lambda each: each.day)
        for day, group in groupby(mine, key=lambda each: each.day):
            reports = list(group)
            for each, dx in zip(reports, side_by_side(days.x(day), len(reports), APART, CROWD), strict=True):
                foot = top + (LONG if each.strong else SHORT)
                yield Column(days.x(day), top, foot, side, day, texts.get(each.key, ""), each.strong, dx=dx)


def _counts(words: Sequence[Word], ground: Sequence[Ground], unit: str) -> list[Count]:
    """Each month or year that holds anything."""
    found: dict[date, list[int]] = {}
    for day, kind in [*((w.day, 0) for w in words), *((g.day, 1 + (g.side == "supporting")) for g in ground)]:
        first = day.replace(day=1, month=day.month if unit == "month" else 1)
        found.setdefault(first, [0, 0, 0])[kind] += 1
    return [Count(day, *numbers) for day, numbers in sorted(found.items())]


def _tallies(counts: Sequence[Count], days: Days) -> Iterator[Column]:
    """As many as there are make a column long; the most of any kind has the full length."""
    most = max(max(count.words, count.contradicting, count.supporting) for count in counts)
    for count in counts:
        x = days.x(max(count.day, days.start))
        for side, n in (
            ("words", -count.words), ("contradicting", count.contradicting), ("supporting", count.supporting)
        ):  # fmt: skip
            top = SIDES.get(side, 0)
            if n:
                yield Column(x, top, top + LONG * n / most, side, count.day, str(abs(n)))
