"""The small page for other sites' frames, and oEmbed, which tells of it."""

import json
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.actions import withdraw_record
from tests.actions.desk import contradicted
from tests.factories import NOW, UserFactory
from tests.views.conftest import open_page
from tests.views.page import Page

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
POLICY = [
    "base-uri 'none'",
    "connect-src 'none'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors *",
    "img-src 'self'",
    "script-src 'none'",
    "style-src 'self'",
]


@pytest.fixture
def claim():
    return contradicted(proposition="Aid is growing")


def asked(url, **parameters):
    query = "&".join(
        f"{name}={quote(str(value), safe='')}" for name, value in {"url": url, **parameters}.items()
    )
    return Client().get(f"/oembed/?{query}")


def told(url, **parameters):
    answer = asked(url, **parameters)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    return json.loads(answer.content)


def source(data):
    """Where the frame of an answer leads, on this site."""
    frame = Page(data["html"], "/").one("iframe")
    assert (frame.attributes["width"], frame.attributes["height"]) == (
        str(data["width"]),
        str(data["height"]),
    )
    assert frame.attributes["style"] == "max-width:100%"  # on a phone, narrower than its width says
    return frame.attributes["src"].removeprefix(HOST)


# The small page


@pytest.mark.parametrize("path", ["embed/", "@1/embed/"])
def test_it_shows_the_words_the_verdict_the_bar_and_the_way_to_the_evidence(claim, path):
    page = open_page(f"/en/claims/{claim.slug}/{path}")
    assert page.errors == []
    assert page.one("h1").text == "Aid is growing"
    assert page.one("p", "verdict-word").text == "Mostly contradicted (tentative)"
    assert page.one("p", "quote").text == "“… increasing assistance”"
    assert page.one("svg", "bar-row").all("line", "needle")
    assert "Gap 75 of 100; with so little evidence it may lie between 37 and 100." in page.main.text
    key = [part.text for part in page.one("ul", "legend").all("li")]
    assert key == ["against", "allowance for what we do not know", "for"]
    version = "@1/" if "@" in path else ""
    assert {a.attributes["href"] for a in page.all("a")} == {f"{HOST}/en/claims/{claim.slug}/{version}"}
    assert not page.all("script")
    assert not page.all("form")


def test_without_a_verdict_it_shows_no_number():
    claim = contradicted(reports=1)
    text = open_page(f"/claims/{claim.slug}/embed/").main.text
    assert "Gap" not in text
    assert "For a verdict, too few publishers report the stronger side." in text


