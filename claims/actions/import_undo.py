"""Takes a whole import back as one step, while all that it entered are drafts on which nobody has built."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.actions.desk_memory import stored_values_of
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Status, Step
from claims.ledger.writer import subjects_in_ledger
from claims.models import DeskStep, ImportedRow, SearchNote, TableImport
from claims.models.base import Publishable
from claims.records.registry import KINDS_BY_MODEL

from .rescoring import acquire_write_lock, claims_affected_by, rescore_claim_keys

BATCH = 500


@transaction.atomic
def undo_import(done: TableImport, *, by: User, now: datetime) -> None:
    """Delete what the import entered and give back what it changed. Raises RuleViolation if anything keeps it."""
    acquire_write_lock()
    step = import_step(done)
    if step is None or step.by_id != by.pk:
        raise RuleViolation(_("This import was undone already, or is somebody else’s."))
    written = list(
        DeskStep.objects.filter(by=by, at=step.at, step=Step.WRITE, pk__lt=step.pk, undone_at=None).order_by(
            "pk"
        )
    )
    for model, steps in _steps_by_model(written).items():
        _refuse_if_gone_on(model, steps, step)
        moved = claims_affected_by(model, list(steps))
        _give_back(model, {key: each.before for key, each in steps.items() if each.before is not None})
        _delete(model, [key for key, each in steps.items() if each.before is None])
        rescore_claim_keys(moved, now)
    _forget_rows(done, step)
    DeskStep.objects.filter(pk__in=[step.pk, *(each.pk for each in written)]).update(undone_at=now)


def import_step(done: TableImport) -> DeskStep | None:
    """The step by which the table was imported; None if it entered nothing, or is undone."""
    steps = DeskStep.objects.filter(
        kind=done._meta.model_name, record_id=done.pk, step=Step.IMPORT, undone_at=None
    )
    return steps.first()


def _steps_by_model(steps: list[DeskStep]) -> dict[type[Any], dict[int, DeskStep]]:
    found: dict[type[Any], dict[int, DeskStep]] = {}
    for step in steps:
        found.setdefault(apps.get_model("claims", step.kind), {})[step.record_id] = step
    return found


def _refuse_if_gone_on(model: type[Any], steps: dict[int, DeskStep], last: DeskStep) -> None:
    for keys in _batches(list(steps)):
        later = DeskStep.objects.filter(
            kind=model._meta.model_name, record_id__in=keys, pk__gt=last.pk, undone_at=None
        )
        if other := later.order_by("pk").first():
            raise RuleViolation(
                _("%(who)s has gone on with “%(record)s” (%(what)s): the import can no longer be undone.")
                % {"who": other.by, "record": other.label, "what": _(Step(other.step).label)}
            )
        stored = stored_values_of(model, keys)
        if changed := [key for key in keys if stored.get(key) != steps[key].after]:
            raise RuleViolation(
                _("“%(record)s” has changed since: the import can no longer be undone.")
                % {"record": steps[changed[0]].label}
            )
        if told := _key_of_told(model, keys):
            raise RuleViolation(
                _("Readers see “%(record)s”, or somebody reviews it: the import can no longer be undone.")
                % {"record": steps[told].label}
            )


def _key_of_told(model: type[Any], keys: list[int]) -> int | None:
    """One of the rows that is no mere draft any more."""
    rows = model._base_manager.filter(pk__in=keys)
    if issubclass(model, Publishable):
        gone_on = rows.exclude(status=Status.DRAFT, published_at=None)
    else:
        gone_on = subjects_in_ledger(KINDS_BY_MODEL[model], rows)
    return gone_on.values_list("pk", flat=True).first()


def _give_back(model: type[Any], before: dict[int, dict[str, Any]]) -> None:
    for record in model._default_manager.filter(pk__in=before):
        values = before[record.pk]
        fields = [field for field in model._meta.concrete_fields if field.attname in values]
        for field in fields:
            value = values[field.attname]
            setattr(record, field.attname, value if field.is_relation else field.to_python(value))
        record.save(update_fields=[field.name for field in fields])
        for field in model._meta.many_to_many:
            getattr(record, field.name).set(
                field.related_model._base_manager.filter(pk__in=values.get(field.name, ()))
            )


def _delete(model: type[Any], keys: list[int]) -> None:
    own = [field.name for field in model._meta.concrete_fields if field.related_model is model]
    for batch in _batches(keys):
        for name in own:  # rows of the import that refer to each other
            model._base_manager.filter(pk__in=batch).update(**{name: None})
        if SearchNote.objects.filter(claim__in=batch).exists() and model._meta.model_name == "claim":
            raise RuleViolation(_("Searches have been noted on its claims: delete those first."))
    for batch in _batches(keys):
        try:
            model._base_manager.filter(pk__in=batch).delete()
        except models.ProtectedError as error:
            other = next(iter(error.protected_objects))
            raise RuleViolation(
                _("“%(record)s” hangs on it by now: delete that first.") % {"record": other}
            ) from None


def _forget_rows(done: TableImport, step: DeskStep) -> None:
    """Its ids name nothing any more; those that it changed hold what they held before."""
    done.rows.all().delete()
    before = step.before or {}
    rows = list(ImportedRow.objects.filter(pk__in=[int(key) for key in before]))
    for row in rows:
        kept = before[str(row.pk)]
        row.given, row.stored = kept["given"], kept["stored"]
    ImportedRow.objects.bulk_update(rows, ["given", "stored"], batch_size=BATCH)


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(keys), BATCH):
        yield keys[at : at + BATCH]
