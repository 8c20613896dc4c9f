"""The gap score, method `gap-beta/1.0`: a binomial opinion (Jøsang, Subjective Logic, 2016) in its Beta form.

The one place that spells the method. It runs on arrays: a row of `Claims` is one claim as of one day, a row
of `Links` ties one piece of evidence to one such row, and one claim or ten million links run the same code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from .vocabulary import ClaimKind, Credibility, Directness, Reliability, State

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
FlagArray = NDArray[np.bool_]

METHOD_VERSION = "gap-beta/1.0"

# MISP's admiralty-scale taxonomy, unchanged.
RELIABILITY_WEIGHT = {
    Reliability.A: 1.0, Reliability.B: 0.75, Reliability.C: 0.5,
    Reliability.D: 0.25, Reliability.E: 0.0, Reliability.F: 0.5,
}  # fmt: skip
CREDIBILITY_WEIGHT = {
    Credibility.CONFIRMED: 1.0, Credibility.PROBABLE: 0.75, Credibility.POSSIBLE: 0.5,
    Credibility.DOUBTFUL: 0.25, Credibility.IMPROBABLE: 0.0, Credibility.UNKNOWN: 0.5,
}  # fmt: skip
# One halving a step, as GRADE lowers by steps.
DIRECTNESS_WEIGHT = {Directness.DIRECT: 1.0, Directness.INDIRECT: 0.5, Directness.CONTEXTUAL: 0.25}
# Days until a report counts half, for the kinds of open-ended claim that speak of today. Editorial.
HALF_LIFE_DAYS = {ClaimKind.PRIORITY: 365.0, ClaimKind.CONDITION: 180.0}

PRIOR_MASS = 1.0  # Jøsang's uniform prior: W = 2 units at base rate ½, one for each side
MASS_GRAIN = 2.0**-20  # masses are whole multiples of it, so that float sums are exact in any order
INTERVAL_TAIL = 0.05  # what the 90 % interval leaves out at each end
ENOUGH_MASS, ENOUGH_ORIGINS = 1.0, 2  # the two-source rule: two B2 reports pass, two C3 do not
CONFLICT_MASS, CONFLICT_SHARE = 0.5, 0.25
STATE_BANDS = (  # equal fifths of the scale; the edges lie so that the flip mirrors them
    (State.MATCHES, 20), (State.MOSTLY_MATCHES, 40), (State.MIXED, 60), (State.MOSTLY_CONTRADICTS, 80),
)  # fmt: skip


@dataclass(frozen=True)
class MethodWeights:
    """What the grades weigh, and how many of the published half-lives one lasts. As it stands: the method.

    A reader's lens may try others; nothing that the site publishes does.
    """

    reliability: Mapping[Reliability, float] = field(default_factory=lambda: RELIABILITY_WEIGHT)
    credibility: Mapping[Credibility, float] = field(default_factory=lambda: CREDIBILITY_WEIGHT)
    directness: Mapping[Directness, float] = field(default_factory=lambda: DIRECTNESS_WEIGHT)
    half_lives: float = 1.0


PUBLISHED_WEIGHTS = MethodWeights()
UNAGED_WEIGHTS = MethodWeights(half_lives=inf)

NEVER_DAY = np.iinfo(np.int64).max  # the valid_until of an open-ended claim


@dataclass(frozen=True, slots=True)
class ClaimArrays:
    """n claims, each as of a day. Days are proleptic ordinals, as `date.toordinal()` counts them."""

    as_of: IntArray
    valid_until: IntArray  # the last day that the words speak for; NEVER if open-ended
    half_life: FloatArray  # days; inf for what does not age

    def __len__(self) -> int:
        return len(self.as_of)


@dataclass(frozen=True, slots=True)
class LinkArrays:
    """m links. `claim` is the row in Claims; `origin` any code that reports of one origin share."""

    claim: IntArray
    origin: IntArray
    x: FloatArray  # median rating ÷ 2, in [−1, 1]; 0 for context and for a link nobody rated
    quality: FloatArray  # reliability · credibility · directness, in [0, 1]
    event: IntArray  # event day
    known: IntArray  # last day of the period in which it was published


@dataclass(frozen=True, slots=True)
class ScoreArrays:
    """The answer: one row per claim, then one row per link. NaN stands where there is no number."""

    gap: FloatArray
    low: FloatArray
    high: FloatArray
    state: NDArray[Any]  # of State
    tentative: FlagArray
    contradicting: FloatArray  # S
    supporting: FloatArray  # R
    origins: IntArray  # N
    visible: FlagArray
    mass: FloatArray
    strongest: FlagArray  # whether it is its origin's strongest on its side
    contribution: FloatArray  # points of the gap
    gap_without: FloatArray
    state_without: NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Pool:
    """Masses summed once an origin and side, and the same sums without each link in turn."""

    S: FloatArray
    R: FloatArray
    N: IntArray
    share: FloatArray  # of its origin's mass that a link carries: 1 for the strongest, split evenly by ties
    S_without: FloatArray
    R_without: FloatArray
    N_without: IntArray


def score_claims(claims: ClaimArrays, links: LinkArrays) -> ScoreArrays:
    """Score every claim as of its day, with each link's part in it (method, steps 2 to 13)."""
    as_of, until = claims.as_of[links.claim], claims.valid_until[links.claim]
    visible = (links.known <= as_of) & (links.event <= as_of) & (links.event <= until)
    full = np.where(visible, np.abs(links.x) * links.quality, 0.0)
    age = np.where(visible, as_of - links.event, 0)
    mass = _round_to_grain(full * recency_factor(age, claims.half_life[links.claim]))
    groups = _group_by_origin(links)
    pool = _pool_masses(len(claims), links, groups, mass)
    fresh = _pool_masses(
        len(claims), links, groups, _round_to_grain(full)
    )  # the same links without ageing: tells stale from thin

    low, high = credible_interval(pool.S, pool.R)
    gap = _expected_gap(pool.S, pool.R)
    total = (pool.S + pool.R)[links.claim]
    return ScoreArrays(
        gap=gap,
        low=low,
        high=high,
        state=states_of_scores(pool.S, pool.R, pool.N, has_enough_evidence(fresh.S, fresh.R, fresh.N)),
        tentative=(low < 50) & (high > 50),
        contradicting=pool.S,
        supporting=pool.R,
        origins=pool.N,
        visible=visible,
        mass=mass,
        strongest=pool.share > 0,
        # 0.0 minus it, so that no contribution reads −0.0
        contribution=0.0 - np.sign(links.x) * 50 * mass * pool.share / (total + 2 * PRIOR_MASS),
        gap_without=_expected_gap(pool.S_without, pool.R_without),
        state_without=states_of_scores(
            pool.S_without,
            pool.R_without,
            pool.N_without,
            has_enough_evidence(fresh.S_without, fresh.R_without, fresh.N_without),
        ),
    )


