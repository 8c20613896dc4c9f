"""Saving and deleting from the desk: stamped, and scored in the same transaction.

What readers see is not changed here: saving it proposes a revision, on which a second person decides.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from claims.actions.correction_notices import CorrectionNotice
from claims.actions.desk_memory import record_desk_step, stored_row_values
from claims.actions.outdated_translations import changes_original_text, drop_outdated_translations
from claims.actions.place_risk import set_shown_place
from claims.actions.proposals import needs_reason, needs_review, pending_changes, propose_revision
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Act, Status, Step
from claims.ledger.writer import ChangeReason, append_entries, is_in_ledger
from claims.models import Claim, Correction, Evidence, EvidenceLink, Role, SearchNote
from claims.models.base import Authored, Publishable, Slugged

from .rescoring import acquire_write_lock, affected_claims, rescore_claim_keys

Many = Mapping[str, Sequence[models.Model]]


@transaction.atomic
def save(
    record: models.Model,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    notice: CorrectionNotice | None = None,
    many: Many | None = None,
    translations_hold: bool = False,
) -> None:
    """Store a record with who entered it and when it changed; then score what it moves.

    `many` are its topics and places. A published record is not touched: what was changed becomes a proposal.
    A translation goes with the text that it translates, unless somebody says that it still holds.
    """
    acquire_write_lock()
    if isinstance(record, Evidence):
        set_shown_place(record, pending_changes(record) if needs_review(record) else {})
    if not (record._state.adding or translations_hold):
        drop_outdated_translations(record)
    if needs_review(record):
        propose_revision(record, by=by, now=now, reason=reason, notice=notice, many=many or {})
        return
    adding = record._state.adding
    if not adding:
        _refuse_change_without_reason(record, reason)
    before = set() if adding else set(affected_claims(record).values_list("pk", flat=True))
    was = None if adding else stored_row_values(record)
    _stamp_authorship(record, adding, by, now)
    record.save(update_fields=None if adding else _editable_fields(record))
    for name, rows in (many or {}).items():
        getattr(record, name).set(rows)
    record_desk_step(
        Step.WRITE, record, by=by, now=now, reason=reason, before=was, after=stored_row_values(record)
    )
    append_entries(
        [record],
        ChangeReason(act=_act_of_new_record(record) if adding else Act.REVISE, now=now, by=by, reason=reason),
    )
    rescore_claim_keys(before | set(affected_claims(record).values_list("pk", flat=True)), now)


def _refuse_change_without_reason(record: models.Model, reason: str) -> None:
    """What readers see and no revision guards: their names and places. Changed with a reason, or not at all."""
    if isinstance(record, SearchNote | Correction) and is_in_ledger(record) and changes_original_text(record):
        raise RuleViolation(
            _("“%(record)s” is public and stays as it was written. Add another that says more.")
            % {"record": record}
        )
    if isinstance(record, Slugged) and is_in_ledger(record):
        refuse_changed_address(record)
    if isinstance(record, EvidenceLink) and is_in_ledger(record):
        _refuse_changed_link_ends(record)
    if needs_reason(record.speaker if isinstance(record, Role) else record) and not reason.strip():
        raise RuleViolation(
            _("Readers see “%(record)s”. Say why it changes: they will read it.") % {"record": record}
        )


def refuse_changed_address(record: Slugged) -> None:
    if not type(record)._base_manager.filter(pk=record.pk, slug=record.slug).exists():
        raise RuleViolation(
            _("“%(record)s” is public: its web address stays, so that links to it hold.") % {"record": record}
        )


def _refuse_changed_link_ends(link: EvidenceLink) -> None:
    """Also while one of its ends is withdrawn: the ledger knows a link by them."""
    if not EvidenceLink.objects.filter(pk=link.pk, claim=link.claim_id, evidence=link.evidence_id).exists():
        raise RuleViolation(
            _("Readers have seen this link: it stays between its claim and its report. Make another.")
        )


def _act_of_new_record(record: models.Model) -> Act:
    """What the ledger calls it that a record is new."""
    match record:
        case Correction():
            return Act.CORRECT
        case SearchNote():
            return Act.SEARCH
    return Act.REVISE


def _stamp_authorship(record: models.Model, adding: bool, by: User, now: datetime) -> None:
    """What nobody types: who, when, and a new claim's place among its statement's."""
    if isinstance(record, Authored):
        if adding:
            record.created_by, record.created_at = by, now
        record.changed_at, record.changed_by = now, by
    match record:
        case Claim():
            if record.settled_on and not record.settled_by_id:
                record.settled_by = by
            elif not record.settled_on:
                record.settled_by = None
            if adding and not record.position:
                siblings = Claim.objects.filter(statement=record.statement_id)
                record.position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
        case SearchNote() if not record.searched_by_id:
            record.searched_by = by
        case Correction() if not record.corrected_by_id:
            record.corrected_by = by


def _editable_fields(record: models.Model) -> list[str]:
    """What an editor's save may write: whatever was decided since the record was read stays decided."""
    decided = record.decided if isinstance(record, Publishable) else ()
    fields = [field.name for field in record._meta.concrete_fields if not field.primary_key]
    return [name for name in fields if name not in decided]


@transaction.atomic
def delete(record: models.Model, *, by: User, now: datetime) -> None:
    """Take a record away that nobody outside has seen. What was published is withdrawn instead."""
    acquire_write_lock()
    if was_ever_published(record):
        raise RuleViolation(
            _("“%(record)s” has been published. Withdraw it with a reason instead.") % {"record": record}
        )
    if isinstance(record, EvidenceLink) and record.ratings.exclude(rater=by).exists():
        raise RuleViolation(
            _("Others have graded “%(record)s”. Grade it as context, and it counts nothing.")
            % {"record": record}
        )
    claims = list(affected_claims(record).values_list("pk", flat=True))
    record_desk_step(Step.DELETE, record, by=by, now=now, before=stored_row_values(record))
    record.delete()
    rescore_claim_keys(claims, now)


def was_ever_published(record: models.Model) -> bool:
    """Asked of the database: the record may have been published since it was read."""
    hidden = Q(status__in=[Status.DRAFT, Status.IN_REVIEW], published_at=None)
    match record:
        case Publishable():
            return type(record)._base_manager.filter(pk=record.pk).exclude(hidden).exists()
        case EvidenceLink():
            return EvidenceLink.objects.public().filter(pk=record.pk).exists() or is_in_ledger(record)
        case Role():
            return False
    return is_in_ledger(record)
