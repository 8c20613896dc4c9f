"""Editors answer readers' reports of errors. E-mails are seen by those alone who may, and kept nowhere else."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from claims.models import DeskStep, ErrorReport
from tests.factories import CorrectionFactory, ErrorReportFactory
from tests.people import signed_in

from .posting import address, errors_of, listing, post, send, text
from .test_first_page import block, blocks
from .test_lists import queries_of

READER = "reader@example.org"


@pytest.fixture
def report(db):
    return ErrorReportFactory(text="The day is wrong.", reader_address=READER)


def answer(client, report, state="declined", words="The record says so too.", **more):
    return send(client, address(report), {"state": state, "answer": words, **more})


def stored(report):
    return ErrorReport.objects.get(pk=report.pk)


def test_a_report_waits_on_the_first_page_until_it_is_answered(editor, report):
    waiting = block(editor, "error_reports")
    assert address(report) in waiting
    assert str(report.claim) in waiting
    assert answer(editor, report).status_code == 200
    assert "error_reports" not in blocks(editor)


def test_an_editor_answers_and_is_named(editor, report):
    answer(editor, report, "accepted", "The day is right now.")
    row = stored(report)
    assert (row.state, row.answer, row.answered_by) == ("accepted", "The day is right now.", editor.user)
    assert row.answered_at is not None


def test_a_correction_stands_in_place_of_an_answer(editor, report):
    correction = CorrectionFactory(claim=report.claim)
    answer(editor, report, "accepted", "", correction=correction.pk)
    assert (stored(report).state, stored(report).correction) == ("accepted", correction)


@pytest.mark.parametrize(
    ("state", "words", "complaint"),
    [
        ("declined", " ", "Say why nothing is changed"),
        ("accepted", "", "Say what was done"),
        ("", "Some words.", "required"),
        ("waiting", "Some words.", "not one of the available choices"),
    ],
)
def test_an_answer_that_says_too_little_comes_back_with_what_was_typed(
    editor, report, state, words, complaint
):
    page = answer(editor, report, state, words)
    assert complaint in errors_of(page) + text(page)
    assert stored(report).is_waiting
    assert words.strip() in text(page)


def test_two_editors_who_answer_at_once_do_not_overwrite_each_other(editor, colleague, report):
    served = {"state": "declined", "answer": "No.", "seen": _seen(editor, report)}
    answer(colleague, report, "accepted", "Yes.")
    page = post(editor, address(report), {**served, "_save": "1"})
    assert "Now stored" in text(page)
    assert stored(report).answer == "Yes."


def _seen(client, report):
    return client.get(address(report)).context["adminform"].form["seen"].value()


def test_an_answer_may_be_replaced_and_not_be_taken_back(editor, report):
    answer(editor, report)
    answer(editor, report, "accepted", "We were wrong to decline it.")
    assert stored(report).state == "accepted"
    answer(editor, report, "waiting", "")
    assert stored(report).state == "accepted"


# Who sees the e-mail


def test_the_e_mail_is_seen_by_those_alone_who_may(reporter, editor, publisher, report):
    shown = {
        role: READER in text(client.get(address(report)))
        for role, client in {"reporter": reporter, "editor": editor, "publisher": publisher}.items()
    }
    assert shown == {"reporter": False, "editor": True, "publisher": True}


def test_no_list_search_or_filter_tells_of_an_e_mail(publisher, report):
    page = listing(ErrorReport)
    assert READER not in text(publisher.get(page))
    assert str(report) not in text(publisher.get(f"{page}?q=reader@example"))
    assert str(report) in text(publisher.get(f"{page}?q=day+is+wrong"))
    for query in ("reader_address__startswith=r", "reader_address=x"):
        assert publisher.get(f"{page}?{query}").status_code in {302, 400}, query


def test_neither_history_nor_the_steps_of_the_desk_hold_anything_of_it(editor, report):
    answer(editor, report)
    assert READER not in text(editor.get(address(report, "history")))
    assert (DeskStep.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_what_a_publisher_deletes_is_gone(publisher, editor, report):
    assert editor.post(address(report, "delete"), {"post": "yes"}).status_code == 403
    post(publisher, address(report, "delete"), {"post": "yes"})
    assert not ErrorReport.objects.exists()
    assert (DeskStep.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_many_are_deleted_at_once(publisher):
    reports = ErrorReportFactory.create_batch(3)
    chosen = {
        "action": "delete_selected",
        "_selected_action": [each.pk for each in reports[:2]],
        "post": "yes",
    }
    post(publisher, listing(ErrorReport), chosen)
    assert list(ErrorReport.objects.all()) == [reports[2]]


# The list


def test_a_report_is_found_by_the_address_that_its_reader_was_given(publisher, report):
    other = ErrorReportFactory()
    page = text(publisher.get(f"{listing(ErrorReport)}?q=http://testserver{report.get_absolute_url()}"))
    assert address(report) in page
    assert address(other) not in page


def test_those_that_wait_come_first_and_the_list_is_filtered_by_state_and_page(editor):
    answered, waiting = ErrorReportFactory(declined=True), ErrorReportFactory()
    page = text(editor.get(listing(ErrorReport)))
    assert page.index(str(waiting)) < page.index(str(answered))
    page = text(editor.get(f"{listing(ErrorReport)}?state__exact=declined&about=claim"))
    assert str(answered) in page
    assert str(waiting) not in page
    assert str(answered) not in text(editor.get(f"{listing(ErrorReport)}?about=source"))


def test_the_list_costs_the_same_however_long_it_is(editor):
    ErrorReportFactory.create_batch(2)
    few = queries_of(editor, listing(ErrorReport))
    ErrorReportFactory.create_batch(10)
    assert queries_of(editor, listing(ErrorReport)) == few


def test_a_text_of_a_reader_keeps_to_itself(editor):
    """It shows its own direction, and breaks out of neither its element nor its row."""
    report = ErrorReportFactory(text="\u202e<img src=x onerror=alert(1)>")
    for page in (address(report), listing(ErrorReport), reverse("admin:index")):
        assert "<img src=x" not in text(editor.get(page))


def test_nobody_enters_a_report_on_the_desk(chief):
    assert chief.get(listing(ErrorReport, "add")).status_code == 403


def test_the_reader_sees_the_answer_at_the_address_that_the_desk_shows(editor, report, client):
    answer(editor, report)
    page = report.get_absolute_url()
    assert page in text(editor.get(address(report)))
    assert "The record says so too." in client.get(page).content.decode()
    assert signed_in(editor.user).get(page).headers["Cache-Control"] == "private, no-store"
