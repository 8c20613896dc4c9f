"""The two feeds: what newsreaders get is what the pages show, whole, well-formed and without a cookie."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.models import Correction, Entry
from tests.actions.desk import contradicted
from tests.factories import ClaimFactory, CorrectionFactory, EvidenceFactory, StatementFactory
from tests.views.page import Page

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/corrections/feed/", "/changes/feed/"]
both = pytest.mark.parametrize("path", FEEDS)


def feed(address):
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def items(address):
    return feed(address).findall(f"{ATOM}entry")


def text(item, name):
    return item.find(f"{ATOM}{name}").text


def told(item):
    """The paragraphs of an item, as a newsreader shows them."""
    summary = item.find(f"{ATOM}summary")
    assert summary.attrib["type"] == "html"
    page = Page(f"<main>{summary.text}</main>", "/")
    assert page.errors == []
    return [paragraph.text for paragraph in page.all("p")]


@both
def test_a_feed_is_whole_also_with_nothing_in_it(path):
    empty = feed(path)
    assert [text(empty, name) for name in ("title", "id", "updated")]
    assert empty.findall(f"{ATOM}entry") == []


@both
def test_its_page_says_where_it_is(look, path):
    page = look(path.removesuffix("feed/"))
    (link,) = page.all("link", rel="alternate", type_="application/atom+xml")
    assert (link.attributes["type"], link.attributes["href"]) == ("application/atom+xml", path)
    assert path in [a.attributes["href"] for a in page.all("a")]


@both
def test_it_gives_no_cookie_asks_for_no_user_and_is_the_same_for_an_editor(path, client, django_user_model):
    contradicted()
    client.force_login(django_user_model.objects.create_superuser("root"))
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.content == Client().get(path).content


@both
def test_control_characters_and_what_no_xml_holds_are_left_out(path):
    claim = ClaimFactory(published=True, proposition="Be\x07ll \ufffe & <b>bold</b>")
    CorrectionFactory(claim=claim, what_was_wrong="Wrong\x0b word")
    from tests.actions.desk import known

    known(claim)
    words = [each for item in items(path) for each in (text(item, "title"), *told(item))]
    assert any("Bell & <b>bold</b>" in " ".join(each.split()) for each in words)


def test_a_correction_is_fed_with_its_kind_day_error_and_effect():
    correction = CorrectionFactory(
        kind="void", what_was_wrong="The day was wrong.", effect="From mixed to matches."
    )
    (item,) = items("/corrections/feed/")
    assert text(item, "title") == "Void: The day was wrong."
    assert told(item) == [f"{correction.claim}: From mixed to matches."]
    assert text(item, "updated").startswith("2026-11-02")
    address = f"http://testserver{correction.claim.get_absolute_url()}#correction-{correction.slug}"
    assert item.find(f"{ATOM}link").attrib["href"] == text(item, "id") == address


def test_two_corrections_of_one_record_are_two():
    claim = ClaimFactory(published=True)
    CorrectionFactory.create_batch(2, claim=claim)
    assert len({text(item, "id") for item in items("/corrections/feed/")}) == 2


def test_corrections_of_what_is_not_published_are_not_fed():
    CorrectionFactory(claim=ClaimFactory(statement=StatementFactory()))
    CorrectionFactory(claim=None, evidence=EvidenceFactory(withdrawn=True))
    assert items("/corrections/feed/") == []


@pytest.mark.parametrize(
    "record",
    [
        lambda: {"claim": ClaimFactory(published=True)},
        lambda: {"claim": None, "statement": StatementFactory(published=True)},
        lambda: {"claim": None, "evidence": EvidenceFactory(published=True)},
    ],
    ids=["claim", "statement", "evidence"],
)
def test_a_notice_stands_on_top_of_its_record_and_in_the_list(look, record):
    correction = CorrectionFactory(
        **record(), kind="correction", what_was_wrong="The day was wrong.", effect="Mixed, it was matches."
    )
    page = look(correction.record.get_absolute_url())
    notice = page.main.one("article", "correction")
    assert notice.text == "Correction, 2 November 2026. The day was wrong. Mixed, it was matches."
    assert page.source.index("orrect") < page.source.index("<h1")
    assert notice.attributes["id"] == f"correction-{correction.slug}"
    row = look("/corrections/").one("li", "report")
    for words in ("2 November 2026", "correction", "The day was wrong.", "Mixed, it was matches."):
        assert words in row.text


def test_a_feed_of_a_past_day_ends_with_it_and_its_links_keep_it():
    CorrectionFactory()
    assert items("/corrections/feed/?as_of=2026-11-01") == []
    (item,) = items("/corrections/feed/?as_of=2026-11-02")
    assert "?as_of=2026-11-02#correction-" in item.find(f"{ATOM}link").attrib["href"]
    assert Correction.objects.get().corrected_on == date(2026, 11, 2)


@both
def test_it_names_who_speaks_as_atom_demands(path):
    assert feed(path).find(f"{ATOM}author/{ATOM}name").text == "Words & Ground"


def test_hostile_words_are_text_in_a_newsreader_and_not_its_html():
    claim = ClaimFactory(published=True, proposition="<img src=x onerror=alert(1)> & so on")
    CorrectionFactory(claim=claim, effect="a < b")
    (item,) = items("/corrections/feed/")
    assert told(item) == ["<img src=x onerror=alert(1)> & so on: a < b"]


@both
def test_only_its_content_says_whether_it_changed(path):
    """What is taken out of an old item changes no date, and must still reach whoever follows."""
    contradicted()
    first = Client().get(path)
    assert "Last-Modified" not in first.headers
    known = {"If-None-Match": first.headers["ETag"]}
    assert Client().get(path, headers=known).status_code == 304
    CorrectionFactory(claim=contradicted())
    assert Client().get(path, headers=known).status_code == 200


@both
def test_a_day_that_is_none_is_refused_in_words(path):
    response = Client().get(f"{path}?as_of=soon")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "is not a date" in response.content.decode()


def test_changes_are_fed_with_what_who_and_why():
    claim = contradicted()
    fed = items("/changes/feed/")
    assert len(fed) == min(50, Entry.objects.count())
    assert f"Imported: claim: {claim.proposition}" in [text(item, "title") for item in fed]
    number = Entry.objects.get(kind="claim").number
    (item,) = [item for item in fed if text(item, "id") == f"http://testserver/changes/{number}/"]
    assert told(item) == ["Loaded.", "the software"]
