"""WCAG 2.2 AA on every page, in both languages, by axe and by what axe can't see: keys, zoom, spacing, motion."""

import pytest
from django.urls import resolve
from playwright.sync_api import expect

from claims.urls import urlpatterns
from tests.e2e.readers import C6, NARROW, PAGES, WIDE, overflow, violations

FOCUS_SHOWS = """(() => {
  const style = getComputedStyle(document.activeElement)
  return style.outlineStyle === "solid" && style.outlineWidth === "2px"
})()"""
MOVING = """[...document.querySelectorAll("*")].filter(node => {
  const style = getComputedStyle(node)
  return style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior === "smooth"
}).map(node => node.outerHTML.slice(0, 100))"""

NO_PAGE = {
    "current-card",
    "card",
    "cite",
    "oembed",
    "claim-dossier",
    "changes-data",
    "change-data",
    "robots",
    "claims-csv",
    "evidence-csv",
    "security-txt",
}
# The page of "embed", of an older version; and one that tests/e2e/test_error_reports.py looks at.
AS_ANOTHER = {"pinned-embed", "error-report"}

SMALL_TARGETS = r"""() => {
  const letters = /[\p{L}\p{N}]/u
  const inText = node => {
    let box = node
    while (getComputedStyle(box).display.startsWith("inline")) box = box.parentElement
    if (box === node) return false
    const rest = box.cloneNode(true)
    rest.querySelectorAll("a, button, summary, label, svg, .unseen").forEach(each => each.remove())
    return letters.test(rest.textContent)
  }
  const TAPPED = "a[href], button, summary, select, input:not([type=hidden]), textarea"
  const found = []
  for (const node of document.querySelectorAll(TAPPED)) {
    const target = node.closest("label") || node
    if (!node.checkVisibility() || node.closest(".skip") || inText(target)) continue
    const boxes = [...target.getClientRects()]
    const { width, height } = target.getBoundingClientRect()
    if (boxes.length && (width < 24 || height < 24)) found.push(`${width}×${height} ${target.outerHTML.slice(0, 100)}`)
  }
  return found
}"""

in_both_languages = pytest.mark.parametrize("language", ["en", "ar"])


def test_every_page_of_the_site_is_among_those_looked_at():
    names = {pattern.name for pattern in urlpatterns}
    pages = {
        name for name in names - NO_PAGE - AS_ANOTHER if not name.endswith("feed") and "sitemap" not in name
    }
    assert pages == {resolve(path.partition("?")[0]).url_name for path in PAGES}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1180", "390"])
@in_both_languages
def test_axe_finds_nothing_on_any_page(site, page, complaints, language, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(f"{site}/{language}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
        found[path] = violations(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


@pytest.mark.parametrize("width", [390, 320])
@in_both_languages
def test_nothing_is_wider_than_a_phone(site, page, complaints, language, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for path in PAGES:
        page.goto(f"{site}/{language}{path}")
        wide[path] = overflow(page)
    assert {path: by for path, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1180", "390"])
@in_both_languages
def test_whatever_can_be_tapped_measures_twenty_four_px_except_in_running_text(site, page, language, size):
    page.set_viewport_size(size)
    small = {}
    for path in PAGES:
        page.goto(f"{site}/{language}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
        small[path] = page.evaluate(SMALL_TARGETS)
    assert {path: found for path, found in small.items() if found} == {}


@in_both_languages
def test_nothing_overflows_at_two_hundred_per_cent(site, page, language):
    """A window of 1180 px, enlarged twice, is laid out as 590; and letters alone twice as large still fit."""
    wide = {}
    for path in PAGES:
        page.set_viewport_size({"width": 590, "height": 450})
        page.goto(f"{site}/{language}{path}")
        enlarged = overflow(page)
        page.set_viewport_size(WIDE)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[path] = (enlarged, overflow(page))
    assert {path: by for path, by in wide.items() if max(by) > 0} == {}


@in_both_languages
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(site, page, complaints, language):
    page.goto(f"{site}/{language}{C6}")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
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


@in_both_languages
def test_the_pages_hold_when_letters_stand_further_apart(site, page, language):
    """WCAG 1.4.12: a reader's own spacing hides nothing."""
    page.set_viewport_size(NARROW)
    for path in (C6, "/claims/", "/method/"):
        page.goto(f"{site}/{language}{path}")
        page.evaluate(
            "for (const e of document.querySelectorAll('main *')) { e.style.letterSpacing = '.12em';"
            "e.style.wordSpacing = '.16em'; e.style.lineHeight = '1.5' }"
        )
        assert overflow(page) <= 0, path


def test_nothing_moves_for_those_who_asked_that_nothing_move(site, page):
    page.emulate_media(reduced_motion="reduce")
    for path in PAGES:
        page.goto(site + path)
        assert page.evaluate(MOVING) == [], path
