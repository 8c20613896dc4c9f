"""Enters the records of a table as drafts of the editor who imports it: in one transaction, one step, one scoring."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import ngettext

from claims.actions.desk_memory import record_desk_step
from claims.actions.import_updates import rewrite_known_rows
from claims.actions.imported_records import store_new_rows
from claims.actions.permissions import check_permission
from claims.domain.vocabulary import Step
from claims.ingest.spreadsheets import UnreadableTable
from claims.ingest.table_files import Table, read_table
from claims.ingest.table_kinds import ColumnMatch, TableKind, match_columns
from claims.ingest.table_rows import Fate, PlannedRow, TablePlan
from claims.models import ImportedRow, TableImport

from .rescoring import acquire_write_lock, rescore_claim_keys

STORED = (Fate.NEW, Fate.CHANGED)


@dataclass
class ImportReport:
    """What became of the rows of a table, or would."""

    kind: TableKind
    match: ColumnMatch
    headings: tuple[str, ...]
    rows: list[PlannedRow] = field(default_factory=list)
    table_import: TableImport | None = None  # if something was stored

    @property
    def counts(self) -> Counter[Fate]:
        return Counter(row.fate for row in self.rows)

    @property
    def is_faulty(self) -> bool:
        return bool(self.match.faults or self.counts[Fate.REFUSED])

    def heading_of(self, column: str) -> str:
        """What the table calls a column of ours."""
        at = self.match.position_of(column)
        return self.kind.label_of(column) if at is None else self.headings[at]

    def faults_of(self, row: PlannedRow) -> Iterator[tuple[str, str]]:
        """The name of the column in the table, or nothing, and what is wrong."""
        for column, words in row.faults.items():
            yield self.heading_of(column) if column else "", words


@transaction.atomic
def import_table(
    table: Table,
    kind: TableKind,
    *,
    by: User,
    now: datetime,
    name: str = "",
    by_hand: Mapping[str, str] | None = None,
    only_good: bool = False,
    dry_run: bool = False,
    kept: TableImport | None = None,
) -> ImportReport:
    """Enter the rows. With any fault nothing is stored, unless `only_good` leaves the faulty rows out.

    `by_hand` names our column, or nothing, for headings of the table. `kept` is the table as the desk holds it. Raises
    PermissionDenied if the editor may not enter such records.
    """
    acquire_write_lock()
    model_name = kind.model._meta.model_name
    check_permission(by, f"add_{model_name}")
    report = ImportReport(kind, match_columns(kind, table.headings, by_hand or {}), table.headings)
    if report.match.faults:
        return report
    plan = TablePlan(table, kind, report.match)
    report.rows = plan.rows
    with transaction.atomic():
        moved = rewrite_known_rows(plan, by=by, now=now) | store_new_rows(plan, by=by, now=now)
        if dry_run or (report.is_faulty and not only_good):
            transaction.set_rollback(True)
            return report
        if any(row.fate in STORED or _is_newly_named(row) for row in plan.rows):
            report.table_import = _record_import(report, by, now, name, kept)
        rescore_claim_keys(moved, now)
    return report


def _is_newly_named(row: PlannedRow) -> bool:
    """Whether it says what a record of the site says, and has an id by which it is known from now on."""
    return row.fate is Fate.UNCHANGED and row.known is None and bool(row.external_id)


def _record_import(
    report: ImportReport, by: User, now: datetime, name: str, kept: TableImport | None
) -> TableImport:
    done = kept or TableImport(by=by, at=now, kind=report.kind.name)
    done.name, done.done_at = (name or done.name)[:200], now
    done.content, done.mapping = b"", {}  # the table's own words are needed no more
    done.counts = {fate.value: n for fate, n in report.counts.items()}
    done.save()
    before = _remember_rows(report.rows, done)
    stored = sum(report.counts[fate] for fate in STORED)
    if stored:
        words = ngettext("%(name)s: %(n)d record", "%(name)s: %(n)d records", stored)
        step = words % {"name": done.name or report.kind.label, "n": stored}
        record_desk_step(Step.IMPORT, done, by=by, now=now, label=step, before=before)
    return done


def _remember_rows(rows: Iterable[PlannedRow], done: TableImport) -> dict[str, Any]:
    """Keep which record each id became. Returns what was kept of the rows that change, for undo."""
    kind = ""
    new, changed, before = [], [], {}
    for row in rows:
        if not row.external_id or row.fate not in (*STORED, Fate.UNCHANGED):
            continue
        kind = kind or row.record._meta.model_name
        if row.known is None:
            ends = {"kind": kind, "external_id": row.external_id, "record_id": row.record.pk}
            new.append(ImportedRow(table_import=done, given=row.given, stored=row.stored, **ends))
        elif row.fate is Fate.CHANGED:
            before[str(row.known.pk)] = {"given": row.known.given, "stored": row.known.stored}
            row.known.given, row.known.stored = row.known.given | row.given, row.known.stored | row.stored
            changed.append(row.known)
    ImportedRow.objects.bulk_create(new, batch_size=500)
    ImportedRow.objects.bulk_update(changed, ["given", "stored"], batch_size=500)
    return before


def drop_waiting_tables(is_changed: Callable[[str], bool]) -> None:
    """Drop the tables that wait for their import and hold a text that has to go. Their editors give them anew."""
    for waiting in TableImport.objects.filter(done_at=None).iterator(1):
        try:
            table = read_table(bytes(waiting.content))
        except UnreadableTable:
            waiting.delete()
            continue
        if any(
            is_changed(cell) for row in (table.headings, *(row.cells for row in table.rows)) for cell in row
        ):
            waiting.delete()
