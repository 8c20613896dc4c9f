"""Readers' reports of errors: sent by a reader, answered by an editor. Nothing of them is public or in the ledger.

They are not saved by `claims.actions.save`, which would keep the reader's e-mail in the steps of the desk.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.actions.permissions import check_permission
from claims.actions.rescoring import acquire_write_lock
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import ErrorReportState
from claims.models import Correction, ErrorReport

MOST_AN_HOUR = 60  # reports from all readers together
MOST_WAITING = 1000  # unanswered reports; more would fill the database and nobody would read them
UNANSWERED_DAYS = 365  # after which the e-mail of a report without an answer is erased


class DeskIsFull(Exception):
    """More reports arrive, or wait, than editors can read."""


def send_error_report(
    record: Any, *, key: UUID, text: str, where_to_check: str, reader_address: str, now: datetime
) -> ErrorReport:
    """Store a reader's report about a record. The same key is stored once: a form sent twice gives one report.

    Takes no turn among the actions of the desk: a flood of reports must not keep editors from saving.
    """
    if sent := ErrorReport.objects.filter(key=key).first():
        return sent
    _refuse_flood(now)
    try:
        with transaction.atomic():
            return ErrorReport.objects.create(
                **{str(record._meta.model_name): record},
                key=key,
                text=text,
                where_to_check=where_to_check,
                reader_address=reader_address,
                sent_at=now,
            )
    except IntegrityError:  # stored by another request of the same form meanwhile
        if sent := ErrorReport.objects.filter(key=key).first():
            return sent
        raise


def _refuse_flood(now: datetime) -> None:
    recent = ErrorReport.objects.filter(sent_at__gt=now - timedelta(hours=1))
    waiting = ErrorReport.objects.filter(state=ErrorReportState.WAITING)
    if recent.count() >= MOST_AN_HOUR or waiting.count() >= MOST_WAITING:
        raise DeskIsFull


@transaction.atomic
def answer_error_report(
    report: ErrorReport,
    *,
    state: str,
    answer: str,
    correction: Correction | None = None,
    by: User,
    now: datetime,
) -> None:
    """Accept or decline a report. An answer may be replaced by a later one, and not be taken back."""
    acquire_write_lock()
    check_permission(by, "change_errorreport")
    if objection := objection_to_answer(state, answer, correction):
        raise RuleViolation(objection)
    report.state, report.answer, report.correction = state, answer.strip(), correction
    report.answered_by, report.answered_at = by, now
    report.save(update_fields=["state", "answer", "correction", "answered_by", "answered_at"])
    erase_reader_addresses(now=now)  # where nobody runs the command, at least with each answer


def objection_to_answer(state: str, answer: str, correction: Correction | None) -> str:
    """Why a report can't be answered so; empty if it can."""
    match state:
        case ErrorReportState.ACCEPTED if not (answer.strip() or correction):
            return _("Say what was done, or choose the correction that came of it.")
        case ErrorReportState.DECLINED if not answer.strip():
            return _("Say why nothing is changed: the reader sees it.")
        case ErrorReportState.ACCEPTED | ErrorReportState.DECLINED:
            return ""
    return _("Choose whether the report is accepted or declined.")


@transaction.atomic
def delete_error_report(report: models.Model, *, by: User) -> None:
    """Delete a report: because its reader asks for it, or because it is no report. Nothing of it stays."""
    acquire_write_lock()
    check_permission(by, "delete_errorreport")
    report.delete()


def erase_reader_addresses(*, now: datetime) -> int:
    """Erase the e-mails of readers that are no longer needed. Returns how many.

    Of an answered report, READER_ADDRESS_DAYS after the answer; of any other, a year after it was sent.
    """
    answered = now - timedelta(days=settings.READER_ADDRESS_DAYS)
    sent = now - timedelta(days=UNANSWERED_DAYS)
    due = Q(answered_at__lte=answered) | Q(answered_at=None, sent_at__lte=sent)
    return ErrorReport.objects.exclude(reader_address="").filter(due).update(reader_address="")
