"""Publication and its reversal: the steps of `domain.workflow`, each with who, when and why."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.card_files import delete_cards_on_commit
from claims.actions.correction_notices import CorrectionNotice, demand_notice
from claims.actions.desk_memory import record_desk_step
from claims.actions.one_person import (
    can_be_reviewed,
    mark_if_alone,
    mark_links_made_public,
    refuse_claim_of_lone_gradings,
)
from claims.actions.proposal_decisions import take_back_proposal
from claims.actions.proposals import pending_proposals
from claims.actions.publishing_checks import refuse_unfounded_checks
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Act, Status, Step
from claims.domain.workflow import STATUS_TRANSITIONS, PublishingCheck
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import About, Claim, Evidence, Proposal, Reply, Statement
from claims.selectors.readiness import readiness_items

from .rescoring import acquire_write_lock, affected_claims, rescore_affected_claims

Record = About | Claim | Evidence | Reply | Statement


@transaction.atomic
def submit_for_review(record: Record, *, by: User, now: datetime, reason: str = "") -> None:
    """Send a record to review, also one that still lacks something for publication."""
    _check_transition(record, Step.SUBMIT, by, reason)
    # A loaded draft may have no writer. Who submits it counts as its writer, so another person must publish it.
    record.created_by, record.changed_by = record.created_by or by, record.changed_by or by
    record.submitted_at, record.submitted_by = now, by
    _store_transition(record, Step.SUBMIT, by, now, reason)


@transaction.atomic
def return_to_writer(record: Record, *, by: User, now: datetime, reason: str) -> None:
    """Send a record back to its writer, with a reason."""
    _check_transition(record, Step.RETURN, by, reason)
    _store_transition(record, Step.RETURN, by, now, reason)


@transaction.atomic
def publish_record(
    record: Record,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    checks: Collection[PublishingCheck] = (),
    notice: CorrectionNotice | None = None,
) -> None:
    """Publish a record. `checks` are what the publisher says they have checked; without any, a reason is needed.

    What one person published alone is published again by a second one, who takes its mark away. Raises
    PermissionDenied without the permission, and RuleViolation for a person who wrote it, unless the setting
    SINGLE_EDITOR is on, for an incomplete record, for a wrong status, and without a notice where a published verdict
    turns.
    """
    acquire_write_lock()
    claims = set(affected_claims(record).values_list("pk", flat=True))
    with demand_notice(claims, notice, by=by, now=now):
        publish_without_notice(record, by=by, now=now, reason=reason, checks=checks)
    rescore_affected_claims([record], now=now)


def publish_without_notice(
    record: Record, *, by: User, now: datetime, reason: str, checks: Collection[PublishingCheck]
) -> None:
    """Publish a record within the caller's `demand_notice`, so that several records owe a claim one notice.

    The caller scores the affected claims afterwards.
    """
    _check_transition(record, Step.PUBLISH, by, reason, checks)
    is_review = record.is_published
    mark_if_alone(record, by.pk)
    _refuse_incomplete_record(record)
    if is_review:
        refuse_claim_of_lone_gradings(record)
    else:
        record.published_at = now
    record.published_by = record.approved_by = by
    record.withdrawn_at = record.withdrawn_by = None
    record.withdrawal_reason = ""
    _store_transition(record, Step.PUBLISH, by, now, reason)
    marked = [] if is_review else mark_links_made_public(record)
    why = ChangeReason(act=Act.PUBLISH, now=now, by=by, reason=reason.strip(), checks=checks)
    append_entries([record, *marked], why)


@transaction.atomic
def withdraw_record(
    record: Record, *, by: User, now: datetime, reason: str, notice: CorrectionNotice | None = None
) -> None:
    """Withdraw a published record. It stays on the desk, and readers see the reason."""
    acquire_write_lock()
    claims = set(affected_claims(record).values_list("pk", flat=True))
    with demand_notice(claims, notice, by=by, now=now):
        withdraw_without_notice(record, by=by, now=now, reason=reason)
    rescore_affected_claims([record], now=now)


def withdraw_without_notice(record: Record, *, by: User, now: datetime, reason: str) -> None:
    """Withdraw a record within the caller's `demand_notice`; the caller scores the affected claims afterwards."""
    _check_transition(record, Step.WITHDRAW, by, reason)
    for waiting in pending_proposals(record):
        _drop_pending_proposal(waiting, now)
    record.withdrawn_at, record.withdrawn_by, record.withdrawal_reason = now, by, reason.strip()
    _store_transition(record, Step.WITHDRAW, by, now, reason)
    append_entries([record], ChangeReason(act=Act.WITHDRAW, now=now, by=by, reason=reason.strip()))
    hidden = affected_claims(record).exclude(pk__in=Claim.objects.published().values("pk"))
    delete_cards_on_commit(hidden.values_list("slug", flat=True))


