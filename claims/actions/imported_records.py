"""New records of a table, stored in bulk: the rules of the forms that ask the database, each asked once for many."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.desk_memory import record_desk_steps, stored_values_of
from claims.actions.editing import set_author
from claims.actions.place_risk import set_shown_place
from claims.domain.vocabulary import Status, Step
from claims.ingest.table_kinds import ANOTHER
from claims.ingest.table_rows import Fate, PlannedRow, TablePlan
from claims.models import EvidenceLink, SearchNote
from claims.models.constraint_messages import broken_constraints
from claims.records.registry import KINDS_BY_MODEL
from claims.selectors.date_doubts import date_doubts
from claims.selectors.duplicates import double_count_words, double_counts_among, twin_pairs

from .rescoring import claims_affected_by

BATCH = 500
MOST_EXPLAINED = 100  # faulty rows that are held against the constraints of the database too, one by one


def store_new_rows(plan: TablePlan, *, by: User, now: datetime) -> set[int]:
    """Store the new rows in the caller's transaction; those that may not stand are refused and taken out again.

    Returns the keys of the claims to score.
    """
    _explain_faulty_rows(plan.rows)
    for row in _new_rows(plan):
        _prepare(row, plan, by, now)
    _store_in_waves(plan)
    _refuse_twins(plan)
    _refuse_double_counts(plan)
    _take_out_refused(plan)
    stored = _new_rows(plan)
    _store_related_rows(stored)
    keep_stored_values(stored)
    record_desk_steps(
        Step.WRITE, [row.record for row in stored], by=by, now=now,
        after={row.record.pk: row.after for row in stored},
    )  # fmt: skip
    return claims_affected_by(plan.kind.model, [row.record.pk for row in stored]) if stored else set()


def _new_rows(plan: TablePlan) -> list[PlannedRow]:
    return [row for row in plan.rows if row.fate is Fate.NEW]


def _explain_faulty_rows(rows: Iterable[PlannedRow]) -> None:
    """So that a row with a fault shows at once what the database would say of it after that is mended."""
    faulty = [row for row in rows if row.fate is Fate.REFUSED and row.known is None]
    for row in faulty[:MOST_EXPLAINED]:
        explain_refusal(row, only_worded=True)


def explain_refusal(row: PlannedRow, *, only_worded: bool = False) -> None:
    """Note which constraints of the database the record breaks."""
    try:
        with transaction.atomic():
            worded, made = broken_constraints(row.record)
    except (DatabaseError, ValueError, TypeError):
        worded, made = {}, {}
    found = (
        worded
        if only_worded
        else worded or made or {"": _("The database refuses this row. Check its values.")}
    )
    for name, words in found.items():
        row.refuse(name if name in row.values else "", words)


def _prepare(row: PlannedRow, plan: TablePlan, by: User, now: datetime) -> None:
    record = row.record
    kind = KINDS_BY_MODEL[plan.kind.model]
    if kind.hides_place:
        set_shown_place(record)
    set_author(record, kind, by, now)
    row.notes += date_doubts(record, timezone.localdate(now))
    if isinstance(record, SearchNote) and record.claim.status == Status.PUBLISHED:
        row.refuse(
            "claim",
            _(
                "“%(claim)s” is published: readers would see the search at once. Note it on the page of the claim."
            )
            % {"claim": record.claim},
        )


# Storing ----------------------------------------------------------------------------------------------------------


def _store_in_waves(plan: TablePlan) -> None:
    """A row is stored after the earlier rows that it refers to, or refused with them."""
    batch: list[PlannedRow] = []
    for row in _new_rows(plan):
        if any(earlier.record.pk is None and earlier.fate is Fate.NEW for earlier in row.earlier):
            _store_batch(batch)
            batch = []
        for earlier in row.earlier:
            if earlier.fate is Fate.REFUSED:
                row.refuse("", _("It refers to row %(row)d, which has a fault.") % {"row": earlier.number})
        if row.fate is Fate.NEW:
            _follow_earlier_rows(row)
            batch.append(row)
    _store_batch(batch)


def _follow_earlier_rows(row: PlannedRow) -> None:
    """An earlier row may turn out to be a record of the site: refer to that one."""
    for earlier in row.earlier:
        for name, value in row.values.items():
            if value is not None and value is earlier.planned:
                row.values[name] = earlier.record
                setattr(row.record, name, earlier.record)


def _store_batch(rows: Sequence[PlannedRow]) -> None:
    """All at once; if the database refuses one of them, halves until it is found."""
    if not rows:
        return
    model = type(rows[0].record)
    try:
        with transaction.atomic():
            model._base_manager.bulk_create([row.record for row in rows], batch_size=BATCH)
    except DatabaseError:
        for row in rows:
            row.record.pk, row.record._state.adding = None, True
        if len(rows) == 1:
            explain_refusal(rows[0])
            return
        half = len(rows) // 2
        _store_batch(rows[:half])
        _store_batch(rows[half:])


def _store_related_rows(rows: Sequence[PlannedRow]) -> None:
    """The topics and places of claims."""
    for field in type(rows[0].record)._meta.many_to_many if rows else ():
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through: Any = field.remote_field.through
        through._base_manager.bulk_create(
            [
                through(**{own: row.record.pk, other: key})
                for row in rows
                for key in dict.fromkeys(each.pk for each in row.many.get(field.name, ()))
            ],
            batch_size=BATCH,
        )


def keep_stored_values(rows: Sequence[PlannedRow]) -> None:
    """Note what the row of each record holds now."""
    for at in range(0, len(rows), BATCH):
        batch = rows[at : at + BATCH]
        values = stored_values_of(type(batch[0].record), [row.record.pk for row in batch])
        for row in batch:
            row.after = values[row.record.pk]


# Rules that hold one row against many -----------------------------------------------------------------------------


def _refuse_twins(plan: TablePlan) -> None:
    if not plan.kind.has_twins:
        return
    rows = {row.record.pk: row for row in _new_rows(plan)}
    for record, twin in twin_pairs(plan.kind.model, rows):
        row = rows.get(record.pk)
        if row is None or row.is_another:
            continue
        told = {"twin": twin.record, "grounds": twin.grounds_in_words, "column": plan.kind.label_of(ANOTHER)}
        if other := rows.get(twin.record.pk):
            words = _(
                "It may be the same as row %(row)d: %(grounds)s. If it is another, write “yes” in a column "
                "“%(column)s”."
            ) % (told | {"row": other.number})
        else:
            words = (
                _(
                    "“%(twin)s” may be the same, and is here already: %(grounds)s. If it is another, write “yes” in a "
                    "column “%(column)s”."
                )
                % told
            )
        row.refuse("", words)


def _refuse_double_counts(plan: TablePlan) -> None:
    if plan.kind.model is not EvidenceLink:
        return
    rows = {row.record.pk: row for row in _new_rows(plan)}
    keys = sorted(rows)
    for at in range(0, len(keys), BATCH):
        for key, twin in double_counts_among(keys[at : at + BATCH], rows.keys()).items():
            rows[key].refuse("distinct_reason", double_count_words(twin))


def _take_out_refused(plan: TablePlan) -> None:
    keys = [
        row.record.pk for row in plan.rows if row.fate is Fate.REFUSED and row.known is None and row.record.pk
    ]
    plan.kind.model._base_manager.filter(pk__in=keys).delete()
