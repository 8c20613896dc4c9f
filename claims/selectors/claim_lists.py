"""Lists of claims: filtered, sorted, scored and averaged, as of today or another day.

Today's gaps are stored and indexed. Those of another day are computed from the links, which costs time for each
claim. With more than MOST claims, a list of another day is sorted by the day of the words, and says why.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Avg, Count, F, Min, OrderBy, Q, QuerySet
from django.db.models.lookups import IsNull
from django.utils.translation import gettext as _

from claims.domain.dossier import Dossier, Gap, score_dossiers
from claims.domain.evidence_counts import EvidenceCounts, count_evidence
from claims.domain.vocabulary import State
from claims.models import Claim, ClaimGap
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.dossiers import build_dossiers
from claims.selectors.gap_store import compute_gaps

MOST = 500  # claims scored for one page, in about a second


class TooManyClaims(Exception):
    """More claims than can be scored for another day at once. The message says what the reader can do."""


@dataclass(frozen=True)
class ListedClaim:
    """A claim as a row of a list shows it."""

    claim: Claim
    dossier: Dossier
    gap: Gap
    said: Gap | None  # the gap “when it was said”; None if that has no figure
    counts: EvidenceCounts
    moved_from: float | None = None
    moved_to: float | None = None
    moved_on: date | None = None

    @property
    def has_verdict(self) -> bool:
        return self.gap.headline is not None


@dataclass(frozen=True)
class GapAverage:
    """The mean of the gaps that have a verdict, each claim with the same weight. None if no claim has one.

    `left_out` have too little evidence. What cannot be checked is counted apart.
    """

    mean: float | None
    counted: int
    left_out: int
    uncheckable: int = 0

    @property
    def claims(self) -> int:
        return self.counted + self.left_out + self.uncheckable


class ClaimGaps:
    """The gaps of a queryset's claims as of a day: stored ones today, computed ones otherwise."""

    def __init__(self, claims: QuerySet[Claim], day: AsOfDay, share: int = 1) -> None:
        """`share` is the number of ClaimGaps on one page.

        They divide the number of claims that may be computed for it.
        """
        self.day = day
        self.share = share
        self.claims = claims.known_by(day.date)  # type: ignore[attr-defined]
        self._computed: dict[int, ClaimGap] = {}
        self._dossiers: dict[int, Dossier] = {}

    def dossiers(self, claims: Iterable[Claim]) -> dict[int, Dossier]:
        """The dossier of each claim, by its key. Dossiers that were read before are not read again."""
        claims = list(claims)
        missing = [claim for claim in claims if claim.pk not in self._dossiers]
        if missing:
            self._dossiers |= build_dossiers(missing)
        return {claim.pk: self._dossiers[claim.pk] for claim in claims}

    def first_words(self) -> date | None:
        """The day by which the earliest of the claims had been said; None without claims."""
        first = self.claims.aggregate(first=Min("statement__said_on__last"))["first"]
        return date.fromisoformat(first) if first else None

    def few(self, claims: QuerySet[Claim]) -> list[int]:
        """The keys of the claims. Raises TooManyClaims if they are too many to score for one page."""
        most = MOST // self.share
        keys = list(claims.order_by().values_list("pk", flat=True)[: most + 1])
        if len(keys) > most:
            raise TooManyClaims(
                _("Verdicts of another day are computed for %(most)d claims at a time, and there are more. Choose a "
                  "speaker, a topic or a place first, or look at today.") % {"most": most}
            )  # fmt: skip
        return keys

    def computed(self, claims: QuerySet[Claim]) -> dict[int, ClaimGap]:
        """The gaps of another day, by the claim's key. Raises TooManyClaims."""
        keys = self.few(claims)
        missing = list(Claim.objects.filter(pk__in=[key for key in keys if key not in self._computed]))
        for gap in compute_gaps(missing, [self.day.date] * len(missing)):
            self._computed[gap.claim_id] = gap
        return {key: self._computed[key] for key in keys}

    def with_states(self, claims: QuerySet[Claim], states: Iterable[str]) -> QuerySet[Claim]:
        states = set(states)
        if not self.day.asked:
            return claims.filter(gap__state__in=states)
        return claims.filter(pk__in=[pk for pk, gap in self.computed(claims).items() if gap.state in states])

    def settled(self, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        """The commitments that had been settled by the day, and that say how."""
        return claims.exclude(settled_as="").filter(settled_on__lte=self.day.date)

    def within(self, claims: QuerySet[Claim], low: float, high: float) -> QuerySet[Claim]:
        """The claims whose headline gap is in the range. A claim without a verdict is in none."""
        if not self.day.asked:
            return claims.filter(gap__headline__gte=low, gap__headline__lte=high)
        gaps = self.computed(claims).items()
        return claims.filter(
            pk__in=[pk for pk, g in gaps if g.headline is not None and low <= g.headline <= high]
        )

    def sorted(self, claims: QuerySet[Claim], order: str) -> Any:
        """The keys, sorted by one of ORDERS. Claims without a verdict are last, except in the order of movements.

        Too many claims of another day are sorted by the day of the words alone.
        """
        if not self.day.asked:
            first = [WITH_VERDICT_FIRST] if order in BY_WORDS else []
            return claims.order_by(*first, *ORDERS[order]).values_list("pk", flat=True)
        by_words = claims.order_by(*ORDERS[order if order in BY_WORDS else "latest"])
        try:
            gaps = self.computed(claims)
        except TooManyClaims:
            return by_words.values_list("pk", flat=True)
        if order in BY_WORDS:
            return sorted(by_words.values_list("pk", flat=True), key=lambda pk: gaps[pk].headline is None)
        keys = list(claims.order_by("statement", "position", "pk").values_list("pk", flat=True))
        return sorted(keys, key=lambda pk: _gap_rank(gaps[pk], order))

    def average(self, claims: QuerySet[Claim]) -> GapAverage | None:
        """The mean gap; None if there are too many claims to compute for another day."""
        if not self.day.asked:
            vague = Count("pk", filter=Q(gap__state=State.UNCHECKABLE))
            row = claims.aggregate(
                mean=Avg("gap__headline"), counted=Count("gap__headline"), all=Count("pk"), vague=vague
            )
            left_out = row["all"] - row["counted"] - row["vague"]
            return GapAverage(row["mean"], row["counted"], left_out, row["vague"])
        try:
            gaps = self.computed(claims)
        except TooManyClaims:
            return None
        return _average_headline(list(gaps.values()))

    def states(self, claims: QuerySet[Claim]) -> dict[str, int]:
        """The number of claims in each state; empty if there are too many to compute for another day."""
        if not self.day.asked:
            rows = claims.order_by().values("gap__state").annotate(n=Count("pk"))
            return {row["gap__state"]: row["n"] for row in rows if row["gap__state"]}
        try:
            return dict(Counter(gap.state for gap in self.computed(claims).values()))
        except TooManyClaims:
            return {}

    def listed(self, keys: Iterable[int]) -> list[ListedClaim]:
        """The rows of one page, in the order of the keys, in a fixed number of queries."""
        found = Claim.objects.select_related("statement__speaker", "gap").in_bulk(list(keys))
        claims = [found[key] for key in keys if key in found]
        of_claim = self.dossiers(claims)
        days = [self.day.date] * len(claims) + [day_said(claim, self.day.date) for claim in claims]
        cases = [(of_claim[claim.pk], day) for claim, day in zip([*claims, *claims], days, strict=True)]
        gaps = score_dossiers(cases)
        both = zip(claims, gaps, gaps[len(claims) :], strict=False)
        return [
            self._listed(claim, of_claim[claim.pk], gap, said if is_scored_when_said(claim) else None)
            for claim, gap, said in both
        ]

    def _listed(self, claim: Claim, dossier: Dossier, gap: Gap, said: Gap | None) -> ListedClaim:
        stored = self._computed.get(claim.pk) if self.day.asked else getattr(claim, "gap", None)
        counts = count_evidence(dossier, gap)
        if stored is None:
            return ListedClaim(claim, dossier, gap, said, counts)
        if is_outdated(stored, gap):
            gap, counts = gap_as_stored(stored, gap), counts_as_stored(stored, counts)
        return ListedClaim(
            claim, dossier, gap, said, counts, stored.moved_from, stored.moved_to, stored.moved_on
        )


def is_outdated(stored: ClaimGap, gap: Gap) -> bool:
    """Whether `rescore` has not run since the evidence has aged or the method has changed."""
    return (stored.state, stored.gap, stored.low, stored.high) != (gap.state, gap.gap, gap.low, gap.high)


def gap_as_stored(stored: ClaimGap, gap: Gap) -> Gap:
    """The gap with the stored figures: a row shows what the filters and the order of its list have read."""
    return replace(
        gap,
        gap=stored.gap,
        low=stored.low,
        high=stored.high,
        state=State(stored.state),
        tentative=stored.tentative,
        contradicting=stored.contradicting,
        supporting=stored.supporting,
    )


def counts_as_stored(stored: ClaimGap, counts: EvidenceCounts) -> EvidenceCounts:
    """The counts that belong to the stored figures. An older release stored none; then today's are the nearest."""
    against, for_, publishers = stored.events_against, stored.events_for, stored.publishers
    if against is None or for_ is None or publishers is None:
        return counts
    return EvidenceCounts(against, for_, publishers, of_one_publisher=0)


def _average_headline(gaps: Sequence[Gap | ClaimGap]) -> GapAverage:
    numbers = [gap.headline for gap in gaps if gap.headline is not None]
    mean = sum(numbers) / len(numbers) if numbers else None
    vague = sum(gap.state == State.UNCHECKABLE for gap in gaps)
    return GapAverage(mean, len(numbers), len(gaps) - len(numbers) - vague, vague)


def is_scored_when_said(claim: Claim) -> bool:
    """Whether there is a figure “when it was said”: only if the day of the words is known, or at least the month.

    Otherwise reports from months after the words would pass for what was known when they were said.
    """
    return claim.statement.said_on.is_within_a_month


def day_said(claim: Claim, as_of: date) -> date:
    """The day on which the gap “when it was said” is scored and from which a claim's line is drawn: the last day of
    the statement, or `as_of` if that is earlier.
    """
    return min(claim.statement.said_on.last, as_of)


def _nulls_last(field: str, *, descending: bool = True) -> OrderBy:
    """Sort by the field, with nulls last on every database."""
    return OrderBy(F(field), descending=descending, nulls_last=True)


WITH_VERDICT_FIRST = IsNull(F("gap__headline"), True).asc()
BY_WORDS = ("latest", "earliest")  # the orders by the day of the words
ORDERS: dict[str, list[OrderBy | str]] = {
    "widest": [_nulls_last("gap__headline"), "statement", "position", "pk"],
    "narrowest": [_nulls_last("gap__headline", descending=False), "statement", "position", "pk"],
    "doubt": [_nulls_last("gap__doubt"), "statement", "position", "pk"],
    "moved": [_nulls_last("gap__moved_on"), "statement", "position", "pk"],
    "latest": ["-statement__said_on", "statement", "position", "pk"],
    "earliest": ["statement__said_on", "statement", "position", "pk"],
}


def _gap_rank(gap: ClaimGap, order: str) -> tuple[bool, float]:
    number = {
        "widest": None if gap.headline is None else -gap.headline,
        "narrowest": gap.headline,
        "doubt": None if gap.doubt is None else -gap.doubt,
        "moved": gap.moved_on and -gap.moved_on.toordinal(),
    }[order]
    return number is None, number or 0.0
