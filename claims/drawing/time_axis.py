"""A time axis across the width. Its labels never overlap, on a wide page or on a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, count, pairwise

from claims.drawing.gap_bar import PlacedPart

# px of the narrowest plot, on a phone; of one that has room for more labels; of the widest.
NARROW_WIDTH, ROOMY_WIDTH, WIDE_WIDTH = 250, 560, 1040
SIGN_WIDTH = 7  # px: no letter or figure of a label is wider, on average
LANE_HEIGHT = 20  # px of a line of words above a plot
LABEL_SPACING = 8  # px that two labels keep apart
CROWD_WIDTH = 32  # px that the reports of one day share, however many
LABEL_OVERHANG = 14  # px that a label may stand out at the end; the scale stands at the start
TICK_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
SIGNS_PER_UNIT = {"year": 4, "month": 10, "day": 13}  # of the longest line of a label in any language
LINE_STEP = 15  # px from the line of a label to the next (as _chart_days.html has it): Arabic has two names for a month


@dataclass(frozen=True)
class AxisLabel(PlacedPart):
    """A label of `signs` characters at a horizontal position. `anchor` says which part of the text is there."""

    anchor: str
    signs: int

    def span(self, width: float) -> tuple[float, float]:
        """The start and end of the label in px, in a drawing `width` px wide."""
        at, long = self.x / 100 * width + self.dx, self.signs * SIGN_WIDTH
        start = {"start": at, "middle": at - long / 2, "end": at - long}[self.anchor]
        return start, start + long


@dataclass(frozen=True)
class AxisTick(AxisLabel):
    """A labelled day of the axis. `roomy`: the label would overlap another on a phone, so phones hide it."""

    day: date
    roomy: bool = False


@dataclass(frozen=True)
class DayFlag(AxisLabel):
    """A labelled day above the plot. Lane 0 is just above the plot, the others are higher."""

    day: date
    text: str
    kind: str
    lane: int = 0

    @property
    def y(self) -> int:
        """The baseline of its label, in px from the top of the plot."""
        return -6 - self.lane * LANE_HEIGHT

    @property
    def top(self) -> int:
        """The upper end of its line, in px from the top of the plot: below a label that stands across it."""
        return -(self.lane if self.anchor == "middle" else self.lane + 1) * LANE_HEIGHT


@dataclass(frozen=True)
class ScaleLevel(AxisLabel):
    """A number of the scale, with its line."""

    at: float  # px, its line
    y: float  # px, the foot of its number
    text: str


@dataclass(frozen=True)
class DayEvent:
    """An event that a flag labels."""

    day: date
    text: str
    kind: str


def label_depth(unit: str) -> int:
    """The height in px that the axis labels need below the baseline of their first line."""
    return 6 if unit == "year" else 6 + LINE_STEP


@dataclass(frozen=True)
class TimeAxis:
    """The days from `start` to `end`, across the width."""

    start: date
    end: date

    def x(self, day: date) -> float:
        whole = max((self.end - self.start).days, 1)
        return 100 * min(max((day - self.start).days / whole, 0), 1)

    def with_margin(self) -> "TimeAxis":
        """The axis with a small margin at both ends, so that the outermost marks are clear of the edge."""
        some = max((self.end - self.start).days // 25, 5)
        first = max(self.start.toordinal() - some, date.min.toordinal())
        last = min(self.end.toordinal() + some, date.max.toordinal())
        return TimeAxis(date.fromordinal(first), date.fromordinal(last))

    def axis(self) -> tuple[str, list[AxisTick]]:
        """The unit of the labels (year, month or day), and as many ticks as have room."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        # Skip a step whose labels have no room side by side: over centuries it has thousands of them.
        for step in [
            each for each in TICK_MONTH_STEPS if months // each * LABEL_SPACING <= ROOMY_WIDTH
        ] or TICK_MONTH_STEPS[-1:]:
            unit = "month" if step < 12 else "year"
            ticks = [self.tick(day, unit) for day in self._firsts(step)]
            if are_labels_clear(ticks, ROOMY_WIDTH):
                break
        if len(ticks) < 2 and (self.end - self.start).days < 400:
            unit, ticks = "day", [self.tick(day, "day") for day in sorted({self.start, self.end})]
        every = next(n for n in count(1) if are_labels_clear(ticks[::n], NARROW_WIDTH))
        shown = {tick.day for tick in ticks[::every]}
        return unit, [AxisTick(t.x, t.anchor, t.signs, t.day, t.day not in shown) for t in ticks]

    def _firsts(self, step: int) -> Iterator[date]:
        """The first day of every `step` months, counted from the year 0."""
        month = -(-(self.start.year * 12 + self.start.month - 1) // step) * step
        while month // 12 <= self.end.year:
            first = date(month // 12, month % 12 + 1, 1)
            if self.start <= first <= self.end:
                yield first
            month += step

    def tick(self, day: date, unit: str) -> AxisTick:
        x, half = self.x(day), SIGNS_PER_UNIT[unit] * SIGN_WIDTH / 2
        at = x / 100 * NARROW_WIDTH
        anchor = "start" if at < half else "end" if at > NARROW_WIDTH - half + LABEL_OVERHANG else "middle"
        return AxisTick(x, anchor, SIGNS_PER_UNIT[unit], day)

    def flags(self, events: Sequence[DayEvent]) -> list[DayFlag]:
        """The events inside the axis as flags, in as many lanes as their labels need.

        Labels that have no room after their line are lowest or highest, whichever makes fewer lines cross a label.
        """
        inside = [event for event in events if self.start <= event.day <= self.end]
        inside.sort(key=lambda event: event.day, reverse=True)
        late = [event for event in inside if next(self._ways(event)).anchor != "start"]
        late_last = [*(event for event in inside if event not in late), *reversed(late)]
        layouts = [self._placed_flags(order) for order in (inside, late_last)]
        best = min(
            layouts, key=lambda flags: (_count_crossed_labels(flags), max(map(_lane, flags), default=0))
        )
        return sorted(best, key=lambda flag: flag.day)

    def _placed_flags(self, events: Sequence[DayEvent]) -> list[DayFlag]:
        placed: list[DayFlag] = []
        for event in events:
            placed.append(self._flag(event, placed))
        return placed

    def _flag(self, event: DayEvent, placed: Sequence[DayFlag]) -> DayFlag:
        """The flag in the lowest lane where its label has room and no line crosses a label."""
        ways = list(self._ways(event))
        tries = [way for lane in range(len(placed) + 1) for way in (_flag_in_lane(way, lane) for way in ways)]
        free = [
            flag
            for flag in tries
            if not any(f.lane == flag.lane and _do_labels_meet(f, flag) for f in placed)
        ]
        return next(
            (flag for flag in free if not any(_is_label_crossed(flag, other) for other in placed)), free[0]
        )

    def _ways(self, event: DayEvent) -> Iterator[DayFlag]:
        """The flags with each anchor that keeps the label inside the narrowest plot, the best first."""
        x, signs = self.x(event.day), len(event.text)
        at, half = x / 100 * NARROW_WIDTH, signs * SIGN_WIDTH / 2
        over = max(half - at, 0) or min(NARROW_WIDTH - half - at, 0)
        for anchor, dx in (("start", 5.0), ("end", -5.0), ("middle", over)):
            flag = DayFlag(x, anchor, signs, event.day, event.text, event.kind, dx=dx)
            start, end = flag.span(NARROW_WIDTH)
            if anchor == "middle" or (start >= 0 and end <= NARROW_WIDTH):
                yield flag


def _flag_in_lane(flag: DayFlag, lane: int) -> DayFlag:
    return DayFlag(flag.x, flag.anchor, flag.signs, flag.day, flag.text, flag.kind, lane, dx=flag.dx)


def side_by_side_offsets(x: float, count: int, step: float, room: float = NARROW_WIDTH) -> list[float]:
    """The offset in px of each of `count` marks of one day, so that none hides another.

    The marks stay inside the narrowest plot, and within `room` px of their day: farther away they would seem to
    belong to another.
    """
    step = min(step, room / count)
    reach, at = step * (count - 1) / 2, x / 100 * NARROW_WIDTH
    shift = max(reach - at, 0.0) or min(NARROW_WIDTH - reach - at, 0.0)
    return [round(shift - reach + step * n, 2) for n in range(count)]


def scale_levels(height: float) -> list[ScaleLevel]:
    """The levels of the gap's scale, for a plot of `height` px."""
    ys = [(number, round(height * (1 - number / 100), 2)) for number in (100, 50, 0)]
    return [ScaleLevel(0, "end", 3, y, y + 4, str(number), dx=-8) for number, y in ys]


def are_labels_clear(labels: Sequence[AxisLabel], width: float) -> bool:
    """Whether no two neighbouring labels overlap."""
    spans = [label.span(width) for label in labels]
    return all(one[1] + LABEL_SPACING <= other[0] for one, other in pairwise(spans))


def _do_labels_meet(one: AxisLabel, other: AxisLabel) -> bool:
    """Whether two labels overlap, at any width of the plot."""
    for width in (NARROW_WIDTH, WIDE_WIDTH):
        (start, end), (first, last) = one.span(width), other.span(width)
        if start < last + LABEL_SPACING and first < end + LABEL_SPACING:
            return True
    return False


def _lane(flag: DayFlag) -> int:
    return flag.lane


def _count_crossed_labels(flags: Sequence[DayFlag]) -> int:
    return sum(_is_label_crossed(one, other) for one, other in combinations(flags, 2))


def _is_label_crossed(one: DayFlag, other: DayFlag) -> bool:
    """Whether the line of the higher flag crosses the label of the lower one."""
    higher, lower = (one, other) if one.lane > other.lane else (other, one)
    spans = ((lower.span(width), higher.x / 100 * width) for width in (NARROW_WIDTH, WIDE_WIDTH))
    return one.lane != other.lane and any(start - 2 < at < end + 2 for (start, end), at in spans)
