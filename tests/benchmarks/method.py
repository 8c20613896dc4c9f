"""Measures how the method scales: `python -m tests.benchmarks.method [LINKS …]` prints ratios, because times differ
between machines.

The naive scoring is a second implementation of the method. On a sample it must give the same numbers, and its time
for each link is compared with that of the arrays. It does less: no states, and no gap without each link. Times are
processor times, so that a busy machine does little harm. No time is asserted.
"""

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import numpy as np
from scipy.special import betaincinv

from claims.domain.gap import NEVER_DAY, ClaimArrays, LinkArrays, ScoreArrays, score_claims

LINKS_A_CLAIM = 20
SAMPLE = 5_000  # links that the naive scoring is timed and checked on
SIZES = (100_000, 1_000_000)
TODAY = 738_000


@dataclass
class Row:
    """One size: seconds, and the peak of additional memory."""

    links: int
    seconds: float
    peak: int


def dossiers(links: int, seed: int = 7) -> tuple[ClaimArrays, LinkArrays]:
    """Claims of every kind, with echoes, context, links not yet known, and claims whose term is over."""
    rng = np.random.default_rng(seed)
    n = max(links // LINKS_A_CLAIM, 1)
    known = TODAY - rng.integers(-100, 2000, links)
    claim = np.sort(rng.integers(0, n, links))
    return (
        ClaimArrays(
            as_of=np.full(n, TODAY),
            valid_until=np.where(rng.random(n) < 0.2, TODAY - rng.integers(0, 2200, n), NEVER_DAY),
            half_life=rng.choice([180.0, 365.0, np.inf], n),
        ),
        LinkArrays(
            claim=claim,
            origin=claim * 12 + rng.integers(0, 12, links),
            x=rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], links),
            quality=rng.choice([1.0, 0.75, 0.5625, 0.28125, 0.0], links),
            event=known - rng.integers(0, 60, links),
            known=known,
        ),
    )


def naive(claims: ClaimArrays, links: LinkArrays) -> list[tuple[float, float, float, float, float, int]]:
    """gap, low, high, S, R and N of every claim, computed with loops over plain numbers."""
    best: list[dict[int, list[float]]] = [{} for _ in range(len(claims))]
    for i in range(len(links.claim)):
        row = int(links.claim[i])
        as_of, event = int(claims.as_of[row]), int(links.event[i])
        x, known = float(links.x[i]), int(links.known[i])
        if known > as_of or event > as_of or event > int(claims.valid_until[row]):
            continue
        faded = 2 ** (-(as_of - event) / float(claims.half_life[row]))
        mass = round(abs(x) * float(links.quality[i]) * faded * 2**20) / 2**20
        sides = best[row].setdefault(int(links.origin[i]), [0.0, 0.0])
        sides[x > 0] = max(sides[x > 0], mass)
    return [_naive_claim(list(origins.values())) for origins in best]


def _naive_claim(origins: list[list[float]]) -> tuple[float, float, float, float, float, int]:
    against, for_ = sum(sides[0] for sides in origins), sum(sides[1] for sides in origins)
    n = sum(1 for sides in origins if any(sides))
    if not against + for_:
        return np.nan, np.nan, np.nan, 0.0, 0.0, n
    low = 100 * float(betaincinv(against + 1, for_ + 1, 0.05)) if against else 0.0
    high = 100 * float(betaincinv(against + 1, for_ + 1, 0.95)) if for_ else 100.0
    return 100 * (against + 1) / (against + for_ + 2), low, high, against, for_, n


def differ(answer: ScoreArrays, expected: list[tuple[float, float, float, float, float, int]]) -> float:
    """The largest difference in any number of any claim."""
    got = (answer.gap, answer.low, answer.high, answer.contradicting, answer.supporting, answer.origins)
    gap = np.abs(np.stack(got, axis=1) - np.array(expected))
    blank = np.isnan(np.stack(got, axis=1)) & np.isnan(np.array(expected))
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
