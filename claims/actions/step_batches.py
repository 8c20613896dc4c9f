"""One step of many records of a list: those that may take it do, and a claim that they turn owes one notice."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.actions.correction_notices import CorrectionNotice, demand_notice
from claims.actions.publishing import (
    Record,
    publish_without_notice,
    reopen_record,
    return_to_writer,
    submit_for_review,
    withdraw_without_notice,
)
from claims.actions.rescoring import affected_claims, batch_rescoring, rescore_affected_claims
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Step
from claims.domain.workflow import STATUS_TRANSITIONS, PublishingCheck

# Each without a notice: those that readers do not see owe none, and the others run within the batch's `demand_notice`.
ACTIONS: dict[Step, Callable[..., None]] = {
    Step.SUBMIT: submit_for_review,
    Step.RETURN: return_to_writer,
    Step.PUBLISH: publish_without_notice,
    Step.WITHDRAW: withdraw_without_notice,
    Step.REOPEN: reopen_record,
}


@dataclass
class StepOutcome:
    """The records that took the step, and why the others did not: one sentence for each."""

    done: list[Record] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def take_step(
    step: Step,
    records: Iterable[Record],
    *,
    by: User,
    now: datetime,
    reason: str = "",
    checks: Collection[PublishingCheck] = (),
    notice: CorrectionNotice | None = None,
    refuse_unseen: Callable[[Record], None] = lambda record: None,
) -> StepOutcome:
    """Take the step with each record that the rules let take it.

    `refuse_unseen` raises RuleViolation for a record that is not as the editor saw it; it is called while nobody else
    can write. If the records owe a notice and none was written, none of them takes the step.
    """
    outcome = StepOutcome()
    given: dict[str, Any] = {"by": by, "now": now, "reason": reason}
    if STATUS_TRANSITIONS[step].takes_checks:
        given["checks"] = checks
    try:
        with batch_rescoring(now=now):
            records = list(records)
            claims = {key for each in records for key in affected_claims(each).values_list("pk", flat=True)}
            with demand_notice(claims, notice, by=by, now=now):
                for record in records:
                    try:
                        with transaction.atomic():
                            refuse_unseen(record)
                            ACTIONS[step](record, **given)
                    except RuleViolation as refusal:
                        outcome.refusals.append(str(refusal))
                    else:
                        outcome.done.append(record)
            rescore_affected_claims(outcome.done, now=now)
    except RuleViolation as refusal:
        return StepOutcome(refusals=[*outcome.refusals, str(refusal)])
    return outcome
