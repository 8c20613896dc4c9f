"""Data is open to pages of other sites and refuses in its own form. Pages and the desk are not open."""

import json

import pytest
from django.test import Client, RequestFactory

from claims.views import changes
from claims.views.data_addresses import DATA_ADDRESSES, DataForm
from tests.actions.desk import contradicted
from tracker.errors import server_error

pytestmark = pytest.mark.django_db

DATA = [
    "/claims/{slug}/dossier.json",
    "/claims/{slug}/card.png",
    "/claims/{slug}/@1/card.png",
    "/claims/{slug}/@1/cite.bib",
    "/claims/{slug}/embed/",
    "/claims/{slug}/@1/embed/",
    "/claims/{slug}/feed/",
    "/oembed/?url=/claims/{slug}/",
    "/changes.json",
    "/changes/1.json",
    "/feed/",
    "/corrections/feed/",
    "/changes/feed/",
]
PAGES = ["/", "/claims/", "/claims/{slug}/", "/data/", "/admin/", "/admin/login/", "/nowhere/", "/healthz"]


@pytest.fixture
def slug():
    return contradicted().slug


@pytest.fixture
def editor(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("root"))
    return client


def is_open(response):
    return (
        response.headers.get("Access-Control-Allow-Origin"),
        response.headers["Cross-Origin-Resource-Policy"],
    ) == ("*", "cross-origin")


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("address", DATA)
def test_data_may_be_read_by_pages_of_other_sites(slug, address, language):
    response = Client().get(language + address.format(slug=slug), headers={"origin": "https://example.org"})
    assert response.status_code in {200, 302}
    assert is_open(response)
    assert not response.cookies
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "X-Ledger-Head" in response.headers["Access-Control-Expose-Headers"]
    assert {"Origin", "Cookie"}.isdisjoint(response.headers.get("Vary", "").split(", "))


@pytest.mark.parametrize("address", PAGES)
def test_pages_and_the_desk_may_not(slug, editor, address):
    for client in (Client(), editor):
        response = client.get(address.format(slug=slug))
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/claims/no-such-claim/dossier.json", 404),
        ("/claims/{slug}/dossier.json?as_of=soon", 400),
        ("/claims/{slug}/dossier.json?x=%00", 400),
        ("/changes.json?after=x", 400),
        ("/changes/99999.json", 404),
        ("/oembed/?url=https://example.org/", 404),
        ("/ar/claims/no-such-claim/dossier.json", 404),
    ],
)
def test_json_is_refused_as_a_problem(slug, address, status):
    response = Client().get(address.format(slug=slug))
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    problem = json.loads(response.content)
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"]
    assert is_open(response)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/claims/no-such-claim/card.png", 404),
        ("/claims/{slug}/@9/cite.bib", 404),
        ("/claims/{slug}/@1/cite.nonsense", 404),
        ("/topics/no-such-topic/feed/", 404),
        ("/feed/?as_of=soon", 400),
    ],
)
def test_files_and_feeds_are_refused_as_a_line_of_text(slug, address, status):
    response = Client().get(address.format(slug=slug))
    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert "<" not in response.content.decode()
    assert is_open(response)


def test_a_refusal_says_why_in_the_language_of_the_address(slug):
    problem = json.loads(Client().get(f"/claims/{slug}/dossier.json?as_of=soon").content)
    assert "is not a date" in problem["detail"]
    arabic = json.loads(Client().get("/ar/claims/no-such-claim/dossier.json").content)
    assert not arabic["detail"].isascii()


def test_while_the_site_is_closed_data_says_so_as_data(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.write_text("Back at 14:00 UTC <b>")
    response = Client().get("/en/changes.json")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "300")
    assert json.loads(response.content)["detail"].endswith("Back at 14:00 UTC <b>")
    assert is_open(response)
    assert Client().get("/feed/").headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "text/html" in Client().get("/en/").headers["Content-Type"]


def test_what_breaks_says_so_as_data(monkeypatch):
    monkeypatch.setattr(changes, "ledger_head_on", None)
    response = Client(raise_request_exception=False).get("/en/changes.json")
    assert json.loads(response.content)["status"] == 500
    assert is_open(response)
    assert b"<!DOCTYPE html>" in server_error(RequestFactory().get("/")).content


def test_the_licence_goes_with_data_and_with_no_page(settings, slug):
    assert "Link" not in Client().get("/changes.json").headers
    settings.SITE_LICENCE = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    link = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert Client().get("/changes.json").headers["Link"] == link
    assert "Link" not in Client().get("/").headers


def test_an_unchanged_answer_is_not_sent_again(slug):
    first = Client().get(f"/claims/{slug}/dossier.json")
    known = {"if-none-match": first.headers["ETag"]}
    assert Client().get(f"/claims/{slug}/dossier.json", headers=known).status_code == 304


def test_frames_are_pages_and_refuse_as_pages(slug):
    assert DATA_ADDRESSES["embed"] is DataForm.PAGE
    assert "text/html" in Client().get("/claims/no-such-claim/embed/").headers["Content-Type"]
