"""A table that an editor looks at on the desk before it is imported. The one before it, never imported, goes."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.ingest.table_kinds import TableKind
from claims.models import TableImport

from .rescoring import acquire_write_lock


@transaction.atomic
def keep_table(
    content: bytes,
    kind: TableKind,
    *,
    by: User,
    now: datetime,
    name: str = "",
    by_hand: Mapping[str, str] | None = None,
) -> TableImport:
    """Store the table for its editor. Each editor has one at a time."""
    acquire_write_lock()
    TableImport.objects.filter(by=by, done_at=None).delete()
    return TableImport.objects.create(
        by=by, at=now, kind=kind.name, name=name[:200], content=content, mapping=dict(by_hand or {})
    )


def match_by_hand(kept: TableImport, by_hand: Mapping[str, str]) -> None:
    """Keep what the editor chose for the columns."""
    kept.mapping = dict(by_hand)
    kept.save(update_fields=["mapping"])
