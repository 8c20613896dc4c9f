"""What moved a gap: each step of its line with the reports, regrades or ageing that caused it; and silence."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import isinf

from .dates import PartialDate
from .dossier import Dossier, Gap, Link, score_days, score_dossiers
from .history import MAX_LINE_POINTS, ONE_DAY, gap_change_days
from .wording import NEUTRAL_GAP, whole_gap

QUIET_DAYS = 365  # without a new report, from which a stretch of a line is silence


@dataclass(frozen=True, slots=True)
class GapStep:
    """A change of a gap: on one day, or through ageing from the day of `before` to the day of `after`."""

    before: Gap
    after: Gap
    is_ageing: bool = False
    reports: tuple[Hashable, ...] = ()  # that became visible on the day; the one that moves it most is first
    regraded: tuple[Hashable, ...] = ()  # whose publisher was graded anew on the day

    @property
    def headline_size(self) -> float:
        """How far the number moved that headlines may say; no verdict stands where nobody knows anything."""
        return abs(_number(self.after.headline) - _number(self.before.headline))

    @property
    def size(self) -> float:
        return max(self.headline_size, abs(_number(self.after.gap) - _number(self.before.gap)))

    @property
    def moves_headline(self) -> bool:
        """Whether a reader of headlines sees the change."""
        return _shown(self.before.headline) != _shown(self.after.headline)

    @property
    def is_between_verdicts(self) -> bool:
        return None not in (self.before.headline, self.after.headline)

    @property
    def is_seen(self) -> bool:
        """Whether the whole number of the line changes, with or without a verdict."""
        return self.moves_headline or _shown(self.before.gap) != _shown(self.after.gap)


def visible_period(link: Link) -> PartialDate:
    """The date that decides from when a report counts, as precisely as it is known."""
    return link.event if link.event and link.event_day > link.known_day else link.known


def find_gap_steps(dossier: Dossier, line: Sequence[Gap]) -> list[GapStep]:
    """The steps of a line that a reader can see, in order, without their causes. `line` is of `gap_line_days`."""
    changes = set(gap_change_days(dossier, line[-1].as_of))
    after = [gap for gap in line[1:] if gap.as_of in changes]
    before = _gaps_before(dossier, line, after)
    steps = [GapStep(old, new) for old, new in zip(before, after, strict=True)]
    if not isinf(dossier.half_life):
        starts, ends = [line[0], *after], [*before, line[-1]]
        steps += [GapStep(old, new, is_ageing=True) for old, new in zip(starts, ends, strict=True)]
    steps = [step for step in steps if step.is_seen and step.before.as_of < step.after.as_of]
    return sorted(steps, key=lambda step: (step.after.as_of, not step.is_ageing))


def _gaps_before(dossier: Dossier, line: Sequence[Gap], after: Sequence[Gap]) -> list[Gap]:
    """The gap on the eve of each of the days. Without ageing it is the one that the line has before it."""
    if isinf(dossier.half_life) and len(line) < MAX_LINE_POINTS:
        before = {new.as_of: old for old, new in pairwise(line)}
        return [before[gap.as_of] for gap in after]
    return score_days(dossier, [gap.as_of - ONE_DAY for gap in after]) if after else []


def largest_steps(dossier: Dossier, steps: Sequence[GapStep], most: int) -> list[GapStep]:
    """The largest steps with their causes, the largest first; before it the one to tell of.

    That is the largest from one verdict to another, otherwise the largest to or from a verdict, if there is any.
    """
    by_size = sorted(steps, key=lambda step: (-step.size, step.after.as_of))
    chief = max(
        by_size,
        key=lambda step: (step.moves_headline, step.is_between_verdicts, step.headline_size),
        default=None,
    )
    found = [step for step in by_size if step is not chief]
    found = ([chief] if chief else []) + found[: most - 1]
    scored = score_dossiers([(dossier, step.after.as_of) for step in found])
    return [_with_causes(dossier, step, gap) for step, gap in zip(found, scored, strict=True)]


def _with_causes(dossier: Dossier, step: GapStep, after: Gap) -> GapStep:
    """The step with its causes. `after` is the gap of its day with the parts of its links."""
    if step.is_ageing:
        return step
    day = step.after.as_of
    weighed = [link for link in dossier.links if after.links[link.id].mass]
    new = [link for link in weighed if link.visible_from == day]
    new = [link for link in new if after.links[link.id].is_counted] or new
    rises = _number(step.after.gap) > _number(step.before.gap)
    new.sort(key=lambda link: ((link.x < 0) != rises, -abs(after.links[link.id].contribution)))
    old = [link for link in dossier.links if link.x and link.visible_from < day]
    regraded = [link for link in old if any(end == day for end, _ in link.earlier_grades)]
    return replace(step, reports=tuple(link.id for link in new), regraded=tuple(link.id for link in regraded))


def quiet_periods(dossier: Dossier, start: date, end: date) -> list[tuple[date, date]]:
    """The stretches of a year or more in which no report became known that speaks for the claim or against it."""
    first = dossier.valid_from.first if dossier.valid_from else date.min
    last = dossier.valid_until.last if dossier.valid_until else date.max
    spoken = [link for link in dossier.links if link.x and first <= link.event_day <= last]
    days = {start, end, *(link.visible_from for link in spoken if start < link.visible_from < end)}
    return [(one, other) for one, other in pairwise(sorted(days)) if (other - one).days >= QUIET_DAYS]


def _number(gap: float | None) -> float:
    return NEUTRAL_GAP if gap is None else gap


def _shown(gap: float | None) -> str | None:
    return None if gap is None else whole_gap(gap)
