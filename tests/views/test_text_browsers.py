"""What a text browser prints, which knows no drawings: the words of a page, and no stray numbers of an axis."""

import re

import pytest

from tests.views.test_every_page import CHANGES, PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

LETTER = re.compile(r"[^\W\d_]{2}")


def printed_of_drawings(page):
    """The texts that drawings hold, each as one string: labels, and the titles of marks."""
    for svg in page.all("svg"):
        for node in svg.walk():
            if node.tag in ("text", "title", "desc", "span") and node.text:
                yield node.text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("address", [*PAGES, *CHANGES, "/?as_of=2021-10-31"])
def test_no_number_or_day_of_a_drawing_is_printed_without_words(look_again, language, address):
    page = look_again(f"/{language}{address}")
    assert [text for text in printed_of_drawings(page) if not LETTER.search(text)] == []
    for part in page.all("span", "scale"):
        assert part.text == ""


def test_the_style_sheet_draws_them(look_again):
    axis = look_again("/claims/violence-kept-down/").one("section", aria_labelledby="moved").one("figure")
    labels = [each.attributes["data-label"] for each in axis.all("span") if "data-label" in each.attributes]
    assert {"0", "50", "100"} <= set(labels)
    assert any(re.fullmatch(r"\d{4}", label) for label in labels)
