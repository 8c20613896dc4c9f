"""Gives editors new random names in the ledger."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.actions import rename_signatures


class Command(BaseCommand):
    help = (
        "Give each account that signs by a random name a new one. Entries made so far keep theirs; a new entry of "
        "the ledger says that the names have changed."
    )

    def handle(self, **options: Any) -> None:
        n = rename_signatures(now=timezone.now())
        if not n:
            self.stdout.write("No account has signed by a random name yet, so there is nothing to change.")
            return
        self.stdout.write(
            f"{n} account{'s sign by new names' if n > 1 else ' signs by a new name'} from now on. Entries made so "
            "far keep theirs; the last entry of the ledger says so."
        )
