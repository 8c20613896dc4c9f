"""A long quotation on a claim’s page: four lines on a phone; all of it at a touch, read out and on paper."""

import pytest

from tests.e2e.readers import NARROW, WIDE

LONG = "/claims/humanitarian-access-expanded/"
LINES_HIDDEN = """() => [...document.querySelectorAll(".quotation > blockquote")].map(each =>
  Math.round((each.scrollHeight - each.clientHeight) / parseFloat(getComputedStyle(each).lineHeight)))"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_quotation_is_folded_on_a_phone_and_opens_without_script(site, page, language):
    page.set_viewport_size(NARROW)
    page.goto(f"{site}/{language}{LONG}")
    assert page.evaluate(LINES_HIDDEN)[-1] > 0  # of the English words
    assert page.locator("blockquote").last.get_attribute("lang") == "en"
    summary = page.locator(".unfold summary").last
    summary.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(LINES_HIDDEN)[-1] == 0
    page.keyboard.press("Enter")
    assert page.evaluate(LINES_HIDDEN)[-1] > 0


def test_folded_words_are_read_out_and_printed_and_stand_open_on_a_wide_screen(site, page):
    page.set_viewport_size(NARROW)
    page.goto(site + LONG)
    assert "northwestern Syria to do that." in page.locator("blockquote").aria_snapshot()
    page.emulate_media(media="print")
    assert page.evaluate(LINES_HIDDEN) == [0]
    page.emulate_media(media="screen")
    page.set_viewport_size(WIDE)
    assert page.evaluate(LINES_HIDDEN) == [0]
    assert not page.locator(".unfold").is_visible()
