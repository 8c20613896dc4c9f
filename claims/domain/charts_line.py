"""A claim's gap over time: the line with its band, the reports below it, and the days that have a word above it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from .charts import Drawing, Path, Placed
from .charts_time import CROWD, LANE, Days, Event, Flag, Level, Tick, levels, side_by_side
from .dossier import Dossier, Gap, Link
from .vocabulary import Stance
from .wording import shown_stance

HEIGHT = 200  # px of the plot
YEARS = 217  # px from the top of the plot: the feet of the labels of its days
GROUND = 256  # and the line on which reports stand, or from which they hang
STRONG, WEAK = 16, 8  # px of a report
APART = 4  # px between reports of one day
MOST_REPORTS = 150  # drawn: those that move the gap most
FOOT = 6


@dataclass(frozen=True)
class Report(Placed):
    """One report, on the day it became known: above the ground if it contradicts, below if it supports."""

    y: int
    side: str
    stance: Stance
    label: str
    day: date


@dataclass(frozen=True)
class Chart(Drawing):
    band: Path
    firm: list[Path]  # the line, where there was a verdict
    thin: list[Path]  # where evidence was too thin for one: dashed
    reports: list[Report]
    more: int  # reports left out
    unit: str
    days: list[Tick]
    flags: list[Flag]
    scale: list[Level]
    start: date
    end: date
    above: int  # px that the words above the plot need
    whole: int  # px of all of it
    height: int = HEIGHT
    years_y: int = YEARS
    ground_y: int = GROUND


def chart(
    dossier: Dossier,
    gap: Gap,
    line: Sequence[Gap],
    labels: Mapping[Hashable, str],
    events: Sequence[Event] = (),
) -> Chart | None:
    """The line of a claim's gap over time; None while there is only one day to show.

    `line` as `history.line` gives it, ending with `gap`; `labels` name the reports by their link's id.
    """
    start, end = line[0].as_of, _last_day(dossier, line)
    if end <= start:
        return None
    days = Days(start, end)
    unit, ticks = days.axis()
    flags = days.flags(events)
    above = LANE * max((flag.lane + 1 for flag in flags), default=0)
    runs = list(_runs(line, days))
    weighed = [link for link in dossier.links if gap.links[link.id].mass]
    weighed.sort(key=lambda link: -abs(gap.links[link.id].contribution))
    return Chart(
        band=_band(line, days),
        firm=[run for thin, run in runs if not thin],
        thin=[run for thin, run in runs if thin],
        reports=list(_reports(weighed[:MOST_REPORTS], days, labels)),
        more=len(weighed[MOST_REPORTS:]),
        unit=unit,
        days=ticks,
        flags=flags,
        scale=levels(HEIGHT),
        start=start,
        end=end,
        above=above,
        whole=above + GROUND + STRONG + FOOT,
    )


def _last_day(dossier: Dossier, line: Sequence[Gap]) -> date:
    """A bounded claim stands still once its term is over and its last report is in: no need for the years after."""
    as_of, until = line[-1].as_of, dossier.valid_until
    if until is None or until.last >= as_of:
        return as_of
    last = max([until.last, *(gap.as_of for gap in line[:-1])])
    return min(as_of, last + timedelta(days=max((last - line[0].as_of).days // 20, 14)))


def _stretches(line: Sequence[Gap], days: Days) -> Iterator[tuple[Gap, float, float]]:
    """Each gap with from where to where it stood still (or, for what ages, until it was next looked at)."""
    ends = [gap.as_of for gap in line[1:]] + [days.end]
    for gap, end in zip(line, ends, strict=True):
        yield gap, days.x(gap.as_of), days.x(end)


def _runs(line: Sequence[Gap], days: Days) -> Iterator[tuple[bool, Path]]:
    """The line in strokes, each with whether it is of too little evidence; a rise belongs to the day it ends on."""
    before: float | None = None
    for (thin, none), stretches in groupby(
        _stretches(line, days), key=lambda each: (each[0].headline is None, each[0].gap is None)
    ):
        points = []
        for gap, x, end in stretches:
            if gap.gap is not None:
                y = _y(gap.gap)
                points += [(x, y if before is None else before), (x, y), (end, y)]
                before = y
        if none:
            before = None
        else:
            yield thin, Path(tuple(points))


def _band(line: Sequence[Gap], days: Days) -> Path:
    """The interval over time; where nothing at all is known, it is everything."""
    high, low = [], []
    for gap, x, end in _stretches(line, days):
        top = _y(100.0 if gap.high is None else gap.high)
        bottom = _y(0.0 if gap.low is None else gap.low)
        high += [(x, top), (end, top)]
        low += [(x, bottom), (end, bottom)]
    return Path((*high, *reversed(low)), closed=True)


def _y(gap: float) -> float:
    return round(HEIGHT * (1 - gap / 100), 2)


def _reports(links: Iterable[Link], days: Days, labels: Mapping[Hashable, str]) -> Iterator[Report]:
    """In the order in which they became known; those of one day stand side by side."""
    known = sorted(links, key=lambda link: (link.visible_from, link.x > 0))
    for (day, supports), group in groupby(known, key=lambda link: (link.visible_from, link.x > 0)):
        beside = list(group)
        for link, dx in zip(beside, side_by_side(days.x(day), len(beside), APART, CROWD), strict=True):
            height = STRONG if abs(link.x) == 1 else WEAK
            yield Report(
                days.x(day), y=GROUND + (height if supports else -height), dx=dx,
                side="supporting" if supports else "contradicting", stance=shown_stance(link.x),
                label=labels[link.id], day=day,
            )  # fmt: skip
