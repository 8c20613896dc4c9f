"""One search over the four kinds, on small worlds: why something was found, what is said of nothing, what is hidden."""

from urllib.parse import quote

import pytest

from claims.actions import rescore_claims
from claims.models import Claim
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RoleFactory,
    SpeakerFactory,
    StatementFactory,
)
from tests.views.page import parameters
from tests.views.test_search import titles

pytestmark = pytest.mark.django_db


def test_why_something_was_found_is_shown_where_its_title_does_not_tell(look):
    speaker = SpeakerFactory(name="A. Person")
    RoleFactory(speaker=speaker, title="Keeper of kumquats")
    statement = StatementFactory(
        published=True, speaker=speaker, original_text="قال كلمة", original_language="ar"
    )
    ClaimFactory(published=True, statement=statement, criterion="Kumquats, counted")
    EvidenceFactory(published=True, detail="A ship of kumquats docked.")
    page = look("/search/?q=kumquats")
    assert len(titles(page)) == 3
    assert [mark.text for mark in page.all("mark")] == ["Kumquats", "kumquats", "kumquats"]
    assert "How this is tested: Kumquats, counted" in page.one("li", "claim-row").text
    arabic = look("/search/?q=كلمة").one("p", "words")
    assert arabic.one("span", lang="ar").attributes["dir"] == "rtl"
    assert arabic.one("mark").text == "كلمة"


def test_what_is_found_by_its_translation_shows_it(look):
    ClaimFactory(published=True, translations={"ar": {"proposition": "تصل المساعدات", "by": "Nadia"}})
    row = look("/search/?q=مساعدات").one("li", "claim-row")
    assert row.one("mark").text == "المساعدات"
    assert row.one("h3").all("mark") == []
    in_arabic = look("/ar/search/?q=مساعدات").one("li", "claim-row")
    assert in_arabic.one("h3").one("mark").text == "المساعدات"


# Order and pages


def test_a_long_list_has_pages_and_no_others(look):
    statement = StatementFactory(published=True)
    for number in range(30):
        ClaimFactory(published=True, statement=statement, proposition=f"Kumquat {number}")
    first = look("/search/?q=kumquat&kind=claim")
    second = look(first.address_of(first.one("a", rel="next")))
    assert (len(titles(first)), len(titles(second))) == (25, 5)
    for page in ("0", "3", "x", str(10**18)):
        look(f"/search/?q=kumquat&kind=claim&page={page}", 404)


@pytest.mark.parametrize("query", ["kind=nonsense", "sort=nonsense", "q=" + "x" * 201, "as_of=nonsense"])
def test_what_cannot_be_answered_is_refused_in_words(look, query):
    assert look(f"/search/?{query}", 400).one("h1").text


# Nothing found


def way_to(page, text):
    return next(link for link in page.main.all("a") if link.text == text)


@pytest.mark.parametrize("words", ['"', "*", "-", "🕊️", "''", "( )"])
def test_signs_alone_are_told_to_be_no_words(look, words):
    assert "There is no word in this." in look(f"/search/?q={quote(words)}").main.text


def test_without_words_nothing_is_searched(look):
    page = look("/search/")
    assert not page.all("p", "empty")
    assert not page.all("nav", "kinds")


def test_nothing_found_says_what_each_word_hides_and_what_it_may_have_meant(look):
    ClaimFactory(published=True, proposition="Humanitarian access widens")
    EvidenceFactory(published=True, summary="Humanitarian convoys crossed")
    page = look("/search/?q=humanitarian+unicorns")
    assert "No results for “humanitarian unicorns”." in page.main.text
    loosened = {
        item.one("a").text: int(item.one("span", "count").text) for item in page.one("ul", "loosen").all("li")
    }
    assert loosened == {"without “humanitarian”": 0, "without “unicorns”": 2}
    way = page.one("ul", "loosen").all("a")[1]
    assert len(titles(look(page.address_of(way)))) == 2
    page = look("/search/?q=humanitaran")
    assert "“humanitaran” was not found." in page.main.text
    assert len(titles(look(page.address_of(way_to(page, "humanitarian"))))) == 2


