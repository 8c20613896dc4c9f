"""One's own last step on the desk, taken back. What is public is not undone: it is withdrawn or revised."""

from datetime import datetime
from typing import Any, assert_never

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.actions.desk_memory import stored_row_values
from claims.actions.import_undo import undo_import
from claims.actions.proposal_decisions import take_back_proposal
from claims.actions.proposals import own_pending_proposal
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Status, Step
from claims.models import DeskStep, EvidenceLink, TableImport

from .editing import was_ever_published
from .grading import GradingReason, grade_links
from .rescoring import acquire_write_lock, affected_claims, rescore_claim_keys


def last_undoable_step(by: User) -> DeskStep | None:
    """What `undo` would take back."""
    return DeskStep.objects.filter(by=by, undone_at=None).order_by("-pk").first()


@transaction.atomic
def undo_step(step: DeskStep, *, by: User, now: datetime) -> None:
    """Take the step back, if it is the editor's own last one and nobody has built upon it."""
    acquire_write_lock()
    last = last_undoable_step(by)
    if step.by_id != by.pk or last is None or last.pk != step.pk:
        raise RuleViolation(_("Only your own last step can be undone; this is not it, or no longer."))
    record = _record_of_step(step)
    _refuse_if_built_upon(step)
    done = Step(step.step)
    match done:
        case Step.WRITE:
            _undo_write(step, record)
        case Step.DELETE:
            _undo_delete(step, by, now)
        case Step.GRADE:
            _undo_grading(step, record, by, now)
        case Step.SUBMIT | Step.RETURN:
            _undo_transition(step, record, now)
        case Step.PROPOSE:
            _undo_proposal(record, by, now)
        case Step.IMPORT:
            _undo_import(record, by, now)
        case Step.PUBLISH | Step.WITHDRAW | Step.REOPEN | Step.ACCEPT | Step.DECLINE | Step.DROP:
            raise RuleViolation(
                _(
                    "Readers see this step, so it is not undone but answered: withdraw the record, or revise it."
                )
            )
        case _:
            assert_never(done)
    DeskStep.objects.filter(pk=step.pk).update(undone_at=now)
    if done is Step.PROPOSE:
        DeskStep.objects.filter(by=by, step=Step.DROP, at=now, undone_at=None).update(undone_at=now)


def _record_of_step(step: DeskStep) -> models.Model | None:
    return apps.get_model("claims", step.kind)._base_manager.filter(pk=step.record_id).first()


def _refuse_if_built_upon(step: DeskStep) -> None:
    later = DeskStep.objects.filter(kind=step.kind, record_id=step.record_id, pk__gt=step.pk, undone_at=None)
    if step.step != Step.GRADE and (other := later.first()):
        raise RuleViolation(
            _("%(who)s has gone on from there (%(what)s): it can no longer be undone.")
            % {"who": other.by, "what": _(Step(other.step).label)}
        )


def _undo_write(step: DeskStep, record: models.Model | None) -> None:
    if record is None or was_ever_published(record):
        raise RuleViolation(_("Readers see it by now: it is not undone but revised."))
    if stored_row_values(record) != step.after:
        raise RuleViolation(_("It has changed since: open it and change it by hand."))
    claims = list(affected_claims(record).values_list("pk", flat=True))
    if step.before is None:
        try:
            record.delete()
        except models.ProtectedError:
            raise RuleViolation(_("Other records hang on it by now: delete those first.")) from None
    else:
        columns = _set_row_values(record, step.before)
        record.save(update_fields=columns)
        _set_related_rows(record, step.before)
    rescore_claim_keys(claims, step.at)


def _set_row_values(record: models.Model, values: dict[str, Any]) -> list[str]:
    """Set the columns of the instance to what was kept; gives their names."""
    fields = [field for field in record._meta.concrete_fields if field.attname in values]
    for field in fields:
        value = values[field.attname]
        setattr(record, field.attname, value if field.is_relation else field.to_python(value))
    return [field.name for field in fields]


def _set_related_rows(record: models.Model, values: dict[str, Any]) -> None:
    """The topics and places that were kept, but for those that are gone by now."""
    for field in record._meta.many_to_many:
        if field.name in values:
            rows = field.related_model._base_manager.filter(pk__in=values[field.name])
            getattr(record, field.name).set(rows)


def _undo_delete(step: DeskStep, by: User, now: datetime) -> None:
    model = apps.get_model("claims", step.kind)
    record = model(pk=step.record_id)
    _set_row_values(record, step.before or {})
    if hasattr(record, "created_by"):
        record.created_by = record.changed_by = by
        record.created_at = record.changed_at = now
    record.save(force_insert=True)
    _set_related_rows(record, step.before or {})
    rescore_claim_keys(affected_claims(record).values_list("pk", flat=True), now)


def _undo_grading(step: DeskStep, record: Any, by: User, now: datetime) -> None:
    if record is None:
        raise RuleViolation(_("The link is gone."))
    before = step.before or {}
    if EvidenceLink.objects.public().filter(pk=record.pk).exists():
        raise RuleViolation(_("Readers see what you graded: grade it anew, and say why."))
    why = GradingReason(before.get("rationale", ""), before.get("translations", {}))
    clauses, rationales = {record: before.get("clause", "")}, {record: why}
    grade_links({record: before.get("stance")}, clauses=clauses, rationales=rationales, by=by, now=now)
    DeskStep.objects.filter(by=by, step=Step.GRADE, at=now, record_id=record.pk).update(undone_at=now)


def _undo_transition(step: DeskStep, record: Any, now: datetime) -> None:
    before, expected = {
        Step.SUBMIT: (Status.DRAFT, Status.IN_REVIEW), Step.RETURN: (Status.IN_REVIEW, Status.DRAFT),
    }[Step(step.step)]  # fmt: skip
    if record is None or record.status != expected:
        raise RuleViolation(_("It has gone on from there: it can no longer be undone."))
    record.status, record.changed_at = before, now
    record.save(update_fields=["status", "changed_at"])


def _undo_import(record: models.Model | None, by: User, now: datetime) -> None:
    if not isinstance(record, TableImport):
        raise RuleViolation(_("This import was undone already, or is somebody else’s."))
    undo_import(record, by=by, now=now)


def _undo_proposal(record: models.Model | None, by: User, now: datetime) -> None:
    proposal = own_pending_proposal(record, by) if record else None
    if proposal is None:
        raise RuleViolation(_("It was decided already: it can no longer be undone."))
    take_back_proposal(proposal, by=by, now=now)
