"""Finds the published verdicts that a load of a file turns without a correction notice."""

from datetime import datetime

from claims.actions.correction_notices import GapChange, gap_changes, published_verdicts
from claims.models import Claim, Correction


class LoadedVerdicts:
    """What readers see before a load. Made before it, and asked after it."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._claims = list(Claim.objects.published().values_list("pk", flat=True))
        self._before = published_verdicts(self._claims, now)
        self._notices = set(Correction.objects.values_list("pk", flat=True)) if self._claims else set()

    def turned_without_notice(self) -> list[GapChange]:
        """The verdicts that the load has turned, without those on whose claim it brought a notice."""
        moved = gap_changes(self._before, published_verdicts(self._claims, self._now))
        told = set(Correction.objects.exclude(pk__in=self._notices).values_list("claim", flat=True))
        return [move for move in moved if move.turns_verdict and move.claim.pk not in told]