def test_another_spelling_takes_the_place_of_its_word_alone(look):
    ClaimFactory(published=True, proposition="A kumquat fell")
    page = look("/search/?q=kumqat+“kumqats+fell”+kumqat’s")
    assert "Similar words:" in page.main.text
    address = page.address_of(way_to(page, "kumquat"))
    assert dict(parameters(address))["q"] == "kumquat “kumqats fell”"


@pytest.mark.parametrize("path", ["/search/", "/claims/"])
def test_a_phrase_that_could_be_left_out_stands_in_one_pair_of_quotes(look, path):
    ClaimFactory(published=True, proposition="A kumquat fell")
    page = look(f'{path}?q=kumquat+"two words"')
    assert "“two words”" in [
        way.text.removeprefix("without ").removeprefix("the word ") for way in page.main.all("a")
    ]
    assert "““" not in page.main.text


def test_a_search_within_a_kind_keeps_its_order_when_other_words_are_typed(look):
    ClaimFactory(published=True, proposition="A kumquat fell")
    page = look("/search/?q=kumquat&kind=claim&sort=latest")
    hidden = {
        field.attributes["name"]: field.attributes["value"] for field in page.main.all("input", type="hidden")
    }
    assert hidden == {"kind": "claim", "sort": "latest"}


def test_what_is_found_by_another_form_is_marked(look):
    ClaimFactory(
        published=True, proposition="A kumquat fell", translations={"ar": {"proposition": "العقوبة رُفعت"}}
    )
    assert look("/search/?q=kumquats").one("h3").one("mark").text == "kumquat"
    assert look("/ar/search/?q=عقوبات").one("h3").one("mark").text == "العقوبة"


def test_on_a_past_day_the_way_to_today_is_offered_whatever_there_is(look):
    before = look("/search/?q=kumquat&as_of=2026-11-20").source
    assert "Search what is known today" in before
    EvidenceFactory(published=True, summary="Kumquat", known="2026-11-21")
    assert look("/search/?q=kumquat&as_of=2026-11-20").source == before
    assert titles(look("/search/?q=kumquat")) == ["Kumquat"]


# What is not public, or not yet known


def test_nothing_hidden_is_found_counted_or_suggested(look):
    draft = StatementFactory(title="Kumquat", speaker=SpeakerFactory(name="Kumquat speaker"))
    ClaimFactory(statement=StatementFactory(published=True), proposition="Kumquat draft")
    ClaimFactory(published=True, statement=draft, proposition="Kumquat half published")
    EvidenceFactory(summary="Kumquat report", withdrawn=True)
    never = look("/search/?q=loganberry").source
    assert look("/search/?q=kumquat").source == never.replace("loganberry", "kumquat")
    assert "umquat" not in look("/search/?q=kumqat").source.replace("kumqat", "")


def test_names_to_type_are_public_on_the_day_and_begin_as_typed(look):
    SpeakerFactory(name="Hidden person")
    ClaimFactory(
        published=True, statement=StatementFactory(published=True, speaker=SpeakerFactory(name="Jane Doe"))
    )
    for path in ("/search/", "/claims/"):
        names = [option.attributes["value"] for option in look(path).one("datalist").all("option")]
        assert names == ["Jane Doe"]
        assert not look(f"{path}?as_of=2021-10-12").one("datalist").all("option")
        assert look(f"{path}?q=do").one("datalist").all("option")
        assert not look(f"{path}?q=ane").one("datalist").all("option")


def test_a_page_of_a_past_day_stays_the_same_whatever_is_entered_later(look):
    """Ranks, counts and suggestions are moved by nothing that came out later, or is not shown."""
    link = EvidenceLinkFactory(published=True, stance=-2)
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    words = quote("assistance increased")
    addresses = [f"/search/?q={words}&as_of=2026-11-20", f"/claims/?q={words}&as_of=2026-11-20"]
    before = [look(address).source for address in addresses]
    late = StatementFactory(published=True, said_on="2026-11-21", speaker=link.claim.statement.speaker)
    for number in range(5):
        ClaimFactory(published=True, statement=late, proposition=f"Assistance assistance increased {number}")
        ClaimFactory(proposition=f"Assistance increased draft {number}")
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    assert [look(address).source for address in addresses] == before
