"""Synonyms that editors keep, and topics and places, which readers find while something public refers to them."""

from datetime import date

import pytest

from claims.models import Claim, Place, Topic
from claims.search import (
    count_hits_by_kind,
    parse_query,
    rank_records,
    search_records,
    suggest_title_words,
)
from claims.text.search_terms import find_hits
from tests.factories import ClaimFactory, PlaceFactory, SynonymsFactory, TopicFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def found(words, model=Claim):
    return set(search_records(model.objects.all(), parse_query(words)))


@pytest.fixture
def claim():
    return ClaimFactory(published=True, statement__said_on="2021-10-13")


# What editors take for the same


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ISIS attacked", "daesh"), ("Daesh attacked", "ISIL"), ("هاجم «داعش» البلدة", "isis"), ("والداعش", "ISIL"),
        ("ISIS attacked", "داعش"), ("ISIS attacked", "«داعش attacked"),
    ],
)  # fmt: skip
def test_a_word_is_found_by_its_synonyms(written, asked):
    other = ClaimFactory(published=True, proposition=written)
    assert found(asked) == set()
    SynonymsFactory(words="ISIS, ISIL، Daesh, داعش")
    assert found(asked) == {other}


def test_a_synonym_that_nobody_typed_comes_after_the_word_itself_and_is_marked():
    SynonymsFactory(words="ISIS, Daesh")
    meant = ClaimFactory(published=True, proposition="Daesh attacked")
    typed = ClaimFactory(published=True, proposition="ISIS attacked")
    wanted = parse_query("isis")
    assert list(rank_records(search_records(Claim.objects.all(), wanted), wanted)) == [typed, meant]
    assert find_hits("Daesh attacked", parse_query("isis")) == [(0, 5)]


def test_words_in_quotation_marks_are_looked_for_as_they_stand():
    SynonymsFactory(words="ISIS, Daesh")
    ClaimFactory(published=True, proposition="Daesh attacked")
    assert found('"ISIS"') == set()


def test_a_word_on_two_lists_has_the_synonyms_of_both_and_no_others():
    SynonymsFactory(words="asad, assad")
    SynonymsFactory(words="assad, assad’s-house, الأسد")
    assert {form.word for form in parse_query("asad")[0].forms[0]} >= {"asad", "assad"}
    assert not any("اسد" in form.word for form in parse_query("asad")[0].forms[0])


# Topics and places


def test_a_topic_is_found_while_a_published_claim_is_about_it_or_about_what_lies_within(claim):
    outer = TopicFactory(name="Aid to civilians", about="Food and medicine")
    inner = TopicFactory(name="Corridors", parent=outer)
    day = date(2026, 11, 22)
    assert count_hits_by_kind(parse_query("medicine"), day)["topic"] == 0
    claim.topics.add(inner)
    assert count_hits_by_kind(parse_query("medicine"), day)["topic"] == 1
    assert count_hits_by_kind(parse_query("medicine"), date(2021, 10, 12))["topic"] == 0
    assert found("medicine", Topic) == {outer}
    outer.translations = {"ar": {"name": "مساعدات", "by": "A"}}
    outer.save()
    assert found("المساعدات", Topic) == {outer}


def test_a_place_is_found_by_its_name_once_something_public_refers_to_it(claim):
    place = PlaceFactory(name="Abu Kamal")
    assert count_hits_by_kind(parse_query("kamal"), TODAY)["place"] == 0
    claim.places.add(place)
    assert count_hits_by_kind(parse_query("kamal"), TODAY)["place"] == 1
    assert found("kamal", Place) == {place}


def test_names_of_hidden_topics_and_places_are_suggested_to_nobody():
    TopicFactory(name="Peculiar topic")
    PlaceFactory(name="Peculiar place")
    assert suggest_title_words("Pe", TODAY) == set()
