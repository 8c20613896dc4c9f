"""A statement’s page is its words: each claim’s are underlined and linked, and its verdict stands beside them."""

import re

import pytest

from claims.actions import rescore_claims
from claims.domain.vocabulary import State
from claims.models import Claim, Statement
from claims.selectors.localized_wording import outcome_in_words
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, StatementFactory
from tests.views.page import Node

pytestmark = pytest.mark.django_db
on_syria = pytest.mark.usefixtures("syria")

BLINKEN = "/statements/blinken-2021-10-13/"
WORDS = "We keep violence down; we increase aid. We lift no sanctions."


def statement_of(*quotes: str, **more) -> Statement:
    """A published statement with a claim on each of the quotes."""
    statement = StatementFactory(published=True, **{"text": WORDS, **more})
    for position, quote in enumerate(quotes):
        ClaimFactory(
            published=True, statement=statement, quote=quote, position=position, proposition=f"Of {quote}"
        )
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    return statement


def marked(page: Node) -> list[tuple[str, str]]:
    """The linked words, with the addresses to which they lead."""
    return [(link.text, link.attributes["href"]) for link in page.all("a", "words-of")]


def described(page: Node, link: Node) -> str:
    """What is said of linked words to somebody who cannot see their line."""
    notes = link.attributes["aria-describedby"].split()
    return " ".join(page.one("div", id_=note).text for note in notes)


@on_syria
def test_all_words_stand_as_they_were_said(look):
    statement = Statement.objects.get(slug="blinken-2021-10-13")
    shown = [words.text for words in look(BLINKEN).all("blockquote")]
    passages = [" ".join(passage.split()) for passage in statement.text.split("\n\n")]
    assert shown == ["“" + passages[0], *passages[1:-1], passages[-1] + "”"]


@on_syria
def test_each_claim_is_underlined_linked_and_described_with_its_one_verdict(look):
    page = look(BLINKEN)
    claims = Claim.objects.filter(statement__slug="blinken-2021-10-13").select_related("gap", "statement")
    assert len(claims) == 11
    links = {link.attributes["href"]: link for link in page.all("a", "words-of")}
    for claim in claims:
        link = links[claim.get_absolute_url()]
        assert link.text == claim.quote
        state = State(claim.gap.state)
        assert {"underlined", state.value} <= link.one("span", id_=f"words-{claim.slug}").classes
        verdict = outcome_in_words(claim, state, NOW.date(), tentative=claim.gap.tentative)
        assert re.fullmatch(rf"\d+ {re.escape(f'{verdict} {claim.proposition}')}", described(page, link))


@on_syria
@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_and_verdicts_have_the_same_numbers_in_the_order_of_the_words(look, language):
    page = look(f"/{language}{BLINKEN}")
    of_words = [link.attributes["data-numbers"] for link in page.all("a", "words-of")][:11]
    assert of_words == [number.text for number in page.all("b", "number")]
    assert of_words[-1] == {"en": "11", "ar": "١١"}[language]


@on_syria
def test_the_key_counts_the_claims_by_verdict_and_draws_each_line(look):
    key = look(BLINKEN).one("ul", "lines-key").all("li")
    states = [item.one("span", "underlined").classes - {"underlined"} for item in key]
    assert sum(int(item.one("b").text) for item in key) == 11
    assert all(State(state) for (state,) in states)


@on_syria
def test_an_arabic_page_leads_with_arabic_and_keeps_the_original_one_touch_away(look):
    page = look(f"/ar{BLINKEN}")
    statement = Statement.objects.get(slug="blinken-2021-10-13")
    lead = page.all("blockquote")[0]
    assert lead.attributes["lang"] == "ar"
    assert lead.text.startswith("«توسيع وصول المساعدات")
    assert ("رفع عقوبة واحدة عن سوريا", "/ar/claims/no-sanction-lifted/") in marked(page)
    original = page.one("section", "transcript").one("details", "more")
    assert original.all("blockquote")[0].attributes["lang"] == "en"
    assert ("lifted a single sanction on Syria", "/ar/claims/no-sanction-lifted/") in marked(original)
    assert statement.text.split("\n\n")[1] in [words.text for words in original.all("blockquote")]
    assert len(marked(page)) == 22
    assert not original.all("ol", "notes")


def test_what_was_said_in_arabic_leads_there_and_its_translation_leads_here(look):
    statement = statement_of(
        "we increase aid", original_text="نزيد المساعدات.", original_language="ar", translator="A. T."
    )
    Claim.objects.update(translations={"ar": {"quote": "نزيد المساعدات", "by": "A. T."}})
    for language, first in (("en", "en"), ("ar", "ar")):
        page = look(f"/{language}{statement.get_absolute_url().removeprefix('/en')}")
        words = page.all("blockquote")
        assert [each.attributes["lang"] for each in words] == [first, "ar" if first == "en" else "en"]
        assert [text for text, _href in marked(page)].count("نزيد المساعدات") == 1
        assert "A. T." in page.main.text


