"""`?as_of=`: the whole site as known on a day, with a banner, no look-ahead, and every link keeping the day."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from claims.models import Claim, Evidence, Place, SearchNote, Source, Speaker, Statement, Topic
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    SearchNoteFactory,
    UserFactory,
)
from tests.views.crawl import crawl, is_of_no_day
from tests.views.page import labels_of, parameters

pytestmark = pytest.mark.django_db
on_syria = pytest.mark.usefixtures("syria")

DAY = "2021-10-31"
FILES = (".json", "/feed/", ".txt", ".bib", ".ris", ".csv")
FIGURES = [
    ("local-ceasefires-hold", 57, "Evidence conflicts"),
    ("violence-kept-down", 64, "Mostly contradicted"),
    ("no-sanction-lifted", 80, "Contradicted"),
    ("humanitarian-access-expanded", 38, "Mostly supported"),
    ("assad-held-to-account-by-sanctions", 47, "Evidence conflicts"),
]


@on_syria
@pytest.mark.parametrize(("slug", "gap", "words"), FIGURES)
def test_a_past_days_page_shows_what_that_days_evidence_gave(look_again, slug, gap, words):
    page = look_again(f"/claims/{slug}/?as_of={DAY}")
    assert page.one("h2", id_="verdict").text == words
    assert f"Gap {gap} of 100" in page.one("p", "sentence").text
    assert labels_of(page.one("svg", "bar-page")) == [str(gap)]
    moved = page.all("p", "then-now")
    assert len(moved) == (slug != "no-sanction-lifted")  # which stood where it stood on the day of the words
    assert all(part.text.endswith(f"→ 31 October 2021: {words}, {gap}") for part in moved)


@on_syria
def test_a_past_days_list_shows_the_same_numbers(look_again):
    rows = look_again(f"/claims/?as_of={DAY}").all("li", "claim-row")
    shown = {row.one("h3").one("a").attributes["href"].split("/")[2]: row.one("p", "gap") for row in rows}
    for slug, gap, _ in FIGURES:
        assert shown[slug].one("b").text == str(gap)
    assert shown["campaign-against-isis-sustained"].text == "—"


@on_syria
def test_when_it_was_said_nothing_was_known_and_there_is_no_number(look_again):
    page = look_again("/claims/violence-kept-down/?as_of=2021-10-13")
    assert page.one("h2", id_="verdict").text == "No evidence yet"
    assert not page.all("line", "needle")
    assert "there is nothing to draw yet" in page.main.text


@pytest.fixture(scope="module")
def past(request):
    """The whole site as of the day: each page that links and forms lead to, from the front page on."""
    look = request.getfixturevalue("look_again")
    return crawl(look, f"/?as_of={DAY}", leave_out=lambda page, way: way in to_another_day(page))


def to_another_day(page):
    """Where the reader asks for another day, and no other link may lead."""
    ways = [link for nav in page.all("nav", aria_label="Another day") for link in nav.all("a")]
    return back_to_today(page) | {page.address_of(link) for link in ways}


def back_to_today(page):
    return {page.address_of(link) for banner in page.all("div", "banner") for link in banner.all("a")}


@on_syria
def test_every_page_of_a_past_day_says_which_day_it_shows(past):
    paths = {urlsplit(address).path for address in past}
    for kind in ("claims", "statements", "evidence", "speakers", "topics", "places", "sources"):
        assert sum(path.startswith(f"/{kind}/") and path.count("/") == 3 for path in paths), kind
    for address, page in past.items():
        if not address.partition("?")[0].endswith(FILES):
            assert page.one("div", "banner").text.startswith("As known on 31 October 2021."), address


@on_syria
def test_every_link_and_form_of_a_past_day_keeps_the_day(past):
    for address, page in past.items():
        ways = [*map(page.address_of, page.links()), *(page.submissions() if page.all("form") else ())]
        for way in set(ways) - to_another_day(page):
            days = [value for name, value in parameters(way) if name == "as_of"]
            assert is_of_no_day(way) or days == [DAY], f"{way} on {address}"


@on_syria
def test_the_banner_leads_back_to_the_same_page_today(past):
    for page in past.values():
        for way in back_to_today(page):
            assert urlsplit(way).path == urlsplit(page.address).path
            assert "as_of" not in dict(parameters(way))


@on_syria
def test_nothing_that_came_out_later_is_shown_anywhere(past):
    later = [*texts_known_after(date.fromisoformat(DAY))]
    assert len(later) > 50
    for address, page in past.items():
        text = page.source.replace("&#x27;", "'").replace("&amp;", "&")
        for words in later:
            assert words not in text, f"{words!r} on {address}"


def texts_known_after(day):
    for evidence in Evidence.objects.filter(known__last__gt=day.isoformat()):
        yield from (evidence.summary, evidence.get_absolute_url())
    for statement in Statement.objects.filter(said_on__last__gt=day.isoformat()):
        yield statement.get_absolute_url()
    for claim in Claim.objects.filter(statement__said_on__last__gt=day.isoformat()):
        yield from (claim.proposition, claim.get_absolute_url())
    yield from (note.outcome for note in SearchNote.objects.filter(searched_on__gt=day))


@on_syria
def test_what_only_later_records_speak_of_is_neither_linked_nor_offered_as_a_choice(past):
    said = Statement.objects.filter(said_on__last__lte=DAY)
    claims, known = Claim.objects.filter(statement__in=said), Evidence.objects.filter(known__last__lte=DAY)
    topics = Topic.objects.filter(claims__in=claims)
    alive = {
        "topics": {*topics, *Topic.objects.filter(children__in=topics)},
        "speakers": {*Speaker.objects.filter(statements__in=said)},
        "sources": {
            *Source.objects.filter(evidence__in=known),
            *Source.objects.filter(relayed_evidence__in=known),
            *Source.objects.filter(statements__in=said),
        },
        "places": {*with_those_around(claims, known, said)},
    }
    models = {"topics": Topic, "speakers": Speaker, "sources": Source, "places": Place}
    for kind, model in models.items():
        dead = [thing for thing in model.objects.all() if thing not in alive[kind]]
        for address, page in past.items():
            choices = {value for name, value in page.offered() if name == kind.removesuffix("s")}
            for thing in dead:
                assert thing.get_absolute_url() not in page.source, f"{thing} on {address}"
                assert thing.slug not in choices, f"{thing} offered on {address}"


def with_those_around(claims, evidence, statements):
    for records in (claims, evidence, statements):
        path = "places" if records.model is Claim else "place"
        for place in Place.objects.filter(pk__in=records.values(path)):
            yield from filter(None, (place, place.parent, place.parent and place.parent.parent))


@on_syria
def test_today_has_no_banner_and_every_page_there_is_can_be_reached(look_again):
    pages = crawl(look_again, "/", leave_out=lambda page, way: "as_of=" in way)
    assert len(pages) > 150
    assert not any(page.all("div", "banner") for page in pages.values())
    for model in (Claim, Evidence, Statement, Speaker, Topic, Place, Source):
        for record in model.objects.all():
            if record.get_absolute_url() not in pages:
                look_again(record.get_absolute_url(), 404)  # nothing published speaks of it


BAD_DAYS = [
    ("2026-11-23", "has not come yet"),
    ("9999-12-31", "has not come yet"),
    ("2026", "has not come yet"),
    ("yesterday", "is not a date"),
    ("2021-02-30", "is not in the calendar"),
    ("0000", "is not in the calendar"),
    ("２０２１", "is not a date"),
    ("२०२१", "is not a date"),
    ("2021-12-31/2021-01-01", "before it starts"),
    ("<b>2021</b>", "is not a date"),
]


@pytest.mark.parametrize(("day", "words"), BAD_DAYS)
@pytest.mark.parametrize("path", ["/", "/claims/", "/method/", "/topics/"])
def test_a_day_that_has_not_come_or_is_none_is_refused_in_words(look, path, day, words):
    page = look(f"{path}?as_of={day}", 400)
    assert words in page.main.text
    assert not page.all("b")


@pytest.mark.parametrize(
    "day", ["2021-10-31", "31 October 2021", "2021-10", "2021-01/2021-10", " 2021-10-31 "]
)
def test_a_day_is_read_as_people_write_it(look, day):
    banner = look(f"/?as_of={day.replace(' ', '+')}").one("div", "banner")
    assert banner.text.startswith("As known on 31 October 2021.")


def test_before_it_was_said_a_page_says_so_and_leads_to_today(look):
    claim = ClaimFactory(published=True)
    for address in (claim.get_absolute_url(), claim.statement.get_absolute_url()):
        page = look(f"{address}?as_of=2021-10-12", 404)
        assert "This had not been said by 12 October 2021." in page.main.text
        assert page.main.one("a").attributes["href"] == address
        assert claim.proposition not in page.source
        assert look(f"{address}?as_of=2021-10-13").one("div", "banner")


def test_the_inputs_are_not_there_before_it_was_said_either(look):
    claim = ClaimFactory(published=True)
    look(f"{claim.get_absolute_url()}dossier.json?as_of=2021-10-12", 404)


@on_syria
@pytest.mark.parametrize(
    "path", ["/", "/claims/", "/claims/violence-kept-down/", "/topics/", "/method/", "/places/syria/"]
)
def test_the_same_address_gives_the_same_bytes_now_and_next_year(client, monkeypatch, path):
    first = client.get(f"{path}?as_of=2024-12-31").content
    assert client.get(f"{path}?as_of=2024-12-31").content == first
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=400))
    assert client.get(f"{path}?as_of=2024-12-31").content == first


def test_a_promise_that_was_settled_later_is_not_settled_yet(look):
    claim = ClaimFactory(
        published=True, kind="commitment", valid_until="2023",
        settled_on=date(2024, 2, 3), settled_by=UserFactory(publisher=True), settlement="It was kept in full.",
    )  # fmt: skip
    page = look(claim.get_absolute_url())
    assert "Settled on 3 February 2024: It was kept in full." in page.main.text
    before = look(f"{claim.get_absolute_url()}?as_of=2024-02-02")
    assert "kept in full" not in before.source
    assert "past its day, not settled" in before.main.text


def test_later_searches_and_corrections_are_not_shown(look):
    claim = ClaimFactory(published=True)
    SearchNoteFactory(claim=claim, outcome="Found in 2026.", searched_on=date(2026, 11, 1))
    CorrectionFactory(claim=claim, what_was_wrong="Wrong until 2026.", corrected_on=date(2026, 11, 2))
    address = claim.get_absolute_url()
    assert "Found in 2026." in look(address).main.text
    assert "Wrong until 2026." in look("/corrections/").main.text
    for path in (address, "/corrections/"):
        assert not re.search("Found in 2026|Wrong until 2026", look(f"{path}?as_of=2026-10-31").source)


def test_a_report_is_not_there_on_the_day_before_it_became_known(look):
    evidence = EvidenceFactory(published=True, known="2022-03", event="2022-03-01")
    look(f"{evidence.get_absolute_url()}?as_of=2022-03-30", 404)
    look(f"{evidence.source.get_absolute_url()}?as_of=2022-03-30", 404)
    look(f"{evidence.get_absolute_url()}?as_of=2022-03-31")
