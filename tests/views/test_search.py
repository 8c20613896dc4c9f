"""One search over the six kinds, on the Syria dossier: counts that add up, hits that are marked, orders."""

import pytest

from tests.views.page import parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

PAST = "as_of=2021-12-31"
KINDS = ("claim", "statement", "evidence", "speaker", "topic", "place")


def titles(page):
    return [row.one("h3").text for row in (*page.all("li", "claim-row"), *page.all("li", "hit"))]


def counts(page):
    """What the line of kinds says, by kind; the first is the total."""
    kinds = page.one("nav", "kinds")
    return [int(count.text) for count in kinds.all("span", "count")]


@pytest.mark.parametrize("day", ["", f"&{PAST}", "&as_of=2021-10-12"])
@pytest.mark.parametrize("words", ["syria", "humanitarian access", "“humanitarian access”", "the", "isis"])
def test_the_counts_of_the_kinds_add_up_and_are_what_each_kind_lists(look_again, words, day):
    page = look_again(f"/search/?q={words}{day}")
    if not page.all("nav", "kinds"):
        assert "2021-10-12" in day
        return
    total, *each = counts(page)
    assert total == sum(each) > 0
    for kind, count in zip(KINDS, each, strict=True):
        listed = look_again(f"/search/?q={words}&kind={kind}{day}")
        pages = max(1, -(-count // 25))
        found = [
            title for n in range(1, pages + 1) for title in titles(look_again(f"{listed.address}&page={n}"))
        ]
        assert len(found) == count


def test_without_a_kind_the_first_of_each_stand_there_with_a_way_to_all(look_again):
    page = look_again("/search/?q=syria")
    sections = page.all("section", "kind")
    assert len(sections) == len(KINDS) - counts(page)[1:].count(0)
    for section in sections:
        assert 0 < len(section.all("h3")) <= 3
    more = page.all("p", "more")[0].one("a")
    assert dict(parameters(page.address_of(more)))["kind"] == "claim"


def test_a_claim_stands_there_with_its_bar_and_verdict(look_again):
    row = look_again("/search/?q=ceasefires&kind=claim").one("li", "claim-row")
    assert row.all("svg", "bar-row")
    assert "Mostly contradicted" in row.one("div", "how").text


def test_hits_are_marked_in_the_title_and_in_the_words_around(look_again):
    page = look_again("/search/?q=ceasefires+washington")
    assert {mark.text.lower() for mark in page.all("mark")} >= {"ceasefires"}
    row = look_again("/claims/?q=ceasefires").one("li", "claim-row")
    assert row.one("h3").one("mark").text == "ceasefires"
    assert "“" in row.one("p", "span").text


def test_the_order_can_be_chosen(look_again):
    latest = titles(look_again("/search/?q=syria&kind=evidence&sort=latest"))
    earliest = titles(look_again("/search/?q=syria&kind=evidence&sort=earliest"))
    assert len(latest) > 3
    assert latest != earliest
    sorts = look_again("/search/?q=syria&kind=claim").one("p", "sorts")
    assert sorts.one("b").text == "Best match first"
    assert any("/claims/?q=syria" in link.attributes["href"] for link in sorts.all("a"))


@pytest.mark.parametrize(
    ("kind", "words", "title"),
    [
        ("speaker", "orabi", "Orabi Orabi"), ("speaker", "antony", "Antony Blinken"),
        ("speaker", "BLINKEN", "Antony Blinken"), ("topic", "reconstruction", "Reconstruction"),
        ("topic", "sanctions", "Sanctions and accountability"), ("place", "kamal", "Abu Kamal"),
        ("place", "tanf", "Al-Tanf"),
    ],
)  # fmt: skip
def test_every_word_of_a_name_finds_it(look_again, kind, words, title):
    page = look_again(f"/search/?q={words}&kind={kind}")
    assert title in titles(page)
    assert page.one("ol", "hits").all("mark")


def test_topics_and_places_have_no_day_and_no_order_by_it(look_again):
    assert not look_again("/search/?q=aleppo&kind=place").all("p", "sorts")
    assert look_again("/search/?q=aleppo&kind=evidence").all("p", "sorts")
