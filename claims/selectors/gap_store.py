"""The stored gaps, and what they should be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from claims.domain.dossier import Dossier, score_dossiers
from claims.domain.gap import METHOD_VERSION
from claims.domain.history import last_movements
from claims.models import Claim, ClaimGap
from claims.selectors.dossiers import build_dossiers

BATCH = 500


def claim_batches(claims: QuerySet[Claim]) -> Iterable[list[Claim]]:
    """The claims in batches that fit into memory.

    Each batch is a query of its own. On SQLite, one open cursor would make writes between the batches fail.
    """
    rows, last = claims.order_by("pk"), 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def compute_gaps(
    claims: Sequence[Claim], days: Sequence[date], dossiers: Mapping[int, Dossier] | None = None
) -> list[ClaimGap]:
    """The gap that should be stored for each claim as of its day. Writes nothing.

    `dossiers` are the claims' dossiers by key, if the caller has already read them.
    """
    of_claim = build_dossiers(claims) if dossiers is None else dossiers
    cases = [(of_claim[claim.pk], day) for claim, day in zip(claims, days, strict=True)]
    answers = zip(claims, score_dossiers(cases), last_movements(cases), strict=True)
    return [
        ClaimGap(
            claim=claim,
            as_of=gap.as_of,
            method=METHOD_VERSION,
            gap=gap.gap,
            low=gap.low,
            high=gap.high,
            state=str(gap.state),
            tentative=gap.tentative,
            contradicting=gap.contradicting,
            supporting=gap.supporting,
            publishers_against=gap.publishers_against,
            publishers_for=gap.publishers_for,
            publishers=gap.publishers,
            events_against=gap.events_against,
            events_for=gap.events_for,
            headline=gap.headline,
            doubt=gap.high - gap.low if gap.headline is not None else None,  # type: ignore[operator]
            moved_on=moved.on if moved else None,
            moved_from=moved.before if moved else None,
            moved_to=moved.after if moved else None,
        )
        for claim, gap, moved in answers
    ]


def score_columns(gap: ClaimGap) -> dict[str, Any]:
    """All stored columns except the key, by name."""
    return {
        field.attname: getattr(gap, field.attname)
        for field in ClaimGap._meta.concrete_fields
        if not field.primary_key
    }


def stale_gaps(claims: QuerySet[Claim]) -> Iterable[tuple[Claim, str]]:
    """The claims whose stored gap is not what their published evidence gives as of its day, with the difference."""
    for batch in claim_batches(claims):
        stored = ClaimGap.objects.in_bulk([claim.pk for claim in batch])
        scored = [claim for claim in batch if claim.pk in stored]
        right = compute_gaps(scored, [stored[claim.pk].as_of for claim in scored])
        yield from ((claim, "never scored") for claim in batch if claim.pk not in stored)
        for claim, ought in zip(scored, right, strict=True):
            wrong = sorted(score_columns(ought).items() - score_columns(stored[claim.pk]).items(), key=str)
            if wrong:
                yield claim, ", ".join(f"{name} should be {value}" for name, value in wrong)
