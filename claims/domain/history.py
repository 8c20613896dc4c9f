"""How a gap moved: the days on which it could step, the line through them, and its last movement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isinf

from .dossier import Dossier, Gap, score_days, score_dossiers

ONE_DAY = timedelta(days=1)
AGING_SAMPLES = 60  # points between steps, for the kinds that age
MAX_LINE_POINTS = 240  # of a line: more than a plot has room to tell apart


def gap_change_days(dossier: Dossier, as_of: date) -> list[date]:
    """The days up to `as_of` on which a link became visible, or its publisher was regraded, in order."""
    if dossier.is_uncheckable:
        return []
    start = dossier.valid_from.first if dossier.valid_from else date.min
    until = dossier.valid_until.last if dossier.valid_until else date.max
    graded = (link for link in dossier.links if link.x and (link.quality or link.earlier_grades))
    counted = [link for link in graded if start <= link.event_day <= until]
    days = {link.visible_from for link in counted}
    days |= {end for link in counted for end, _ in link.earlier_grades if end > link.visible_from}
    return sorted(day for day in days if day <= as_of)


def gap_line_days(dossier: Dossier, start: date, as_of: date) -> list[Gap]:
    """The gap at `start`, at every step after it and at `as_of`; for what ages, at days between as well. Of very many
    days it takes those that `thinned` leaves."""
    days = {start, as_of, *(day for day in gap_change_days(dossier, as_of) if day > start)}
    if not isinf(dossier.half_life):
        pace = max((as_of - start).days // AGING_SAMPLES, 1)
        days |= {start + ONE_DAY * n for n in range(0, (as_of - start).days, pace)}
    return score_days(dossier, thin_out_days(sorted(day for day in days if start <= day <= as_of)))


def thin_out_days(days: Sequence[date]) -> list[date]:
    """No more than MAX_LINE_POINTS of the ordered days: the first, and of equally long stretches the last of each."""
    if len(days) <= MAX_LINE_POINTS:
        return list(days)
    span = (days[-1] - days[0]).days
    last = {(day - days[0]).days * (MAX_LINE_POINTS - 2) // span: day for day in days}
    return sorted({days[0], *last.values()})


@dataclass(frozen=True, slots=True)
class HeadlineMovement:
    """The last day on which evidence moved a headline, and that day's headline without the day's reports and with them.

    None is no verdict. Ageing alone moves nothing.
    """

    on: date
    before: float | None
    after: float | None


def last_movements(cases: Sequence[tuple[Dossier, date]]) -> list[HeadlineMovement | None]:
    """The last movement of each dossier as of its day, or None if nothing ever moved its headline.

    Steps back through the days of all dossiers at once: most are answered by their latest report.
    """
    steps = [gap_change_days(dossier, as_of) for dossier, as_of in cases]
    found: list[HeadlineMovement | None] = [None] * len(cases)
    open_cases = [i for i, days in enumerate(steps) if days]
    while open_cases:
        days = [(cases[i][0], steps[i].pop()) for i in open_cases]
        before = score_dossiers([(_dossier_before(dossier, day), day) for dossier, day in days])
        after = score_dossiers(days)
        for i, (_, day), old, new in zip(open_cases, days, before, after, strict=True):
            if old.headline != new.headline:
                found[i] = HeadlineMovement(day, old.headline, new.headline)
        open_cases = [i for i in open_cases if found[i] is None and steps[i]]
    return found


def _dossier_before(dossier: Dossier, day: date) -> Dossier:
    return replace(dossier, links=tuple(link for link in dossier.links if link.visible_from < day))
