"""Saving and deleting from the desk: stamped, and scored in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Status
from claims.models import Claim, EvidenceLink, Rating
from claims.models.base import Authored, Publishable

from .refusal import Refused
from .rescoring import affected_by, rescore


@transaction.atomic
def save(record: models.Model, *, by: User, now: datetime) -> None:
    """Store a record with who entered it and when it changed; then score what it moves."""
    if isinstance(record, Authored):
        if record._state.adding:
            record.created_by, record.created_at = by, now
        record.changed_at = now
    if isinstance(record, Claim) and record.settled_on and not record.settled_by_id:
        record.settled_by = by
    record.save()
    rescore_after([record], now=now)


@transaction.atomic
def delete(record: models.Model, *, now: datetime) -> None:
    """Take a record away that nobody outside has seen. What was published is withdrawn instead."""
    if was_public(record):
        raise Refused(
            _("“%(record)s” has been published. Withdraw it with a reason instead.") % {"record": record}
        )
    claims = list(affected_by(record).values_list("pk", flat=True))
    record.delete()
    _rescore(claims, now)


def was_public(record: models.Model) -> bool:
    if isinstance(record, EvidenceLink):
        return was_public(record.claim) and was_public(record.evidence)
    return isinstance(record, Publishable) and record.status != Status.DRAFT


@transaction.atomic
def rate(link: EvidenceLink, *, by: User, stance: int, now: datetime) -> Rating:
    """Store or replace an editor's own stance on a link."""
    rating, _created = Rating.objects.update_or_create(
        link=link, rater=by, defaults={"stance": stance, "rated_at": now}
    )
    rescore_after([rating], now=now)
    return rating


@transaction.atomic
def unrate(link: EvidenceLink, *, by: User, now: datetime) -> None:
    """Take an editor's own stance on a link back."""
    Rating.objects.filter(link=link, rater=by).delete()
    rescore_after([link], now=now)


def rescore_after(records: Iterable[models.Model], *, now: datetime) -> None:
    """Score every claim that a change of the records can move, as of today."""
    _rescore({pk for record in records for pk in affected_by(record).values_list("pk", flat=True)}, now)


def _rescore(claims: Iterable[int], now: datetime) -> None:
    claims = list(claims)
    if claims:
        rescore(Claim.objects.filter(pk__in=claims), as_of=timezone.localdate(now), now=now)
