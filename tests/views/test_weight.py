"""What a page weighs on a poor line: itself and everything that it loads, compressed."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.views.page import Page
from tests.views.test_every_page import CHANGES, PAGES, RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

MOST, MOST_OF_LIST_AND_CLAIM = 100_000, 60_000  # bytes
LIGHT = ("/claims/", f"/claims/{RECORDS['claim']}/")
ADDRESSES = [f"/{language}{page}" for language in ("en", "ar") for page in [*PAGES, *CHANGES]]


def weigh(address: str) -> dict[str, int]:
    """The page and each thing it loads, with its bytes on the line."""
    response = Client().get(address, headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    page = Page(gzip.decompress(response.content).decode(), address)
    return {address: len(response.content), **{path: weight_of(path) for path in loaded(page)}}


def loaded(page: Page) -> set[str]:
    sheets = {
        link.attributes["href"]
        for link in page.all("link")
        if link.attributes["rel"] in {"stylesheet", "icon"}
    }
    return sheets | {node.attributes["src"] for node in page.walk() if node.attributes.get("src")}


def weight_of(path: str) -> int:
    """As the server keeps it: compressed, unless that makes it no smaller."""
    found = finders.find(path.removeprefix("/static/"))
    data = Path(str(found)).read_bytes() if found else Client().get(path).content
    return min(len(gzip.compress(data, 9)), len(data))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_weighs_more_than_a_poor_line_carries(address):
    parts = weigh(address)
    most = MOST_OF_LIST_AND_CLAIM if address[3:] in LIGHT else MOST
    assert sum(parts.values()) <= most, parts
