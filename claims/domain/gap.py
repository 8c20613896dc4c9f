"""The gap score, method `gap-beta/2.0`: a binomial opinion (Jøsang, Subjective Logic, 2016) in its Beta form.

The one place that spells the method. It runs on arrays: a row of `ClaimArrays` is one claim as of one day, a row
of `LinkArrays` ties one piece of evidence to one such row. `pooled_mass` adds up the masses of a side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from .pooled_mass import (
    FlagArray,
    FloatArray,
    IntArray,
    LinkGroups,
    PublisherCount,
    SidePool,
    count_publishers,
    pool_side,
)
from .vocabulary import ClaimKind, Credibility, Directness, Reliability, State

METHOD_VERSION = "gap-beta/2.0"

# MISP's admiralty-scale taxonomy, unchanged.
RELIABILITY_WEIGHT = {
    Reliability.A: 1.0, Reliability.B: 0.75, Reliability.C: 0.5,
    Reliability.D: 0.25, Reliability.E: 0.0, Reliability.F: 0.5,
}  # fmt: skip
CREDIBILITY_WEIGHT = {
    Credibility.CONFIRMED: 1.0, Credibility.PROBABLE: 0.75, Credibility.POSSIBLE: 0.5,
    Credibility.DOUBTFUL: 0.25, Credibility.IMPROBABLE: 0.0, Credibility.UNKNOWN: 0.5,
}  # fmt: skip
# One halving a step, as GRADE lowers by steps. Decisive: the smallest power of two with which one decisive B1 report,
# confirmed by a second publisher, crosses into “contradicts”.
DIRECTNESS_WEIGHT = {
    Directness.DECISIVE: 4.0, Directness.DIRECT: 1.0, Directness.INDIRECT: 0.5, Directness.CONTEXTUAL: 0.25,
}  # fmt: skip
INTERESTED_WEIGHT = 0.5  # of a report that serves the side it comes from: one step down
# Days until a report counts half, for the kinds of open-ended claim that speak of today. Editorial.
HALF_LIFE_DAYS = {ClaimKind.PRIORITY: 365.0, ClaimKind.CONDITION: 180.0}

PRIOR_MASS = 1.0  # Jøsang's uniform prior: W = 2 units at base rate ½, one for each side
MASS_GRAIN = 2.0**-20  # masses are whole multiples of it, so that float sums are exact in any order
INTERVAL_TAIL = 0.05  # what the 90 % interval leaves out at each end
ENOUGH_MASS, ENOUGH_PUBLISHERS = 1.0, 2  # the two-source rule, on the side that prevails
PUBLISHER_MASS, PUBLISHER_MASS_LEFT = (
    0.25,
    0.0625,
)  # before and after ageing; with less, a report is no source
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
    interested: float = INTERESTED_WEIGHT


PUBLISHED_WEIGHTS = MethodWeights()

EARLIEST_DAY = 0  # the valid_from of a claim without one
NEVER_DAY = np.iinfo(np.int64).max  # the valid_until of an open-ended claim
_FlagPair = tuple[FlagArray, FlagArray]


@dataclass(frozen=True, slots=True)
class ClaimArrays:
    """n claims, each as of a day. Days are proleptic ordinals, as `date.toordinal()` counts them."""

    as_of: IntArray
    valid_from: IntArray  # the first day that the words speak for; EARLIEST_DAY if they name none
    valid_until: IntArray  # the last day that the words speak for; NEVER_DAY if open-ended
    half_life: FloatArray  # days; inf for what does not age

    def __len__(self) -> int:
        return len(self.as_of)


@dataclass(frozen=True, slots=True)
class LinkArrays:
    """m links. `claim` is the row in ClaimArrays; `origin` and `publisher` are codes from 0 up."""

    claim: IntArray
    origin: IntArray  # reports of one happening share it
    publisher: IntArray
    x: FloatArray  # median rating ÷ 2, in [−1, 1]; 0 for context and for a link nobody rated
    quality: FloatArray  # reliability · credibility · directness · interest, in [0, 4]
    interested: FlagArray  # whether the report serves the side it comes from
    event: IntArray  # event day
    known: IntArray  # last day of the period in which it was published

    def take(self, some: IntArray) -> "LinkArrays":
        return LinkArrays(**{name: getattr(self, name)[some] for name in LinkArrays.__dataclass_fields__})


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
    publishers_against: IntArray  # N of the contradicting side
    publishers_for: IntArray  # N of the supporting side
    publishers: IntArray  # N of both sides together
    events_against: IntArray  # origins that count on the contradicting side
    events_for: IntArray
    visible: FlagArray
    mass: FloatArray
    counted: FloatArray  # the link's part of its origin's counted mass
    contribution: FloatArray  # points of the gap
    gap_without: FloatArray
    state_without: NDArray[Any]


@dataclass(frozen=True, slots=True)
class EvidenceSum:
    """What the state is read from: masses and publishers of both sides. One entry a claim, or one a link left out."""

    S: FloatArray
    R: FloatArray
    publishers_against: IntArray
    publishers_for: IntArray
    publishers: IntArray  # of both sides together

    @property
    def is_enough(self) -> FlagArray:
        """Whether there is a verdict: the two-source rule on the side that prevails, or a conflict."""
        prevails = np.where(self.S >= self.R, self.publishers_against, self.publishers_for)
        firm = (np.maximum(self.S, self.R) >= ENOUGH_MASS) & (prevails >= ENOUGH_PUBLISHERS)
        return firm | self.is_conflicting

    @property
    def is_conflicting(self) -> FlagArray:
        less, total = np.minimum(self.S, self.R), self.S + self.R
        weighty = (less >= CONFLICT_MASS) & (less >= CONFLICT_SHARE * total)
        return weighty & (self.publishers >= ENOUGH_PUBLISHERS)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Both sides of n claims, pooled from the masses of one day."""

    against: SidePool
    for_: SidePool
    publishers: tuple[PublisherCount, ...]  # against, for, both together

    def sum(self) -> EvidenceSum:
        return EvidenceSum(self.against.total, self.for_.total, *(count.all for count in self.publishers))

    def sum_without(self) -> EvidenceSum:
        """One entry a link: what is left of its claim's evidence without it."""
        totals = self.against.totals_without(), self.for_.totals_without()
        return EvidenceSum(*totals, *(count.without for count in self.publishers))


