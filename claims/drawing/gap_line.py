"""Chart of a claim's gap over time: the line with its interval, the reports below it, and labelled days above it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from claims.domain.dossier import Dossier, Gap, Link
from claims.domain.vocabulary import Stance
from claims.domain.wording import nearest_stance
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
class GapLineChart(MirrorableDrawing):
    band: LinePath
    firm: list[LinePath]  # the line, where there was a verdict
    thin: list[LinePath]  # where evidence was too thin for one: dashed
    reports: list[ReportMark]
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


def draw_gap_line(
    dossier: Dossier,
    gap: Gap,
    line: Sequence[Gap],
    labels: Mapping[Hashable, str],
    events: Sequence[DayEvent] = (),
) -> GapLineChart | None:
    """Compute the chart. Returns None if there is only one day to show.

    `line` comes from `history.line` and ends with `gap`. `labels` names the reports by the id of their link.
    """
    start, end = line[0].as_of, _last_day_shown(dossier, line)
    if end <= start:
        return None
    days = TimeAxis(start, end)
    unit, ticks = days.axis()
    flags = days.flags(events)
    above = LANE_HEIGHT * max((flag.lane + 1 for flag in flags), default=0)
    runs = list(_line_strokes(line, days))
    weighed = [link for link in dossier.links if gap.links[link.id].mass]
    weighed.sort(key=lambda link: -abs(gap.links[link.id].contribution))
    return GapLineChart(
        band=_interval_band(line, days),
        firm=[run for thin, run in runs if not thin],
        thin=[run for thin, run in runs if thin],
        reports=list(_place_reports(weighed[:MAX_REPORT_MARKS], days, labels)),
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


def _last_day_shown(dossier: Dossier, line: Sequence[Gap]) -> date:
    """The last day of the chart. A claim with a term does not change after its end and its last report."""
    as_of, until = line[-1].as_of, dossier.valid_until
    if until is None or until.last >= as_of:
        return as_of
    last = max([until.last, *(gap.as_of for gap in line[:-1])])
    return min(as_of, last + timedelta(days=max((last - line[0].as_of).days // 20, 14)))


def _steady_stretches(line: Sequence[Gap], days: TimeAxis) -> Iterator[tuple[Gap, float, float]]:
    """Each gap with the positions from which and to which it is constant.

    For evidence that ages, to where it is next computed.
    """
    ends = [gap.as_of for gap in line[1:]] + [days.end]
    for gap, end in zip(line, ends, strict=True):
        yield gap, days.x(gap.as_of), days.x(end)


def _line_strokes(line: Sequence[Gap], days: TimeAxis) -> Iterator[tuple[bool, LinePath]]:
    """The strokes of the line.

    The flag is True if the evidence is too thin for a verdict. A step belongs to the day it ends on.
    """
    before: float | None = None
    for (thin, none), stretches in groupby(
        _steady_stretches(line, days), key=lambda each: (each[0].headline is None, each[0].gap is None)
    ):
        points = []
        for gap, x, end in stretches:
            if gap.gap is not None:
                y = _line_height(gap.gap)
                points += [(x, y if before is None else before), (x, y), (end, y)]
                before = y
        if none:
            before = None
        else:
            yield thin, LinePath(tuple(points))


def _interval_band(line: Sequence[Gap], days: TimeAxis) -> LinePath:
    """The interval over time. Without any evidence it spans the whole scale."""
    high, low = [], []
    for gap, x, end in _steady_stretches(line, days):
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
