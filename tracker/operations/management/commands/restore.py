"""Puts a backup into an empty database and verifies it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from claims.management.commands.verify_ledger import parse_head
from tracker.operations.backups import BackupFault, restore_backup


class Command(BaseCommand):
    help = "Put a backup into the configured database, which must be empty, and verify its ledger. Stop the site first."
    requires_system_checks = []  # they would open the database, which is not there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that manage.py backup made")
        parser.add_argument(
            "--head", help="the ledger's head on the day of the backup, as manage.py backup printed it"
        )

    def handle(self, *, file: Path, head: str | None = None, **options: Any) -> None:
        if head is not None:
            parse_head(head)  # a mistyped one is refused before anything is restored
        try:
            restore_backup(file)
        except BackupFault as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write("== Apply migrations")
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("== Verify the ledger")
        verified = {} if head is None else {"head": head}
        call_command("verify_ledger", stdout=self.stdout, stderr=self.stderr, **verified)
        self.stdout.write(f"{file} is restored. Run manage.py rescore, and start the site.")
