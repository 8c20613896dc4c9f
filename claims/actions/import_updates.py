"""Rows of a table that was imported before: what they change of drafts. What people decided meanwhile stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from claims.actions.desk_memory import record_desk_steps, stored_values_of
from claims.actions.double_counts import refuse_double_count
from claims.actions.editing import editable_fields, set_author, was_ever_published
from claims.actions.imported_records import BATCH, explain_refusal, keep_stored_values
from claims.actions.outdated_translations import drop_outdated_translations
from claims.actions.place_risk import set_shown_place
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Status, Step
from claims.ingest.table_rows import Fate, PlannedRow, TablePlan
from claims.models import EvidenceLink
from claims.models.base import Publishable
from claims.records.registry import KINDS_BY_MODEL
from claims.selectors.duplicates import find_twins

from .rescoring import claims_affected_by


def rewrite_known_rows(plan: TablePlan, *, by: User, now: datetime) -> set[int]:
    """Let the records of known ids hold what changed in the table. Returns the keys of the claims to score."""
    rows = [row for row in plan.rows if row.known is not None]
    if not rows:
        return set()
    changed = [row for row in _rows_with_records(plan, rows) if not row.faults and _changed_columns(row)]
    _keep_values_before(changed)
    for row in changed:
        _refuse_what_is_decided(row, by)
    moved = claims_affected_by(plan.kind.model, _keys_of(changed))
    for row in changed:
        if row.fate is Fate.CHANGED:
            _rewrite(plan, row, by, now)
    written = [row for row in changed if row.fate is Fate.CHANGED]
    keep_stored_values(written)
    record_desk_steps(
        Step.WRITE, [row.record for row in written], by=by, now=now,
        before={row.record.pk: row.before or {} for row in written},
        after={row.record.pk: row.after for row in written},
    )  # fmt: skip
    return (moved | claims_affected_by(plan.kind.model, _keys_of(written))) if written else set()


def _keys_of(rows: Sequence[PlannedRow]) -> list[int]:
    return [row.record.pk for row in rows]


def _rows_with_records(plan: TablePlan, rows: list[PlannedRow]) -> list[PlannedRow]:
    """The rows whose records are still there, and now stand in them."""
    keys = [row.known.record_id for row in rows if row.known]
    found: dict[int, Any] = {}
    for at in range(0, len(keys), BATCH):
        found |= plan.kind.model._default_manager.in_bulk(keys[at : at + BATCH])
    for row in rows:
        row.record = found.get(row.known.record_id) if row.known else None
        if not row.faults:
            row.fate = Fate.UNCHANGED if row.record else Fate.LEFT
        if row.record is None and not row.faults:
            row.notes.append(
                _("Its record was deleted on the desk. To enter it again, give the row another id.")
            )
    return [row for row in rows if row.record]


def _changed_columns(row: PlannedRow) -> dict[str, Any]:
    """The values that the table gives otherwise than before; of a column that it did not have, what is filled."""
    before: dict[str, Any] = row.known.given if row.known else {}
    given = row.given
    changed = [
        name
        for name, value in given.items()
        if (value != before[name] if name in before else value not in (None, "", []))
    ]
    return {name: row.values[name] for name in changed}


def _keep_values_before(rows: Sequence[PlannedRow]) -> None:
    for at in range(0, len(rows), BATCH):
        batch = rows[at : at + BATCH]
        values = stored_values_of(type(batch[0].record), _keys_of(batch))
        for row in batch:
            row.before, row.fate = values[row.record.pk], Fate.CHANGED


def _refuse_what_is_decided(row: PlannedRow, by: User) -> None:
    record, changed = row.record, _changed_columns(row)
    told = {"record": record}
    kind = KINDS_BY_MODEL[type(record)]
    if not by.has_perm(f"claims.change_{record._meta.model_name}"):
        row.refuse("", _("Your account may not change “%(record)s”.") % told)
    elif isinstance(record, Publishable) and record.status == Status.IN_REVIEW:
        row.refuse(
            "",
            _("“%(record)s” waits for a second person. Have it sent back, or change it on the desk.") % told,
        )
    elif was_ever_published(record):
        row.refuse("", _("Readers see “%(record)s”, or saw it. Change it on the desk, with a reason.") % told)
    elif ends := kind.fixed_ends & changed.keys():
        row.refuse(min(ends), _("A link keeps its claim and its report. Give the row another id."))
    else:
        _refuse_later_edits(row, changed)


def _refuse_later_edits(row: PlannedRow, changed: dict[str, Any]) -> None:
    """A cell that changed while somebody changed the field on the desk: nobody's words are overwritten unseen."""
    stored = row.known.stored if row.known else {}
    for name in changed:
        one = row.record._meta.get_field(name)
        here = (row.before or {}).get(one.name if one.many_to_many else one.attname)
        if name in stored and here not in (stored[name], row.given[name]):
            row.refuse(name, _("It was changed on the desk too, after the import. Change it there."))


def _rewrite(plan: TablePlan, row: PlannedRow, by: User, now: datetime) -> None:
    record, kind = row.record, KINDS_BY_MODEL[plan.kind.model]
    changed = _changed_columns(row)
    for name, value in changed.items():
        if not isinstance(value, list):
            setattr(record, name, value)
    plan.check_record(row)
    if row.fate is not Fate.CHANGED:
        return
    try:
        with transaction.atomic():
            _refuse_repetition(plan, row, changed)
            drop_outdated_translations(record)
            if kind.hides_place:
                set_shown_place(record)
            set_author(record, kind, by, now)
            record.save(update_fields=editable_fields(record, kind))
            for name, value in changed.items():
                if isinstance(value, list):
                    getattr(record, name).set(value)
    except RuleViolation as refusal:
        row.refuse("", str(refusal))
    except DatabaseError:
        explain_refusal(row)


def _refuse_repetition(plan: TablePlan, row: PlannedRow, changed: dict[str, Any]) -> None:
    if isinstance(row.record, EvidenceLink):
        refuse_double_count(row.record)
    if plan.kind.has_twins and not row.is_another and (twins := find_twins(row.record)):
        was = find_twins(type(row.record)._default_manager.get(pk=row.record.pk))
        if new := [twin for twin in twins if twin not in was]:
            raise RuleViolation(
                _("“%(twin)s” may be the same, and is here already: %(grounds)s.")
                % {"twin": new[0].record, "grounds": new[0].grounds_in_words}
            )
