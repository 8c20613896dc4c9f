"""What a verdict hangs on: one report, one source, the half-lives; and the least new evidence that would turn it."""

from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import product
from math import ceil, isinf

import numpy as np

from .dossier import Dossier, Gap, score_dossier, score_without
from .gap import (
    CREDIBILITY_WEIGHT,
    MASS_GRAIN,
    RELIABILITY_WEIGHT,
    UNAGED_WEIGHTS,
    FloatArray,
    MethodWeights,
    has_enough_evidence,
    states_of_scores,
)
from .vocabulary import State

# What a strong and direct report weighs by its grade, before it has aged.
STRONG_GRADES = {
    f"{reliability}{credibility.value}": trust * chance
    for (reliability, trust), (credibility, chance) in product(
        RELIABILITY_WEIGHT.items(), CREDIBILITY_WEIGHT.items()
    )
}


@dataclass(frozen=True, slots=True)
class VerdictHinge:
    """`reports`, `sources`: each alone, taken away, changes the state. `widest` moves it most."""

    reports: tuple[Hashable, ...]
    sources: tuple[Hashable, ...]
    widest: Hashable | None
    gap_without_widest: float | None


def find_hinge(dossier: Dossier, gap: Gap) -> VerdictHinge:
    strongest = {key: part for key, part in gap.links.items() if part.strongest}
    # Also an echo may: aged beyond its origin's strongest, it can be what makes the evidence stale, not too little.
    reports = tuple(key for key, part in gap.links.items() if part.state_without != gap.state)
    widest = max(strongest, key=lambda key: _gap_shift(gap.gap, strongest[key].gap_without), default=None)
    return VerdictHinge(
        reports=reports,
        sources=_hinging_sources(dossier, gap),
        widest=widest,
        gap_without_widest=strongest[widest].gap_without if widest is not None else None,
    )


def _hinging_sources(dossier: Dossier, gap: Gap) -> tuple[Hashable, ...]:
    sources = list(dict.fromkeys(link.source for link in dossier.links if gap.links[link.id].visible))
    without = score_without(dossier, gap.as_of, sources)
    return tuple(source for source, rest in zip(sources, without, strict=True) if rest.state != gap.state)


def _gap_shift(gap: float | None, without: float | None) -> float:
    return abs((gap if gap is not None else 50) - (without if without is not None else 50))


@dataclass(frozen=True, slots=True)
class TurningEvidence:
    """The least new evidence on one side that turns a verdict: independent reports, strong, direct and graded A1.

    Where one suffices, `weight` is the least that it must weigh, and `grade` the weakest that weighs so much.
    """

    reports: int
    state: State  # into which
    weight: float | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class TurningPoints:
    """None: no amount of evidence on that side turns it; or, for the half-lives, the claim does not age."""

    against: TurningEvidence | None
    for_: TurningEvidence | None
    faster: Gap | None  # with half-lives half as long
    slower: Gap | None  # and twice as long


def find_turning_points(dossier: Dossier, gap: Gap) -> TurningPoints:
    """What would turn the verdict as it stands; where there is none, what would give one."""
    unaged = score_dossier(dossier, gap.as_of, UNAGED_WEIGHTS)
    ages = not isinf(dossier.half_life)
    faster, slower = (
        score_dossier(dossier, gap.as_of, MethodWeights(half_lives=times)) if ages else None
        for times in (0.5, 2)
    )
    return TurningPoints(
        _least_turning_evidence(gap, unaged, against=True),
        _least_turning_evidence(gap, unaged, against=False),
        faster,
        slower,
    )


def _least_turning_evidence(gap: Gap, unaged: Gap, *, against: bool) -> TurningEvidence | None:
    """More of one side turns a verdict once, and never back: so the least can be searched for."""
    more = np.arange(1, ceil(4 * gap.mass) + 8)  # a band's edge lies at most four times the other side away
    states = _states_with_more(gap, unaged, more.astype(np.float64), more, against)
    turned = [_is_verdict_turned(gap.state, state) for state in states]
    if True not in turned:
        return None
    least = turned.index(True)
    if least:
        return TurningEvidence(least + 1, states[least])

    def turns_it(grains: int) -> bool:
        return _is_verdict_turned(gap.state, _state_with_one_more(gap, unaged, grains * MASS_GRAIN, against))

    weight = MASS_GRAIN * (1 + bisect_left(range(1, round(1 / MASS_GRAIN)), True, key=turns_it))
    grade = min(
        (each for each in STRONG_GRADES if STRONG_GRADES[each] >= weight),
        key=lambda each: (STRONG_GRADES[each], each),
    )
    return TurningEvidence(1, _state_with_one_more(gap, unaged, weight, against), weight, grade)


def _is_verdict_turned(before: State, after: State) -> bool:
    """From one verdict to another, or to one at all: that too little becomes too little is no turn."""
    return after != before and (before.sufficient or after.sufficient)


def _state_with_one_more(gap: Gap, unaged: Gap, mass: float, against: bool) -> State:
    return _states_with_more(gap, unaged, np.array([mass]), np.array([1]), against)[0]


def _states_with_more(
    gap: Gap, unaged: Gap, mass: FloatArray, origins: np.ndarray, against: bool
) -> list[State]:
    """The state with so much more mass, from so many more origins, on one side."""
    extra = (mass, 0 * mass) if against else (0 * mass, mass)
    S, R, N = gap.contradicting + extra[0], gap.supporting + extra[1], gap.origins + origins  # noqa: N806
    fresh = has_enough_evidence(
        unaged.contradicting + extra[0], unaged.supporting + extra[1], unaged.origins + origins
    )
    return list(states_of_scores(S, R, N, fresh))
