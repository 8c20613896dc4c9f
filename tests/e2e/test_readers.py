"""The reader's way through the site in a browser: on both widths, light and dark, by keyboard, without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import NOW

FIXTURE = Path(__file__).parent.parent.parent / "fixtures" / "syria.json"
C6 = "/claims/humanitarian-assistance-increased/"
PAGES = [
    "/",
    "/claims/",
    "/claims/?state=conflicting&gap_min=101",
    C6,
    f"{C6}?as_of=2021-10-31",
    "/claims/isis-turns-to-city-attacks/",
    "/statements/blinken-2021-10-13/",
    "/evidence/resolution-2585-extends-corridor/",
    "/speakers/",
    "/speakers/antony-blinken/",
    "/topics/",
    "/topics/humanitarian-aid/",
    "/places/",
    "/places/syria/",
    "/sources/",
    "/sources/asharq-al-awsat/",
    "/corrections/",
    "/method/",
    "/claims/no-such-claim/",
    "/?as_of=nonsense",
]
FOCUS_SHOWS = """(() => {
  const style = getComputedStyle(document.activeElement)
  return style.outlineStyle === "solid" && style.outlineWidth === "2px"
})()"""
WIDE, NARROW = {"width": 1180, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def site(live_server, monkeypatch) -> str:
    """The Syria dossier, served on 22 November 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    call_command("loaddata", FIXTURE, verbosity=0)
    return live_server.url


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser's console and the content security policy complain of: at the end of a test, nothing."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request", lambda request: heard.append(request.url) if "://localhost" not in request.url else None
    )
    yield heard
    assert heard == []


def is_complaint(message) -> bool:
    refused_as_it_should_be = (
        "status of 40" in message.text
    )  # the pages that this file opens to see them refused
    return message.type in {"error", "warning"} and not refused_as_it_should_be


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1180", "390"])
def test_axe_finds_nothing_serious_on_any_page(site, page, complaints, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(site + path)
        for details in page.locator("details").all():
            details.evaluate("node => node.open = true")
        found[path] = serious(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_is_wider_than_a_phone(site, page, complaints, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for path in PAGES:
        page.goto(site + path)
        wide[path] = overflow(page)
    assert {path: by for path, by in wide.items() if by > 0} == {}


def test_nothing_overflows_at_two_hundred_per_cent(site, page):
    """A window of 1180 px, enlarged twice, is laid out as 590; and letters alone twice as large still fit."""
    for path in PAGES:
        page.set_viewport_size({"width": 590, "height": 450})
        page.goto(site + path)
        assert overflow(page) <= 0, path
        page.set_viewport_size(WIDE)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) <= 0, path


def take_the_readers_way(page: Page, site: str) -> None:
    """Home, the claims of one speaker with one verdict, a claim, a past day of it, today again, the method."""
    page.goto(site)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What they said")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Claims").click()
    expect(page.locator(".claim-row")).to_have_count(21)
    page.get_by_label("Antony Blinken").check()
    page.get_by_label("evidence conflicts").check()
    page.locator(".filters").get_by_role("button", name="Show").click()
    expect(page.get_by_label("Antony Blinken")).to_be_checked()
    rows = page.locator(".claim-row")
    expect(rows).not_to_have_count(21)
    for row in rows.all():
        expect(row).to_contain_text("The evidence conflicts")
        expect(row).to_contain_text("Antony Blinken")
    page.get_by_role("link", name="Humanitarian assistance is being increased").click()
    expect(page.locator("mark")).to_have_text("increasing humanitarian assistance")
    expect(page.locator("#verdict")).to_have_text("The evidence conflicts")
    page.get_by_label("As known on").fill("2022-12-31")
    page.locator(".as-of").get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("As known on 31 December 2022.")
    expect(page.locator("#verdict")).to_have_text("Conduct mostly matches the words")
    expect(page.locator(".verdict .sentence")).to_contain_text("39 % contradicts")
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_role("status")).to_have_count(0)
    page.get_by_role("link", name="How it is computed").click()
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
    expect(page.get_by_label("Antony Blinken")).not_to_be_visible()
    page.get_by_text("Choose", exact=True).click()
    expect(page.get_by_label("Antony Blinken")).to_be_visible()


def test_on_a_wide_screen_the_filters_stand_open(site, page, complaints):
    page.set_viewport_size(WIDE)
    page.goto(f"{site}/claims/")
    expect(page.get_by_label("Antony Blinken")).to_be_visible()


def test_a_reader_searches_from_any_page(site, page, complaints):
    page.goto(f"{site}/method/")
    page.get_by_role("searchbox", name="Search the claims").fill("ceasefires")
    page.keyboard.press("Enter")
    expect(page.locator(".claim-row")).to_have_count(1)
    expect(page.locator(".claim-row h3")).to_contain_text("ceasefires")


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(site, page, complaints):
    page.goto(site + C6)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    for _ in range(12):
        assert page.evaluate(FOCUS_SHOWS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        page.keyboard.press("Tab")


def test_no_part_of_a_page_moves_the_focus_by_an_order_of_its_own(site, page):
    for path in PAGES:
        page.goto(site + path)
        assert page.locator("[tabindex]:not([tabindex='0'])").count() == 0, path


def test_on_paper_the_words_the_verdict_and_the_ground_are_there(site, page):
    page.goto(f"{site}{C6}?as_of=2023-12-31")
    page.emulate_media(media="print")
    for part in (
        "blockquote",
        "#verdict",
        ".verdict .sentence",
        "svg.bar-page",
        ".sides",
        "table.receipt tfoot",
        ".banner",
    ):
        expect(page.locator(part).first).to_be_visible()
    expect(page.locator(".as-of")).not_to_be_visible()
    expect(page.locator(".top nav")).not_to_be_visible()
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper


def test_a_link_of_the_receipt_leads_to_its_report(site, page, complaints):
    page.goto(site + C6)
    link = page.locator("table.receipt tbody a").first
    target = link.get_attribute("href")
    link.click()
    expect(page.locator(target)).to_be_in_viewport()


def test_the_pages_hold_when_letters_stand_further_apart(site, page):
    """WCAG 1.4.12: a reader's own spacing hides nothing."""
    page.set_viewport_size(NARROW)
    for path in (C6, "/claims/", "/method/"):
        page.goto(site + path)
        page.evaluate(
            "for (const e of document.querySelectorAll('main *')) { e.style.letterSpacing = '.12em';"
            "e.style.wordSpacing = '.16em'; e.style.lineHeight = '1.5' }"
        )
        assert overflow(page) <= 0, path
