"""Which published verdicts another version of the method would move, and from where to where; changes nothing."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.domain.dossier import Gap
from claims.domain.methods import METHODS, METHODS_BY_NAME, ScoringMethod
from claims.models import Claim
from claims.selectors.dossiers import build_dossiers
from claims.selectors.gap_store import claim_batches
from claims.selectors.localized_wording import verdict_in_words


class Command(BaseCommand):
    help = "Print the published verdicts that a change of the method moves, before it is released. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = ", ".join(METHODS_BY_NAME)
        parser.add_argument("--old", default=METHODS[-2].name, help=f"the method before: {names}")
        parser.add_argument("--new", default=METHODS[-1].name, help="the method after")

    def handle(self, *, old: str, new: str, **options: Any) -> None:
        before, after = find_method(old), find_method(new)
        count = moved = 0
        for claim, was, becomes in compare_gaps(before, after):
            count += 1
            before_text, after_text = verdict_with_number(was), verdict_with_number(becomes)
            if before_text != after_text:
                moved += 1
                self.stdout.write(f"{claim.slug}: {before_text} → {after_text}")
        self.stdout.write(f"{moved} of {count} published verdicts differ between {old} and {new}.")


def find_method(name: str) -> ScoringMethod:
    if name not in METHODS_BY_NAME:
        raise CommandError(
            f"There is no method “{name}”. Choose one of: {', '.join(METHODS_BY_NAME)}.", returncode=2
        )
    return METHODS_BY_NAME[name]


def compare_gaps(old: ScoringMethod, new: ScoringMethod) -> Iterator[tuple[Claim, Gap, Gap]]:
    """Each published claim with its gap as of today by both methods."""
    today = timezone.localdate()
    for batch in claim_batches(Claim.objects.published()):
        dossiers = build_dossiers(batch)
        cases = [(dossiers[claim.pk], today) for claim in batch]
        yield from zip(batch, old.score_cases(cases), new.score_cases(cases), strict=True)


def verdict_with_number(gap: Gap) -> str:
    verdict = verdict_in_words(gap.state, tentative=gap.tentative)
    return verdict if gap.headline is None else f"{verdict}, {gap.headline:.1f}"
