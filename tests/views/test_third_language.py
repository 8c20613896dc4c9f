"""A third language, added by its setting alone: Persian, from right to left and not Arabic, and French. Neither has a
catalogue or a module of rules here, so their pages are in English words, in plain form."""

import json
import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.core.files.storage import default_storage
from django.test import RequestFactory, override_settings
from django.urls import get_resolver, reverse
from django.views.defaults import server_error
from PIL import Image

from claims import languages
from claims.actions.card_files import draw_cards_on_commit
from claims.languages import rules_for
from claims.models import Claim
from tests.actions.desk import contradicted
from tests.views.conftest import open_page
from tests.views.test_every_page import CHANGES, ERRORS, LISTS, PAGES, QUESTIONS, RECORDS
from tests.views.test_heads import canonical, properties, script

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

NAMES = {"en": "English", "ar": "العربية", "fa": "فارسی", "fr": "français"}
HOST = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
SLUG = RECORDS["claim"]
CLAIM = reverse("claim", args=[SLUG])
FEEDS = [
    "/feed/", "/corrections/feed/", "/changes/feed/", f"{CLAIM}feed/",
    f"/speakers/{RECORDS['speaker']}/feed/", f"/topics/{RECORDS['topic']}/feed/",
]  # fmt: skip
DATA = {
    f"{CLAIM}dossier.json": "application/json",
    "/changes.json": "application/json",
    "/changes/1.json": "application/json",
    **{f"{CLAIM}@1/cite.{form}": "" for form in ("txt", "bib", "ris", "json")},
    "/robots.txt": "text/plain",
    "/sitemap.xml": "application/xml",
    "/sitemap-claim.xml": "application/xml",
}
NUMBERS = ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "r", "cx", "cy")


@pytest.fixture(scope="module", autouse=True)
def _four_languages():
    """Without a module of rules for Persian or French, even if one was added."""
    known = {code: languages.known_rules()[code] for code in ("en", "ar")}
    with override_settings(LANGUAGES=list(NAMES.items())), pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "known_rules", lambda: known)
        yield


def test_no_kind_of_page_is_forgotten_here():
    named = {pattern.name for pattern in get_resolver("claims.urls").url_patterns}
    feeds = {"feed", "corrections-feed", "changes-feed", "claim-feed", "speaker-feed", "topic-feed"}
    data = {"claim-dossier", "changes-data", "change-data", "cite", "robots", "sitemap", "sitemap-of"}
    data |= {"claims-csv", "evidence-csv", "security-txt"}
    below = {"card", "current-card", "embed", "pinned-embed", "oembed"}
    forms = {"report-error", "error-report"}  # tests/views/error_reports/
    assert named == {*LISTS, *RECORDS, "change", "pin", *feeds, *data, *below, *forms}


@pytest.mark.parametrize(
    ("address", "status"), [*((page, 200) for page in [*PAGES, *CHANGES, *QUESTIONS]), *ERRORS]
)
@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("fr", "ltr")])
def test_every_page_answers_in_the_language_and_its_direction(
    look_again, language, direction, address, status
):
    page = look_again(f"/{language}{address}", status)
    html = page.one("html").attributes
    assert (html["lang"], html["dir"]) == (language, direction)
    assert page.errors == []
    switch = page.one("header", "top").all("a", "tongue")
    assert {link.attributes["hreflang"]: link.text for link in switch} == {
        code: name for code, name in NAMES.items() if code != language
    }
    for link in page.links():  # a page of this site keeps the language
        target = link.attributes["href"]
        if target.startswith("/") and link not in switch:
            assert target.startswith((f"/{language}/", "/admin/")), target


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_itself_in_all_languages(look_again, address):
    page = look_again(f"/fa{address}")
    others = {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.all("link", rel="alternate")
        if "hreflang" in link.attributes
    }
    assert others == {**{code: f"{HOST}/{code}{address}" for code in NAMES}, "x-default": f"{HOST}{address}"}
    assert canonical(page) == f"{HOST}/fa{address}"
    assert properties(page)["og:locale"] == "fa"
    locales = [node.attributes["content"] for node in page.all("meta", property="og:locale:alternate")]
    assert locales == ["en_US", "ar_AR", "fr"]


@pytest.mark.parametrize(
    "address", [CLAIM, "/claims/", "/", f"/topics/{RECORDS['topic']}/", "/places/syria/"]
)
@pytest.mark.parametrize("language", ["fa", "fr"])
def test_the_numbers_of_drawings_stay_numbers(look_again, language, address):
    for svg in look_again(f"/{language}{address}").all("svg"):
        for node in svg.walk():
            for name in node.attributes.keys() & set(NUMBERS):
                assert re.fullmatch(r"-?[0-9.]+%?", node.attributes[name]), node.attributes


