"""What a change would do to the gaps that readers see; nothing of it is kept."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from claims.actions.correction_notices import GapChange, gap_changes, published_verdicts
from claims.models import Evidence

from .rescoring import acquire_write_lock, affected_claims


def preview_publication(reports: Iterable[Evidence], *, now: datetime) -> list[GapChange]:
    """What the publication of the reports, all together, would do to each gap that readers see."""
    reports = list(reports)
    claims = {key for report in reports for key in affected_claims(report).values_list("pk", flat=True)}
    before = published_verdicts(claims, now)
    return gap_changes(before, published_verdicts(before.keys(), now, [report.pk for report in reports]))


def run_and_roll_back(attempt: Callable[[], None]) -> None:
    """Call the function in a transaction that is undone."""
    with transaction.atomic():
        acquire_write_lock()
        attempt()
        transaction.set_rollback(True)
