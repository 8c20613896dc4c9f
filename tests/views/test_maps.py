"""The map on a page: links that keep the day, a table with every number, and light enough."""

import gzip
import re

import pytest
from django.urls import reverse

from tests.factories import ClaimFactory, PlaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

PAGES = [reverse("places"), reverse("topic", args=["humanitarian-aid"]), reverse("place", args=["syria"])]

with_map = pytest.mark.parametrize("address", PAGES)


@pytest.fixture
def figure(look):
    return lambda address: look(address).one("figure", cls="map")


@with_map
def test_the_table_holds_every_circle_of_the_map_with_its_numbers(figure, address):
    found = figure(address)
    rows = {}
    for row in found.one("tbody").all("tr"):
        rows[row.one("a").text] = [int(cell.text) for cell in row.all("td")[1:]]
    circles = found.one("svg", cls="ground").all("a")
    assert circles
    for link in circles:
        name, numbers = re.match(r"(.+), \w+: (.+)", link.attributes["aria-label"]).groups()
        reports, against, for_, both, context = map(int, re.findall(r"\d+", numbers))
        assert rows[name] == [reports, against, both, for_, context]
    for reports, *parts in rows.values():
        assert reports == sum(parts)


@with_map
def test_every_place_is_a_link_that_keeps_the_day(figure, address):
    links = figure(f"{address}?as_of=2024-12-31").all("a")
    assert links
    assert all(link.attributes["href"].endswith("/?as_of=2024-12-31") for link in links)


def test_a_map_as_of_a_day_shows_only_what_was_known_then(figure):
    def reports(address):
        rows = figure(address).one("tbody").all("tr")
        return sum(int(row.all("td")[1].text) for row in rows)

    assert 0 < reports("/places/?as_of=2021-12-31") < reports("/places/")


@with_map
def test_a_map_and_its_table_weigh_little(client, address):
    page = client.get(address).content.decode()
    figure = page[page.index('<figure class="map">') : page.index("</figure>")]
    assert len(gzip.compress(figure.encode())) < 14_000


def test_the_geography_is_the_same_in_arabic_and_the_words_begin_on_the_other_side(look):
    english, arabic = (
        look("/en/places/").one("figure", cls="map"),
        look("/ar/places/").one("figure", cls="map"),
    )

    def drawn(figure):
        ground = figure.one("svg", cls="ground")
        return [path.attributes["d"] for path in ground.all("path")], [
            svg.attributes["x"] for svg in ground.all("svg") if "x" in svg.attributes
        ]

    def beside(figure):
        labels = [text.attributes for text in figure.all("text") if "country" not in text.classes]
        return {text["text-anchor"] for text in labels if float(text["x"]) > 0}

    assert drawn(english)[0][0] == drawn(arabic)[0][0]
    assert drawn(english)[1] == drawn(arabic)[1]
    assert (beside(english), beside(arabic)) == ({"start"}, {"end"})


def test_a_place_without_a_point_has_no_map(look):
    place = PlaceFactory(name="Nowhere known", latitude=None, longitude=None)
    ClaimFactory(published=True).places.add(place)
    assert not look(f"/places/{place.slug}/").all("figure", cls="map")
