"""What a reader meets on a telephone: the answer on the first screen, a short page, and few sheets of paper."""

import re

import pytest

from claims.models import Claim

PHONE = {"width": 390, "height": 844}
VERDICT_ENDS, BAR_ENDS, SCREENS, SHEETS = 700, 844, 4, 3
DEMO_LINE = 21  # of the footer, which says “A demonstration.” in the demo only
BOTTOM = "name => document.querySelector(name).getBoundingClientRect().bottom"
ORDER = """() => ["h1", "#verdict", ".answer", "svg.bar-page", ".legend", ".legend ~ .sentence", "#said", "#ground"]
    .map(name => document.querySelector(name)).filter(part => part)
    .map(part => part.getBoundingClientRect().top)"""


def published() -> list[str]:
    """The claims of the demo that readers may open."""
    slugs = list(Claim.objects.filter(published_at__isnull=False).values_list("slug", flat=True))
    assert len(slugs) > 20
    return slugs


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_claim_answers_on_the_first_screen_and_is_short(site, page, language):
    page.set_viewport_size(PHONE)
    for slug in published():
        page.goto(f"{site}/{language}/claims/{slug}/")
        assert page.evaluate(BOTTOM, "#verdict") < VERDICT_ENDS, slug
        if page.locator("svg.bar-page").count():
            assert page.evaluate(BOTTOM, ".legend") < BAR_ENDS, slug
            assert page.evaluate(BOTTOM, ".legend ~ .sentence") < BAR_ENDS, slug
            tops = page.evaluate(ORDER)
            assert tops == sorted(tops), slug
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height + DEMO_LINE <= SCREENS * PHONE["height"], slug
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], slug


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_claim_prints_on_three_sheets(site, page, language):
    for slug in published():
        page.goto(f"{site}/{language}/claims/{slug}/")
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
        assert 1 <= len(sheets) <= SHEETS, slug
