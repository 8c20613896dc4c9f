"""How a gap moved: the days on which it could step, the line through them, and its last movement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isinf

from .dossier import Dossier, Gap, score_days, score_dossiers

DAY = timedelta(days=1)
SAMPLES = 60  # points between steps, for the kinds that age


def step_days(dossier: Dossier, as_of: date) -> list[date]:
    """The days up to `as_of` on which a link became visible and could move the gap, in order."""
    until = dossier.valid_until.last if dossier.valid_until else date.max
    days = {
        link.visible_from for link in dossier.links if link.x and link.quality and link.event_day <= until
    }
    return sorted(day for day in days if day <= as_of)


def line(dossier: Dossier, start: date, as_of: date) -> list[Gap]:
    """The gap at `start`, at every step after it and at `as_of`; for what ages, at days between as well."""
    days = {start, as_of, *(day for day in step_days(dossier, as_of) if day > start)}
    if not isinf(dossier.half_life):
        pace = max((as_of - start).days // SAMPLES, 1)
        days |= {start + DAY * n for n in range(0, (as_of - start).days, pace)}
    return score_days(dossier, sorted(day for day in days if start <= day <= as_of))


@dataclass(frozen=True, slots=True)
class Movement:
    """The last day on which evidence moved a gap, and its headline before and after; None is no verdict."""

    on: date
    before: float | None
    after: float | None


def movements(cases: Sequence[tuple[Dossier, date]]) -> list[Movement | None]:
    """The last movement of each dossier as of its day, in one run of the method."""
    steps = [step_days(dossier, as_of)[-1:] for dossier, as_of in cases]
    moved = [(dossier, step[0]) for (dossier, _), step in zip(cases, steps, strict=True) if step]
    before = iter(score_dossiers([(dossier, day - DAY) for dossier, day in moved]))
    after = iter(score_dossiers(moved))
    return [
        Movement(step[0], next(before).headline, next(after).headline) if step else None for step in steps
    ]
