"""How the masses of a claim's reports add up on each side (method, steps 7 to 9 and 12).

An origin counts once a side, by its strongest report. What only one publisher reports counts at most one unit a side.
All sums are of multiples of the mass grain, so that they are exact in float64 in any order.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
FlagArray = NDArray[np.bool_]

ALONE_LIMIT = 1.0  # units of mass a side that one publisher can bring by itself: one perfect report's worth
NOBODY = -1


@dataclass(frozen=True, slots=True)
class LinkGroups:
    """The groups that m links fall into. Each array of codes has one entry a link; `*_of_*` one entry a group.

    origin: one happening of one claim. voice: one publisher of one claim. cell: one publisher's reports of one origin.
    """

    claim: IntArray
    origin: IntArray
    claim_of_origin: IntArray
    voice: IntArray
    claim_of_voice: IntArray
    cell: IntArray
    origin_of_cell: IntArray
    voice_of_cell: IntArray

    @classmethod
    def of_links(cls, claim: IntArray, origin: IntArray, publisher: IntArray) -> "LinkGroups":
        origin_group, claim_of_origin, _ = _group_pairs(claim, origin)
        voice, claim_of_voice, _ = _group_pairs(claim, publisher)
        cell, origin_of_cell, voice_of_cell = _group_pairs(origin_group, voice)
        return cls(
            claim, origin_group, claim_of_origin, voice, claim_of_voice, cell, origin_of_cell, voice_of_cell
        )

    def take(self, some: IntArray) -> "LinkGroups":
        """The groups of some of the links."""
        codes = {name: getattr(self, name)[some] for name in ("claim", "origin", "voice", "cell")}
        return replace(self, **codes)


def _group_pairs(first: IntArray, second: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """The code of each pair, and the two members of each code. The members are not negative."""
    width = int(second.max(initial=0)) + 1
    keys, code = np.unique(first * width + second, return_inverse=True)
    return code, keys // width, keys % width


@dataclass(frozen=True, slots=True)
class SidePool:
    """One side of n claims with m links."""

    groups: LinkGroups
    mass: FloatArray  # m: 0 for links of the other side
    tops: "_OriginTops"
    alone: FloatArray  # what each voice brings by itself
    total: FloatArray  # n: S or R

    def origin_counts(self) -> IntArray:
        """Per claim: origins with any mass on this side."""
        some = self.tops.first > 0
        return np.bincount(self.groups.claim_of_origin, some, len(self.total)).astype(np.int64)

    def counted_parts(self) -> FloatArray:
        """Per link: its part of the mass that its origin counts with (step 12). The strongest share it equally."""
        groups, tops = self.groups, self.tops
        share = np.where(tops.owned, 1 / np.maximum(_pick(self.alone, tops.owner), ALONE_LIMIT), 1.0)
        counted = tops.second + tops.lead * share
        leads = (self.mass > 0) & (self.mass == tops.first[groups.origin])
        ties = np.bincount(groups.origin[leads], minlength=len(tops.first))
        return np.where(leads, (counted / np.maximum(ties, 1))[groups.origin], 0.0)

    def totals_without(self) -> FloatArray:
        """Per link: the total of its claim without it."""
        lost = np.zeros(len(self.mass))
        some = np.flatnonzero(self.mass)
        lost[some] = _lost_without(self.groups.take(some), self.mass[some], self.tops, self.alone)
        return self.total[self.groups.claim] - lost


def pool_side(n: int, groups: LinkGroups, mass: FloatArray) -> SidePool:
    """Pool one side's masses (steps 7 and 8)."""
    tops = _OriginTops.of(groups, mass)
    alone = _add_up(tops.owner[tops.owned], tops.lead[tops.owned], len(groups.claim_of_voice))
    excess = _add_up(groups.claim_of_voice, _beyond_limit(alone), n)
    return SidePool(groups, mass, tops, alone, _add_up(groups.claim_of_origin, tops.first, n) - excess)


def _add_up(group: IntArray, mass: FloatArray, groups: int) -> FloatArray:
    return np.bincount(group, mass, groups).astype(np.float64, copy=False)


def _beyond_limit(alone: FloatArray) -> FloatArray:
    return np.maximum(alone - ALONE_LIMIT, 0.0)


