"""The records that a reader may report, and the report that a key opens."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from claims.models import ErrorReport, OldAddress
from claims.models.error_report import REPORTED_KINDS
from claims.records.page_visibility import visible_rows


def reportable_record(kind: str, slug: str) -> Any | None:
    """The record that readers see at the address today; for a merged source, the one that was kept."""
    if kind not in REPORTED_KINDS:
        return None
    rows = visible_rows(kind, timezone.localdate())
    found = rows.filter(slug=slug).first()
    if found is None and (old := OldAddress.objects.filter(kind=kind, slug=slug).first()):
        found = rows.filter(slug=old.leads_to).first()
    return found


def error_report_of(key: UUID) -> ErrorReport | None:
    reports = ErrorReport.objects.select_related(
        *REPORTED_KINDS,
        "claim__statement",
        "correction__claim__statement",
        "correction__statement",
        "correction__evidence",
    )
    return reports.filter(key=key).first()


def is_open_to_readers(record: Any) -> bool:
    """Whether readers see the record today."""
    kind = str(record._meta.model_name)
    return visible_rows(kind, timezone.localdate()).filter(pk=record.pk).exists()
