"""Saves and deletes records from the desk. Each save is attributed, and scored in the same transaction.

A save of a published record does not change it. It makes a proposal, which a second person decides.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.actions.correction_notices import CorrectionNotice
from claims.actions.desk_memory import changed_columns, record_desk_step, stored_row_values
from claims.actions.double_counts import refuse_double_count
from claims.actions.drafts import Draft, open_drafts, rewrite_draft
from claims.actions.outdated_translations import drop_outdated_translations
from claims.actions.place_risk import set_shown_place
from claims.actions.proposals import propose_revision
from claims.actions.public_standing import PublicStanding
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Act, Status, Step
from claims.ledger.writer import ChangeReason, append_entries, is_in_ledger
from claims.models import EvidenceLink, Proposal, Rating
from claims.records.record_kind import RecordKind
from claims.records.registry import kind_of_record

from .grading import take_back_own_grading
from .rescoring import acquire_write_lock, affected_claims, rescore_claim_keys

Many = Mapping[str, Sequence[models.Model]]


@transaction.atomic
def save(
    record: Any,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    notice: CorrectionNotice | None = None,
    many: Many | None = None,
    translations_hold: bool = False,
    proposals: list[Proposal] | None = None,
    draft: Draft | None = None,
) -> None:
    """Store a record with its author and time, then score the affected claims.

    `many` are its topics and places. For a published record, the changes become a proposal. A translation is dropped
    if its original changes, unless the editor confirms it. `proposals` lists the proposals of the same form
    submission; a new one is added to it. `draft` is the editor's own proposal, if the record was read with its values.
    """
    acquire_write_lock()
    standing = PublicStanding(record)
    kind, adding = standing.kind, record._state.adding
    if kind and kind.hides_place:
        _set_shown_place(record, kind, draft, by)
    if isinstance(record, EvidenceLink):
        refuse_double_count(record)
    if not (adding or translations_hold):
        drop_outdated_translations(record)
    if kind and standing.needs_review:
        more: Any = {"by": by, "now": now, "reason": reason, "notice": notice, "many": many or {}}
        if draft is None:
            propose_revision(record, kind, proposals=proposals, **more)
        else:
            rewrite_draft(draft, record, kind, proposals=proposals, **more)
        return
    before = set() if adding else set(affected_claims(record).values_list("pk", flat=True))
    was = None if adding else stored_row_values(record)
    if not adding:
        _refuse_change(record, standing, was or {}, reason)
    if kind:
        set_author(record, kind, by, now)
    record.save(update_fields=None if adding else editable_fields(record, kind))
    for name, rows in (many or {}).items():
        getattr(record, name).set(rows)
    record_desk_step(
        Step.WRITE, record, by=by, now=now, reason=reason, before=was, after=stored_row_values(record)
    )
    act = kind.act_when_new if kind and adding else Act.REVISE
    append_entries([record], ChangeReason(act=act, now=now, by=by, reason=reason))
    rescore_claim_keys(before | set(affected_claims(record).values_list("pk", flat=True)), now)


def _set_shown_place(record: Any, kind: RecordKind, draft: Draft | None, by: User) -> None:
    if draft:
        set_shown_place(record, draft.changes, is_laid_over=True)
    else:
        own = open_drafts(kind, [record.pk], by).get(record.pk) if record.pk else None
        set_shown_place(record, own.changes if own else {})


def _refuse_change(record: Any, standing: PublicStanding, stored: dict[str, Any], reason: str) -> None:
    """Refuse a change of a public record without proposals (names and places) unless it has a reason."""
    if standing.kind and standing.is_told:
        _refuse_change_of_told_record(record, standing.kind, changed_columns(record, stored))
    if standing.needs_reason and not reason.strip():
        raise RuleViolation(
            _("Readers see “%(record)s”. Say why it changes: they will read it.") % {"record": record}
        )


def _refuse_change_of_told_record(record: Any, kind: RecordKind, changed: set[str]) -> None:
    """Refuse a change of fixed columns.

    Applies to withdrawn records too: the ledger identifies them by these columns.
    """
    if kind.keeps_its_wording and changed - {"translations"}:
        raise RuleViolation(
            _("“%(record)s” is public and stays as it was written. Add another that says more.")
            % {"record": record}
        )
    if kind.has_address and "slug" in changed:
        raise RuleViolation(
            _("“%(record)s” is public: its web address stays, so that links to it hold.") % {"record": record}
        )
    if kind.fixed_ends & changed:
        raise RuleViolation(
            _("Readers have seen this link: it stays between its claim and its report. Make another.")
        )


def set_author(record: Any, kind: RecordKind, by: User, now: datetime) -> None:
    """Set what nobody types: author and time."""
    if kind.is_authored:
        if record._state.adding:
            record.created_by, record.created_at = by, now
        record.changed_at, record.changed_by = now, by
    kind.fill_in(record, by)


def editable_fields(record: models.Model, kind: RecordKind | None) -> list[str]:
    """The columns that an editor's save may write. Decisions made since the record was read are not overwritten."""
    decided = kind.decided_columns if kind else ()
    fields = [field.name for field in record._meta.concrete_fields if not field.primary_key]
    return [name for name in fields if name not in decided]


@transaction.atomic
def delete(record: models.Model, *, by: User, now: datetime) -> None:
    """Delete a record that readers have never seen. Raises RuleViolation for others, which can only be withdrawn."""
    acquire_write_lock()
    kind = kind_of_record(record)
    if was_ever_published(record):
        raise RuleViolation(
            _("“%(record)s” has been published. Withdraw it with a reason instead.") % {"record": record}
        )
    if kind and kind.is_graded and Rating.objects.filter(link=record.pk).exclude(rater=by).exists():
        raise RuleViolation(
            _("Others have graded “%(record)s”. Grade it as context, and it counts nothing.")
            % {"record": record}
        )
    claims = list(affected_claims(record).values_list("pk", flat=True))
    if isinstance(record, EvidenceLink):
        take_back_own_grading(record, by=by, now=now)
    record_desk_step(Step.DELETE, record, by=by, now=now, before=stored_row_values(record))
    record.delete()
    rescore_claim_keys(claims, now)


def was_ever_published(record: models.Model) -> bool:
    """Whether the record was ever published.

    Asks the database, because it may have been published since it was read.
    """
    kind = kind_of_record(record)
    if kind is None:
        return False
    if kind.is_publishable:
        hidden = Q(status__in=[Status.DRAFT, Status.IN_REVIEW], published_at=None)
        return kind.model._base_manager.filter(pk=record.pk).exclude(hidden).exists()
    return is_in_ledger(record, kind) or (kind.is_bound and bool(kind.ledger_keys([record.pk])))
