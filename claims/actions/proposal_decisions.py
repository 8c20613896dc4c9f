"""The second person's word on a proposal: accept it, send it back; and what acceptance would do to each gap."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.actions.change_previews import run_and_roll_back
from claims.actions.correction_notices import (
    CorrectionNotice,
    GapChange,
    demand_notice,
    gap_changes,
    missing_notice_message,
    notice_page,
    published_verdicts,
)
from claims.actions.desk_memory import record_desk_step
from claims.actions.one_person import mark_accepted_revision, refuse_unless_alone_allowed
from claims.actions.place_risk import choose_shown_place
from claims.actions.proposed_values import write_values
from claims.actions.publishing_checks import possible_checks, refuse_unfounded_checks
from claims.actions.rescoring import acquire_write_lock, affected_claims, rescore_claim_keys
from claims.actions.rule_violation import RuleViolation
from claims.actions.source_grades import keep_earlier_grade
from claims.domain.vocabulary import Act, CorrectionKind, Outcome, Risk, Step
from claims.domain.workflow import PublishingCheck
from claims.ledger.signatures import public_signature
from claims.ledger.writer import ChangeReason, append_entries, last_entry_number
from claims.models import Proposal, Revision
from claims.records.registry import RECORD_KINDS


def may_decide_proposal(proposal: Proposal, by: User) -> bool:
    return _may_decide_revisions(proposal.revisions.all(), by)


def _may_decide_revisions(revisions: Iterable[Revision], by: User) -> bool:
    kinds = {revision.kind for revision in revisions}
    return all(by.has_perm(f"claims.{RECORD_KINDS[kind].decision_permission}") for kind in kinds)


@transaction.atomic
def accept_proposal(
    proposal: Proposal,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    notice: CorrectionNotice | None = None,
    checks: Collection[PublishingCheck] = (),
) -> list[GapChange]:
    """Show readers what was proposed. Refused where the record has changed since, and for its writer unless one person
    may act alone.

    `checks`: what the second person has checked of it, where it is about one record that can be published.
    """
    acquire_write_lock()
    _lock_proposal(proposal)
    is_own = by.pk == proposal.proposed_by_id
    if is_own:
        refuse_unless_alone_allowed(
            _("You wrote this revision. A second person has to accept it: ask another publisher.")
        )
    revisions = list(proposal.with_records())
    if not _may_decide_revisions(revisions, by):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
    _refuse_stale_revisions(revisions)
    claims = _affected_claim_keys(
        revisions
    )  # the same before and after: no revision changes what it tells of
    with demand_notice(claims, notice or _notice_of_proposal(proposal), by=by, now=now) as change:
        records = [_apply_revision(revision, proposal, by, now) for revision in revisions]
        _refuse_invalid_records(records)
        _refuse_checks(records, checks)
        told = ChangeReason(
            act=Act.REVISE, now=now, by=by, reason=proposal.reason, checks=checks,
            more={"proposed_by": public_signature(proposal.proposed_by)},
        )  # fmt: skip
        append_entries(records, told, {column for revision in revisions for column in revision.changes})
        change.altered = [page for revision, record in zip(revisions, records, strict=True)
                          if _alters_official_words(revision) and (page := notice_page(record))]  # fmt: skip
        change.aside = next((page for record in records if (page := notice_page(record))), None)
    proposal.by_one_person = is_own
    _record_decision(proposal, records, Outcome.ACCEPTED, Step.ACCEPT, by=by, now=now, reason=reason)
    rescore_claim_keys(claims, now)
    return change.moved


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: User, now: datetime, reason: str) -> None:
    """Send a proposal back, with the reason."""
    acquire_write_lock()
    _lock_proposal(proposal)
    if by.pk == proposal.proposed_by_id:
        raise RuleViolation(_("This is your own proposal: take it back instead."))
    revisions = list(proposal.with_records())
    if not _may_decide_revisions(revisions, by):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
    if not reason.strip():
        raise RuleViolation(_("Say why it is sent back: its writer will read it."))
    records = [revision.record for revision in revisions]
    _record_decision(proposal, records, Outcome.DECLINED, Step.DECLINE, by=by, now=now, reason=reason)


@transaction.atomic
def take_back_proposal(proposal: Proposal, *, by: User, now: datetime) -> None:
    """Take an own proposal back."""
    acquire_write_lock()
    _lock_proposal(proposal)
    if by.pk != proposal.proposed_by_id:
        raise RuleViolation(_("Only its writer takes a proposal back. Send it back with a reason instead."))
    records = [revision.record for revision in proposal.with_records()]
    _record_decision(proposal, records, Outcome.DROPPED, Step.DROP, by=by, now=now)


def preview_acceptance(proposal: Proposal, *, now: datetime) -> tuple[list[GapChange], list[str]]:
    """What acceptance would do to each gap, and what stands against it; nothing is kept."""
    revisions = list(proposal.with_records())
    found: list[GapChange] = []
    objections: list[str] = []

    def attempt() -> None:
        claims = _affected_claim_keys(revisions)
        before = published_verdicts(claims, now)
        try:
            records = [_apply_revision(revision, proposal, None, now) for revision in revisions]
            _refuse_stale_revisions(revisions)
            _refuse_invalid_records(records)
        except RuleViolation as refusal:
            objections.append(str(refusal))
        found.extend(gap_changes(before, published_verdicts(claims, now)))

    run_and_roll_back(attempt)
    return found, objections


def missing_notice(proposal: Proposal, *, by: User, now: datetime) -> str:
    """What to tell the writer of a proposal that would turn a verdict and has no notice; empty otherwise."""
    if proposal.notice.strip():
        return ""
    moved, _objections = preview_acceptance(proposal, now=now)
    turned = [move for move in moved if move.turns_verdict]
    return missing_notice_message(turned, [], by) if turned else ""


def _lock_proposal(proposal: Proposal) -> None:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by")
    proposal.refresh_from_db(from_queryset=rows)
    if proposal.outcome != Outcome.PENDING:
        raise RuleViolation(
            _("This proposal was decided already: %(outcome)s, by %(who)s.")
            % {"outcome": _(Outcome(proposal.outcome).label), "who": proposal.decided_by}
        )


def _refuse_stale_revisions(revisions: list[Revision]) -> None:
    for revision in revisions:
        if last_entry_number(RECORD_KINDS[revision.kind], revision.record.pk) != revision.base:
            raise RuleViolation(
                _(
                    "“%(record)s” has changed since this was written. Its writer can open the record and save the "
                    "proposal again, on what stands now."
                )
                % {"record": revision.record}
            )


def _affected_claim_keys(revisions: list[Revision]) -> set[int]:
    return {key for each in revisions for key in affected_claims(each.record).values_list("pk", flat=True)}


def _apply_revision(revision: Revision, proposal: Proposal, by: User | None, now: datetime) -> Any:
    """Write the proposed values into the row; without `by` only to see what they would do."""
    kind = RECORD_KINDS[revision.kind]
    model = kind.model
    rows = model._base_manager.select_for_update(of=("self",))
    if kind.checked_with:  # without names, Django would join everything
        rows = rows.select_related(*kind.checked_with)
    record: Any = rows.get(pk=revision.record.pk)
    many = write_values(record, _values_to_write(revision.changes))
    if kind.hides_place and record.exact_place:
        # Places may lie otherwise by now.
        record.place = choose_shown_place(record.exact_place, Risk(record.risk))
    if kind.keeps_earlier_grades:
        keep_earlier_grade(record, revision.changes, now)
    if by:
        record.changed_at, record.changed_by = now, proposal.proposed_by
        if kind.is_publishable:
            record.approved_by = by
        mark_accepted_revision(record, is_alone=by.pk == proposal.proposed_by_id)
    kind.fill_in(record, proposal.proposed_by)
    _save_within_constraints(record)
    for name, others in many.items():
        getattr(record, name).set(others)
    return record


def _save_within_constraints(record: Any) -> None:
    """The database checks them all at once; only a refusal is worth asking each of them for its words."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        try:
            record.validate_constraints()
        except ValidationError as error:
            raise RuleViolation(f"“{record}”: {' '.join(error.messages)}") from None
        raise


