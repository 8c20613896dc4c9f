"""How the method scales: `python -m tests.benchmarks.method [LINKS …]` prints ratios, which travel better than times.

The naive scoring is a second spelling, on purpose: on a sample it must give the same answers, and the arrays' time a
link is measured against its. It does less: no states, and no gap without each link. Time is the processor's, so that
a busy machine does little harm. Nothing here is asserted as a time.
"""

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from time import process_time

import numpy as np
from scipy.special import betaincinv

from claims.domain.gap import EARLIEST_DAY, NEVER_DAY, ClaimArrays, LinkArrays, ScoreArrays, score_claims

LINKS_A_CLAIM = 20
PUBLISHERS = 8
SAMPLE = 5_000  # links that the naive scoring is timed and checked on
SIZES = (100_000, 1_000_000)
TODAY = 738_000


@dataclass
class Row:
    """One size: seconds, and the peak of memory above what was held before."""

    links: int
    seconds: float
    peak: int


def dossiers(links: int, seed: int = 7) -> tuple[ClaimArrays, LinkArrays]:
    """Claims of every kind, with echoes, context, links not yet known, and words that don't speak yet or any more."""
    rng = np.random.default_rng(seed)
    n = max(links // LINKS_A_CLAIM, 1)
    known = TODAY - rng.integers(-100, 2000, links)
    claim = np.sort(rng.integers(0, n, links))
    return (
        ClaimArrays(
            as_of=np.full(n, TODAY),
            valid_from=np.where(rng.random(n) < 0.2, TODAY - rng.integers(0, 2200, n), EARLIEST_DAY),
            valid_until=np.where(rng.random(n) < 0.2, TODAY - rng.integers(0, 2200, n), NEVER_DAY),
            half_life=rng.choice([180.0, 365.0, np.inf], n),
        ),
        LinkArrays(
            claim=claim,
            origin=claim * 12 + rng.integers(0, 12, links),
            publisher=rng.integers(0, PUBLISHERS, links),
            x=rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], links),
            quality=rng.choice([4.0, 1.0, 0.75, 0.5625, 0.28125, 0.0], links),
            interested=rng.random(links) < 0.2,
            event=known - rng.integers(0, 60, links),
            known=known,
        ),
    )


Numbers = tuple[float, float, float, float, float, int, int]
Tops = dict[int, dict[int, float]]  # of one side: origin → publisher → its strongest report


@dataclass
class NaiveSide:
    tops: Tops = field(default_factory=dict)
    publishers: set[int] = field(default_factory=set)

    @property
    def mass(self) -> float:
        """The strongest report of each origin, and of what one publisher tells alone no more than one unit."""
        alone: dict[int, float] = {}
        for told in self.tops.values():
            (publisher, top), (_, second) = sorted([*told.items(), (-1, 0.0)], key=lambda each: -each[1])[:2]
            alone[publisher] = alone.get(publisher, 0.0) + top - second
        limited = sum(max(0.0, mass - 1) for mass in alone.values())
        return sum(max(told.values()) for told in self.tops.values()) - limited


def naive(claims: ClaimArrays, links: LinkArrays) -> list[Numbers]:
    """gap, low, high, S, R, and N of both sides of every claim, by loops over Python's own numbers."""
    sides = [(NaiveSide(), NaiveSide()) for _ in range(len(claims))]
    for i in range(len(links.claim)):
        row = int(links.claim[i])
        as_of, event = int(claims.as_of[row]), int(links.event[i])
        x, known = float(links.x[i]), int(links.known[i])
        within = int(claims.valid_from[row]) <= event <= int(claims.valid_until[row])
        if x and within and known <= as_of and event <= as_of:
            full = abs(x) * float(links.quality[i])
            mass = round(full * 2 ** (-(as_of - event) / float(claims.half_life[row])) * 2**20) / 2**20
            side, publisher = sides[row][x > 0], int(links.publisher[i])
            told = side.tops.setdefault(int(links.origin[i]), {})
            told[publisher] = max(told.get(publisher, 0.0), mass)
            if not links.interested[i] and full >= 1 / 4 and mass >= 1 / 16:
                side.publishers.add(publisher)
    return [_naive_claim(*both) for both in sides]


def _naive_claim(contradicting: NaiveSide, supporting: NaiveSide) -> Numbers:
    against, for_ = contradicting.mass, supporting.mass
    n = len(contradicting.publishers), len(supporting.publishers)
    if not against + for_:
        return np.nan, np.nan, np.nan, 0.0, 0.0, *n
    low = 100 * float(betaincinv(against + 1, for_ + 1, 0.05)) if against else 0.0
    high = 100 * float(betaincinv(against + 1, for_ + 1, 0.95)) if for_ else 100.0
    return 100 * (against + 1) / (against + for_ + 2), low, high, against, for_, *n


def differ(answer: ScoreArrays, expected: list[Numbers]) -> float:
    """The largest difference in any number of any claim; without end where only one of the two has a number."""
    publishers = (answer.publishers_against, answer.publishers_for)
    numbers = (answer.gap, answer.low, answer.high, answer.contradicting, answer.supporting, *publishers)
    got = np.stack(numbers, axis=1)
    gap = np.nan_to_num(np.abs(got - np.array(expected)), nan=np.inf)
    blank = np.isnan(got) & np.isnan(np.array(expected))
    return float(np.max(np.where(blank, 0.0, gap), initial=0.0))


def fastest(work: Callable[[], object], times: int = 3) -> float:
    spans = []
    for _ in range(times):
        start = process_time()
        work()
        spans.append(process_time() - start)
    return min(spans)


def measure(size: int) -> Row:
    claims, links = dossiers(size)
    seconds = fastest(lambda: score_claims(claims, links))
    tracemalloc.start()
    score_claims(claims, links)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Row(size, seconds, peak)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(sizes: tuple[int, ...] = SIZES) -> None:
    sample = dossiers(SAMPLE)
    slow = fastest(lambda: naive(*sample)) / SAMPLE
    say(f"naive and arrays differ by at most {differ(score_claims(*sample), naive(*sample)):.1e}")
    say(
        f"{'links':>12} {'naive ÷ arrays':>15} {'memory a link':>14} {'time ÷ row above':>17} {'÷ linear':>9}"
    )
    last: Row | None = None
    for row in map(measure, sizes):
        growth = row.seconds / last.seconds if last else None
        linear = growth / (row.links / last.links) if last and growth else None
        say(
            f"{row.links:>12,} {slow * row.links / row.seconds:>14.0f}× {row.peak / row.links:>12.0f} B"
            f" {f'{growth:.1f}×' if growth else '–':>17} {f'{linear:.2f}' if linear else '–':>9}"
        )
        last = row


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
