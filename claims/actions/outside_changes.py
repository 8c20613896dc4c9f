"""Enters changes into the ledger that an operator made outside the desk: a loaded fixture, a restored table."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.actions.outside_gradings import follow_outside_ratings
from claims.actions.rescoring import acquire_write_lock
from claims.domain.report_address import is_web_address
from claims.domain.vocabulary import Act, Status
from claims.ledger.public_forms import PublicForm
from claims.ledger.verification import is_withdrawn_form, missing_records
from claims.ledger.writer import ChangeReason, append_entries_of, append_forms, changed_forms, last_entries
from claims.models import Entry
from claims.records.registry import RECORD_KINDS

BATCH = 500
MOVED_ADDRESS = "Its address was none of the web. An upgrade keeps it as where else the report can be read."


@transaction.atomic
def record_outside_changes(
    *, now: datetime, reason: str, by: User | None = None, with_gone: bool = False
) -> int:
    """Append an entry for each public record that differs from its last entry. Returns the number of entries.

    Readers see each entry, marked as imported, with the reason. With `with_gone`, deleted rows are entered too;
    finding them takes as long as verification.
    """
    acquire_write_lock()
    follow_outside_ratings(now=now)
    why = ChangeReason(act=Act.IMPORT, now=now, by=by, reason=reason)
    entered = 0
    for kind, record_kind in RECORD_KINDS.items():
        keys = record_kind.ledger_keys()
        if record_kind.is_reference:
            told = Entry.objects.filter(kind=kind).values("subject")
            keys |= set(record_kind.model._base_manager.filter(slug__in=told).values_list("pk", flat=True))
        for batch in key_batches(sorted(keys)):
            entered += len(append_entries_of(kind, batch, why))
        if record_kind.is_publishable:
            entered += len(append_forms([(Act.IMPORT, each) for each in _forms_of_hidden_records(kind)], why))
    if with_gone:
        entered += len(
            append_forms(
                [(Act.IMPORT, PublicForm(kind, subject, None)) for kind, subject in missing_records()], why
            )
        )
    return entered


@transaction.atomic
def record_moved_addresses(*, now: datetime) -> int:
    """Append an entry for each report whose address the upgrade moved into its reference, and for nothing else.

    Returns the number of entries. A report that was changed in any other way stays for verification to name.
    """
    acquire_write_lock()
    kind = RECORD_KINDS["evidence"]
    moved = kind.ledger_rows().filter(url="").exclude(reference="").values_list("pk", flat=True)
    found = []
    for batch in key_batches(sorted(moved)):
        changed = changed_forms(kind.name, batch).values()
        told = last_entries(kind.name, {each.subject for each in changed})
        for each in changed:
            record = told[each.subject].told["record"] if each.subject in told else None
            address = record.get("url", "") if record else ""
            if record and address and not is_web_address(address):
                expected = record | {"url": "", "reference": address}
                if kind.is_same_form(expected, each.form):
                    found.append((Act.IMPORT, each))
    return len(append_forms(found, ChangeReason(act=Act.IMPORT, now=now, reason=MOVED_ADDRESS)))


def key_batches(keys: list[int]) -> Iterator[list[int]]:
    """The keys in batches of the size that a query of the database allows."""
    yield from (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


def _forms_of_hidden_records(kind: str) -> list[PublicForm]:
    """Forms for records that the ledger has as published but that are drafts now."""
    rows = RECORD_KINDS[kind].model._base_manager.exclude(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
    slugs = list(
        rows.filter(slug__in=Entry.objects.filter(kind=kind).values("subject")).values_list("slug", flat=True)
    )
    last = last_entries(kind, slugs)
    return [
        PublicForm(kind, slug, None)
        for slug, entry in last.items()
        if (record := entry.told["record"]) is not None and not is_withdrawn_form(record)
    ]
