"""Withdrawn records: since when and why. Pages, feeds and data answer 410 with this."""

from typing import Any

from claims.domain.vocabulary import Status
from claims.models import Claim, Evidence, Statement

Withdrawable = Claim | Evidence | Statement


def withdrawn_record(model: type[Withdrawable], slug: str) -> Withdrawable | None:
    """The withdrawn record that readers once saw; for a claim, perhaps its statement. None if there is none."""
    record = model._base_manager.filter(slug=slug).first()
    if isinstance(record, Claim) and record.status == Status.PUBLISHED:
        record = record.statement
    if record is None or record.status == Status.PUBLISHED or record.withdrawn_at is None:
        return None
    return record


def withdrawal_as_data(record: Withdrawable) -> dict[str, Any]:
    """A dictionary with `withdrawn` (ISO 8601 time, or empty) and `reason`."""
    since = record.withdrawn_at.isoformat() if record.withdrawn_at else ""
    return {"withdrawn": since, "reason": record.withdrawal_reason}
