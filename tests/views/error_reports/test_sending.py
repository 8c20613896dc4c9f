"""A reader reports an error: without account or cookie, and the answer has an address of its own."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import answer_error_report, withdraw_record
from claims.models import ErrorReport
from tests.actions.desk import ready
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    ErrorReportFactory,
    EvidenceFactory,
    StatementFactory,
    UserFactory,
)

from .reporting import FORM_TYPE, READER, WORDS, form_of, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("maker", [ClaimFactory, StatementFactory, EvidenceFactory])
def test_each_record_leads_to_its_form(client, maker):
    record = maker(published=True)
    page = page_of(client.get(record.get_absolute_url()))
    (link,) = [a for a in page.one("footer").all("a") if a.text == "Report an error"]
    assert link.attributes["href"] == form_of(record)
    assert client.get(form_of(record)).status_code == 200


def test_a_source_leads_to_its_form_and_pages_of_nothing_to_report_do_not(client):
    source = EvidenceFactory(published=True).source
    assert form_of(source) in client.get(source.get_absolute_url()).content.decode()
    for address in ("/", "/claims/", "/claims/none/", "/about/"):
        assert "report-an-error" not in client.get(address).content.decode()


def test_a_report_is_stored_with_what_was_written_and_leads_to_an_address_of_its_own(write, claim, client):
    response = write()
    report = ErrorReport.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, report.get_absolute_url())
    assert (report.claim, report.text, report.where_to_check, report.reader_address, report.state) == (
        claim, WORDS, "Its own calendar.", READER, "waiting",
    )  # fmt: skip
    page = page_of(client.get(report.get_absolute_url()))
    assert "It has arrived, and waits for an editor." in page.main.text
    assert f"http://testserver{report.get_absolute_url()}" in page.main.text


def test_only_what_is_wrong_has_to_be_said(write):
    assert write(where_to_check="", reader_address="").status_code == 303
    assert ErrorReport.objects.get().reader_address == ""


@pytest.mark.parametrize("state", ["accepted", "declined"])
def test_the_reader_sees_the_answer_and_not_their_own_e_mail(client, claim, state):
    report = ErrorReportFactory(claim=claim, reader_address=READER)
    correction = CorrectionFactory(claim=claim) if state == "accepted" else None
    answer_error_report(
        report, state=state, answer="See the <b>record</b>.", correction=correction,
        by=UserFactory(editor=True), now=NOW,
    )  # fmt: skip
    response = client.get(report.get_absolute_url())
    shown = response.content.decode()
    assert f"{state.capitalize()}" in page_of(response).main.text
    assert "See the &lt;b&gt;record&lt;/b&gt;." in shown
    assert (correction is not None and correction.what_was_wrong in shown) == (state == "accepted")
    assert READER not in shown
    assert report.text not in shown


def test_the_answer_is_kept_by_no_cache_and_no_search_engine(client, claim):
    response = client.get(ErrorReportFactory(claim=claim).get_absolute_url())
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_an_address_that_nobody_was_given_is_none(client):
    assert client.get(reverse("error-report", args=[uuid4()])).status_code == 404
    assert client.get("/error-reports/1/").status_code == 404


def test_the_answer_names_no_page_that_was_taken_back(client):
    claim = ready(ClaimFactory, published=True)
    report = ErrorReportFactory(claim=claim)
    withdraw_record(claim, by=UserFactory(publisher=True), now=NOW, reason="Wrong man.")
    assert str(claim) not in client.get(report.get_absolute_url()).content.decode()


def test_neither_page_sets_a_cookie_or_asks_for_one(write, client):
    response = write()
    client.get(response.headers["Location"])
    assert not client.cookies
    strict = Client(enforce_csrf_checks=True)
    assert (
        strict.post(form_of(ErrorReport.objects.get().claim), {}, content_type=FORM_TYPE).status_code == 403
    )


def test_the_form_speaks_arabic(client, claim):
    page = page_of(client.get(f"/ar{form_of(claim)}"))
    assert page.one("html").attributes["dir"] == "rtl"
    assert page.one("form", cls="letter").attributes["action"] == f"/ar{form_of(claim)}"


def test_the_address_to_keep_has_the_digits_that_it_has_on_arabic_pages_too(client, claim):
    report = ErrorReportFactory(claim=claim)
    page = page_of(client.get(f"/ar{report.get_absolute_url()}"))
    assert page.one(cls="address").text == f"http://testserver/ar{report.get_absolute_url()}"


def test_no_public_answer_holds_the_e_mail_or_the_words_of_a_report(client, claim):
    ErrorReportFactory(claim=claim, reader_address=READER, text=WORDS)
    own = claim.get_absolute_url()
    lists = (
        "/",
        "/changes.json",
        "/changes/feed/",
        "/feed/",
        "/claims.csv",
        "/evidence.csv",
        "/corrections/",
    )
    for address in (*lists, own, f"{own}dossier.json"):
        body = client.get(address).getvalue().decode()
        assert WORDS not in body, address
        assert READER not in body, address
