"""Scores every claim as of today, or checks the stored gaps. Gaps change daily because evidence ages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.actions import RescoringSummary, hold_accounts, record_moved_addresses, rescore_claims
from claims.actions.agreement_counts import stale_agreement_days
from claims.domain.vocabulary import State
from claims.models import Claim
from claims.models.kept_rows import kept_row_faults
from claims.selectors.gap_store import stale_gaps

KEPT_ROWS = "The rows by which lists are made are not what the records give. Mend with: manage.py migrate"
INTERRUPTED = 130  # the exit status of a command stopped by Ctrl-C


class Command(BaseCommand):
    help = "Score every claim as of today and say which states changed. Safe to stop and to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit 1 and name the claims whose stored gap is not what their evidence gives",
        )

    def handle(self, *, check: bool = False, **options: Any) -> None:
        if check:
            self.check_stored()
        else:
            self.report(self.rescore_all())
            self.enter_moved_addresses()
            self.hold_accounts()

    def hold_accounts(self) -> None:
        if held := hold_accounts(now=timezone.now()):
            self.stdout.write(
                f"The ledger holds from now on who entered, graded and approved {held} record(s)."
            )

    def enter_moved_addresses(self) -> None:
        if moved := record_moved_addresses(now=timezone.now()):
            self.stdout.write(f"Entered into the ledger what the upgrade changed: {moved} address(es).")

    def check_stored(self) -> None:
        wrong = 0
        for claim, why in stale_gaps(Claim.objects.all()):
            wrong += 1
            self.stdout.write(f"{claim.slug}: {why}")
        total = Claim.objects.count()
        days = stale_agreement_days()
        for day in days:
            self.stdout.write(f"{day}: the counts of agreement are not what the gradings give")
        kept = list(kept_row_faults())
        for fault in kept:
            self.stdout.write(fault)
        if kept and not (days or wrong):
            raise CommandError(KEPT_ROWS, returncode=1)
        if days and not wrong:
            raise CommandError("Agreement out of step. Mend with: manage.py rescore", returncode=1)
        if wrong:
            raise CommandError(
                f"{wrong} of {claims_in_words(total)} out of step with the evidence. Mend with: manage.py rescore",
                returncode=1,
            )
        self.stdout.write(f"All {claims_in_words(total)} in step with the evidence.")

    def rescore_all(self) -> RescoringSummary:
        now, total, done = timezone.now(), Claim.objects.count(), 0

        def progress(scored: int) -> None:
            nonlocal done
            done = scored
            self.show(f"\rscoring {scored} of {total}")

        try:
            outcome = rescore_claims(
                Claim.objects.all(), as_of=timezone.localdate(now), now=now, progress=progress
            )
        except KeyboardInterrupt:
            self.show("\n")
            raise CommandError(
                f"Stopped. {done} of {claims_in_words(total)} scored as of today, and the rest stand as they were. "
                "Run it again to score them all.",
                returncode=INTERRUPTED,
            ) from None
        self.show("\n" if total else "")
        return outcome

    def show(self, text: str) -> None:
        """Print progress, if the output is a terminal. Pipes and the logs of nightly jobs get none."""
        if self.stderr.isatty():
            self.stderr.write(text, style_func=str, ending="")
            self.stderr.flush()

    def report(self, outcome: RescoringSummary) -> None:
        self.stdout.write(
            f"{claims_in_words(outcome.claims)} scored as of {timezone.localdate()}. "
            f"States that changed: {len(outcome.changed)}."
        )
        for claim, before, after in outcome.changed:
            self.stdout.write(f"  {claim.slug}: {state_label(before)} → {state_label(after)}")


def claims_in_words(claims: int) -> str:
    return f"{claims} claim" if claims == 1 else f"{claims} claims"


def state_label(state: str) -> str:
    return State(state).label if state else "never scored"
