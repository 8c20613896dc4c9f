"""What speakers answer to the findings on their claims, as readers see it."""

from datetime import date
from typing import Any

from claims.models import Claim, Reply
from claims.records.registry import RECORD_KINDS

SHOWN = 10  # answers on one page


def claim_replies(claim: Claim, day: date) -> list[Reply]:
    """The latest published answers that had been given by the day, the earliest of them first."""
    rows = RECORD_KINDS["reply"].visible_rows(day).filter(claim=claim)
    return list(rows.order_by("-answered_on", "-pk")[:SHOWN])[::-1]


def replies_as_json(claim: Claim, day: date) -> list[dict[str, Any]]:
    return [
        {
            "slug": reply.slug,
            "given_by": reply.given_by or claim.statement.speaker.name,
            "answered_on": str(reply.answered_on),
            "text": reply.text,
            "translations": reply.translations,
            "url": reply.url,
            "archived_url": reply.archived_url,
            "reference": reply.reference,
        }
        for reply in claim_replies(claim, day)
    ]