@dataclass(frozen=True, slots=True)
class _OriginTops:
    """Per origin: the strongest masses of its three strongest publishers, and who they are."""

    first: FloatArray
    second: FloatArray
    third: FloatArray
    holder: IntArray  # cell of the strongest publisher
    runner_up: IntArray  # cell of the second; NOBODY if there is none
    owner: IntArray  # voice that holds the top by itself; NOBODY where publishers tie or there is no mass
    cell_top: FloatArray  # per cell

    @classmethod
    def of(cls, groups: LinkGroups, mass: FloatArray) -> "_OriginTops":
        cell_top = np.zeros(len(groups.origin_of_cell))
        np.maximum.at(cell_top, groups.cell, mass)
        ranked = _strongest_cells(groups, cell_top)
        first, second, third = (np.where(cells == NOBODY, 0.0, _pick(cell_top, cells)) for cells in ranked)
        owner = np.where(first > second, _pick(groups.voice_of_cell, ranked[0]), NOBODY)
        return cls(first, second, third, ranked[0], ranked[1], owner, cell_top)

    @property
    def owned(self) -> FlagArray:
        return self.owner != NOBODY

    @property
    def lead(self) -> FloatArray:
        return self.first - self.second


def _strongest_cells(groups: LinkGroups, cell_top: FloatArray) -> list[IntArray]:
    """Per origin: its three strongest cells, one after the other; NOBODY where no more have any mass."""
    rest, origin, ranked = cell_top.copy(), groups.origin_of_cell, []
    for _ in range(3):
        best = np.zeros(len(groups.claim_of_origin))
        np.maximum.at(best, origin, rest)
        leads = np.flatnonzero((rest > 0) & (rest == best[origin]))
        cells = np.full(len(best), NOBODY)
        cells[origin[leads]] = leads
        rest[cells[cells != NOBODY]] = 0.0
        ranked.append(cells)
    return ranked


def _pick(values: np.ndarray, where: IntArray) -> np.ndarray:
    """values[where]; any value at NOBODY."""
    return values[np.maximum(where, 0)] if len(values) else np.zeros(len(where), values.dtype)


def _lost_without(groups: LinkGroups, mass: FloatArray, tops: _OriginTops, alone: FloatArray) -> FloatArray:
    """What the total loses when a link goes, for each link in turn: the next report of its origin steps in."""
    rest = _cell_top_without(groups, mass, tops.cell_top)
    origin, cell = groups.origin, groups.cell
    first, second, third = tops.first[origin], tops.second[origin], tops.third[origin]
    is_first, is_second = cell == tops.holder[origin], cell == tops.runner_up[origin]
    falls = is_first & (rest < second)  # the second publisher steps up
    top = np.where(is_first, np.maximum(rest, second), first)
    next_top = np.where(falls, np.maximum(rest, third), np.where(is_second, np.maximum(rest, third), second))
    leader = np.where(falls, tops.runner_up[origin], tops.holder[origin])
    owner = np.where(top > next_top, _pick(groups.voice_of_cell, leader), NOBODY)
    excess = _excess_change(alone, tops.owner[origin], tops.lead[origin], owner, top - next_top)
    return first - top + excess


def _excess_change(
    alone: FloatArray, owner: IntArray, lead: FloatArray, new_owner: IntArray, new_lead: FloatArray
) -> FloatArray:
    """How much more lies beyond the limit after an origin's lead passed from one owner to another."""
    same = owner == new_owner
    old, new = _pick(alone, owner), _pick(alone, new_owner)
    leaves = np.where(owner == NOBODY, 0.0, _beyond_limit(old - lead) - _beyond_limit(old))
    comes = np.where(new_owner == NOBODY, 0.0, _beyond_limit(new + new_lead) - _beyond_limit(new))
    stays = np.where(owner == NOBODY, 0.0, _beyond_limit(old - lead + new_lead) - _beyond_limit(old))
    return np.where(same, stays, leaves + comes)


def _cell_top_without(groups: LinkGroups, mass: FloatArray, cell_top: FloatArray) -> FloatArray:
    """Per link: the strongest mass of its cell without it."""
    leads = mass == cell_top[groups.cell]
    ties = np.bincount(groups.cell[leads], minlength=len(cell_top))[groups.cell]
    second = np.zeros(len(cell_top))
    np.maximum.at(second, groups.cell, np.where(leads, 0.0, mass))
    return np.where(leads & (ties == 1), second[groups.cell], cell_top[groups.cell])


@dataclass(frozen=True, slots=True)
class PublisherCount:
    """Publishers with at least one report that is strong enough: per claim, and per link without that link."""

    all: IntArray
    without: IntArray


def count_publishers(n: int, groups: LinkGroups, counts: FlagArray) -> PublisherCount:
    """Count the publishers of each claim that have at least one link for which `counts` holds (step 9)."""
    reports = np.bincount(groups.voice[counts], minlength=len(groups.claim_of_voice))
    publishers = np.bincount(groups.claim_of_voice, reports > 0, n).astype(np.int64)
    is_only = counts & (reports[groups.voice] == 1)
    return PublisherCount(publishers, publishers[groups.claim] - is_only)
