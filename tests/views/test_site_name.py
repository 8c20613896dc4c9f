"""The site's name and contact: written in the settings alone, and shown everywhere as the operator set them."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.views.defaults import server_error

from claims.actions.card_files import build_card
from claims.ledger.versions import published_version
from claims.models import Claim
from claims.selectors.as_of_days import parse_as_of_day
from tests.factories import UserFactory
from tests.people import signed_in
from tests.views.page import Page
from tests.views.test_every_page import CHANGES, ERRORS, PAGES, QUESTIONS, RECORDS
from tests.views.test_heads import properties, script

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

ROOT = Path(__file__).parent.parent.parent
THE_ONE_PLACE = "tracker/settings.py"
SOFTWARE = re.compile(r"Words\s*(?:<[^>]*>)*\s*(?:&amp;|&|and)\s*(?:<[^>]*>)*\s*Ground")
NAME = "Example & Watch"
CLAIM = reverse("claim", args=[RECORDS["claim"]])
FEEDS = [
    "/feed/", "/corrections/feed/", "/changes/feed/", f"{CLAIM}feed/",
    f"/speakers/{RECORDS['speaker']}/feed/", f"/topics/{RECORDS['topic']}/feed/",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _another_name():
    with override_settings(SITE_NAME=NAME, SITE_CONTACT="desk@example.org"):
        yield


def test_the_name_stands_in_one_place():
    files = [
        path
        for folder in ("claims", "tracker", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".js", ".css", ".svg", ".xml"}
    ]
    assert len(files) > 300
    holding = [
        str(path.relative_to(ROOT)) for path in files if SOFTWARE.search(path.read_text(encoding="utf-8"))
    ]
    assert holding == [THE_ONE_PLACE]


@pytest.mark.parametrize(
    ("address", "status"), [*((page, 200) for page in [*PAGES, *CHANGES, *QUESTIONS]), *ERRORS]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_has_the_name_that_was_set_and_no_other(look_again, language, address, status):
    page = look_again(f"/{language}{address}", status)
    assert NAME in page.title
    assert page.one("a", "brand").text == NAME
    assert page.one("a", href="mailto:desk@example.org").text == "desk@example.org"
    if "og:site_name" in properties(page):
        assert properties(page)["og:site_name"] == NAME
        assert NAME not in properties(page)["og:title"] or address == "/"
    sealed = (
        r"<main.*</main>" if re.match(r"/changes/\d", address) else "^$"
    )  # a record as the ledger holds it
    assert not SOFTWARE.search(without_translators(re.sub(sealed, "", page.source, flags=re.DOTALL)))


def without_translators(source):
    """Some of the dossier's translations were made by someone of this name."""
    return re.sub(r"(?:translated by|ترجمة)\s+(?:<[^>]*>)*Words &amp; Ground", "", source)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("below", ["embed/", "@1/embed/"])
def test_frames_for_other_sites(look_again, language, below):
    page = look_again(f"/{language}{CLAIM}{below}")
    assert NAME in page.title
    assert page.one("footer").one("bdi").text == NAME
    assert not SOFTWARE.search(without_translators(page.source))


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_feeds(client, language, address):
    source = client.get(f"/{language}{address}").content.decode()
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(source)
    assert feed.find(f"{atom}title").text.startswith(NAME)
    assert feed.find(f"{atom}author/{atom}name").text == NAME
    assert not SOFTWARE.search(without_translators(source))


def test_a_review_a_citation_and_oembed(look_again, client):
    review = script(look_again(f"/en{CLAIM}"))
    assert review["author"]["name"] == NAME
    for form in ("txt", "bib", "ris", "json"):
        source = client.get(f"/en{CLAIM}@1/cite.{form}").content.decode()
        assert "Watch" in source
        assert not SOFTWARE.search(source)
    answer = client.get("/oembed/", {"url": f"http://testserver/en{CLAIM}"})
    assert answer.json()["provider_name"] == NAME
    assert not SOFTWARE.search(answer.content.decode())


@pytest.mark.parametrize(
    "address", ["/changes.json", "/changes/1.json", f"{CLAIM}dossier.json", "/robots.txt"]
)
def test_data_names_no_site(client, address):
    source = client.get(f"/en{address}").content.decode()
    texts = source if address.endswith("txt") else json.dumps(json.loads(source), ensure_ascii=False)
    assert not SOFTWARE.search(re.sub(r'\\?"by\\?": ?\\?"Words & Ground', "", texts))


def test_a_card_is_drawn_with_the_name():
    claim = Claim.objects.get(slug=RECORDS["claim"])
    shown = published_version(claim.slug, 1, parse_as_of_day(""))
    assert shown
    assert build_card(shown, "ar").site == NAME


def test_the_desk():
    desk = signed_in(UserFactory(chief=True))
    for address in ("/admin/", "/admin/claims/claim/"):
        page = Page(desk.get(address).content.decode(), address)
        assert page.title.endswith(NAME)
        assert f"{NAME} · desk" in page.one("body").text
        assert not SOFTWARE.search(without_translators(page.source))


def test_the_page_for_what_broke():
    source = server_error(RequestFactory().get("/")).content.decode()
    assert "Example &amp; Watch" in source
    assert not SOFTWARE.search(source)


def test_a_contact_may_be_a_page_and_is_not_shown_where_none_is_set(client, settings):
    settings.SITE_CONTACT = "https://example.org/contact"
    assert '<a href="https://example.org/contact">' in client.get("/en/").content.decode()
    settings.SITE_CONTACT = ""
    assert "Contact" not in client.get("/en/").content.decode()


def test_the_demos_contact_is_said_to_be_an_example(client, settings):
    settings.SITE_CONTACT = "desk@example.org"
    assert "an example" not in client.get("/en/about/").content.decode()
    settings.SITE_CONTACT = settings.EXAMPLE_CONTACT
    assert (
        "contact@example.org</bdi></a> (an example; nobody reads it)"
        in client.get("/en/about/").content.decode()
    )


def test_a_name_in_arabic_is_marked_as_arabic(client, settings):
    settings.SITE_NAME = "رصد"
    assert '<bdi lang="ar">رصد</bdi>' in client.get("/en/").content.decode()
