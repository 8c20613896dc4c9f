"""Readers' reports of errors: stored once, answered with a reason, kept out of everything else."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.serializers import serialize

from claims.actions import (
    DeskIsFull,
    RuleViolation,
    accept_suppression,
    answer_error_report,
    delete_error_report,
    error_reports,
    merge_records,
    request_suppression,
    send_error_report,
)
from claims.domain.vocabulary import SuppressionGround
from claims.models import DeskStep, Entry, ErrorReport
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    ErrorReportFactory,
    EvidenceFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

READER = "reader@example.org"
LATER = NOW + timedelta(days=1)


def sent(record=None, **given: Any):
    fields: dict[str, Any] = {
        "key": uuid4(), "text": "The day is wrong.", "where_to_check": "", "reader_address": READER, "now": NOW,
    } | given  # fmt: skip
    return send_error_report(record or ClaimFactory(published=True), **fields)


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def answered(report, by, state="declined", answer="The record says so too.", **more):
    answer_error_report(report, state=state, answer=answer, by=by, now=LATER, **more)
    report.refresh_from_db()
    return report


# Sent


def test_a_report_waits_with_the_record_it_is_about():
    evidence = EvidenceFactory(published=True)
    report = sent(evidence)
    assert (report.record, report.kind) == (evidence, "evidence")
    assert (report.state, report.sent_at) == ("waiting", NOW)


def test_the_same_form_sent_twice_gives_one_report():
    claim, key = ClaimFactory(published=True), uuid4()
    assert sent(claim, key=key) == sent(claim, key=key)
    assert ErrorReport.objects.count() == 1


def test_a_flood_is_refused_for_an_hour(monkeypatch):
    monkeypatch.setattr(error_reports, "MOST_AN_HOUR", 2)
    claim = ClaimFactory(published=True)
    for _ in range(2):
        sent(claim)
    with pytest.raises(DeskIsFull):
        sent(claim)
    sent(claim, now=NOW + timedelta(hours=1))
    assert ErrorReport.objects.count() == 3


def test_more_than_can_be_read_is_refused_until_some_are_answered(monkeypatch, editor):
    monkeypatch.setattr(error_reports, "MOST_WAITING", 1)
    report = sent(now=NOW - timedelta(days=1))
    with pytest.raises(DeskIsFull):
        sent()
    answered(report, editor)
    sent()


def test_a_merged_source_takes_its_reports_along():
    kept, gone = SourceFactory(), SourceFactory()
    report = sent(gone)
    merge_records(kept, gone, by=UserFactory(publisher=True), now=NOW, reason="The same paper.")
    report.refresh_from_db()
    assert report.record == kept


# Answered


@pytest.mark.parametrize(
    ("state", "answer", "words"),
    [
        ("declined", "  ", "Say why nothing is changed"),
        ("accepted", "", "Say what was done"),
        ("waiting", "Later.", "Choose whether"),
        ("lost", "Later.", "Choose whether"),
    ],
)
def test_an_answer_has_an_outcome_and_says_why(editor, state, answer, words):
    with pytest.raises(RuleViolation, match=words):
        answered(sent(), editor, state, answer)


def test_a_correction_answers_a_report_that_was_right(editor):
    correction = CorrectionFactory()
    report = answered(sent(), editor, "accepted", "", correction=correction)
    assert (report.state, report.correction, report.answered_by, report.answered_at) == (
        "accepted", correction, editor, LATER,
    )  # fmt: skip


def test_an_answer_can_be_replaced(editor):
    report = answered(sent(), editor)
    assert answered(report, editor, "accepted", "We were wrong to decline it.").state == "accepted"


@pytest.mark.parametrize(("role", "may_answer", "may_delete"), [
    ("reporter", False, False), ("editor", True, False), ("publisher", True, True),
])  # fmt: skip
def test_each_action_asks_for_its_permission(role, may_answer, may_delete):
    user, report = UserFactory(**{role: True}), sent()
    done = []
    for action in (lambda: answered(report, user), lambda: delete_error_report(report, by=user)):
        try:
            action()
            done.append(True)
        except PermissionDenied:
            done.append(False)
    assert done == [may_answer, may_delete]


# Kept out of everything else


def test_nothing_of_a_report_is_in_the_ledger_or_in_the_steps_of_the_desk():
    entries, publisher = Entry.objects.count(), UserFactory(publisher=True)
    claim = ClaimFactory(published=True)
    report = answered(sent(claim), publisher)
    delete_error_report(report, by=publisher)
    assert (Entry.objects.count(), DeskStep.objects.count(), LogEntry.objects.count()) == (entries, 0, 0)
    assert not ErrorReport.objects.exists()


def test_a_suppressed_text_goes_from_reports_and_answers_too(editor):
    name = "Abu Fulan"
    report = answered(sent(text=f"{name} did not say it."), editor, answer=f"{name} did.")
    first, second = UserFactory.create_batch(2, publisher=True)
    asked = request_suppression(
        text=name, ground=SuppressionGround.SAFETY, reason="It endangers somebody.", by=first, now=LATER
    )
    accept_suppression(asked, by=second, now=LATER)
    assert name not in serialize("json", ErrorReport.objects.all())
    assert ErrorReport.objects.get().key == report.key


# E-mails are erased


def erase():
    out = StringIO()
    call_command("erase_reader_addresses", stdout=out)
    return out.getvalue()


@pytest.fixture
def _a_late_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=400))


@pytest.mark.usefixtures("_a_late_day")
@pytest.mark.parametrize(
    ("days_since_answer", "days_since_sent", "kept"),
    [(89, 399, True), (91, 399, False), (None, 364, True), (None, 366, False)],
)
def test_an_e_mail_is_erased_some_time_after_the_answer_or_a_year_after_it_was_sent(
    days_since_answer, days_since_sent, kept
):
    today = NOW + timedelta(days=400)
    when: dict[str, Any] = {"sent_at": today - timedelta(days=days_since_sent)}
    if days_since_answer is not None:
        when |= {"declined": True, "answered_at": today - timedelta(days=days_since_answer)}
    report = ErrorReportFactory(reader_address=READER, **when)
    assert erase() == ("0 e-mails of readers erased.\n" if kept else "1 e-mail of readers erased.\n")
    report.refresh_from_db()
    assert (report.reader_address, report.text != "") == (READER if kept else "", True)
    assert erase().startswith("0 ")


def test_an_answer_erases_what_is_due_where_nobody_runs_the_command(editor):
    old = ErrorReportFactory(declined=True, answered_at=NOW - timedelta(days=200))
    report = answered(sent(), editor)
    old.refresh_from_db()
    assert (old.reader_address, report.reader_address) == ("", READER)


@pytest.mark.usefixtures("_a_late_day")
def test_the_operator_chooses_after_how_many_days(settings):
    settings.READER_ADDRESS_DAYS = 0
    ErrorReportFactory(declined=True, answered_at=NOW + timedelta(days=400))
    assert erase().startswith("1 ")
