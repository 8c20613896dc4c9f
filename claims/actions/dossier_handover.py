"""Hand-over of a dossier: all of it is sent to review, published or sent back in one step, or nothing of it is."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.correction_notices import CorrectionNotice, demand_notice
from claims.actions.publishing import publish_without_notice, return_to_writer, submit_for_review
from claims.actions.publishing_checks import checks_of_record
from claims.actions.rescoring import acquire_write_lock, affected_claims, rescore_affected_claims
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Status, Step
from claims.domain.workflow import PublishingCheck
from claims.models import Claim, Statement
from claims.selectors.statement_dossiers import DossierRecord, load_statement_dossier


class DossierRefusal(RuleViolation):
    """Why nothing of a dossier was handed over: one sentence for each record that was refused."""

    def __init__(self, refusals: list[str]) -> None:
        super().__init__(" ".join(refusals))
        self.refusals = refusals


@transaction.atomic
def submit_dossier(statement: Statement, *, by: User, now: datetime, reason: str = "") -> list[DossierRecord]:
    """Send all drafts of the dossier to review. Raises RuleViolation if one is refused, and sends nothing then."""
    records = _records_for(statement, Step.SUBMIT)
    for record in records:
        submit_for_review(record, by=by, now=now, reason=reason)
    return records


@transaction.atomic
def return_dossier(statement: Statement, *, by: User, now: datetime, reason: str) -> list[DossierRecord]:
    """Send all that is in review of the dossier back to its writers, with the reason. What is public stays.

    Raises RuleViolation if one is refused, and sends nothing back then.
    """
    records = _records_for(statement, Step.RETURN)
    for record in records:
        return_to_writer(record, by=by, now=now, reason=reason)
    return records


@transaction.atomic
def publish_dossier(
    statement: Statement,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    checks: Collection[PublishingCheck] = (),
    notice: CorrectionNotice | None = None,
) -> list[DossierRecord]:
    """Publish all that is in review of the dossier, by the rules that hold for each record; and its drafts, where one
    person may act alone.

    Each of the `checks` holds for the records that have what is checked. The `notice` is published once on each claim
    whose verdict the dossier turns. Raises DossierRefusal if a record is refused,
    and publishes nothing then.
    """
    records = _records_for(statement, Step.PUBLISH)
    claims = {key for each in records for key in affected_claims(each).values_list("pk", flat=True)}
    with _as_dossier_refusal(), demand_notice(claims, notice, by=by, now=now):
        _publish_all(records, by, now, reason, checks)
    rescore_affected_claims(records, now=now)
    return records


@contextmanager
def _as_dossier_refusal() -> Iterator[None]:
    try:
        yield
    except DossierRefusal:
        raise
    except RuleViolation as refusal:
        raise DossierRefusal([str(refusal)]) from refusal


def _publish_all(
    records: list[DossierRecord], by: User, now: datetime, reason: str, checks: Collection[PublishingCheck]
) -> None:
    refusals: list[str] = []
    is_statement_refused = False
    for record in records:
        if is_statement_refused and isinstance(record, Claim):
            continue  # no claim is published without its statement: what stops that is enough to know
        try:
            with transaction.atomic():
                if record.status == Status.DRAFT:
                    submit_for_review(record, by=by, now=now)
                own_checks = checks_of_record(record, checks)
                publish_without_notice(record, by=by, now=now, reason=reason, checks=own_checks)
        except RuleViolation as refusal:
            refusals.append(str(refusal))
            is_statement_refused = is_statement_refused or isinstance(record, Statement)
    if refusals:
        raise DossierRefusal(refusals)


def _records_for(statement: Statement, step: Step) -> list[DossierRecord]:
    """What takes the step, as it stands while this transaction holds the write lock."""
    acquire_write_lock()
    records = load_statement_dossier(Statement.objects.get(pk=statement.pk)).records_for(step)
    if not records:
        words = {
            Step.SUBMIT: _("Nothing of this dossier is a draft, so nothing was sent to review."),
            Step.PUBLISH: _("Nothing of this dossier is in review, so nothing was published."),
            Step.RETURN: _("Nothing of this dossier is in review, so nothing was sent back."),
        }
        raise RuleViolation(words[step])
    return records
