"""The gap score by the earlier method `gap-beta/1.0`, kept so that what was published by it can be recomputed.

It is frozen: nothing new is scored by it, and nothing in it may change. Unlike 2.0 it counts no publishers, knows no
interested or decisive reports and no first day of a claim's time. A verdict took one unit of mass in all, from two
origins on either side.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import betaincinv

from .dossier import Dossier, Gap, Link, LinkScore
from .vocabulary import Credibility, Directness, Reliability, State

GRAIN = 2.0**-20
RELIABILITY = dict(zip(Reliability, (1.0, 0.75, 0.5, 0.25, 0.0, 0.5), strict=True))
CREDIBILITY = dict(zip(Credibility, (1.0, 0.75, 0.5, 0.25, 0.0, 0.5), strict=True))
DIRECTNESS = {Directness.DIRECT: 1.0, Directness.INDIRECT: 0.5, Directness.CONTEXTUAL: 0.25}
BANDS = ((State.MATCHES, 20), (State.MOSTLY_MATCHES, 40), (State.MIXED, 60), (State.MOSTLY_CONTRADICTS, 80))

OriginSide = tuple[Hashable, bool]  # an origin, and whether it speaks for the words


@dataclass(frozen=True, slots=True)
class _Sum:
    """Mass against, mass for, and the number of origins, as aged; and whether they would suffice without ageing."""

    against: float
    supporting: float
    origins: int
    enough_unaged: bool

    @property
    def gap(self) -> float | None:
        total = self.against + self.supporting
        return 100 * (self.against + 1) / (total + 2) if total > 0 else None

    @property
    def is_enough(self) -> bool:
        return self.against + self.supporting >= 1 and self.origins >= 2

    @property
    def state(self) -> State:
        gap, less, total = self.gap, min(self.against, self.supporting), self.against + self.supporting
        if not self.is_enough and self.enough_unaged:
            return State.STALE
        if gap is None:
            return State.NO_EVIDENCE
        if not self.is_enough:
            return State.INSUFFICIENT
        if less >= 0.5 and less >= 0.25 * total:
            return State.CONFLICTING
        within = (state for state, edge in BANDS if (gap <= edge if edge < 50 else gap < edge))
        return next(within, State.CONTRADICTS)


Masses = dict[OriginSide, dict[Hashable, float]]  # by origin and side, then by link
WithTops = tuple[Masses, dict[OriginSide, float]]  # with the strongest mass of each origin and side


def score_dossier_by_1_0(dossier: Dossier, as_of: date) -> Gap:
    """The gap as `gap-beta/1.0` gave it. `publishers*` are 0: it did not count them."""
    until = dossier.valid_until.last if dossier.valid_until else date.max
    visible = {
        link.id: link
        for link in dossier.links
        if link.known_day <= as_of and link.event_day <= min(as_of, until)
    }
    full: Masses = defaultdict(dict)
    aged: Masses = defaultdict(dict)
    for link in visible.values():
        if link.x:
            side = _side_of(link)
            full[side][link.id] = _rounded(_full_mass(link))
            age = (as_of - link.event_day).days
            aged[side][link.id] = _rounded(_full_mass(link) * float(np.exp2(-age / dossier.half_life)))
    tops, full_tops = _tops(aged), _tops(full)
    total = _sum_of_tops(tops, full_tops)
    low, high = _interval(total)
    return Gap(
        as_of=as_of,
        gap=total.gap,
        low=low,
        high=high,
        state=total.state,
        tentative=low is not None and high is not None and low < 50 < high,
        contradicting=total.against,
        supporting=total.supporting,
        publishers_against=0,
        publishers_for=0,
        publishers=0,
        events_against=sum(mass > 0 for (_, for_), mass in tops.items() if not for_),
        events_for=sum(mass > 0 for (_, for_), mass in tops.items() if for_),
        links={
            link.id: _part_of(link, link.id in visible, (aged, tops), (full, full_tops), total)
            for link in dossier.links
        },
    )


def _part_of(link: Link, visible: bool, aged: WithTops, full: WithTops, total: _Sum) -> LinkScore:
    side, (masses_of, tops), (full_of, full_tops) = _side_of(link), aged, full
    masses = masses_of.get(side, {})
    if not visible or link.id not in masses:
        return LinkScore(0.0, 0.0, 0.0, visible, total.gap, total.state)
    mass = masses[link.id]
    ties = sum(other == mass for other in masses.values())
    counted = mass / ties if mass > 0 and mass == tops[side] else 0.0
    points = 50 * counted / (total.against + total.supporting + 2)
    rest = _sum_of_tops(
        tops | {side: _rest(masses, link.id)}, full_tops | {side: _rest(full_of[side], link.id)}
    )
    return LinkScore(mass, counted, 0.0 - points if side[1] else points, visible, rest.gap, rest.state)


def _side_of(link: Link) -> OriginSide:
    return ("own", link.id) if link.origin is None else ("shared", link.origin), link.x > 0


def _tops(masses: Masses) -> dict[OriginSide, float]:
    return {side: max(of_link.values()) for side, of_link in masses.items()}


def _rest(masses: dict[Hashable, float], without: Hashable) -> float:
    return max((mass for link, mass in masses.items() if link != without), default=0.0)


def _full_mass(link: Link) -> float:
    quality = RELIABILITY[link.reliability] * CREDIBILITY[link.credibility]
    return abs(link.x) * quality * DIRECTNESS.get(link.directness, 1.0)


def _rounded(mass: float) -> float:
    return float(np.rint(mass / GRAIN) * GRAIN)


def _sum_of_tops(tops: dict[OriginSide, float], full_tops: dict[OriginSide, float]) -> _Sum:
    against, supporting, origins = _sums(tops)
    full_against, full_supporting, full_origins = _sums(full_tops)
    return _Sum(against, supporting, origins, full_against + full_supporting >= 1 and full_origins >= 2)


def _sums(tops: dict[OriginSide, float]) -> tuple[float, float, int]:
    return (
        _side_sum(tops, False),
        _side_sum(tops, True),
        len({key for (key, _), mass in tops.items() if mass > 0}),
    )


def _side_sum(tops: dict[OriginSide, float], for_: bool) -> float:
    return float(sum(mass for (_, is_for), mass in tops.items() if is_for == for_))


def _interval(total: _Sum) -> tuple[float | None, float | None]:
    if total.gap is None:
        return None, None
    S, R = total.against, total.supporting  # noqa: N806
    low = 0.0 if S == 0 else 100 * float(betaincinv(S + 1, R + 1, 0.05))
    high = 100.0 if R == 0 else 100 * float(betaincinv(S + 1, R + 1, 0.95))
    return low, high
