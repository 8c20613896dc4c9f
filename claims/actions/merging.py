"""Makes one record of two that are the same speaker or source. The old address leads to the kept record for ever."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.actions.correction_notices import CorrectionNotice, demand_notice
from claims.actions.desk_memory import record_desk_step, stored_row_values
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Act, Outcome, Step
from claims.ledger.public_forms import PublicForm
from claims.ledger.writer import ChangeReason, append_entries_of, append_forms, is_in_ledger
from claims.models import Evidence, ImportedRow, OldAddress, Revision, Role, Source, SourceGrade, Speaker
from claims.records.registry import KINDS_BY_MODEL

from .rescoring import acquire_write_lock, affected_claims, rescore_claim_keys

Mergeable = Source | Speaker


def may_merge(model: type[Mergeable], by: User) -> bool:
    return by.has_perm(f"claims.{KINDS_BY_MODEL[model].merge_permission}")


@transaction.atomic
def merge_records(
    kept: Any, gone: Any, *, by: User, now: datetime, reason: str, notice: CorrectionNotice | None = None
) -> None:
    """Move to `kept` whatever refers to `gone`, and delete `gone`. Both are speakers, or both are sources.

    Raises PermissionDenied without the permission. Raises RuleViolation without a reason, for a record with itself,
    while a proposal waits on either, and without a notice where a published verdict moves.
    """
    acquire_write_lock()
    _refuse_merge(kept, gone, by, reason)
    claims = {key for each in (kept, gone) for key in affected_claims(each).values_list("pk", flat=True)}
    with demand_notice(claims, notice, by=by, now=now):
        _merge_and_record(kept, gone, by, now, reason)
    rescore_claim_keys(claims, now)


def _merge_and_record(kept: Any, gone: Any, by: User, now: datetime, reason: str) -> None:
    """Merge the two, and append what readers see of it to the ledger."""
    kind, slug, gone_key = KINDS_BY_MODEL[type(kept)], gone.slug, gone.pk
    was_told, kept_was_told = is_in_ledger(gone, kind), is_in_ledger(kept, kind)
    row = stored_row_values(kept)
    moved = _move_references(kept, gone)
    type(gone)._base_manager.filter(pk=gone.pk).delete()
    ImportedRow.objects.filter(kind=kind.name, record_id=gone_key).update(record_id=kept.pk)
    OldAddress.objects.filter(kind=kind.name, leads_to=slug).update(leads_to=kept.slug)
    OldAddress.objects.create(kind=kind.name, slug=slug, leads_to=kept.slug, merged_at=now)
    record_desk_step(
        Step.WRITE, kept, by=by, now=now, reason=reason, before=row, after={"merged": slug}
    )  # no row is so, and so it is not undone
    why = ChangeReason(act=Act.REVISE, now=now, by=by, reason=reason.strip())
    for name, keys in moved.items():
        append_entries_of(name, keys, why)
    act = Act.REVISE if kept_was_told else Act.REFER
    append_entries_of(kind.name, [kept.pk], ChangeReason(act=act, now=now, by=by, reason=reason.strip()))
    if was_told:
        told = ChangeReason(
            act=Act.MERGE, now=now, by=by, reason=reason.strip(), more={"merged_into": kept.slug}
        )
        append_forms([(Act.MERGE, PublicForm(kind.name, slug, None))], told)


def _refuse_merge(kept: Any, gone: Any, by: User, reason: str) -> None:
    if not may_merge(type(kept), by):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        raise RuleViolation(_("Choose two records of one kind."))
    if not reason.strip():
        raise RuleViolation(_("Say why the two are one: readers will read it."))
    names = {field.name for field in _reference_fields(type(gone))}
    for revision in Revision.objects.filter(proposal__outcome=Outcome.PENDING).select_related("source"):
        is_named = any(revision.changes.get(name) == gone.slug for name in names)
        if is_named or revision.source in (kept, gone):
            raise RuleViolation(
                _("A proposal that concerns “%(record)s” waits for a second person. Decide on it first.")
                % {"record": gone}
            )


def _reference_fields(model: type[models.Model]) -> Iterator[Any]:
    """The fields of all tables that refer to the model."""
    for relation in model._meta.related_objects:
        yield relation.field


def _move_references(kept: Any, gone: Any) -> dict[str, set[int]]:
    """Let everything refer to `kept`. Returns the keys of the moved rows, by kind of record."""
    moved: dict[str, set[int]] = {}
    _drop_parts_held_twice(kept, gone)
    for field in _reference_fields(type(gone)):
        rows = field.model._base_manager.filter(**{field.name: gone.pk})
        keys = set(rows.values_list("pk", flat=True))
        field.model._base_manager.filter(pk__in=keys).update(**{field.name: kept.pk})
        if kind := KINDS_BY_MODEL.get(field.model):
            moved.setdefault(kind.name, set()).update(keys)
    if isinstance(kept, Source):
        # Whoever carries their own report passes nothing on.
        Evidence.objects.filter(source=kept.pk, relays=kept.pk).update(relays=None)
    else:
        Speaker.objects.filter(pk=kept.pk, institution=kept.pk).update(institution=None)
        kept.refresh_from_db(fields=["institution"])
    return moved


def _drop_parts_held_twice(kept: Any, gone: Any) -> None:
    """An office that both hold from one day stays once; the earlier grades of the other source go with it."""
    if isinstance(gone, Source):
        SourceGrade.objects.filter(source=gone.pk).delete()
        return
    held = set(Role.objects.filter(speaker=kept.pk).values_list("title", "start"))
    twice = [role.pk for role in Role.objects.filter(speaker=gone.pk) if (role.title, role.start) in held]
    Role.objects.filter(pk__in=twice).delete()