def recency_factor(age: IntArray, half_life: FloatArray) -> FloatArray:
    """What is left of a report's mass after so many days."""
    return np.exp2(-age / half_life)


def credible_interval(S: FloatArray, R: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The 90 % interval; one-sided if a side is empty (Brown, Cai, DasGupta 2001). NaN without mass."""
    some = S + R > 0
    low = np.where(S == 0, 0.0, 100 * betaincinv(S + PRIOR_MASS, R + PRIOR_MASS, INTERVAL_TAIL))
    high = np.where(R == 0, 100.0, 100 * betaincinv(S + PRIOR_MASS, R + PRIOR_MASS, 1 - INTERVAL_TAIL))
    return np.where(some, low, np.nan), np.where(some, high, np.nan)


def _expected_gap(S: FloatArray, R: FloatArray) -> FloatArray:
    return np.where(S + R > 0, 100 * (S + PRIOR_MASS) / (S + R + 2 * PRIOR_MASS), np.nan)


def has_enough_evidence(S: FloatArray, R: FloatArray, N: IntArray) -> FlagArray:
    """Whether the evidence carries a verdict: the two-source rule."""
    return (S + R >= ENOUGH_MASS) & (N >= ENOUGH_ORIGINS)


def states_of_scores(S: FloatArray, R: FloatArray, N: IntArray, enough_unaged: FlagArray) -> NDArray[Any]:
    """The first state that holds (step 11); `enough_unaged` tells stale from thin."""
    total, gap, passes = S + R, _expected_gap(S, R), has_enough_evidence(S, R, N)
    less = np.minimum(S, R)
    rules = [
        (State.STALE, ~passes & enough_unaged),
        (State.NO_EVIDENCE, total == 0),
        (State.INSUFFICIENT, ~passes),
        (State.CONFLICTING, (less >= CONFLICT_MASS) & (less >= CONFLICT_SHARE * total)),
    ]
    rules += [(state, gap <= edge if edge < 50 else gap < edge) for state, edge in STATE_BANDS]
    states = np.array([*(state for state, _ in rules), State.CONTRADICTS], dtype=object)
    which = np.select([rule for _, rule in rules], range(len(rules)), len(rules))
    return states[which]


def _group_by_origin(links: LinkArrays) -> tuple[IntArray, IntArray]:
    """Each origin of each claim: the claim it belongs to, and for each link the row of its origin."""
    names, code = np.unique(links.origin, return_inverse=True)
    keys, group = np.unique(links.claim * len(names) + code, return_inverse=True)
    return keys // max(len(names), 1), group


def _pool_masses(n: int, links: LinkArrays, groups: tuple[IntArray, IntArray], mass: FloatArray) -> _Pool:
    """Count each origin once a side, by its strongest link, and see what is left without each link."""
    owner, group = groups
    against = _Side.of(group, len(owner), np.where(links.x < 0, mass, 0.0))
    for_ = _Side.of(group, len(owner), np.where(links.x > 0, mass, 0.0))
    S: FloatArray = np.bincount(owner, against.top, n).astype(np.float64)
    R: FloatArray = np.bincount(owner, for_.top, n).astype(np.float64)
    N = np.bincount(owner, (against.top > 0) | (for_.top > 0), n).astype(np.int64)
    gone = ((against.top > 0) | (for_.top > 0))[group] & ~((against.rest > 0) | (for_.rest > 0))
    return _Pool(
        S, R, N,
        share=against.share + for_.share,
        S_without=S[links.claim] - (against.top[group] - against.rest),
        R_without=R[links.claim] - (for_.top[group] - for_.rest),
        N_without=N[links.claim] - gone,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Side:
    top: FloatArray  # per origin: its strongest mass on this side
    rest: FloatArray  # per link: what its origin's strongest would be without it (the next echo steps in)
    share: FloatArray  # per link: its part of the top

    @classmethod
    def of(cls, group: IntArray, n: int, mass: FloatArray) -> "_Side":
        top, second = np.zeros(n), np.zeros(n)
        np.maximum.at(top, group, mass)
        leads = (mass == top[group]) & (mass > 0)
        ties = np.bincount(group[leads], minlength=n)[group]
        np.maximum.at(second, group, np.where(leads, 0.0, mass))
        rest = np.where(leads & (ties == 1), second[group], top[group])
        return cls(top, rest, np.where(leads, 1 / np.maximum(ties, 1), 0.0))


def _round_to_grain(mass: FloatArray) -> FloatArray:
    return np.rint(mass / MASS_GRAIN) * MASS_GRAIN
