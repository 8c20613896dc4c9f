"""Other records, floods, and a database that stores nothing: nothing is lost, nothing is told, nothing breaks."""

import logging
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from claims.actions import error_reports, merge_records, withdraw_record
from claims.models import ErrorReport
from claims.views import error_reports as views
from tests.actions.desk import ready
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    UserFactory,
)

from .reporting import FORM_TYPE, READER, TYPED, WORDS, form_of, kept_texts, page_of, token_of, words_of

pytestmark = pytest.mark.django_db


def test_a_token_of_one_page_does_not_open_another(write):
    response = write(to=form_of(ClaimFactory(published=True)))
    assert (response.status_code, kept_texts(response)) == (403, TYPED)


def test_a_page_that_was_taken_back_meanwhile_answers_so_and_gives_the_text_back(write, claim):
    gone = ready(ClaimFactory, published=True)
    withdraw_record(gone, by=UserFactory(publisher=True), now=NOW, reason="Wrong man.")
    response = write(claim, to=form_of(gone))
    assert (response.status_code, "taken back" in words_of(response)) == (410, True)
    assert kept_texts(response) == TYPED
    assert not page_of(response).all("button", type="submit")
    assert str(gone) not in response.content.decode()


@pytest.mark.parametrize("address", ["claim/none", "speaker/somebody", "nonsense/none", "source/none"])
def test_what_is_not_public_is_not_told_of_and_the_text_is_given_back(write, client, address):
    where = f"/report-an-error/{address}/"
    assert client.get(where).status_code == 404
    response = write(to=where)
    assert (response.status_code, kept_texts(response)) == (404, TYPED)


def test_a_draft_and_a_withdrawn_record_have_no_form(client):
    assert client.get(form_of(ClaimFactory())).status_code == 404
    claim = ready(ClaimFactory, published=True)
    withdraw_record(claim, by=UserFactory(publisher=True), now=NOW, reason="Wrong man.")
    assert client.get(form_of(claim)).status_code == 410


def test_a_form_opened_before_its_source_was_merged_reaches_the_kept_one(client, clock):
    gone, kept = (EvidenceFactory(published=True).source for _ in range(2))
    address = form_of(gone)
    token = token_of(client.get(address))
    merge_records(kept, gone, by=UserFactory(publisher=True), now=NOW, reason="The same paper.")
    clock(seconds=20)
    assert (
        client.post(address, urlencode(TYPED | {"token": token}), content_type=FORM_TYPE).status_code == 303
    )
    assert ErrorReport.objects.get().source == kept
    assert form_of(kept) in client.get(address).content.decode()


# Twice, and many times


def test_a_form_sent_twice_is_one_report(client, claim, clock):
    data = TYPED | {"token": token_of(client.get(form_of(claim)))}
    clock(seconds=20)
    first, second = (client.post(form_of(claim), urlencode(data), content_type=FORM_TYPE) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    other = client.post(
        form_of(claim), urlencode(data | {"text": "And another error."}), content_type=FORM_TYPE
    )
    assert (other.status_code, kept_texts(other)["text"]) == (409, "And another error.")
    assert ErrorReport.objects.count() == 1


def test_one_client_sends_ten_reports_an_hour_and_another_client_may_still(write, settings):
    statuses = [write().status_code for _ in range(11)]
    assert statuses == [303] * 10 + [429]
    settings.TRUSTED_PROXIES = 1
    assert write(headers={"x-forwarded-for": "203.0.113.9"}).status_code == 303
    assert write(headers={"x-forwarded-for": "198.51.100.1, 203.0.113.10"}).status_code == 303


def test_a_flood_from_everywhere_is_refused_with_the_text_kept(write, monkeypatch):
    monkeypatch.setattr(error_reports, "MOST_AN_HOUR", 1)
    assert write().status_code == 303
    response = write()
    assert (response.status_code, response.headers["Retry-After"], kept_texts(response)) == (
        503,
        "3600",
        TYPED,
    )


def test_ten_thousand_posts_store_ten_reports(client, claim, clock):
    """A hundred stand for the ten thousand: what is refused costs no more the next time."""
    with CaptureQueriesContext(connection) as asked:
        for _ in range(100):
            token = views.TOKENS.make(f"claim/{claim.slug}")
            clock(seconds=4)
            client.post(form_of(claim), urlencode(TYPED | {"token": token}), content_type=FORM_TYPE)
    assert ErrorReport.objects.count() == 10
    assert len([query for query in asked if "INSERT" in query["sql"]]) == 10


def test_no_address_of_a_client_is_kept_as_it_is(write, monkeypatch):
    kept = []
    add = cache.add

    def note_and_add(key, *args):
        kept.append(key)
        return add(key, *args)

    monkeypatch.setattr(cache, "add", note_and_add)
    write(headers={"x-forwarded-for": "203.0.113.9"})
    assert kept
    assert not any("203.0.113.9" in key or "127.0.0.1" in key for key in kept)


# A database that stores nothing


@contextmanager
def broken_database(*, on):
    """Every statement of the kind fails, as on a full disk or after a switch to reading only."""

    def fail(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(on):
            raise OperationalError(f"disk is full; the row was {READER}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.parametrize("on", ["INSERT", ("SELECT", "INSERT")])
def test_a_database_that_stores_nothing_answers_503_with_the_text_kept(client, claim, clock, caplog, on):
    data = TYPED | {"token": views.TOKENS.make(f"claim/{claim.slug}")}
    clock(seconds=20)
    with caplog.at_level(logging.INFO), broken_database(on=on):
        response = client.post(form_of(claim), urlencode(data), content_type=FORM_TYPE)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "300")
    assert kept_texts(response) == TYPED
    assert READER not in caplog.text
    assert WORDS not in caplog.text


def test_the_log_holds_nothing_of_a_report(write, caplog):
    with caplog.at_level(logging.DEBUG):
        write()
        write(reader_address="nobody@nowhere")
        write(token="")
    assert READER not in caplog.text
    assert WORDS not in caplog.text
