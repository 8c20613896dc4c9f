"""Chart of a claim's gap over time: the line with its interval, the reports below it, and labelled days above it.

A stretch without new reports is drawn in another way than one with them, and so is one without a verdict.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from claims.domain.dossier import Dossier, Gap, Link
from claims.domain.gap_steps import visible_period
from claims.domain.vocabulary import Stance
from claims.domain.wording import nearest_stance, whole_gap
from claims.drawing.gap_bar import LinePath, MirrorableDrawing, PlacedPart
from claims.drawing.time_axis import (
    CROWD_WIDTH,
    LANE_HEIGHT,
    AxisTick,
    DayEvent,
    DayFlag,
    ScaleLevel,
    TimeAxis,
    scale_levels,
    side_by_side_offsets,
)

GAP_LINE_HEIGHT = 200  # px of the plot
GAP_LINE_YEARS_Y = 217  # px from the top of the plot: the feet of the labels of its days
REPORT_STRIP_Y = 256  # and the line on which reports stand, or from which they hang
STRONG_REPORT_LENGTH, WEAK_REPORT_LENGTH = 16, 8  # px of a report
REPORT_SPACING = 4  # px between reports of one day
MAX_REPORT_MARKS = 150  # drawn: those that move the gap most
PERIOD_OFFSET = 2  # px from the line on which reports stand to the bar of a month or year
GAP_LINE_FOOT = 6


@dataclass(frozen=True)
class ReportMark(PlacedPart):
    """A report on the day it became known: above the ground line if it contradicts, below it if it supports."""

    y: int
    side: str
    stance: Stance
    label: str
    day: date


@dataclass(frozen=True)
class PeriodBar(PlacedPart):
    """The month, year or range of a report whose day is not known."""

    y: int
    side: str


@dataclass(frozen=True)
class LineStroke(LinePath):
    thin: bool = False  # too little evidence for a verdict
    quiet: bool = False  # a year or more without a new report


@dataclass(frozen=True)
class GapLineChart(MirrorableDrawing):
    band: LinePath
    strokes: list[LineStroke]
    reports: list[ReportMark]
    periods: list[PeriodBar]
    more: int  # reports left out
    unit: str
    days: list[AxisTick]
    flags: list[DayFlag]
    scale: list[ScaleLevel]
    start: date
    end: date
    above: int  # px that the words above the plot need
    whole: int  # px of all of it
    height: int = GAP_LINE_HEIGHT
    years_y: int = GAP_LINE_YEARS_Y
    ground_y: int = REPORT_STRIP_Y

    @property
    def has_thin(self) -> bool:
        return any(stroke.thin for stroke in self.strokes)

    @property
    def has_quiet(self) -> bool:
        return any(stroke.quiet for stroke in self.strokes)


def draw_gap_line(
    dossier: Dossier,
    gap: Gap,
    line: Sequence[Gap],
    labels: Mapping[Hashable, str],
    events: Sequence[DayEvent] = (),
    quiet: Sequence[tuple[date, date]] = (),
) -> GapLineChart | None:
    """Compute the chart. Returns None if the line has fewer than two different figures.

    `line` comes from `history.line` and ends with `gap`. `labels` names the reports by the id of their link. `quiet`
    are the stretches without a new report.
    """
    start, end = line[0].as_of, last_day_shown(dossier, line)
    if end <= start or len(figures_of_line(line)) < 2:
        return None
    days = TimeAxis(start, end)
    unit, ticks = days.axis()
    flags = days.flags(events)
    above = LANE_HEIGHT * max((flag.lane + 1 for flag in flags), default=0)
    weighed = [link for link in dossier.links if gap.links[link.id].mass]
    weighed.sort(key=lambda link: -abs(gap.links[link.id].contribution))
    shown = weighed[:MAX_REPORT_MARKS]
    return GapLineChart(
        band=_interval_band(line, days),
        strokes=list(_line_strokes(line, days, quiet)),
        reports=list(_place_reports(shown, days, labels)),
        periods=list(_period_bars(shown, days)),
        more=len(weighed[MAX_REPORT_MARKS:]),
        unit=unit,
        days=ticks,
        flags=flags,
        scale=scale_levels(GAP_LINE_HEIGHT),
        start=start,
        end=end,
        above=above,
        whole=above + REPORT_STRIP_Y + STRONG_REPORT_LENGTH + GAP_LINE_FOOT,
    )


def figures_of_line(line: Sequence[Gap]) -> list[str]:
    """The different whole numbers of a line, in order of time, with a verdict or in the working only."""
    return list(dict.fromkeys(whole_gap(each.gap) for each in line if each.gap is not None))


def last_day_shown(dossier: Dossier, line: Sequence[Gap]) -> date:
    """The last day of the chart: the claim's own, or the day of the last report about its time that came later."""
    as_of, until = line[-1].as_of, dossier.valid_until
    if until is None or until.last >= as_of:
        return as_of
    return max([until.last, *(gap.as_of for gap in line[:-1])])