def score_claims(claims: ClaimArrays, links: LinkArrays) -> ScoreArrays:
    """Score every claim as of its day, with each link's part in it (method, steps 2 to 13)."""
    visible = _are_visible(claims, links)
    groups = LinkGroups.of_links(links.claim, links.origin, links.publisher)
    mass = _masses(claims, links, visible, claims.as_of[links.claim])
    pool = _pool_masses(len(claims), links, groups, mass)
    was_enough, was_enough_without = _had_verdict(claims, links, groups, visible)
    counted_against, counted_for = pool.against.counted_parts(), pool.for_.counted_parts()
    now, without = pool.sum(), pool.sum_without()
    low, high = credible_interval(now.S, now.R)
    total = (now.S + now.R)[links.claim]
    return ScoreArrays(
        gap=expected_gap(now.S, now.R),
        low=low,
        high=high,
        state=states_of_sums(now, was_enough),
        tentative=(low < 50) & (high > 50),
        contradicting=now.S,
        supporting=now.R,
        publishers_against=now.publishers_against,
        publishers_for=now.publishers_for,
        publishers=now.publishers,
        events_against=pool.against.origin_counts(),
        events_for=pool.for_.origin_counts(),
        visible=visible,
        mass=mass,
        counted=counted_against + counted_for,
        contribution=50 * (counted_against - counted_for) / (total + 2 * PRIOR_MASS),
        gap_without=expected_gap(without.S, without.R),
        state_without=states_of_sums(without, was_enough_without),
    )


def _are_visible(claims: ClaimArrays, links: LinkArrays) -> FlagArray:
    """Step 2: known and happened by the day, within the time that the words speak for."""
    as_of, start, end = (days[links.claim] for days in (claims.as_of, claims.valid_from, claims.valid_until))
    return (links.known <= as_of) & (links.event <= np.minimum(as_of, end)) & (links.event >= start)


def _masses(claims: ClaimArrays, links: LinkArrays, visible: FlagArray, day: IntArray) -> FloatArray:
    """Steps 5 and 6: the visible links' masses, aged to a day (one for each link)."""
    age = np.where(visible, np.maximum(day - links.event, 0), 0)
    full = np.where(visible, np.abs(links.x) * links.quality, 0.0)
    return _round_to_grain(full * recency_factor(age, claims.half_life[links.claim]))


