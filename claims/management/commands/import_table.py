"""Imports a table of records as drafts of one editor, or shows what would become of its rows."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.actions import ImportReport, import_table
from claims.ingest.spreadsheets import UnreadableTable
from claims.ingest.table_files import read_table
from claims.ingest.table_kinds import TABLE_KINDS, TableKind, template_headings
from claims.ingest.table_limits import MOST_BYTES
from claims.ingest.table_rows import Fate

MOST_SHOWN = 200  # rows with faults


class Command(BaseCommand):
    help = (
        "Import a table (CSV, TSV, XLSX, ODS or JSON) as drafts of one editor. Publishes and grades nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=TABLE_KINDS, help="what each row is")
        parser.add_argument("file", nargs="?", help="the table, or - for standard input")
        parser.add_argument(
            "--as", dest="username", metavar="NAME", help="the editor whose drafts they become"
        )
        parser.add_argument("--dry-run", action="store_true", help="show each row's fate and store nothing")
        parser.add_argument(
            "--only-good", action="store_true", help="leave faulty rows out and import the others"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="THEIRS=OURS", dest="by_hand",
            help="fill our column from that column of the table; “THEIRS=” leaves it out",
        )  # fmt: skip
        parser.add_argument(
            "--template", action="store_true", help="print the first row of an empty table (CSV)"
        )

    def handle(self, *, kind: str, file: str | None, **options: Any) -> None:
        table_kind = TABLE_KINDS[kind]
        if options["template"]:
            csv.writer(self.stdout, lineterminator="\n").writerow(template_headings(table_kind))
            return
        if not file:
            raise CommandError("Name the file of the table, or - for standard input.")
        report = self._import(table_kind, file, options)
        for line in _report_lines(report):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Nothing was stored: this was a dry run.")
        elif report.is_faulty and (report.match.faults or not options["only_good"]):
            raise CommandError(
                "Nothing was imported. Mend the faults, or import only the good rows: --only-good."
            )

    def _import(self, kind: TableKind, file: str, options: dict[str, Any]) -> ImportReport:
        by = _editor(options["username"])
        name = "" if file == "-" else Path(file).name
        try:
            return import_table(
                read_table(_content(file)), kind, by=by, now=timezone.now(), name=name,
                by_hand=_mapping(options["by_hand"]), only_good=options["only_good"], dry_run=options["dry_run"],
            )  # fmt: skip
        except UnreadableTable as error:
            raise CommandError(str(error)) from None
        except PermissionDenied:
            raise CommandError(
                f"{by.username} may not enter {kind.name}: ask who manages the accounts."
            ) from None


def _editor(username: str | None) -> User:
    if not username:
        raise CommandError("Say whose drafts they become: --as NAME.")
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no account “{username}”, or it is closed.")
    return found


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _mapping(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        theirs, sign, ours = pair.rpartition("=")
        if not sign or not theirs:
            raise CommandError(f"--map “{pair}”: write “their column=our column”.")
        found[theirs.strip()] = ours.strip()
    return found


def _report_lines(report: ImportReport) -> Iterator[str]:
    yield from report.match.faults
    refused = [row for row in report.rows if row.fate is Fate.REFUSED]
    for row in refused[:MOST_SHOWN]:
        for column, words in report.faults_of(row):
            yield f"Row {row.number}, {column}: {words}" if column else f"Row {row.number}: {words}"
    if len(refused) > MOST_SHOWN:
        yield f"… and {len(refused) - MOST_SHOWN} more rows with faults."
    for row in report.rows:
        if row.fate is not Fate.REFUSED and row.fate is not Fate.UNCHANGED:
            yield from (f"Row {row.number}, “{row.label}”: {note}" for note in row.notes)
    if report.rows:
        counts = report.counts
        yield (
            f"{len(report.rows)} row(s): {counts[Fate.NEW]} new, {counts[Fate.CHANGED]} changed, "
            f"{counts[Fate.UNCHANGED]} unchanged, {counts[Fate.LEFT]} left out, {counts[Fate.REFUSED]} with faults."
        )
