"""Comparison of speakers, topics or periods: the claims, verdicts and averages of each, with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import State
from claims.drawing.state_stacks import STATE_ORDER
from claims.models import Claim, Speaker, Topic
from claims.records.page_visibility import visible_rows
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps, GapAverage, ListedClaim

OFFERED: Final = 50  # speakers or topics that the form offers: those with the most claims
WIDEST: Final = 3


@dataclass(frozen=True)
class ComparedColumn:
    subject: Speaker | Topic | PartialDate
    chosen: list[tuple[str, str]]  # query parameters of the list of the same claims
    claims: int
    now: GapAverage | None  # None: too many claims to score for a past day
    said: GapAverage | None
    states: dict[State, int]  # in the order of the bar; empty if there are too many claims
    widest: list[ListedClaim]
    first_words: date | None


def compared_subjects(kind: str, slugs: Sequence[str], day: AsOfDay) -> list[Any]:
    """The speakers or topics that readers can open on the day, in the order of the slugs. Others are left out."""
    found = {record.slug: record for record in visible_rows(kind, day.date).filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]


def offered_subjects(kind: str, day: AsOfDay, chosen: Sequence[Any]) -> list[Any]:
    """The subjects with the most claims, and all chosen ones, sorted by name."""
    path = {"speaker": "statement__speaker", "topic": "topics"}[kind]
    claims = Claim.objects.visible_on(day.date).filter(**{path: OuterRef("pk")}).order_by()
    counted = Subquery(claims.values(path).annotate(n=Count("pk")).values("n"))
    rows = visible_rows(kind, day.date).annotate(n=Coalesce(counted, 0))
    most = list(rows.order_by("-n", "name", "pk")[:OFFERED])
    return sorted({*most, *chosen}, key=lambda record: (record.name, record.pk))


def compare_subjects(subjects: Sequence[Any], day: AsOfDay) -> list[ComparedColumn]:
    return [_compared_column(subject, day, len(subjects)) for subject in subjects]


def _compared_column(subject: Any, day: AsOfDay, beside: int) -> ComparedColumn:
    claims, chosen = _claims_of_subject(subject)
    gaps = ClaimGaps(claims, day, share=beside)
    now = gaps.average(gaps.claims)
    counts = gaps.states(gaps.claims)
    keys = gaps.sorted(gaps.claims, "widest")[:WIDEST] if now else []
    return ComparedColumn(
        subject=subject,
        chosen=chosen,
        claims=now.claims if now else gaps.claims.count(),
        now=now,
        said=gaps.average_when_said(gaps.claims),
        states={state: counts[state] for state in STATE_ORDER if state in counts},
        widest=[row for row in gaps.listed(keys) if row.gap.headline is not None],
        first_words=gaps.first_words(),
    )


def _claims_of_subject(
    subject: Speaker | Topic | PartialDate,
) -> tuple[QuerySet[Claim], list[tuple[str, str]]]:
    """The claims of a subject, and the query parameters that select them in the list of claims."""
    claims = Claim.objects.published()
    match subject:
        case Speaker():
            return claims.filter(statement__speaker=subject), [("speaker", subject.slug)]
        case Topic():
            within = Claim.objects.filter(topics__in=Topic.objects.within(subject))
            return claims.filter(pk__in=within.values("pk")), [("topic", subject.slug)]
        case PartialDate():
            first, last = subject.first.isoformat(), subject.last.isoformat()
            within_days = {"statement__said_on__last__gte": first, "statement__said_on__first__lte": last}
            return claims.filter(**within_days), [("said_from", first), ("said_to", last)]
        case _:
            assert_never(subject)
