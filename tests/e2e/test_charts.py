"""The charts as a browser lays them out: no words meet or leave the page, on a phone or wide, both ways round."""

import pytest
from playwright.sync_api import Page

from tests.e2e.readers import WIDE, overflow
from tests.syria import CLAIMS

PHONE, SMALL = {"width": 390, "height": 844}, {"width": 320, "height": 700}
UNCHECKABLE = "isis-turns-to-city-attacks"  # no score, so no line
CHARTED = [
    "/?as_of=2021-10-31",
    "/topics/humanitarian-aid/",
    "/places/syria/",
    "/statements/blinken-2021-10-13/",
    "/method/",
]
WORDS = """() => [...document.querySelectorAll("figure svg")].flatMap((svg, n) =>
    svg.closest("svg svg") ? [] : [...svg.querySelectorAll("text, .drawn span")].map(text => {
        const box = text.getBoundingClientRect();
        const words = text.dataset.label || text.textContent;
        return {n, words, x: box.left, y: box.top, end: box.right, foot: box.bottom};
    }).filter(box => box.end > box.x))"""


def in_each_others_way(page: Page) -> list[str]:
    """The texts of the charts that meet one another or stick out of the page."""
    boxes, wide = page.evaluate(WORDS), page.evaluate("innerWidth")
    return [
        f"{one['words']} / {other['words']}"
        for i, one in enumerate(boxes)
        for other in boxes[:i]
        if one["n"] == other["n"] and meet(one, other)
    ] + [f"{box['words']} sticks out" for box in boxes if box["x"] < 0 or box["end"] > wide]


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    across = min(one["end"], other["end"]) - max(one["x"], other["x"])
    down = min(one["foot"], other["foot"]) - max(one["y"], other["y"])
    return across > 0 and down > 3  # lines of text may touch


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_words_of_any_claims_line_meet(site, page, language):
    """Every claim where there is least room, some of them where there is more."""
    charted = [slug for slug in CLAIMS if slug != UNCHECKABLE]
    for size, slugs in ((SMALL, charted), (PHONE, charted[::7]), (WIDE, charted[::7])):
        page.set_viewport_size(size)
        for slug in slugs:
            page.goto(f"{site}/{language}/claims/{slug}/")
            moved = page.locator("section[aria-labelledby=moved]")
            assert moved.locator("figure svg .drawn, p.empty").count(), slug  # a line, or why there is none
            assert in_each_others_way(page) == [], slug
            assert overflow(page) <= 0, slug


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_words_of_any_other_chart_meet(site, page, language):
    for size in (SMALL, WIDE):
        page.set_viewport_size(size)
        for path in CHARTED:
            page.goto(f"{site}/{language}{path}")
            assert page.locator("figure svg .drawn").count(), path
            assert in_each_others_way(page) == [], path
            assert overflow(page) <= 0, path


def test_two_side_by_side_share_the_whole_width_of_a_phone(site, page):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/en/compare/?speaker=antony-blinken&speaker=isis")
    table = page.locator("table.beside").bounding_box()
    first, second = (
        cell.bounding_box() for cell in page.locator("table.beside tbody tr").first.locator("td").all()
    )
    assert first["width"] == pytest.approx(second["width"], abs=1)
    assert second["x"] + second["width"] == pytest.approx(table["x"] + table["width"], abs=1)
