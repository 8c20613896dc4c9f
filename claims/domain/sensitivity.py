"""What a verdict depends on: a report, a publisher, the half-lives; and the least new evidence that would turn it."""

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import product
from math import ceil, isinf

import numpy as np

from .dossier import Dossier, Gap, score_dossier, score_without
from .gap import (
    CREDIBILITY_WEIGHT,
    PUBLISHER_MASS,
    RELIABILITY_WEIGHT,
    EvidenceSum,
    FloatArray,
    IntArray,
    MethodWeights,
    states_of_sums,
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
    """`reports`, `publishers`: each alone, taken away, changes the state. `widest` moves the gap most."""

    reports: tuple[Hashable, ...]
    publishers: tuple[Hashable, ...]
    widest: Hashable | None
    gap_without_widest: float | None


def find_hinge(dossier: Dossier, gap: Gap) -> VerdictHinge:
    """What the verdict depends on: the state, and the gap, without each report and without each publisher."""
    weighed = {key: part for key, part in gap.links.items() if part.mass}
    reports = tuple(key for key, part in gap.links.items() if part.state_without != gap.state)
    widest = max(weighed, key=lambda key: _gap_shift(gap.gap, weighed[key].gap_without), default=None)
    return VerdictHinge(
        reports=reports,
        publishers=_hinging_publishers(dossier, gap),
        widest=widest,
        gap_without_widest=weighed[widest].gap_without if widest is not None else None,
    )


def _hinging_publishers(dossier: Dossier, gap: Gap) -> tuple[Hashable, ...]:
    visible = [link.publisher for link in dossier.links if gap.links[link.id].visible]
    publishers = [name for name in dict.fromkeys(visible) if name is not None]
    without = score_without(dossier, gap.as_of, publishers)
    return tuple(name for name, rest in zip(publishers, without, strict=True) if rest.state != gap.state)


def _gap_shift(gap: float | None, without: float | None) -> float:
    return abs((gap if gap is not None else 50) - (without if without is not None else 50))


@dataclass(frozen=True, slots=True)
class TurningEvidence:
    """The least new evidence on one side that turns a verdict.

    So many reports of that day, each of an event of its own, by a publisher that has reported nothing on the claim
    yet; direct, not interested, strong in stance. One report suffices with `grade` or any better one; where it takes
    several, each is graded A1 and `grade` is empty.
    """

    reports: int
    state: State  # into which: with just these reports
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
    ages = not isinf(dossier.half_life)
    faster, slower = (
        score_dossier(dossier, gap.as_of, MethodWeights(half_lives=times)) if ages else None
        for times in (0.5, 2)
    )
    last_day = min(gap.as_of, dossier.valid_until.last) if dossier.valid_until else gap.as_of
    begins_later = dossier.valid_from and dossier.valid_from.first > last_day
    if begins_later or dossier.is_uncheckable:
        return TurningPoints(None, None, faster, slower)  # nothing that has happened can count
    return TurningPoints(
        _least_turning_evidence(gap, against=True),
        _least_turning_evidence(gap, against=False),
        faster,
        slower,
    )


def _least_turning_evidence(gap: Gap, *, against: bool) -> TurningEvidence | None:
    """The smallest number of reports, and for a single one the weakest grade from which on it turns the verdict.

    A weak report may make a conflict where a strong one prevails without a second publisher. So the search goes down
    from the best grade.
    """
    least = None
    masses = np.array(sorted(set(STRONG_GRADES.values()) - {0.0}, reverse=True))
    single = np.ones(len(masses), np.int64)
    for mass, state in zip(masses, _states_with_more(gap, masses, single, against), strict=True):
        if not _is_verdict_turned(gap.state, state):
            break
        least = TurningEvidence(1, state, _grade_of_mass(mass))
    if least:
        return least
    more = np.arange(2, ceil(4 * gap.mass) + 8)  # a band's edge lies at most four times the other side away
    for reports, state in zip(more, _states_with_more(gap, np.ones(len(more)), more, against), strict=True):
        if _is_verdict_turned(gap.state, state):
            return TurningEvidence(int(reports), state)
    return None


def _grade_of_mass(mass: float) -> str:
    """Of the grades that weigh so much, the one of the most reliable source."""
    return min(grade for grade in STRONG_GRADES if STRONG_GRADES[grade] == mass)


def _is_verdict_turned(before: State, after: State) -> bool:
    """From one verdict to another, or to one at all: that too little becomes too little is no turn."""
    return after != before and (before.sufficient or after.sufficient)


def _states_with_more(gap: Gap, mass: FloatArray, reports: IntArray, against: bool) -> list[State]:
    """The states with so many more reports of so much mass each, on one side.

    They are known on the day itself, so that what there was before plays no part: the evidence is not out of date.
    """
    extra = mass * reports
    publishers = np.where(mass >= PUBLISHER_MASS, reports, 0)
    sums = EvidenceSum(
        S=gap.contradicting + (extra if against else 0 * extra),
        R=gap.supporting + (0 * extra if against else extra),
        publishers_against=gap.publishers_against + (publishers if against else 0 * publishers),
        publishers_for=gap.publishers_for + (0 * publishers if against else publishers),
        publishers=gap.publishers + publishers,
    )
    return list(states_of_sums(sums, np.zeros(len(extra), np.bool_)))
