"""The reader's way through the site in a browser: on both widths, light and dark, by keyboard, without JavaScript."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.readers import C6, NARROW, WIDE


def take_the_readers_way(page: Page, site: str) -> None:
    """Home, the claims of one speaker with one verdict, a claim, a past day of it, today again, the method."""
    page.goto(site)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What they said")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Claims").click()
    expect(page.locator(".claim-row")).to_have_count(22)
    page.get_by_role("checkbox", name="Antony Blinken").check()
    page.get_by_label("Mostly contradicted").check()
    page.locator(".filters").get_by_role("button", name="Show").click()
    expect(page.get_by_role("checkbox", name="Antony Blinken")).to_be_checked()
    rows = page.locator(".claim-row")
    expect(rows).to_have_count(3)  # both choices have changed the list in place
    for row in rows.all():
        expect(row).to_contain_text(re.compile("mostly (departs|contradicted)", re.IGNORECASE))
        expect(row).to_contain_text("Antony Blinken")
    page.get_by_role("link", name="Humanitarian assistance to Syria is increased").click()
    expect(page.locator("mark")).to_have_text("increasing humanitarian assistance")
    expect(page.locator("#verdict")).to_have_text("Mostly contradicted")
    page.get_by_text("Show what was known on another day").click()
    page.get_by_label("Show what was known on").fill("2024-06-30")
    page.locator(".as-of").get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("As known on 30 June 2024.")
    expect(page.locator("#verdict")).to_have_text("Too little evidence")
    expect(page.locator(".verdict .sentence")).to_contain_text("2 events against, 2 for")
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_role("status")).to_have_count(0)
    page.get_by_role("link", name="How it is calculated").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The method")


def test_a_reader_finds_a_claim_looks_at_a_past_day_and_reads_the_method(site, page, complaints):
    page.set_viewport_size(WIDE)
    take_the_readers_way(page, site)


def test_all_of_it_works_without_javascript(site, browser):
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        take_the_readers_way(context.new_page(), site)


def test_on_a_phone_the_filters_are_folded_and_open_by_a_tap(site, page, complaints):
    page.set_viewport_size(NARROW)
    page.goto(f"{site}/claims/")
    expect(page.get_by_role("checkbox", name="Antony Blinken")).not_to_be_visible()
    page.get_by_text("Filter", exact=True).click()
    expect(page.get_by_role("checkbox", name="Antony Blinken")).to_be_visible()


def test_on_a_wide_screen_the_filters_stand_open(site, page, complaints):
    page.set_viewport_size(WIDE)
    page.goto(f"{site}/claims/")
    expect(page.get_by_role("checkbox", name="Antony Blinken")).to_be_visible()


def test_a_reader_searches_from_any_page(site, page, complaints):
    page.goto(f"{site}/method/")
    page.get_by_role("searchbox", name="Search claims and events").fill("ceasefires")
    page.keyboard.press("Enter")
    expect(page.locator(".claim-row")).to_have_count(1)
    expect(page.locator(".claim-row h3")).to_contain_text("ceasefires")


def test_on_paper_the_words_the_verdict_and_the_ground_are_there(site, page):
    page.goto(f"{site}{C6}?as_of=2023-12-31")
    page.emulate_media(media="print")
    for part in (
        "blockquote",
        "#verdict",
        ".verdict .sentence",
        "svg.bar-page",
        ".side .report .name",
        ".banner",
    ):
        expect(page.locator(part).first).to_be_visible()
    expect(page.locator("div.as-of")).not_to_be_visible()
    expect(page.locator(".top nav")).not_to_be_visible()
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper


FOLDED = """() => [...document.querySelectorAll(
        "main:not(.claim) details > :not(summary), .claim .more > :not(summary)")]
    .filter(part => !part.closest(".carry, .unused, .folded, .as-of, form, nav, .report details"))
    .filter(part => !part.checkVisibility())
    .map(part => part.outerHTML.slice(0, 80))"""


def test_on_paper_the_calculation_stands_only_where_it_was_opened(site, page):
    page.goto(site + C6)
    page.emulate_media(media="print")
    expect(page.locator("p.formula")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.locator("#receipt").click()
    page.emulate_media(media="print")
    expect(page.locator("p.formula")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_paper_all_that_is_folded_stands_open_but_a_claim_s_calculation(site, page, language):
    for path in (
        C6,
        f"{C6}?lens=primary",
        "/speakers/antony-blinken/",
        "/topics/humanitarian-aid/",
        "/?as_of=2021-10-31",
    ):
        page.goto(f"{site}/{language}{path}")
        assert page.evaluate(FOLDED), path
        page.emulate_media(media="print")
        assert page.evaluate(FOLDED) == [], path
        page.emulate_media(media="screen")


def test_paper_says_of_which_day_its_figures_are(site, page):
    page.goto(f"{site}/en/speakers/antony-blinken/")
    page.emulate_media(media="print")
    expect(page.get_by_text("As known on 22 November 2026")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1180", "390"])
def test_the_menu_opens_without_javascript_and_leads_on_in_two_clicks(site, browser, size):
    with browser.new_context(java_script_enabled=False, viewport=size) as context:
        page = context.new_page()
        for name in ("Compare", "Places", "Sources", "Data", "About"):
            page.goto(f"{site}/en/method/")
            menu = page.get_by_role("navigation", name="Main")
            expect(menu.get_by_role("link", name=name)).not_to_be_visible()
            menu.get_by_text("More").click()
            menu.get_by_role("link", name=name).click()
            expect(page).to_have_url(f"{site}/en/{name.lower()}/")


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[tuple[str, Path]]:
    """Another's site: its address, and the folder that it serves."""
    with ThreadingHTTPServer(
        ("localhost", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)
    ) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", tmp_path
        server.shutdown()


def test_a_frame_and_a_card_stand_on_anothers_page_also_when_the_browser_has_them_already(
    site, elsewhere, page, complaints
):
    url, folder = elsewhere
    there = f"{site}/en{C6}"
    html = f'<link rel="icon" href="data:,"><iframe src="{there}embed/"></iframe><img src="{there}card.png">'
    (folder / "index.html").write_text(html)
    for _ in range(2):
        page.goto(url, wait_until="networkidle")
        frame = page.frame_locator("iframe")
        expect(frame.locator("h1")).to_have_text("Humanitarian assistance to Syria is increased")
        expect(frame.get_by_text("Mostly contradicted (tentative)")).to_be_visible()
        assert page.locator("img").evaluate("image => image.naturalWidth") == 1200
