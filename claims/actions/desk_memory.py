"""The steps on the desk: who did what, for undo, and to know who wrote a record."""

from collections.abc import Collection, Iterable, Mapping
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
    label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    DeskStep.objects.create(
        by=by, at=now, step=step, kind=str(record._meta.model_name), record_id=record.pk,
        label=(label or str(record))[:300], reason=reason, before=before, after=after,
    )  # fmt: skip


def record_desk_steps(
    step: Step,
    records: Iterable[Model],
    *,
    by: User,
    now: datetime,
    after: Mapping[int, dict[str, Any]],
    before: Mapping[int, dict[str, Any]] | None = None,
) -> None:
    """The same step on many records. `before` and `after` hold their rows by key."""
    DeskStep.objects.bulk_create(
        [
            DeskStep(
                by=by, at=now, step=step, kind=str(record._meta.model_name), record_id=record.pk,
                label=str(record)[:300], before=(before or {}).get(record.pk), after=after[record.pk],
            )
            for record in records
        ],
        batch_size=500,
    )  # fmt: skip


def stored_row_values(record: Model) -> dict[str, Any] | None:
    """The row's columns as JSON, with the keys of its topics and places; None if there is no row yet."""
    return stored_values_of(type(record), [record.pk]).get(record.pk)


def stored_values_of(model: type[Model], keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """The same of many rows, by key."""
    decided = getattr(model, "decided", ())
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in UNTOLD and field.name not in decided
    ]
    fields = model._meta.many_to_many
    found: dict[int, dict[str, Any]] = {}
    for row in model._base_manager.filter(pk__in=keys).order_by().values("pk", *names):
        values = {name: json_value(row[name]) for name in names}
        found[row["pk"]] = values | {field.name: [] for field in fields}
    for field in fields:
        rows = model._base_manager.filter(pk__in=keys, **{f"{field.name}__isnull": False}).order_by(
            field.name
        )
        for key, other in rows.values_list("pk", field.name):
            found[key][field.name].append(other)
    for values in found.values():
        for field in fields:
            values[field.name].sort()
    return found


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