def test_nested_and_overlapping_words_keep_a_line_for_each_claim(look):
    statement = statement_of("We keep violence down", "violence", "down; we increase aid")
    page = look(statement.get_absolute_url())
    first, inner, shared, last = page.all("a", "words-of")
    assert [link.text for link in (first, inner, shared, last)] == [
        "We keep", "violence", "down", "; we increase aid",
    ]  # fmt: skip
    assert "".join(page.one("blockquote").one("p").texts()) == f"“{WORDS}”"
    assert [len(link.attributes["aria-describedby"].split()) for link in (first, inner, shared)] == [1, 2, 2]
    assert [len(link.all("span", "underlined")) for link in (first, inner, shared)] == [1, 2, 2]
    assert "Of violence" in described(page, inner)
    assert "Of down; we increase aid" in described(page, shared)
    ids = [node.attributes["id"] for node in page.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))


def test_of_two_places_the_one_that_the_governing_words_name_is_underlined(look):
    text = "They lifted sanctions. What we have not done is to say so, or lifted sanctions."
    statement = StatementFactory(published=True, text=text)
    ClaimFactory(
        published=True, statement=statement, kind="denial", quote="lifted sanctions",
        governing_words="What we have not done … lifted sanctions",
    )  # fmt: skip
    words = look(statement.get_absolute_url()).one("blockquote")
    before, *_rest = "".join(words.texts()).rpartition("lifted sanctions")
    link = next(child for child in words.one("p").children if isinstance(child, Node))
    position = words.one("p").children.index(link)
    assert "".join(words.one("p").children[:position]) == before


def test_reported_words_are_told_from_what_was_said(look):
    statement = statement_of("we increase aid", "Trucks are let in", reported_text="Trucks are let in.")
    page = look(statement.get_absolute_url())
    said, reported = page.all("section", "transcript")
    assert said.one("h2").text == "Word for word"
    assert reported.one("h2").text == "Reported by the source, not word for word"
    assert said.one("blockquote").text.startswith("“")
    assert reported.one("blockquote").text == "Trucks are let in."
    assert [text for text, _href in marked(reported)] == ["Trucks are let in"]
    substance = look(statement_of(reporting="reported").get_absolute_url()).one("section", "transcript")
    assert substance.one("h2").text == "Reported in substance, not word for word."
    assert substance.one("blockquote").text == WORDS


def test_passages_that_do_not_follow_each_other_are_parted_by_a_mark_that_is_read_out(look):
    page = look(statement_of(text="One thing.\n\nAnother thing.").get_absolute_url())
    assert page.one("p", "elision").text == "Words are left out here. […]"


def test_a_claim_whose_words_are_not_found_is_listed_beneath(look):
    statement = statement_of("we increase aid", "violence")
    Statement.objects.update(text="We keep ▇▇▇ down; we increase aid.")  # somebody’s safety
    page = look(statement.get_absolute_url())
    assert [text for text, _href in marked(page)] == ["we increase aid"]
    assert page.one("h2", id_="claims").text == "Claims: 2, of which 1 underlined in the words"
    beneath = page.one("section", aria_labelledby="unmarked")
    assert "Of violence" in beneath.text
    assert "2 " in beneath.one("li").text


def test_no_claim_of_a_later_day_or_that_is_not_published_is_marked(look):
    statement = statement_of("we increase aid")
    ClaimFactory(statement=statement, quote="violence")
    page = look(statement.get_absolute_url())
    assert [text for text, _href in marked(page)] == ["we increase aid"]
    page = look(f"{statement.get_absolute_url()}?as_of=2022-01-01")
    ((_text, href),) = marked(page)
    assert href.endswith("?as_of=2022-01-01")
    assert "Fewer trucks" not in page.main.text  # the answer is today’s


def test_a_note_opens_to_what_happened_and_the_gap(look):
    statement = statement_of("we increase aid")
    for _ in range(3):
        EvidenceLinkFactory(claim=statement.claims.get(), evidence=EvidenceFactory(published=True), stance=-2)
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    note = look(statement.get_absolute_url()).one("ol", "notes").one("li")
    assert "Fewer trucks crossed in 2022 than in 2021." in note.one("details").text
    assert re.search(r"Gap \d+ of 100, likely range \d+ to \d+", note.one("details").text)
