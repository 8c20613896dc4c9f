"""Fills a site with a made-up archive of any size, to measure how pages and commands grow."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from claims.actions import record_outside_changes, rescore_claims
from claims.management.scale_archive import ScaleArchive
from claims.models import Claim, Evidence, Place, Source, Speaker, Statement, Topic
from claims.models.kept_rows import build_kept_rows, drop_kept_rows
from claims.search.index import build_search_index, drop_search_index

MOST = 10_000_000
HAS_RECORDS = (
    "This site has records already. Made-up claims would be published beside them, and entered into the ledger for "
    "good. Use another database, or add --beside-existing."
)
SAME_SEED = "This site holds the archive of seed {seed} already. Choose another --seed."


class Command(BaseCommand):
    help = (
        "Publish a made-up archive of a given size, for measuring. The records are the same for the same seed; the "
        "times and nonces of the ledger are not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--claims", type=int, required=True, metavar="N", help="how many claims")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which archive; 1 without it")
        parser.add_argument("--beside-existing", action="store_true", help="also on a site that has records")

    def handle(self, *, claims: int, seed: int, beside_existing: bool, **options: Any) -> None:
        if not 1 <= claims <= MOST:
            raise CommandError(f"--claims: give a number from 1 to {MOST}.", returncode=2)
        if seed < 0:
            raise CommandError("--seed: give a whole number, 0 or larger.", returncode=2)
        if not beside_existing and any(
            model._base_manager.exists()
            for model in (Claim, Statement, Evidence, Speaker, Source, Topic, Place)
        ):
            raise CommandError(HAS_RECORDS, returncode=2)
        if Claim.objects.filter(slug__startswith=f"scale-{seed}-").exists():
            raise CommandError(SAME_SEED.format(seed=seed), returncode=2)
        self.store_records(claims, seed)
        self.score_and_enter(seed)

    def store_records(self, claims: int, seed: int) -> None:
        """Store the rows without the triggers that keep the search index and the lists, which are filled afterwards."""
        drop_search_index()
        drop_kept_rows()
        try:
            for done in ScaleArchive(claims, seed).store():
                self.show(f"\rstoring {done} of {claims}")
        finally:
            self.show("\nfilling the search index\n")
            build_search_index()
            build_kept_rows()

    def score_and_enter(self, seed: int) -> None:
        now = timezone.now()
        claims = Claim.objects.filter(slug__startswith=f"scale-{seed}-")
        outcome = rescore_claims(
            claims,
            as_of=timezone.localdate(now),
            now=now,
            progress=lambda done: self.show(f"\rscoring {done}"),
        )
        self.show("\nentering the records into the ledger\n")
        entered = record_outside_changes(now=now, reason=f"Made up by seed_scale with seed {seed}.")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # so that the planner knows how large the tables have become
        self.stdout.write(f"Stored {outcome.claims} claims and {entered} entries in the ledger.")

    def show(self, text: str) -> None:
        """Print progress, if the output is a terminal."""
        if self.stderr.isatty():
            self.stderr.write(text, style_func=str, ending="")
            self.stderr.flush()