def test_a_page_without_a_named_language_is_in_the_one_that_the_browser_asks_for(client):
    answer = client.get("/claims/", headers={"Accept-Language": "fa-IR,fa;q=0.9"})
    assert answer.headers["Content-Language"] == "fa"
    assert b'<html lang="fa" dir="rtl">' in answer.content


@pytest.mark.parametrize("address", FEEDS)
def test_feeds_are_in_the_language(client, address):
    answer = client.get(f"/fa{address}")
    assert answer.status_code == 200
    feed = ET.fromstring(answer.content)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fa"
    for link in feed.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith(f"{HOST}/fa/")


@pytest.mark.parametrize(("address", "kind"), DATA.items())
def test_data_answers(client, address, kind):
    answer = client.get(f"/fa{address}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)


def test_the_sitemap_lists_every_page_in_each_language(client):
    source = client.get("/sitemap-claim.xml").content.decode()
    for code in NAMES:
        assert f"<loc>{HOST}/{code}{CLAIM}</loc>" in source
        assert f'hreflang="{code}" href="{HOST}/{code}{CLAIM}"' in source


@pytest.mark.parametrize("language", ["fa", "fr"])
@pytest.mark.parametrize("below", ["embed/", "@1/embed/"])
def test_the_frame_for_other_sites_is_in_the_language(look_again, language, below):
    page = look_again(f"/{language}{CLAIM}{below}")
    assert page.one("html").attributes["lang"] == language
    assert page.errors == []


@pytest.mark.parametrize("language", ["fa", "fr"])
def test_a_card_is_drawn(client, language):
    answer = client.get(f"/{language}{CLAIM}@1/card.png")
    assert Image.open(BytesIO(answer.content)).format == "PNG"
    latest = Claim.objects.get(slug=SLUG).snapshots.count()
    assert latest > 1
    assert (
        client.get(f"/{language}{CLAIM}card.png")
        .headers["Location"]
        .endswith(f"/{language}{CLAIM}@{latest}/card.png")
    )


def test_the_cards_of_all_languages_are_drawn_with_a_change(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        claim = contradicted()
        draw_cards_on_commit([claim.slug], claims=1)
    _folders, files = default_storage.listdir(f"cards/{claim.slug}")
    assert {name.split("-")[1] for name in files} == set(NAMES)


def test_oembed_answers_for_an_address_in_the_language(client):
    answer = client.get("/oembed/", {"url": f"{HOST}/fa{CLAIM}"}).json()
    assert f"/fa{CLAIM}embed/" in answer["html"]
    assert answer["provider_url"] == f"{HOST}/fa/"


def test_the_review_and_the_citation_name_the_language(look_again, client):
    assert script(look_again(f"/fa{CLAIM}"))["inLanguage"] == "fa"
    assert json.loads(client.get(f"/fa{CLAIM}@1/cite.json").content)[0]["language"] == "fa"


def test_a_translation_is_shown_and_found_whatever_the_spelling():
    claim = contradicted(translations={"fa": {"proposition": "کمک‌ها ۵۰ درصد بیشتر می‌شود", "by": "A. T."}})
    page = open_page(f"/fa{claim.get_absolute_url()}")
    assert page.one("h1").text == "کمک‌ها ۵۰ درصد بیشتر می‌شود"
    for query in ("كمكها", "50 درصد", "میشود"):  # Arabic letters, Western digits, no joiner between
        found = open_page(f"/fa/search/?q={query}")
        assert claim.get_absolute_url() in found.source, query


def test_a_module_of_rules_gives_the_language_its_digits_marks_and_quotation_marks(monkeypatch):
    claim = contradicted(quote="increasing assistance")
    persian = replace(
        rules_for("ar"),
        code="fa",
        name="فارسی",
        open_graph="fa_IR",
        digits="۰۱۲۳۴۵۶۷۸۹",
        folded={},
        inflections=None,
    )
    known = {**languages.known_rules(), "fa": persian}
    monkeypatch.setattr(languages, "known_rules", lambda: known)
    page = open_page(f"/fa{claim.get_absolute_url()}")
    assert properties(page)["og:locale"] == "fa_IR"
    assert re.search("[۰-۹]", page.one("main").text)
    assert not re.search("[٠-٩]", page.one("main").text)


def test_the_page_for_what_broke_speaks_arabic_only_where_the_site_does(settings):
    settings.LANGUAGES = [("en", "English"), ("fa", "فارسی")]
    without = error_page()
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    assert 'lang="ar"' in error_page()
    assert 'lang="ar"' not in without


def error_page():
    return server_error(RequestFactory().get("/")).content.decode()
