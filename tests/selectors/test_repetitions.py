"""The other times that a claim was said: all that hang together and are public, by their day, with what changed."""

from datetime import date

import pytest
from django.db import connection
from django.utils.translation import override

from claims.selectors.as_of_days import AsOfDay
from claims.selectors.repetitions import MOST, SAME, claim_repetitions
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db

TODAY = AsOfDay(date(2026, 11, 22))


def said(day, earlier=None, **more):
    """A published claim of the day; what is not named is as ever."""
    more.setdefault("published", True)
    return ClaimFactory(statement__said_on=day, repeats=earlier, **more)


def in_arabic(criterion):
    return {"ar": {"criterion": criterion, "by": "Somebody"}}


def text(pieces):
    return "".join(piece.text for piece in pieces)


def changed(pieces):
    return [piece.text.strip() for piece in pieces if piece.differs and piece.text.strip()]


@pytest.fixture
def four():
    """Said in 2021, again in 2022 and 2024, and the one of 2022 again in 2023."""
    first = said("2021")
    second = said("2022", first)
    third = said("2023", second)
    return [first, second, third, said("2024", first)]


def test_each_of_them_knows_all_the_others_by_their_day(four):
    for here, claim in enumerate(four):
        found = claim_repetitions(claim, TODAY)
        assert [time.claim for time in found.before] == four[:here]
        assert [time.claim for time in found.again] == four[here + 1 :]


def test_a_claim_that_stands_alone_costs_one_query_and_a_chain_three(four, django_assert_num_queries):
    alone = said("2021")
    with django_assert_num_queries(1):
        assert not claim_repetitions(alone, TODAY)
    with django_assert_num_queries(3):
        assert all(time.claim.statement.speaker.name for time in claim_repetitions(four[0], TODAY).again)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads tables of a few rows as a whole")
def test_a_chain_is_followed_by_the_indexes_that_there_are():
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {SAME}", [1, "published", "published", 1])
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "MULTI-INDEX OR" in plan
    assert "AUTOMATIC" not in plan


def test_as_of_a_day_only_what_had_been_said_by_then(four):
    found = claim_repetitions(four[0], AsOfDay(date(2022, 12, 31), asked=True))
    assert [time.claim for time in found.again] == [four[1]]


@pytest.mark.parametrize("hidden", [{"published": False}, {"published": False, "withdrawn": True}])
def test_what_is_not_public_is_not_there_and_leads_nowhere(four, hidden):
    draft = said("2025", four[0], **hidden)
    said("2026", draft)
    assert [time.claim for time in claim_repetitions(four[0], TODAY).again] == four[1:]
    orphan = said("2025", four[0])
    type(orphan.statement).objects.filter(pk=orphan.statement_id).update(status="draft")
    assert [time.claim for time in claim_repetitions(four[0], TODAY).again] == four[1:]


def test_what_changed_is_marked_in_the_earlier_and_in_the_later():
    first = said("2021", quote="increasing assistance", criterion="Ten trucks a day.", valid_until="2022")
    again = said("2022", first, quote="keeping violence down", criterion="Ten trucks a week.")
    [time] = claim_repetitions(again, TODAY).before
    assert (time.earlier, time.later) == (first, again)
    assert (text(time.words.texts.old), text(time.words.texts.new)) == (first.quote, again.quote)
    assert (changed(time.target.texts.old), changed(time.target.texts.new)) == (["day"], ["week"])
    assert (time.other_deadline, time.other_language, time.changed) == (True, False, True)
    [back] = claim_repetitions(first, TODAY).again
    assert (back.words, back.target) == (time.words, time.target)


def test_the_tests_are_compared_in_the_language_of_the_page_if_both_are_translated():
    first = said("2021", criterion="Ten trucks a day.", translations=in_arabic("عشر شاحنات في اليوم"))
    again = said(
        "2022", first, criterion="Ten trucks a week.", translations=in_arabic("عشر شاحنات في الأسبوع")
    )
    third = said("2023", again, criterion="Ten trucks a month.")
    with override("ar"):
        [time] = claim_repetitions(again, TODAY).before
        assert (changed(time.target.texts.old), changed(time.target.texts.new)) == (["اليوم"], ["الأسبوع"])
        assert (time.target.earlier_language, time.target.later_language) == ("ar", "ar")
        [_, untranslated] = claim_repetitions(third, TODAY).before
        assert changed(untranslated.target.texts.new) == ["month"]
        assert untranslated.target.later_language == "en"


def test_the_quotations_are_compared_in_the_language_of_the_page_if_both_are_translated():
    arabic = (
        {"ar": {"quote": "زيادة المساعدات", "by": "A. T."}},
        {"ar": {"quote": "خفض المساعدات", "by": "A. T."}},
    )
    first = said("2021", quote="increasing assistance", translations=arabic[0])
    again = said("2022", first, quote="keeping violence down", translations=arabic[1])
    with override("ar"):
        [time] = claim_repetitions(again, TODAY).before
    assert (changed(time.words.texts.old), changed(time.words.texts.new)) == (["زيادة"], ["خفض"])
    assert (time.words.earlier_language, time.words.later_language) == ("ar", "ar")
    with override("en"):
        [time] = claim_repetitions(again, TODAY).before
    assert time.words.earlier_language == "en"


def test_where_nothing_changed_nothing_is_marked():
    [time] = claim_repetitions(said("2022", said("2021")), TODAY).before
    assert (time.words, time.target, time.changed) == (None, None, False)


def test_words_of_two_languages_are_not_compared():
    first = said("2021", quote="increasing assistance")
    again = said("2022", first, quote="keeping violence down", statement__language="ar")
    [time] = claim_repetitions(again, TODAY).before
    assert (time.words, time.other_language, time.changed) == (None, True, True)


def test_of_many_times_the_nearest_are_shown_and_the_rest_counted():
    first = said("2000")
    many = [said(str(2001 + n), first) for n in range(MOST + 3)]
    found = claim_repetitions(first, TODAY)
    assert [time.claim for time in found.again] == many[:MOST]
    assert found.left_out == 3
    last = claim_repetitions(many[-1], TODAY)
    assert [time.claim for time in last.before] == [first, *many[:-1]][-MOST:]
