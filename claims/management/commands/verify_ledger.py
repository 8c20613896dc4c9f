"""Verifies that the ledger was not rewritten, and that every public record agrees with its last entry."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions import record_outside_changes
from claims.ledger.entries import format_head
from claims.ledger.signatures import count_guessable_names
from claims.ledger.verification import ledger_faults, ledger_head
from claims.models.kept_rows import kept_row_faults

KEPT_ROWS = (
    "The ledger holds, but rows by which lists are made are not what the records give. Run: manage.py migrate"
)
HEAD = re.compile(r"([1-9][0-9]{0,8}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = "Recompute the change ledger's chain and hold every public record against it. Exit 1 if anything fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMBER:HASH",
            help="a head that was kept elsewhere; it has to stand in the chain",
        )
        parser.add_argument(
            "--adopt",
            metavar="REASON",
            help="first enter what was written past the desk; readers see the reason",
        )

    def handle(self, *, head: str | None = None, adopt: str | None = None, **options: Any) -> None:
        known = parse_head(head) if head is not None else None
        if adopt is not None:
            self.adopt(adopt.strip())
        found = 0
        for fault in ledger_faults(kept=known, progress=self.show_progress, today=timezone.localdate()):
            found += 1
            self.stdout.write(str(fault))
        self.show("\r")
        kept = list(kept_row_faults())
        for words in kept:
            self.stdout.write(words)
        if found:
            raise CommandError(
                f"The ledger does not hold in {number_in_words(found, 'place')}.", returncode=1
            )
        if kept:
            raise CommandError(KEPT_ROWS, returncode=1)
        self.report(known)

    def adopt(self, reason: str) -> None:
        if not reason:
            raise CommandError("--adopt: give the reason. It is public and stays.", returncode=2)
        entered = record_outside_changes(now=timezone.now(), reason=reason, with_gone=True)
        self.stdout.write(f"Entered {number_in_words(entered, 'change')} that had been made past the desk.")

    def report(self, known: tuple[int, str] | None) -> None:
        last = ledger_head()
        if last is None:
            self.stdout.write("The ledger is empty, and nothing is public.")
            return
        if known:
            self.stdout.write(f"The head that you kept, {known[0]}, stands in the chain.")
        self.stdout.write(
            f"{number_in_words(last.number, 'entry')}, and every public record holds. Keep this head elsewhere:"
        )
        self.stdout.write(str(format_head(last)))
        if guessable := count_guessable_names():
            self.stderr.write(
                f"Warning: {number_in_words(guessable, 'account')} can be guessed from how the ledger signs them. Run: "
                "manage.py rename_signatures"
            )

    def show_progress(self, done: int) -> None:
        self.show(f"\rentry {done}")

    def show(self, text: str) -> None:
        """Print progress, if the output is a terminal. Pipes and the logs of nightly jobs get none."""
        if self.stderr.isatty():
            self.stderr.write(text, style_func=str, ending="")
            self.stderr.flush()


def parse_head(text: str) -> tuple[int, str]:
    match = HEAD.fullmatch(text.strip())
    if not match:
        raise CommandError(
            "--head: write the number of an entry, a colon and its 64 characters of hash, as this command prints them.",
            returncode=2,
        )
    return int(match[1]), match[2]


def number_in_words(number: int, what: str) -> str:
    return (
        f"{number} {what}"
        if number == 1
        else f"{number} {what.removesuffix('y')}ies"
        if what.endswith("y")
        else f"{number} {what}s"
    )
