"""A statement’s page in a browser: verdicts beside the words or below them, and lines that need no colour."""

import pytest
from playwright.sync_api import Page

from claims.actions import rescore_claims
from claims.models import Claim
from tests.e2e.readers import NARROW, WIDE, overflow, violations
from tests.factories import NOW, ClaimFactory, StatementFactory

BLINKEN = "/statements/blinken-2021-10-13/"
PLACES = """() => [...document.querySelectorAll(".passage")].filter(each => each.querySelector(".notes")).map(each => {
  const [words, notes] = [".whole", ".notes"].map(name => each.querySelector(name).getBoundingClientRect())
  return {beside: notes.left >= words.right || notes.right <= words.left, below: notes.top >= words.bottom}
})"""
LINES = """() => Object.fromEntries([...document.querySelectorAll(".lines-key .underlined")].map(each => {
  const style = getComputedStyle(each)
  return [each.className, `${style.textDecorationStyle} ${style.textDecorationThickness}`]
}))"""
OFFSETS = """() => [...document.querySelectorAll(".words-of")].map(each =>
  [...each.querySelectorAll(".underlined")].map(line => getComputedStyle(line).textUnderlineOffset))"""
WITHOUT_VERDICT = {"insufficient", "no_evidence", "stale", "uncheckable"}

in_both_languages = pytest.mark.parametrize("language", ["en", "ar"])


def descriptions(page: Page) -> list[str]:
    """What a screen reader is told of the linked words."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = [node for node in nodes if node.get("role", {}).get("value") == "link"]
    return [link["description"]["value"] for link in links if link.get("description", {}).get("value")]


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1180", "390"])
@in_both_languages
def test_axe_finds_nothing_and_nothing_overflows(site, page, complaints, language, size, forced):
    page.set_viewport_size(size)
    page.emulate_media(forced_colors=forced)
    page.goto(f"{site}/{language}{BLINKEN}")
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
    assert violations(page) == []
    assert overflow(page) <= 0


@in_both_languages
def test_verdicts_stand_beside_the_words_and_on_a_phone_below_them(site, page, language):
    for size, where in ((WIDE, "beside"), (NARROW, "below")):
        page.set_viewport_size(size)
        page.goto(f"{site}/{language}{BLINKEN}")
        places = page.evaluate(PLACES)
        assert len(places) == 5
        assert all(place[where] for place in places), (where, places)


def test_lines_are_told_apart_without_colour(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(site + BLINKEN)
    lines = {name.split()[1]: line for name, line in page.evaluate(LINES).items()}
    forms = [line for state, line in lines.items() if state not in WITHOUT_VERDICT]
    assert len(forms) == len(set(forms)) >= 4
    assert {line.split()[0] for state, line in lines.items() if state in WITHOUT_VERDICT} == {"dotted"}


def test_a_screen_reader_is_told_the_claim_and_its_verdict_with_the_words(site, page):
    page.goto(site + BLINKEN)
    told = descriptions(page)
    assert len(told) == 11
    for claim in Claim.objects.filter(statement__slug="blinken-2021-10-13"):
        assert any(text.endswith(claim.proposition) for text in told), claim
    page.goto(f"{site}/claims/no-sanction-lifted/")
    assert "[marked: lifted a single sanction on Syria" in page.locator("blockquote").first.aria_snapshot()


def test_overlapping_words_have_a_line_each(site, page):
    statement = StatementFactory(published=True, text="We keep violence down and we increase aid.")
    for quote in ("We keep violence down", "violence", "down and we increase"):
        ClaimFactory(published=True, statement=statement, quote=quote)
    rescore_claims(Claim.objects.filter(statement=statement), as_of=NOW.date(), now=NOW)
    page.goto(site + statement.get_absolute_url())
    lines = page.evaluate(OFFSETS)
    assert [len(offsets) for offsets in lines] == [1, 2, 2, 1]
    assert all(len(set(offsets)) == len(offsets) for offsets in lines)
    assert violations(page) == []
    letters = page.locator("blockquote p").evaluate("each => each.textContent")
    assert letters == f"“{statement.text}”"
