"""What holds for every page of the site, whatever it shows."""

import re
from itertools import pairwise

import pytest
from django.urls import get_resolver, reverse

from claims.views.data_addresses import DATA_ADDRESSES
from tests.views.page import is_ours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

LISTS = [
    "search",
    "home",
    "claims",
    "speakers",
    "topics",
    "compare",
    "places",
    "sources",
    "corrections",
    "changes",
    "method",
    "about",
    "privacy",
    "data",
]
RECORDS = {
    "claim": "humanitarian-assistance-increased",
    "statement": "blinken-2021-10-13",
    "evidence": "resolution-2585-extends-corridor",
    "speaker": "antony-blinken",
    "topic": "humanitarian-aid",
    "place": "syria",
    "source": "asharq-al-awsat",
}
PAGES = [*map(reverse, LISTS), *(reverse(name, args=[slug]) for name, slug in RECORDS.items())]
REPORTABLE = ("claim", "statement", "evidence", "source")
FORMS = [reverse("report-error", args=[kind, RECORDS[kind]]) for kind in REPORTABLE]
CHANGES = [
    "/changes/1/",
    "/changes/303/",
    "/changes/303/?as_of=2026-11-09",
    "/changes/?record=claim:no-sanction-lifted",
    "/claims/isis-kept-out-of-cities/@1/",
    "/claims/isis-kept-out-of-cities/@2/",
    "/claims/isis-kept-out-of-cities/@1/?as_of=2026-11-05",
]
QUESTIONS = [
    "/claims/humanitarian-assistance-increased/?lens=primary&without=voa&grades=AB&half_life=2&r_B=0.5",
    "/claims/violence-kept-down/?grades=F&as_of=2024-12-31",
    "/compare/?speaker=antony-blinken&speaker=isis",
    "/compare/?period=2021&period=2025-01/2026-06&as_of=2026-06-30",
]
ERRORS = [
    ("/claims/no-such-claim/", 404),
    ("/?as_of=nonsense", 400),
    ("/claims/no-sanction-lifted/?as_of=2021-01-01", 404),
    ("/changes/?record=claim:no-such-claim", 404),
    ("/changes/999999/", 404),
    ("/claims/isis-kept-out-of-cities/@99/", 404),
    ("/claims/violence-kept-down/?r_A=2", 400),
    ("/compare/?speaker=nobody", 400),
    ("/report-an-error/claim/no-such-claim/", 404),
]
ANSWERS = [
    *((page, 200) for page in PAGES),
    *((f"{page}?as_of=2024-12-31", 200) for page in PAGES),
    *((page, 200) for page in [*CHANGES, *QUESTIONS, *FORMS]),
    *ERRORS,
]

every_answer = pytest.mark.parametrize(("address", "status"), ANSWERS)


def test_no_kind_of_page_is_forgotten_here():
    named = {pattern.name for pattern in get_resolver("claims.urls").url_patterns}
    for_machines = {"robots", "security-txt", "sitemap", "sitemap-of"}
    of_reports = {"report-error", "error-report"}  # of the second, tests/views/error_reports tells
    assert named == {*LISTS, *RECORDS, "change", "pin", *DATA_ADDRESSES, *for_machines, *of_reports}


@every_answer
def test_every_page_has_a_title_one_heading_a_language_and_a_direction(look_again, address, status):
    page = look_again(address, status)
    html = page.one("html").attributes
    assert (html["lang"], html["dir"]) == ("en", "ltr")
    assert "Words & Ground" in page.title
    assert page.one("h1").text
    assert page.one("meta", name="viewport").attributes["content"] == "width=device-width, initial-scale=1"
    assert page.one("meta", name="description").attributes["content"]


@pytest.mark.parametrize("address", PAGES)
def test_every_pages_title_is_its_own(look_again, address):
    others = {look_again(other).title for other in PAGES if other != address}
    assert look_again(address).title not in others


@every_answer
def test_every_pages_html_is_well_formed_and_its_pointers_lead_somewhere(look_again, address, status):
    assert look_again(address, status).errors == []


@every_answer
def test_headings_go_down_one_level_at_a_time(look_again, address, status):
    levels = look_again(address, status).heading_levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@every_answer
def test_no_page_holds_a_style_an_event_handler_or_a_script_of_others(look_again, address, status):
    page = look_again(address, status)
    for script in page.all("script"):
        assert script.attributes.get("type") == "application/ld+json" or is_ours(script.attributes["src"])
    assert not page.all("style")
    for node in page.walk():
        assert not [name for name in node.attributes if name == "style" or name.startswith("on")]
    assert not re.search(r"javascript:|data:", page.source, re.IGNORECASE)


@every_answer
def test_no_page_loads_anything_from_another_host(look_again, address, status):
    for node in look_again(address, status).walk():
        if node.tag == "link" and node.attributes["rel"] in {
            "canonical",
            "alternate",
        }:  # named, and not loaded
            assert node.attributes["href"].startswith(("/", "http://testserver/"))
            continue
        loads = [
            value
            for name, value in node.attributes.items()
            if name in {"src", "srcset", "action", "poster", "data"} or (name == "href" and node.tag != "a")
        ]
        assert all(map(is_ours, loads)), loads


@every_answer
def test_links_to_other_hosts_are_https_and_say_so(look_again, address, status):
    for link in look_again(address, status).all("a"):
        if not is_ours(link.attributes["href"]):
            assert re.match("https?://", link.attributes["href"])
            assert link.attributes["rel"].removeprefix("license ") == "noopener external"


@every_answer
def test_readers_get_no_cookie_no_vary_by_one_and_a_policy_of_our_own_scripts(look_again, address, status):
    page = look_again(address, status)
    assert not page.cookies
    assert page.headers["Vary"] == "Accept-Language, Accept-Encoding"
    policy = page.headers["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]


FEEDS = [
    "/feed/",
    "/corrections/feed/",
    "/changes/feed/",
    "/sitemap.xml",
    "/sitemap-claim.xml",
    "/robots.txt",
]


@pytest.mark.parametrize("address", [*PAGES, *FEEDS])
def test_pages_and_feeds_are_read_only(client, address):
    assert client.head(address).status_code == 200
    for method in (client.post, client.put, client.delete, client.patch, client.options, client.trace):
        assert method(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_a_page_without_its_slash_leads_to_it(client, address):
    if address != "/":
        response = client.get(address.rstrip("/") + "?as_of=2024-12-31")
        assert (response.status_code, response.headers["Location"]) == (301, f"{address}?as_of=2024-12-31")


@every_answer
def test_every_page_leads_past_its_menu_and_to_the_method(look_again, address, status):
    page = look_again(address, status)
    assert page.all("a")[0].attributes["href"] == "#main"
    assert any(page.address_of(link).startswith("/method/") for link in page.links())


@every_answer
def test_every_field_has_a_label(look_again, address, status):
    page = look_again(address, status)
    labelled = {label.attributes.get("for") for label in page.all("label")}
    for node in page.walk():
        if node.tag in {"input", "select", "textarea"} and node.attributes.get("type") != "hidden":
            wrapped = any(above.tag == "label" for above in node.ancestors())
            assert wrapped or node.attributes.get("id") in labelled, node.attributes


@every_answer
def test_every_picture_says_what_it_shows(look_again, address, status):
    for svg in look_again(address, status).all("svg", role="img"):
        label = (
            svg.attributes.get("aria-label") or svg.one("title", id_=svg.attributes["aria-labelledby"]).text
        )
        assert label