def recency_factor(age: IntArray, half_life: FloatArray) -> FloatArray:
    """What is left of a report's mass after so many days."""
    return np.exp2(-age / half_life)


def _pool_masses(n: int, links: LinkArrays, groups: LinkGroups, mass: FloatArray) -> _Pool:
    full = _round_to_grain(np.abs(links.x) * links.quality)
    counts = ~links.interested & (full >= PUBLISHER_MASS) & (mass >= PUBLISHER_MASS_LEFT)
    against, for_ = links.x < 0, links.x > 0
    return _Pool(
        pool_side(n, groups, np.where(against, mass, 0.0)),
        pool_side(n, groups, np.where(for_, mass, 0.0)),
        tuple(count_publishers(n, groups, counts & side) for side in (against, for_, against | for_)),
    )


def _had_verdict(claims: ClaimArrays, links: LinkArrays, groups: LinkGroups, visible: FlagArray) -> _FlagPair:
    """Whether the evidence gave a verdict on the day its newest report was known: each claim's; and without each link.

    False for what does not age: it has a verdict today, or never had one.
    """
    some = np.flatnonzero(visible & np.isfinite(claims.half_life)[links.claim])
    if not len(some):
        return np.zeros(len(claims), np.bool_), np.zeros(len(visible), np.bool_)
    had, had_without_some = _had_aged_verdict(claims, links.take(some), groups.take(some))
    had_without = had[links.claim]
    had_without[some] = had_without_some
    return had, had_without


def _had_aged_verdict(claims: ClaimArrays, links: LinkArrays, groups: LinkGroups) -> _FlagPair:
    """The same from visible links only. Without the one newest report, the day is that of the one before it."""
    n, told = len(claims), links.x != 0
    since = np.where(told, np.maximum(links.known, links.event), EARLIEST_DAY)
    newest, before = np.zeros(n, np.int64), np.zeros(n, np.int64)
    np.maximum.at(newest, links.claim, since)
    leads = told & (since == newest[links.claim])
    is_only = leads & (np.bincount(links.claim[leads], minlength=n)[links.claim] == 1)
    np.maximum.at(before, links.claim, np.where(is_only, EARLIEST_DAY, since))
    then, earlier = (
        _pool_masses(n, links, groups, _masses(claims, links, kept, day[links.claim]))
        for day, kept in ((newest, np.ones_like(told)), (before, ~is_only))
    )
    without = np.where(is_only, earlier.sum().is_enough[links.claim], then.sum_without().is_enough)
    return then.sum().is_enough, without


def credible_interval(S: FloatArray, R: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The 90 % interval; one-sided if a side is empty (Brown, Cai, DasGupta 2001). NaN without mass."""
    some = S + R > 0
    low = np.where(S == 0, 0.0, 100 * betaincinv(S + PRIOR_MASS, R + PRIOR_MASS, INTERVAL_TAIL))
    high = np.where(R == 0, 100.0, 100 * betaincinv(S + PRIOR_MASS, R + PRIOR_MASS, 1 - INTERVAL_TAIL))
    return np.where(some, low, np.nan), np.where(some, high, np.nan)


def expected_gap(S: FloatArray, R: FloatArray) -> FloatArray:
    """Step 10: the mean of Beta(S + 1, R + 1) in hundredths. NaN without mass."""
    return np.where(S + R > 0, 100 * (S + PRIOR_MASS) / (S + R + 2 * PRIOR_MASS), np.nan)


def states_of_sums(now: EvidenceSum, had_verdict: FlagArray) -> NDArray[Any]:
    """The first state that holds (step 11); `had_verdict` tells stale from too little."""
    gap, is_enough = expected_gap(now.S, now.R), now.is_enough
    rules = [
        (State.STALE, ~is_enough & had_verdict),
        (State.NO_EVIDENCE, now.S + now.R == 0),
        (State.INSUFFICIENT, ~is_enough),
        (State.CONFLICTING, now.is_conflicting),
    ]
    rules += [(state, gap <= edge if edge < 50 else gap < edge) for state, edge in STATE_BANDS]
    states = np.array([*(state for state, _ in rules), State.CONTRADICTS], dtype=object)
    which = np.select([rule for _, rule in rules], range(len(rules)), len(rules))
    return states[which]


def _round_to_grain(mass: FloatArray) -> FloatArray:
    return np.rint(mass / MASS_GRAIN) * MASS_GRAIN