@transaction.atomic
def reopen_record(record: Record, *, by: User, now: datetime, reason: str) -> None:
    """Make a withdrawn record a draft again. Readers still see that it was withdrawn."""
    _check_transition(record, Step.REOPEN, by, reason)
    _store_transition(record, Step.REOPEN, by, now, reason)


def _drop_pending_proposal(proposal: Proposal, now: datetime) -> None:
    """Take back the pending proposal of a record that is withdrawn. Its writer keeps it on the desk."""
    take_back_proposal(proposal, by=proposal.proposed_by, now=now)


def _check_transition(
    record: Record, step: Step, by: User, reason: str, checks: Collection[PublishingCheck] = ()
) -> None:
    transition = STATUS_TRANSITIONS[step]
    if not by.has_perm(f"claims.{transition.permission}_{record._meta.model_name}"):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
    _lock_publishable(record)
    if record.status not in transition.sources and not (
        step is Step.PUBLISH and can_be_reviewed(record, by.pk)
    ):
        raise RuleViolation(_explain_wrong_status(record, step))
    if transition.lacks_reason(reason, checks):
        words = (
            _("Tick what you checked of “%(record)s”, or say it in a line.")
            if transition.takes_checks
            else _("Say why, for “%(record)s”.")
        )
        raise RuleViolation(words % {"record": record})
    refuse_unfounded_checks(record, checks)


def _lock_publishable(record: Record) -> None:
    """Read the row again with a lock, so that of two simultaneous decisions only one succeeds."""
    acquire_write_lock()
    current = type(record)._base_manager.select_for_update().get(pk=record.pk)
    record.refresh_from_db(fields=[field.attname for field in current._meta.concrete_fields])


def _explain_wrong_status(record: Record, step: Step) -> str:
    words = {
        Step.SUBMIT: _("“%(record)s” is %(status)s: only a draft is sent to review."),
        Step.RETURN: _("“%(record)s” is %(status)s: only what is in review is sent back."),
        Step.PUBLISH: _(
            "“%(record)s” is %(status)s: send it to review first, and a second person publishes it."
        ),
        Step.WITHDRAW: _("“%(record)s” is %(status)s: only what is published is withdrawn."),
        Step.REOPEN: _("“%(record)s” is %(status)s: only what was withdrawn is taken up again."),
    }
    if step is Step.PUBLISH and record.status == Status.PUBLISHED:
        return _("“%(record)s” is published already.") % {"record": record}
    return words[step] % {"record": record, "status": _(Status(record.status).label)}


def _refuse_incomplete_record(record: Record) -> None:
    if reasons := [item.sentence for item in readiness_items(record) if not item.done]:
        raise RuleViolation(
            _("“%(record)s” cannot be published yet: %(reasons)s")
            % {"record": record, "reasons": " ".join(reasons)}
        )


def _store_transition(record: Record, step: Step, by: User, now: datetime, reason: str) -> None:
    record.status = STATUS_TRANSITIONS[step].target
    record.changed_at = now
    record.save()
    record_desk_step(step, record, by=by, now=now, reason=reason.strip())
