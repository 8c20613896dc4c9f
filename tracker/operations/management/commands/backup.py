"""Copies the database into one file, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.copies.copy_store import copies_folder
from claims.ledger.entries import format_head
from claims.ledger.verification import ledger_head
from claims.models import PageCopy
from tracker.operations.backups import BackupFault, make_backup


class Command(BaseCommand):
    help = (
        "Copy the whole database into a new file, while the site runs. Settings are not in it: keep .env too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to make, such as backup-2026-11-28.sqlite3")

    def handle(self, *, file: Path, **options: Any) -> None:
        head = ledger_head()
        try:
            make_backup(file)
        except BackupFault as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes. Only its owner may read it.")
        if PageCopy.objects.exists():
            self.stdout.write(f"Copies of pages are not in it: copy the folder {copies_folder()} too.")
        if head:
            self.stdout.write(
                f"Keep this head of the ledger elsewhere, to verify the backup by: {format_head(head)}"
            )
