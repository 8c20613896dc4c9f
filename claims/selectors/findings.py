"""The claims that the home page tells first, and the one on which it explains how to read a verdict.

The rule, also in docs/architecture.md: one claim that the evidence contradicts, one on which it is mixed or conflicts,
and one that it supports, so that the page shows no side alone. Of each, firm verdicts come before tentative ones,
claims with a written answer before those without, full verdicts before “mostly”, then the newest. A side without claims
leaves its place to the next best claim of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.domain.vocabulary import State
from claims.selectors.applied_tests import times_tests_were_applied
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import MOST, ORDERS, ClaimGaps, ListedClaim, TooManyClaims

MOST_FINDINGS: Final = 3
SIDES: Final = (
    (State.CONTRADICTS, State.MOSTLY_CONTRADICTS),
    (State.CONFLICTING, State.MIXED),
    (State.MATCHES, State.MOSTLY_MATCHES),
)
_SIDE: Final = {state: side for side, states in enumerate(SIDES) for state in states}
_MILD: Final = frozenset({State.MOSTLY_CONTRADICTS, State.MOSTLY_MATCHES})


@dataclass(frozen=True, slots=True)
class FindingCandidate:
    """What decides whether a claim with a verdict is told on the home page."""

    key: int
    state: State
    tentative: bool
    has_answer: bool

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        return self.tentative, not self.has_answer, self.state in _MILD


def choose_findings(gaps: ClaimGaps) -> list[int]:
    """The keys of the claims to tell, contradicted ones first. None if there are too many to compute for a past day."""
    try:
        return [each.key for each in pick_findings(_candidates(gaps))]
    except TooManyClaims:
        return []


def pick_findings(candidates: Sequence[FindingCandidate]) -> list[FindingCandidate]:
    """Apply the rule to candidates in the order of the words, the newest first."""
    ranked = sorted(candidates, key=lambda each: each.rank)
    first_of_side = {_SIDE[each.state]: each for each in reversed(ranked)}
    others = [each for each in ranked if each not in first_of_side.values()]
    picked = [*first_of_side.values(), *others[: MOST_FINDINGS - len(first_of_side)]]
    return sorted(picked, key=lambda each: (_SIDE[each.state], each.rank))


def choose_example(findings: Sequence[ListedClaim], day: AsOfDay) -> ListedClaim | None:
    """The finding that shows how to read a verdict: one with a written test.

    A firm one comes before a tentative one, then one whose test somebody has applied before those of which that is
    not known.
    """
    tested = [row for row in findings if row.claim.criterion]
    applied = times_tests_were_applied([row.claim for row in tested], day)
    return min(tested, key=lambda row: (row.gap.tentative, row.claim.slug not in applied), default=None)


def _candidates(gaps: ClaimGaps) -> list[FindingCandidate]:
    """The latest claims with a verdict."""
    claims = gaps.claims.order_by(*ORDERS["latest"])
    if gaps.day.asked:
        found = gaps.computed(gaps.claims)
        rows = [
            (key, found[key].state, found[key].tentative, answer)
            for key, answer in claims.values_list("pk", "answer")
            if found[key].headline is not None
        ]
    else:
        scored = claims.filter(gap__headline__isnull=False)
        rows = list(scored.values_list("pk", "gap__state", "gap__tentative", "answer")[:MOST])
    return [
        FindingCandidate(key, State(state), is_tentative, bool(text))
        for key, state, is_tentative, text in rows
    ]
