"""Chart of a dossier over time: statements above the axis, reports below it, each on the day it became known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from claims.domain.vocabulary import Stance
from claims.drawing.gap_bar import MirrorableDrawing, PlacedPart
from claims.drawing.time_axis import (
    CROWD_WIDTH,
    LANE_HEIGHT,
    AxisTick,
    DayEvent,
    DayFlag,
    TimeAxis,
    label_depth,
    side_by_side_offsets,
)

MAX_TIMELINE_MARKS = 150  # drawn one by one; more are counted by month, and then by year
LONG_COLUMN, SHORT_COLUMN = 24, 12  # px of a report
COLUMN_SPACING, DOT_STACK_STEP = 4, 11  # px between reports of one day, and between words of one day
MAX_STACKED_DOTS = 8
TIMELINE_SIDE_Y = {
    "contradicting": 30,
    "supporting": 84,
}  # px below the axis from which the reports of a side hang
TIMELINE_DATES_Y = 132  # px below the axis: the feet of its labels


@dataclass(frozen=True)
class SpokenWord:
    """A statement on a day."""

    day: date
    text: str


@dataclass(frozen=True)
class GroundReport:
    """A report that bears on the claims, on the day it became known."""

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
class WordDot(PlacedPart):
    y: int
    day: date
    text: str


@dataclass(frozen=True)
class ReportColumn(PlacedPart):
    """A column below the line of its side: one report, longer if strong, or all of one kind in a month or year."""

    y: float
    foot: float
    side: str  # contradicting or supporting; words, which stand on the axis
    day: date
    text: str
    strong: bool = False


@dataclass(frozen=True)
class PeriodCount:
    """A month or year, with the number of each kind in it."""

    day: date
    words: int
    contradicting: int
    supporting: int


@dataclass(frozen=True)
class SideStrip(PlacedPart):
    """The line from which the reports of one side hang, with its label above."""

    name: str
    y: int
    label_y: int


@dataclass(frozen=True)
class TimelineChart(MirrorableDrawing):
    dots: list[WordDot]
    columns: list[ReportColumn]
    flags: list[DayFlag]
    unit: str
    days: list[AxisTick]
    counted: str  # month or year where marks are counted; "" where each is drawn
    counts: list[PeriodCount]
    flags_y: int  # px from the top of all to the lowest words of the flags
    stack: int  # px from there to the axis
    axis_y: int
    whole: int
    dates_y: int = TIMELINE_DATES_Y
    sides: list[SideStrip] = field(
        default_factory=lambda: [SideStrip(0, name, y, y - 5) for name, y in TIMELINE_SIDE_Y.items()]
    )
    grid_y: int = TIMELINE_DATES_Y - 16


def draw_timeline(
    words: Sequence[SpokenWord],
    ground: Sequence[GroundReport],
    texts: Mapping[str, str],
    names: Sequence[DayEvent] = (),
) -> TimelineChart | None:
    """Compute the chart. `texts` names the reports, `names` the days of statements.

    Returns None if everything is of one day.
    """
    found = {*(word.day for word in words), *(each.day for each in ground)}
    if len(found) < 2:
        return None
    days = TimeAxis(min(found), max(found)).with_margin()
    counted = "" if len(words) + len(ground) <= MAX_TIMELINE_MARKS else "month"
    counts = _period_counts(words, ground, counted) if counted else []
    if 3 * len(counts) > MAX_TIMELINE_MARKS:
        counted, counts = "year", _period_counts(words, ground, "year")
    dots = [] if counted else list(_word_dots(words, days))
    columns = _tally_columns(counts, days) if counted else _hanging_columns(ground, days, texts)
    flags = [] if counted else days.flags(names)
    stack = LONG_COLUMN if counted else 8 - min((dot.y for dot in dots), default=0)
    flags_y = LANE_HEIGHT * max((flag.lane + 1 for flag in flags), default=0)
    unit, ticks = days.axis()
    return TimelineChart(
        dots=dots,
        columns=list(columns),
        flags=flags,
        unit=unit,
        days=ticks,
        counted=counted,
        counts=counts,
        flags_y=flags_y,
        stack=stack,
        axis_y=flags_y + stack,
        whole=flags_y + stack + TIMELINE_DATES_Y + label_depth(unit),
    )


def _word_dots(words: Sequence[SpokenWord], days: TimeAxis) -> Iterator[WordDot]:
    """The dots of statements. Those of one day are stacked above the axis."""
    for day, group in groupby(sorted(words, key=lambda word: word.day), key=lambda word: word.day):
        for n, word in enumerate(group):
            yield WordDot(
                days.x(day),
                -(n % MAX_STACKED_DOTS) * DOT_STACK_STEP,
                day,
                word.text,
                dx=n // MAX_STACKED_DOTS * DOT_STACK_STEP,
            )


def _hanging_columns(
    ground: Sequence[GroundReport], days: TimeAxis, texts: Mapping[str, str]
) -> Iterator[ReportColumn]:
    """The columns of reports, each under its day. Those of one day and side are side by side."""
    for side, top in TIMELINE_SIDE_Y.items():
        mine = sorted((each for each in ground if each.side == side), key=lambda each: each.day)
        for day, group in groupby(mine, key=lambda each: each.day):
            reports = list(group)
            for each, dx in zip(
                reports,
                side_by_side_offsets(days.x(day), len(reports), COLUMN_SPACING, CROWD_WIDTH),
                strict=True,
            ):
                foot = top + (LONG_COLUMN if each.strong else SHORT_COLUMN)
                yield ReportColumn(
                    days.x(day), top, foot, side, day, texts.get(each.key, ""), each.strong, dx=dx
                )


def _period_counts(
    words: Sequence[SpokenWord], ground: Sequence[GroundReport], unit: str
) -> list[PeriodCount]:
    """The months or years that contain anything."""
    found: dict[date, list[int]] = {}
    for day, kind in [*((w.day, 0) for w in words), *((g.day, 1 + (g.side == "supporting")) for g in ground)]:
        first = day.replace(day=1, month=day.month if unit == "month" else 1)
        found.setdefault(first, [0, 0, 0])[kind] += 1
    return [PeriodCount(day, *numbers) for day, numbers in sorted(found.items())]


def _tally_columns(counts: Sequence[PeriodCount], days: TimeAxis) -> Iterator[ReportColumn]:
    """One column for each kind in a period. Its length is the number; the largest has the full length."""
    most = max(max(count.words, count.contradicting, count.supporting) for count in counts)
    for count in counts:
        x = days.x(max(count.day, days.start))
        for side, n in (
            ("words", -count.words), ("contradicting", count.contradicting), ("supporting", count.supporting)
        ):  # fmt: skip
            top = TIMELINE_SIDE_Y.get(side, 0)
            if n:
                yield ReportColumn(x, top, top + LONG_COLUMN * n / most, side, count.day, str(abs(n)))
