"""An editor's own stances, many in one save."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import EvidenceLink, Rating

from .editing import rescore_after
from .rescoring import take_turn


@transaction.atomic
def grade(stances: Mapping[EvidenceLink, int | None], *, by: User, now: datetime) -> None:
    """Store, replace or (None) take back the editor's own stance on each link."""
    take_turn()
    Rating.objects.filter(
        link__in=[link for link, stance in stances.items() if stance is None], rater=by
    ).delete()
    Rating.objects.bulk_create(
        [
            Rating(link=link, rater=by, stance=stance, rated_at=now)
            for link, stance in stances.items()
            if stance is not None
        ],
        update_conflicts=True,
        unique_fields=["link", "rater"],
        update_fields=["stance", "rated_at"],
    )
    rescore_after({link.claim for link in stances}, now=now)