def _values_to_write(changes: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """All of them, but for a place that follows from the exact one and the risk."""
    return [item for item in changes.items() if item[0] != "place" or not changes.get("exact_place")]


def _refuse_invalid_records(records: list[Any]) -> None:
    """After all of them, since words and the spans on them may change together."""
    changed = {(type(record), record.pk): record for record in records}
    for record in records:
        for field in record._meta.concrete_fields:
            if field.is_relation and (
                other := changed.get((field.related_model, getattr(record, field.attname)))
            ):
                setattr(record, field.name, other)
        try:
            record.clean()
        except ValidationError as error:
            raise RuleViolation(f"“{record}”: {' '.join(error.messages)}") from None


def possible_checks_of_proposal(proposal: Proposal) -> list[PublishingCheck]:
    """What whoever accepts it may say they have checked, of the record as it would be."""
    revisions = list(proposal.with_records())
    if len(revisions) != 1 or not RECORD_KINDS[revisions[0].kind].is_publishable:
        return []  # the entry of each record would say that it was checked of all
    record = revisions[0].record
    for name in {"criterion", "archived_url"} & revisions[0].changes.keys():
        setattr(record, name, revisions[0].changes[name])
    return possible_checks([record])


def _refuse_checks(records: list[Any], checks: Collection[PublishingCheck]) -> None:
    if not checks:
        return
    if len(records) != 1:
        raise RuleViolation(
            _("It is about several records. Tick nothing, and say what you checked in words.")
        )
    refuse_unfounded_checks(records[0], checks)


def _alters_official_words(revision: Revision) -> bool:
    return bool(RECORD_KINDS[revision.kind].official_words & revision.changes.keys())


def _notice_of_proposal(proposal: Proposal) -> CorrectionNotice | None:
    if not proposal.notice_kind:
        return None
    return CorrectionNotice(
        CorrectionKind(proposal.notice_kind), proposal.notice, proposal.notice_translations
    )


def _record_decision(
    proposal: Proposal,
    records: list[Any],
    outcome: Outcome,
    step: Step,
    *,
    by: User,
    now: datetime,
    reason: str = "",
) -> None:
    proposal.outcome, proposal.decided_by, proposal.decided_at = outcome, by, now
    proposal.decision_reason = reason.strip()
    proposal.save()
    for record in records:
        record_desk_step(step, record, by=by, now=now, reason=reason.strip())
