"""The steps on the desk: who did what, for undo, and to know who wrote a record."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from claims.domain.vocabulary import Step
from claims.models import DeskStep
from claims.models.base import Authored, Publishable
from claims.records.json_values import json_value

UNTOLD = {"changed_at", "changed_by_id", "created_at", "created_by_id", "address_key", "words_key"}


def record_desk_step(
    step: Step,
    record: Model,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    DeskStep.objects.create(
        by=by, at=now, step=step, kind=str(record._meta.model_name), record_id=record.pk, label=str(record)[:300],
        reason=reason, before=before, after=after,
    )  # fmt: skip


def stored_row_values(record: Model) -> dict[str, Any] | None:
    """The row's columns as JSON, with the keys of its topics and places; None if there is no row yet."""
    decided = record.decided if isinstance(record, Publishable) else ()
    names = [
        field.attname
        for field in record._meta.concrete_fields
        if not field.primary_key and field.attname not in UNTOLD and field.name not in decided
    ]
    row = type(record)._base_manager.filter(pk=record.pk).values(*names).first()
    if row is None:
        return None
    many = {
        field.name: sorted(getattr(record, field.name).order_by().values_list("pk", flat=True))
        for field in record._meta.many_to_many
    }
    return {name: json_value(value) for name, value in row.items()} | many


def changed_columns(record: Model, stored: dict[str, Any]) -> set[str]:
    """The columns of the instance that differ from the values of its row."""
    return {
        field.name
        for field in record._meta.concrete_fields
        if field.attname in stored and json_value(getattr(record, field.attname)) != stored[field.attname]
    }


def writer_keys(record: Publishable) -> set[int]:
    """The keys of the accounts that wrote the current content. None of them can approve it."""
    steps = DeskStep.objects.filter(
        kind=str(record._meta.model_name), record_id=record.pk, step=Step.WRITE, undone_at=None
    )
    if record.withdrawn_at:
        steps = steps.filter(at__gt=record.withdrawn_at)
    wrote = set(steps.order_by().values_list("by", flat=True).distinct())
    return wrote | author_keys(record)


def row_writer_keys(record: Model) -> set[int]:
    """The keys of the accounts that wrote a row which is public with another record: a link, a search note."""
    steps = DeskStep.objects.filter(
        kind=str(record._meta.model_name), record_id=record.pk, step=Step.WRITE, undone_at=None
    )
    wrote = set(steps.order_by().values_list("by", flat=True).distinct())
    return wrote | (author_keys(record) if isinstance(record, Authored) else set())


def author_keys(record: Authored) -> set[int]:
    return {key for key in (record.created_by_id, record.changed_by_id) if key}