@pytest.mark.parametrize(
    "path", ["{}/embed/", "{}/@1/embed/", "never-was/embed/", "{}/@9/embed/", "{}/embed/?as_of=2021-01-01"]
)
def test_any_site_may_frame_it_and_nothing_else_is_looser_than_elsewhere(claim, path):
    answer = Client().get(f"/claims/{path.format(claim.slug)}")
    assert sorted(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


def test_the_page_itself_stays_unframed(claim):
    answer = Client().get(claim.get_absolute_url())
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_what_is_not_there_has_a_small_page_too(claim):
    for path in ("never-was/embed/", f"{claim.slug}/embed/?as_of=2021-01-01", f"{claim.slug}/@9/embed/"):
        assert open_page(f"/claims/{path}", 404).one("h1").text == "There is no page here"
    withdraw_record(claim, by=UserFactory(chief=True), now=NOW, reason="It could not be confirmed.")
    for path in ("embed/", "@1/embed/"):
        gone = open_page(f"/claims/{claim.slug}/{path}", 410)
        assert "It could not be confirmed." in gone.main.text
        assert "is increasing assistance" not in gone.source


def test_it_is_mirrored_in_arabic(claim):
    page = open_page(f"/ar/claims/{claim.slug}/embed/")
    html = page.one("html").attributes
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert "٧٥" in page.main.text


def test_translated_words_say_who_translated_them(claim):
    words = {"ar": {"quote": "زيادة المساعدات", "by": "A. T."}}
    translated = contradicted(proposition="Aid is growing faster", translations=words)
    assert "ترجمة A. T." in open_page(f"/ar/claims/{translated.slug}/embed/").main.text
    assert "A. T." not in open_page(f"/en/claims/{translated.slug}/embed/").main.text
    assert "ترجمة" not in open_page(f"/ar/claims/{claim.slug}/embed/").main.text


def test_hostile_words_are_text_in_the_frame_and_in_what_is_pasted():
    claim = contradicted(proposition='"><script>alert(1)</script>', quote="increasing assistance")
    page = open_page(claim.get_absolute_url())
    pasted = page.one("textarea", id_="embed-code").text
    frame = Page(pasted, "/").one("iframe")
    assert frame.attributes["title"] == '"><script>alert(1)</script>'
    assert open_page(f"/claims/{claim.slug}/embed/").errors == []


# oEmbed


def test_it_answers_with_the_frame_and_what_it_shows(claim):
    data = told(f"{HOST}/en/claims/{claim.slug}/")
    assert source(data) == f"/en/claims/{claim.slug}/embed/"
    assert Client().get(source(data)).status_code == 200
    assert {name: data[name] for name in ("version", "type", "title", "provider_name", "author_name")} == {
        "version": "1.0", "type": "rich", "title": "Aid is growing — Mostly contradicted (tentative)",
        "provider_name": "Words & Ground",
        "author_name": claim.statement.speaker.name,
    }  # fmt: skip
    assert data["thumbnail_url"] == f"{HOST}/en/claims/{claim.slug}/@1/card.png"
    assert (data["thumbnail_width"], data["thumbnail_height"]) == (1200, 630)


def test_xml_says_the_same(claim):
    url = f"{HOST}/en/claims/{claim.slug}/"
    answer = asked(url, format="xml")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in told(url).items()
    }


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("/claims/{}/", "/en/claims/{}/embed/"),
        ("https://testserver/ar/claims/{}/", "/ar/claims/{}/embed/"),
        (HOST + "/ar/claims/{}/@1/", "/ar/claims/{}/@1/embed/"),
        (HOST + "/en/claims/{}/?as_of=2026-11-22", "/en/claims/{}/embed/?as_of=2026-11-22"),
        (HOST + "/en/claims/{}/@1/?as_of=2026-11-22", "/en/claims/{}/@1/embed/?as_of=2026-11-22"),
        (HOST + "/en/claims/{}/embed/", "/en/claims/{}/embed/"),
        (HOST + "/en/claims/{}/#ground", "/en/claims/{}/embed/"),
    ],
)
def test_it_understands_every_address_of_a_claim(claim, url, frame):
    assert source(told(url.format(claim.slug))) == frame.format(claim.slug)


@pytest.mark.parametrize(
    "url",
    [
        "", "nonsense", "http://[", "https://example.org/claims/{}/", "/claims/never-was/", "/claims/{}/@9/",
        "/topics/aid/", "/claims/{}/dossier.json", "/claims/{}/?as_of=soon", "/claims/{}/?as_of=2021-01-01",
        "/claims/{}/?as_of=2999-01-01", "javascript:alert(1)", "//example.org/claims/{}/", "/admin/",
    ],
)  # fmt: skip
def test_of_any_other_address_there_is_nothing(claim, url):
    assert asked(url.format(claim.slug)).status_code == 404


def test_other_formats_are_not_implemented(claim):
    assert asked(claim.get_absolute_url(), format="yaml").status_code == 501


def test_it_is_never_larger_than_was_asked_for(claim):
    data = told(claim.get_absolute_url(), maxwidth=320, maxheight=200)
    assert (data["width"], data["height"]) == (320, 200)
    assert "thumbnail_url" not in data
    assert source(data)
    assert told(claim.get_absolute_url(), maxwidth=10**8)["width"] == 600


@pytest.mark.parametrize("value", ["-1", "0", "x", "1.5", "9" * 50, "٣"])
def test_a_size_that_is_none_is_refused(claim, value):
    assert asked(claim.get_absolute_url(), maxwidth=value).status_code == 400


@pytest.mark.parametrize("path", ["", "@1/"])
def test_the_page_says_where_oembed_is(claim, path):
    page = open_page(f"/ar/claims/{claim.slug}/{path}")
    for kind in ("application/json+oembed", "text/xml+oembed"):
        (link,) = page.all("link", type_=kind)
        where = urlsplit(link.attributes["href"])
        answer = Client().get(f"{where.path}?{where.query}")
        assert answer.status_code == 200
        assert f"/ar/claims/{claim.slug}/{path}embed/" in answer.content.decode()
