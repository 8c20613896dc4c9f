"""What is refused says why with a status, and keeps what was typed; any text is stored as it was written."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from claims.models import ErrorReport
from tests.factories import (
    UserFactory,
)
from tests.people import signed_in

from .reporting import FORM_TYPE, TYPED, WORDS, form_of, kept_texts, page_of, token_of, words_of

pytestmark = pytest.mark.django_db


REFUSED = [
    ({"text": ""}, 422, "not sent yet"),
    ({"text": " \r\n "}, 422, "not sent yet"),
    ({"text": "x" * 5001}, 422, "not sent yet"),
    ({"where_to_check": "x" * 2001}, 422, "not sent yet"),
    ({"reader_address": "nobody"}, 422, "not sent yet"),
    ({"reader_address": f"{'x' * 250}@example.org"}, 422, "not sent yet"),
    ({"reader_address": "a@exa\u202emple.org"}, 422, "not sent yet"),
    ({"token": ""}, 403, "not made for this page"),
    ({"token": "x" * 100_000}, 403, "not made for this page"),
    ({"token": "W10:abc"}, 403, "not made for this page"),
    ({"website": "https://spam.example"}, 400, "people do not see"),
    ({"after": {"seconds": 1}}, 429, "faster than a person writes"),
    ({"after": {"hours": 25}}, 403, "more than a day"),
    ({"after": {"hours": -1}}, 403, "more than a day"),
    ({"headers": {"sec-fetch-site": "cross-site"}}, 403, "another site"),
    ({"headers": {"sec-fetch-site": "same-site"}}, 403, "another site"),
    ({"headers": {"origin": "https://other.example"}}, 403, "another site"),
    ({"headers": {"origin": "null"}}, 403, "another site"),
    ({"headers": {"origin": "http://[x"}}, 403, "another site"),
]


@pytest.mark.parametrize(("changes", "status", "words"), REFUSED)
def test_what_is_refused_says_why_and_keeps_what_was_typed(write, changes, status, words):
    response = write(**changes)
    assert (response.status_code, words in words_of(response)) == (status, True)
    assert kept_texts(response) == TYPED | {name: value for name, value in changes.items() if name in TYPED}
    assert page_of(response).errors == []
    assert not ErrorReport.objects.exists()
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("changes", [changes for changes, *_ in REFUSED[7:]])
def test_what_was_refused_is_taken_when_it_is_sent_again(write, clock, client, claim, changes):
    token = token_of(write(**changes))
    clock(seconds=5)
    again = TYPED | {"token": token}
    assert client.post(form_of(claim), urlencode(again), content_type=FORM_TYPE).status_code == 303
    assert ErrorReport.objects.get().text == WORDS


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "null"},  # a browser that hides where it comes from
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver"},
        {"origin": "https://TESTSERVER"},  # behind a proxy that ends TLS
        {},
    ],
)
def test_this_sites_own_form_is_taken_from_every_browser(write, headers):
    assert write(headers=headers).status_code == 303


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "</textarea><h1>Mine</h1>", "{{ secret }} {% load x %}",
        "\u202eright to left\u2066", "كتبتُ هذا", "😀" * 1200, "a\r\nb", "' OR 1=1 --", "x" * 5000,
    ],
)  # fmt: skip
def test_any_text_is_stored_as_it_was_written_and_shown_as_text(write, client, chief, text):
    assert write(text=text, where_to_check=text[:2000]).status_code == 303
    report = ErrorReport.objects.get()
    assert report.text == text.replace("\r\n", "\n")
    shown = chief.get(reverse("admin:claims_errorreport_change", args=[report.pk])).content.decode()
    assert "<script>alert" not in shown
    assert "<h1>Mine" not in shown
    assert report.text.split("\n", 1)[0][:60] in unescape(shown)


@pytest.fixture
def chief():
    return signed_in(UserFactory(chief=True))


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b[2J"])
def test_a_sign_that_no_database_stores_is_taken_out_and_the_rest_is_kept(write, sign):
    response = write(text=f"One {sign}two")
    assert response.status_code == 422
    assert "taken out" in words_of(response)
    assert kept_texts(response)["text"] == f"One {sign[1:]}two"


def test_half_a_character_becomes_a_sign_for_one(write, client, claim):
    response = client.post(form_of(claim), "text=%ED%A0%80", content_type=FORM_TYPE)
    assert (response.status_code, kept_texts(response)["text"][:1]) == (403, "\ufffd")


def test_megabytes_are_refused_and_shown_again(write):
    text = "x" * 2_000_000
    response = write(text=text)
    assert (response.status_code, kept_texts(response)["text"] == text) == (422, True)


def test_more_megabytes_than_the_server_reads_are_refused_with_a_page(client, claim):
    response = client.post(form_of(claim), "text=" + "x" * 6_000_000, content_type=FORM_TYPE)
    assert (response.status_code, "far too long" in words_of(response)) == (413, True)


def test_thousands_of_fields_are_refused_with_a_page(client, claim):
    response = client.post(form_of(claim), "a=1&" * 7000, content_type=FORM_TYPE)
    assert response.status_code == 400


@pytest.mark.parametrize(
    "content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""]
)
def test_another_kind_of_body_is_refused_with_the_form(client, claim, content_type):
    response = client.post(form_of(claim), b"{}", content_type=content_type)
    assert (response.status_code, "own form" in words_of(response)) == (415, True)


def test_other_methods_are_refused(client, claim):
    for method in (client.put, client.delete, client.patch, client.options):
        assert method(form_of(claim)).status_code == 405
