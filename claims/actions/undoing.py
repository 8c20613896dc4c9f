"""One's own last step on the desk, taken back. What is public is not undone: it is withdrawn or revised."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Status, Step
from claims.models import DeskStep, EvidenceLink
from claims.models.base import Publishable

from .deciding import drop
from .editing import was_public
from .grading import grade
from .refusal import Refused
from .rescoring import affected_by, rescore_after_all, take_turn
from .revising import pending_for
from .steps import stored_values


def last_step(by: User) -> DeskStep | None:
    """What `undo` would take back."""
    return DeskStep.objects.filter(by=by, undone_at=None).order_by("-pk").first()


@transaction.atomic
def undo(step: DeskStep, *, by: User, now: datetime) -> None:
    """Take the step back, if it is the editor's own last one and nobody has built upon it."""
    take_turn()
    last = last_step(by)
    if step.by_id != by.pk or last is None or last.pk != step.pk:
        raise Refused(_("Only your own last step can be undone; this is not it, or no longer."))
    record = _record(step)
    _refuse_built_upon(step)
    match Step(step.step):
        case Step.WRITE:
            _unwrite(step, record)
        case Step.DELETE:
            _restore(step, by, now)
        case Step.GRADE:
            _ungrade(step, record, by, now)
        case Step.SUBMIT | Step.RETURN:
            _turn_back(step, record, now)
        case Step.PROPOSE:
            _take_back(record, by, now)
        case _:
            raise Refused(
                _(
                    "Readers see this step, so it is not undone but answered: withdraw the record, or revise it."
                )
            )
    DeskStep.objects.filter(pk=step.pk).update(undone_at=now)
    if Step(step.step) is Step.PROPOSE:
        DeskStep.objects.filter(by=by, step=Step.DROP, at=now, undone_at=None).update(undone_at=now)


def _record(step: DeskStep) -> models.Model | None:
    return apps.get_model("claims", step.kind)._base_manager.filter(pk=step.record_id).first()


def _refuse_built_upon(step: DeskStep) -> None:
    later = DeskStep.objects.filter(kind=step.kind, record_id=step.record_id, pk__gt=step.pk, undone_at=None)
    if step.step != Step.GRADE and (other := later.first()):
        raise Refused(
            _("%(who)s has gone on from there (%(what)s): it can no longer be undone.")
            % {"who": other.by, "what": _(Step(other.step).label)}
        )


def _unwrite(step: DeskStep, record: models.Model | None) -> None:
    if record is None or was_public(record):
        raise Refused(_("Readers see it by now: it is not undone but revised."))
    if stored_values(record) != step.after:
        raise Refused(_("It has changed since: open it and change it by hand."))
    claims = list(affected_by(record).values_list("pk", flat=True))
    if step.before is None:
        try:
            record.delete()
        except models.ProtectedError:
            raise Refused(_("Other records hang on it by now: delete those first.")) from None
    else:
        columns = _write(record, step.before)
        record.save(update_fields=columns)
        _write_many(record, step.before)
    rescore_after_all(claims, step.at)


def _write(record: models.Model, values: dict[str, Any]) -> list[str]:
    """Set the columns of the instance to what was kept; gives their names."""
    fields = [field for field in record._meta.concrete_fields if field.attname in values]
    for field in fields:
        value = values[field.attname]
        setattr(record, field.attname, value if field.is_relation else field.to_python(value))
    return [field.name for field in fields]


def _write_many(record: models.Model, values: dict[str, Any]) -> None:
    """The topics and places that were kept, but for those that are gone by now."""
    for field in record._meta.many_to_many:
        if field.name in values:
            rows = field.related_model._base_manager.filter(pk__in=values[field.name])
            getattr(record, field.name).set(rows)


def _restore(step: DeskStep, by: User, now: datetime) -> None:
    model = apps.get_model("claims", step.kind)
    record = model(pk=step.record_id)
    _write(record, step.before or {})
    if hasattr(record, "created_by"):
        record.created_by = record.changed_by = by
        record.created_at = record.changed_at = now
    record.save(force_insert=True)
    _write_many(record, step.before or {})
    rescore_after_all(affected_by(record).values_list("pk", flat=True), now)


def _ungrade(step: DeskStep, record: models.Model | None, by: User, now: datetime) -> None:
    if not isinstance(record, EvidenceLink):
        raise Refused(_("The link is gone."))
    stance = (step.before or {}).get("stance")
    if EvidenceLink.objects.public().filter(pk=record.pk).exists():
        raise Refused(_("Readers see what you graded: grade it anew, and say why."))
    grade({record: stance}, by=by, now=now)
    DeskStep.objects.filter(by=by, step=Step.GRADE, at=now, record_id=record.pk).update(undone_at=now)


def _turn_back(step: DeskStep, record: models.Model | None, now: datetime) -> None:
    before, expected = {
        Step.SUBMIT: (Status.DRAFT, Status.IN_REVIEW), Step.RETURN: (Status.IN_REVIEW, Status.DRAFT),
    }[Step(step.step)]  # fmt: skip
    if not isinstance(record, Publishable) or record.status != expected:
        raise Refused(_("It has gone on from there: it can no longer be undone."))
    record.status, record.changed_at = before, now
    record.save(update_fields=["status", "changed_at"])


def _take_back(record: models.Model | None, by: User, now: datetime) -> None:
    proposal = pending_for(record) if record else None
    if proposal is None:
        raise Refused(_("It was decided already: it can no longer be undone."))
    drop(proposal, by=by, now=now)