def _steady_stretches(line: Sequence[Gap], days: TimeAxis) -> Iterator[tuple[Gap, date, date]]:
    """Each gap with the days from which and to which it is constant.

    For evidence that ages, to where it is next computed.
    """
    ends = [gap.as_of for gap in line[1:]] + [days.end]
    for gap, end in zip(line, ends, strict=True):
        yield gap, gap.as_of, end


def _line_strokes(
    line: Sequence[Gap], days: TimeAxis, quiet: Sequence[tuple[date, date]]
) -> Iterator[LineStroke]:
    """The strokes of the line. A step belongs to the day it ends on, and is never drawn as silence."""
    before: float | None = None
    pieces = _pieces_by_silence(_steady_stretches(line, days), quiet)
    for (thin, none, is_quiet), stretches in groupby(
        pieces, key=lambda each: (each[0].headline is None, each[0].gap is None, each[3])
    ):
        points: list[tuple[float, float]] = []
        for gap, first, last, _ in stretches:
            if gap.gap is not None:
                x, y = days.x(first), _line_height(gap.gap)
                rise = [(x, y if before is None else before), (x, y)]
                if is_quiet and not points and before not in (None, y):
                    yield LineStroke(tuple(rise), thin=thin)
                    rise = [(x, y)]
                points += [*rise, (days.x(last), y)]
                before = y
        if none:
            before = None
        else:
            yield LineStroke(tuple(points), thin=thin, quiet=is_quiet)


def _pieces_by_silence(
    stretches: Iterable[tuple[Gap, date, date]], quiet: Sequence[tuple[date, date]]
) -> Iterator[tuple[Gap, date, date, bool]]:
    """The stretches, cut where a silence begins or ends, each with whether it is silent."""
    edges = sorted({day for period in quiet for day in period})
    for gap, first, last in stretches:
        cuts = [first, *(day for day in edges if first < day < last), last]
        for one, other in pairwise(cuts):
            yield gap, one, other, any(start <= one and other <= end for start, end in quiet)


def _interval_band(line: Sequence[Gap], days: TimeAxis) -> LinePath:
    """The interval over time. Without any evidence it spans the whole scale."""
    high, low = [], []
    for gap, first, last in _steady_stretches(line, days):
        x, end = days.x(first), days.x(last)
        top = _line_height(100.0 if gap.high is None else gap.high)
        bottom = _line_height(0.0 if gap.low is None else gap.low)
        high += [(x, top), (end, top)]
        low += [(x, bottom), (end, bottom)]
    return LinePath((*high, *reversed(low)), closed=True)


def _line_height(gap: float) -> float:
    return round(GAP_LINE_HEIGHT * (1 - gap / 100), 2)


def _place_reports(
    links: Iterable[Link], days: TimeAxis, labels: Mapping[Hashable, str]
) -> Iterator[ReportMark]:
    """The marks in the order in which the reports became known. Reports of one day are side by side."""
    known = sorted(links, key=lambda link: (link.visible_from, link.x > 0))
    for (day, supports), group in groupby(known, key=lambda link: (link.visible_from, link.x > 0)):
        beside = list(group)
        for link, dx in zip(
            beside, side_by_side_offsets(days.x(day), len(beside), REPORT_SPACING, CROWD_WIDTH), strict=True
        ):
            height = STRONG_REPORT_LENGTH if abs(link.x) == 1 else WEAK_REPORT_LENGTH
            yield ReportMark(
                days.x(day), y=REPORT_STRIP_Y + (height if supports else -height), dx=dx,
                side="supporting" if supports else "contradicting", stance=nearest_stance(link.x),
                label=labels[link.id], day=day,
            )  # fmt: skip


def _period_bars(links: Iterable[Link], days: TimeAxis) -> Iterator[PeriodBar]:
    """A bar for each period within which a report, or several of one side, became known."""
    found = {(visible_period(link), link.x > 0) for link in links}
    for period, supports in sorted(found):
        first, last = max(period.first, days.start), min(period.last, days.end)
        if first < last:
            x = days.x(first)
            yield PeriodBar(
                x,
                REPORT_STRIP_Y + (PERIOD_OFFSET if supports else -PERIOD_OFFSET),
                "supporting" if supports else "contradicting",
                width=days.x(last) - x,
            )
