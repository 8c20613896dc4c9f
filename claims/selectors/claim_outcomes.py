"""What came of a claim, as data: what happened, how it was settled, or why it cannot be checked."""

from datetime import date
from typing import Any

from claims.models import Claim


def outcome_as_json(claim: Claim, day: date) -> dict[str, Any]:
    """What happened, why it cannot be checked, and how it was settled by the day; in the language of the page."""
    settlement = claim.settlement_on(day)
    return {
        "answer": claim.shown("answer").text,
        "uncheckable": claim.shown("uncheckable_reason").text,
        "settlement": settlement
        and {
            "as": settlement.value,
            "on": claim.settled_on.isoformat() if claim.settled_on else None,
            "reason": claim.shown("settlement").text,
        },
    }
