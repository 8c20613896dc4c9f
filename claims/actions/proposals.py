"""Proposals: one editor proposes a change of a public record, a second person decides. Until then nothing changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.actions.correction_notices import CorrectionNotice
from claims.actions.desk_memory import record_desk_step
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Outcome, Step
from claims.ledger.public_forms import public_forms_of
from claims.ledger.writer import last_entries
from claims.models import Proposal, Revision
from claims.records.json_values import json_value
from claims.records.record_kind import FROZEN_COLUMNS, RecordKind
from claims.records.registry import kind_of_record
from claims.text.translations import merge_translations

TIED = {"claim", "evidence", "statement"}  # relations that a public record keeps


def propose_revision(
    record: models.Model,
    kind: RecordKind,
    *,
    by: User,
    now: datetime,
    reason: str,
    notice: CorrectionNotice | None = None,
    many: Mapping[str, Sequence[models.Model]] | None = None,
    proposals: list[Proposal] | None = None,
) -> Proposal | None:
    """Store the changes of a published record as a proposal. Returns None if nothing has changed.

    `proposals` are those of the same form submission; further changes are added to the first one.
    """
    proposals = [] if proposals is None else proposals
    told = public_forms_of(kind.name, [record.pk])[record.pk]
    refuse_frozen_fields(record, told.form or {})
    changes = changed_values(record, kind, told.form or {}, many or {})
    if not changes:
        return None
    if not reason.strip():
        raise RuleViolation(
            _(
                "Readers see “%(record)s”. Say why it should change: a second person decides, and readers will read it."
            )
            % {"record": record}
        )
    waiting = own_pending_proposal(record, by)
    if waiting:
        proposal = _extend_proposal(waiting, reason, notice)
    else:
        proposal = proposals[0] if proposals else _open_proposal(by, now, reason, notice)
    if proposal not in proposals:
        proposals.append(proposal)
    base = last_entries(kind.name, {told.subject})[told.subject].number
    revision = proposal.revisions.filter(**{kind.name: record.pk}).first() or Revision(
        proposal=proposal, base=base, changes={}, **{f"{kind.name}_id": record.pk}
    )
    if revision.base != base:
        raise RuleViolation(
            _(
                "“%(record)s” has changed since you proposed a revision of it. Take that one back, and write it anew."
            )
            % {"record": record}
        )
    revision.changes = _merge_changes(revision.changes, changes, told.form or {})
    revision.save()
    record_desk_step(Step.PROPOSE, record, by=by, now=now, reason=reason)
    return proposal


def _merge_changes(first: dict[str, Any], then: dict[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The changes of two saves together. Translations are merged one by one."""
    changes = first | then
    if "translations" in first and "translations" in then:
        changes["translations"] = merge_translations(
            stored.get("translations", {}), first["translations"], then["translations"]
        )
    return changes


def changed_values(
    record: models.Model,
    kind: RecordKind,
    stored: Mapping[str, Any],
    many: Mapping[str, Sequence[models.Model]],
) -> dict[str, Any]:
    """The public values of the instance that differ from the stored form, as plain JSON."""
    new: dict[str, Any] = {
        field.name: _plain_field_value(record, field)
        for field in record._meta.concrete_fields
        if field.name not in FROZEN_COLUMNS | kind.fixed_ends
    }
    new |= {name: sorted(row.slug for row in rows) for name, rows in many.items()}  # type: ignore[attr-defined]
    told = {name: value for name, value in new.items() if value != stored.get(name, kind.default_of(name))}
    return told | _private_changes(record, kind)


def _private_changes(record: Any, kind: RecordKind) -> dict[str, Any]:
    """The changes of columns that are decided on with the rest and never public."""
    changes = {}
    for name in kind.private_revised:
        other = getattr(record, name)
        was = type(record)._base_manager.filter(pk=record.pk).values_list(f"{name}__slug", flat=True).get()
        if was != (now := other.slug if other else None):
            changes[name] = now
    return changes


def _plain_field_value(record: models.Model, field: Any) -> Any:
    value = getattr(record, field.name)
    return value and value.slug if isinstance(field, models.ForeignKey) else json_value(value)


def refuse_frozen_fields(record: Any, stored: Mapping[str, Any]) -> None:
    slug = getattr(record, "slug", None)
    if slug is not None and slug != stored.get("slug"):
        raise RuleViolation(
            _("“%(record)s” is public: its web address stays, so that links to it hold.") % {"record": record}
        )
    for name in TIED & {field.name for field in record._meta.concrete_fields}:
        if getattr(record, name).slug != stored.get(name):
            raise RuleViolation(
                _("“%(record)s” is public and stays tied to what it is about. Enter another instead.")
                % {"record": record}
            )


def pending_proposals(record: models.Model) -> QuerySet[Proposal]:
    """The record's pending proposals, the oldest first: at most one of each editor."""
    kind = kind_of_record(record)
    if kind is None or not kind.is_revised:
        return Proposal.objects.none()
    return Proposal.objects.filter(outcome=Outcome.PENDING, **{f"revisions__{kind.name}": record.pk})


def pending_proposal(record: models.Model) -> Proposal | None:
    """The oldest pending proposal of the record; None if there is none."""
    return pending_proposals(record).first()


def own_pending_proposal(record: models.Model, by: User) -> Proposal | None:
    return pending_proposals(record).filter(proposed_by=by).first()


def _extend_proposal(proposal: Proposal, reason: str, notice: CorrectionNotice | None) -> Proposal:
    """Add a further save to the proposal, with its reason and notice."""
    if reason.strip() not in proposal.reason:
        proposal.reason = f"{proposal.reason} {reason.strip()}"
    set_notice(proposal, notice)
    proposal.save()
    return proposal


def set_notice(proposal: Proposal, notice: CorrectionNotice | None) -> None:
    """Put the notice in place of the proposal's, if there is one."""
    if notice:
        proposal.notice_kind, proposal.notice = notice.kind, notice.what_was_wrong
        proposal.notice_translations = notice.translations


def _open_proposal(by: User, now: datetime, reason: str, notice: CorrectionNotice | None) -> Proposal:
    return Proposal.objects.create(
        proposed_by=by, proposed_at=now, reason=reason.strip(),
        notice_kind=notice.kind if notice else "", notice=notice.what_was_wrong if notice else "",
        notice_translations=notice.translations if notice else {},
    )  # fmt: skip
