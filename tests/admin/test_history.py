"""A record's past on the desk: its steps while it was hidden, its entries in the ledger once it was not."""

import pytest
from django.contrib.admin.models import LogEntry

from claims.models import DeskStep, Entry
from tests.actions.desk import ready
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SourceFactory,
    StatementFactory,
)

from .posting import address, choose, decide, send, text


def past(client, record):
    return " ".join(text(client.get(address(record, "history"))).split("<tbody>")[1].split())


def test_what_nobody_touched_has_no_past(editor):
    assert "Nothing was noted of it yet" in past(editor, ClaimFactory())


def test_a_history_tells_who_did_what_and_why_the_latest_first(editor, colleague, publisher):
    claim = ready(ClaimFactory)
    send(editor, address(claim), {"criterion": "Month by month."})
    decide(editor, claim, "submit")
    decide(publisher, claim, "publish", reason="Checked against the transcript.")
    told = past(publisher, claim)
    assert told.index("Checked against the transcript.") < told.index(str(editor.user))
    for who in (editor.user, publisher.user):
        assert str(who) in told
    assert str(colleague.user) not in told


def test_an_entry_of_the_ledger_leads_to_its_public_page(publisher):
    report = ready(EvidenceFactory, in_review=True)
    decide(publisher, report, "publish")
    entry = Entry.objects.get(kind="evidence", subject=report.slug)
    assert f'href="{entry.get_absolute_url()}"' in past(publisher, report)


def test_what_was_undone_is_told_no_more(editor):
    claim = ClaimFactory()
    send(editor, address(claim), {"criterion": "Month by month."})
    step = DeskStep.objects.get()
    editor.post(address(step, "undo"))
    assert "Nothing was noted of it yet" in past(editor, claim)


def test_the_admin_keeps_no_second_log(editor, publisher):
    reports = [ready(EvidenceFactory, in_review=True), ready(EvidenceFactory)]
    send(editor, address(reports[1]), {"detail": "At noon."})
    decide(publisher, reports[0], "publish")
    choose(publisher, reports[:1], "withdraw")
    editor.post(address(reports[1], "delete"), {"post": "yes"})
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("factory", [ClaimFactory, EvidenceFactory, StatementFactory, SourceFactory])
def test_a_long_past_costs_no_more_than_a_short_one(editor, django_assert_max_num_queries, factory):
    record = factory()
    for n in range(5):
        send(editor, address(record), {"slug": f"address-{n}"})
    with django_assert_max_num_queries(11):
        editor.get(address(record, "history"))


def test_markup_in_a_reason_is_shown_and_not_run(publisher):
    report = ready(EvidenceFactory, in_review=True)
    decide(publisher, report, "return", reason="<script>alert(1)</script>")
    assert "<script>alert" not in past(publisher, report)


def test_the_past_of_a_record_that_is_none_is_said_to_be_none(editor):
    link = EvidenceLinkFactory()
    answer = editor.get(address(link.claim, "history").replace(f"/{link.claim.pk}/", "/999999/"), follow=True)
    assert "doesn’t exist" in text(answer)
