"""Saving and deleting from the desk: stamped, and scored in the same transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Status
from claims.models import Claim, Correction, EvidenceLink, Rating, SearchNote
from claims.models.base import Authored, Publishable

from .refusal import Refused
from .rescoring import affected_by, rescore, take_turn

_waiting: ContextVar[set[int] | None] = ContextVar("claims that wait for their scoring", default=None)


@contextmanager
def scored_once(*, now: datetime) -> Iterator[None]:
    """Many writes of one save: all or none, and each claim that they move is scored once, at the end."""
    with transaction.atomic():
        take_turn()
        claims: set[int] = set()
        token = _waiting.set(claims)
        try:
            yield
        finally:
            _waiting.reset(token)
        _rescore(claims, now)


@transaction.atomic
def save(record: models.Model, *, by: User, now: datetime) -> None:
    """Store a record with who entered it and when it changed; then score what it moves."""
    take_turn()
    adding = record._state.adding
    before = set() if adding else set(affected_by(record).values_list("pk", flat=True))
    _stamp(record, adding, by, now)
    record.save(update_fields=None if adding else _edited(record))
    _rescore(before | set(affected_by(record).values_list("pk", flat=True)), now)


def _stamp(record: models.Model, adding: bool, by: User, now: datetime) -> None:
    """What nobody types: who, when, and a new claim's place among its statement's."""
    if isinstance(record, Authored):
        if adding:
            record.created_by, record.created_at = by, now
        record.changed_at = now
    match record:
        case Claim():
            if record.settled_on and not record.settled_by_id:
                record.settled_by = by
            elif not record.settled_on:
                record.settled_by = None
            if adding and not record.position:
                siblings = Claim.objects.filter(statement=record.statement_id)
                record.position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
        case SearchNote() if not record.searched_by_id:
            record.searched_by = by
        case Correction() if not record.corrected_by_id:
            record.corrected_by = by


def _edited(record: models.Model) -> list[str]:
    """What an editor's save may write: whatever was decided since the record was read stays decided."""
    decided = record.decided if isinstance(record, Publishable) else ()
    fields = [field.name for field in record._meta.concrete_fields if not field.primary_key]
    return [name for name in fields if name not in decided]


@transaction.atomic
def delete(record: models.Model, *, now: datetime) -> None:
    """Take a record away that nobody outside has seen. What was published is withdrawn instead."""
    take_turn()
    if was_public(record):
        raise Refused(
            _("“%(record)s” has been published. Withdraw it with a reason instead.") % {"record": record}
        )
    claims = list(affected_by(record).values_list("pk", flat=True))
    record.delete()
    _rescore(claims, now)


def was_public(record: models.Model) -> bool:
    """Asked of the database: the record may have been published since it was read."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    match record:
        case EvidenceLink():
            rows = rows.exclude(claim__status=Status.DRAFT).exclude(evidence__status=Status.DRAFT)
        case Publishable():
            rows = rows.exclude(status=Status.DRAFT)
        case _:
            return False
    return rows.exists()


@transaction.atomic
def rate(link: EvidenceLink, *, by: User, stance: int, now: datetime) -> Rating:
    """Store or replace an editor's own stance on a link."""
    take_turn()
    rating, _created = Rating.objects.update_or_create(
        link=link, rater=by, defaults={"stance": stance, "rated_at": now}
    )
    rescore_after([rating], now=now)
    return rating


@transaction.atomic
def unrate(link: EvidenceLink, *, by: User, now: datetime) -> None:
    """Take an editor's own stance on a link back."""
    take_turn()
    Rating.objects.filter(link=link, rater=by).delete()
    rescore_after([link], now=now)


def rescore_after(records: Iterable[models.Model], *, now: datetime) -> None:
    """Score every claim that a change of the records can move, as of today."""
    _rescore({pk for record in records for pk in affected_by(record).values_list("pk", flat=True)}, now)


def _rescore(claims: Iterable[int], now: datetime) -> None:
    claims, waiting = list(claims), _waiting.get()
    if waiting is not None:
        waiting.update(claims)
    elif claims:
        rescore(Claim.objects.filter(pk__in=claims), as_of=timezone.localdate(now), now=now)
