"""robots.txt and the sitemap: what is public, all of it, in both languages; and nothing else."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims import sitemaps
from claims.actions import withdraw_record
from tests.actions.desk import contradicted
from tests.factories import NOW, ClaimFactory, EvidenceFactory, UserFactory
from tests.views.test_every_page import LISTS

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://testserver"


def read(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert not answer.cookies
    return ET.fromstring(answer.content)


def index(prefix=""):
    return [node.text.removeprefix(HOST) for node in read(f"{prefix}/sitemap.xml").iter(f"{MAP}loc")]


def pages(prefix=""):
    found = {}
    for address in index(prefix):
        for url in read(address).iter(f"{MAP}url"):
            found[url.find(f"{MAP}loc").text] = url
    return found


def test_it_lists_every_public_page_in_each_language():
    claim = contradicted()
    shown = pages()
    records = [claim, claim.statement, claim.statement.speaker, claim.links.first().evidence]
    for language in ("en", "ar"):
        for record in records:
            assert f"{HOST}/{language}{record.get_absolute_url()}" in shown
    for address in shown:
        assert Client().get(address.removeprefix(HOST)).status_code == 200, address


def test_each_page_names_itself_in_the_other_languages():
    claim = contradicted()
    url = pages()[f"{HOST}/ar{claim.get_absolute_url()}"]
    links = {
        link.attrib["hreflang"]: link.attrib["href"]
        for link in url.iter("{http://www.w3.org/1999/xhtml}link")
    }
    path = claim.get_absolute_url()
    assert links == {"en": f"{HOST}/en{path}", "ar": f"{HOST}/ar{path}", "x-default": f"{HOST}{path}"}


def test_the_day_of_the_last_change_is_the_ledgers():
    claim = contradicted()
    shown = pages()
    for record in (claim, claim.statement):
        url = shown[f"{HOST}/en{record.get_absolute_url()}"]
        assert url.find(f"{MAP}lastmod").text == NOW.date().isoformat()


def test_what_is_not_public_is_not_in_it():
    claim = contradicted()
    hidden = [ClaimFactory(), EvidenceFactory(), ClaimFactory(withdrawn=True)]
    withdraw_record(claim, by=UserFactory(chief=True), now=NOW, reason="It could not be confirmed.")
    shown = " ".join(pages())
    for record in [*hidden, claim]:
        assert f"{record.get_absolute_url()}" not in shown


def test_its_files_are_of_bounded_size(monkeypatch):
    monkeypatch.setattr(sitemaps._LocalizedSitemap, "limit", 2)
    ClaimFactory.create_batch(5, published=True)
    addresses = [address for address in index() if "/sitemap-claim.xml" in address]
    assert addresses == ["/sitemap-claim.xml", "/sitemap-claim.xml?p=2", "/sitemap-claim.xml?p=3"]
    assert len([url for url in pages() if "/en/claims/" in url]) == 5 + 1


def test_asked_for_in_a_language_it_is_the_same():
    contradicted()
    assert pages("/ar").keys() == pages().keys()


@pytest.mark.parametrize(
    "address", ["/sitemap-claim.xml?p=99", "/sitemap-claim.xml?p=x", "/sitemap-users.xml"]
)
def test_a_file_that_is_none_is_not_found(address):
    assert Client().get(address).status_code == 404


def test_all_lists_are_in_it():
    forms = {"compare", "search"}  # nothing stands there before one is sent
    assert set(LISTS) - forms == set(sitemaps.LISTS)


def test_robots_may_read_all_but_the_desk_and_what_only_varies():
    answer = Client().get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    for line in (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        "Allow: /*?page=",
        f"Sitemap: {HOST}/sitemap.xml",
    ):
        assert line in text.splitlines()
