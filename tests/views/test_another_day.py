"""The way to another day: a field and plain links on every page that shows figures, keeping the rest of its address."""

import pytest

from tests.views.page import parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

CLAIM = "/claims/humanitarian-assistance-increased/"
PAGES = [
    "/",
    CLAIM,
    "/claims/",
    "/speakers/antony-blinken/",
    "/topics/humanitarian-aid/",
    "/statements/blinken-2021-10-13/",
    "/places/syria/",
]


def ways(page):
    """The days that the links lead to, by their words; None is today."""
    links = page.one("nav", aria_label="Another day").all("a")
    return {link.text: dict(parameters(page.address_of(link))).get("as_of") for link in links}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_with_figures_leads_to_other_days_in_one_place(look_again, path):
    page = look_again(path)
    box = page.one("div", "as-of")
    assert box.one("input", id_="as_of").attributes["value"] == "2026-11-22"
    assert ways(page)["A year earlier"] == "2025-11-22"
    assert {"A month later", "A year later", "Today"}.isdisjoint(ways(page))


def test_a_claim_leads_to_when_it_was_said_and_never_before(look_again):
    assert ways(look_again(CLAIM))["When it was said"] == "2021-10-13"
    on_the_day = look_again(f"{CLAIM}?as_of=2021-10-13")
    assert ways(on_the_day) == {"A month later": "2021-11-13", "A year later": "2022-10-13", "Today": None}
    assert "A month earlier" in ways(look_again(f"{CLAIM}?as_of=2021-11-13"))
    assert "A month earlier" not in ways(look_again(f"{CLAIM}?as_of=2021-11-12"))


def test_no_way_leads_past_today(look_again):
    assert ways(look_again(f"{CLAIM}?as_of=2026-10-22"))["A month later"] == "2026-11-22"
    assert "A month later" not in ways(look_again(f"{CLAIM}?as_of=2026-10-23"))


def test_a_list_leads_to_the_first_of_its_words(look_again):
    first = ways(look_again("/claims/"))["On the day of the earliest statement"]
    assert ways(look_again(f"/claims/?as_of={first}")).keys() == {"A month later", "A year later", "Today"}


def test_every_choice_of_the_address_is_kept_but_the_page_of_the_list(look_again):
    page = look_again("/claims/?kind=priority&kind=denial&sort=latest&page=1")
    for link in page.one("nav", aria_label="Another day").all("a"):
        kept = [pair for pair in parameters(page.address_of(link)) if pair[0] != "as_of"]
        assert kept == [("kind", "priority"), ("kind", "denial"), ("sort", "latest")]
    hidden = page.one("div", "as-of").all("input", type="hidden")
    assert [(node.attributes["name"], node.attributes["value"]) for node in hidden] == kept


def test_where_nothing_had_been_said_yet_the_way_leads_back_to_today(look_again):
    assert ways(look_again("/claims/?as_of=2001-01-01")) == {"Today": None}
