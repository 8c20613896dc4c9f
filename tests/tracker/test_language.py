"""A page has an address in each language, and one that answers in the language that the browser asks for."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.translation import get_language

pytestmark = pytest.mark.django_db
ARABIC = {"accept-language": "ar-SY,ar;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(("path", "headers", "language", "way"), [
    ("/method/", {}, "en", "ltr"),
    ("/method/", ARABIC, "ar", "rtl"),
    ("/method/", {"accept-language": "fr"}, "en", "ltr"),
    ("/ar/method/", {}, "ar", "rtl"),
    ("/en/method/", ARABIC, "en", "ltr"),
])  # fmt: skip
def test_the_address_says_the_language_or_the_browser_does(client, path, headers, language, way):
    response = client.get(path, headers=headers)
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}" dir="{way}">' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "home"), [("/method/", "/"), ("/ar/method/", "/ar/"), ("/en/method/", "/en/")]
)
def test_every_link_of_a_page_keeps_its_language(client, path, home):
    assert f'<a class="brand" href="{home}">' in client.get(path).content.decode()


def test_the_switch_leads_to_the_same_page_with_all_that_was_asked(client):
    html = client.get("/claims/?q=aid&as_of=2024-12-31").content.decode()
    assert 'href="/ar/claims/?q=aid&amp;as_of=2024-12-31"' in html
    assert (
        'href="/en/claims/?q=aid&amp;as_of=2024-12-31"'
        in client.get("/ar/claims/?q=aid&as_of=2024-12-31").content.decode()
    )


def test_only_an_answer_that_the_browser_chose_varies_by_it(client):
    assert "Accept-Language" in client.get("/method/").headers["Vary"]
    assert "Accept-Language" not in client.get("/ar/method/").headers["Vary"]


def test_a_language_leaves_nothing_behind(client):
    client.get("/ar/method/")
    assert get_script_prefix() == "/"
    assert get_language() == "en"
    assert reverse("method") == "/method/"


@pytest.fixture
def _prefix_restored():
    yield
    set_script_prefix("/")


@pytest.mark.usefixtures("_prefix_restored")
def test_a_site_mounted_below_a_path_keeps_it_in_every_address():
    environ = RequestFactory().get("/ar/method/", SCRIPT_NAME="/ground").environ
    handler: Any = WSGIHandler()
    request_started.disconnect(
        close_old_connections
    )  # it would end the transaction of this test on PostgreSQL
    try:
        html = b"".join(handler(environ, lambda *_answer: None)).decode()
    finally:
        request_started.connect(close_old_connections)
    assert '<a class="brand" href="/ground/ar/">' in html
    assert 'href="/ground/en/method/"' in html
    assert '<link rel="canonical" href="http://testserver/ground/ar/method/">' in html
    assert get_script_prefix() == "/ground/"  # as the server set it, without the language


@pytest.mark.parametrize(("path", "leads"), [
    ("/ar", "/ar/"), ("/ar?as_of=2024", "/ar/?as_of=2024"), ("/ar/method", "/ar/method/"),
])  # fmt: skip
def test_a_forgotten_slash_is_forgiven(client, path, leads):
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, leads)


def test_the_desk_and_its_sign_in_speak_both_languages(client):
    response = client.get("/ar/admin/", follow=True)
    assert response.redirect_chain == [("/ar/admin/login/?next=/ar/admin/", 302)]
    assert 'dir="rtl"' in response.content.decode()


@pytest.mark.parametrize("path", ["/fr/method/", "/ar/ar/method/", "/arabic/", "/ar/nothing/"])
def test_what_is_no_language_or_no_page_is_not_there(client, path):
    assert client.get(path).status_code == 404
