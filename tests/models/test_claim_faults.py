"""What is refused of a claim's answer, quotation, time and settlement, in words beside the field."""

import pytest
from django.core.exceptions import ValidationError

from claims.domain.vocabulary import Settlement
from claims.models import Claim
from tests.factories import NOW, ClaimFactory, RoleFactory, StatementFactory, UserFactory

pytestmark = pytest.mark.django_db
WORDS = "What we have not done is to support him, or lifted a single sanction.\n\nWe can’t wait."


def faults(claim):
    with pytest.raises(ValidationError) as refused:
        claim.clean()
    return refused.value.message_dict


def denial(**more):
    statement = StatementFactory(text=WORDS, reported_text="He said that trucks were let in.")
    return ClaimFactory(statement=statement, kind="denial", quote="lifted a single sanction", **more)


# Answer


def test_an_answer_has_forty_words_at_most_in_each_language():
    claim = ClaimFactory(answer="word " * 40, translations={"ar": {"answer": "كلمة " * 40, "by": "A"}})
    claim.clean()
    claim.answer += "more"
    assert "At most 40 words; these are 41." in faults(claim)["answer"][0]
    claim.answer, claim.translations["ar"]["answer"] = "Short.", "كلمة " * 41
    assert "Arabic: At most 40 words" in faults(claim)["answer"][0]


def test_a_published_claim_keeps_its_answer_and_one_without_stands_as_it_is():
    told, older = ClaimFactory(published=True), ClaimFactory(published=True, answer="")
    told, older = Claim.objects.get(pk=told.pk), Claim.objects.get(pk=older.pk)
    told.answer = older.answer = ""
    assert "keeps its answer" in faults(told)["answer"][0]
    older.clean()


# Quotation


def test_governing_words_stand_piece_by_piece_and_hold_the_span():
    denial(governing_words="What we have not done is to … [have] lifted a single sanction").clean()
    claim = denial(governing_words="What we have done … lifted a single sanction")
    assert "“What we have done” does not stand" in faults(claim)["governing_words"][0]
    claim = denial(governing_words="What we have not done … support him")
    assert "The span has to stand in it" in faults(claim)["governing_words"][0]


def test_a_denial_needs_a_word_that_denies_in_its_quotation():
    claim = denial()
    assert claim.lacks_negation
    claim.governing_words = "What we have not done … lifted a single sanction"
    assert not claim.lacks_negation
    claim.governing_words = "[not] … lifted a single sanction"  # the word is ours
    assert claim.lacks_negation
    claim.kind = "fact"
    assert not claim.lacks_negation


def test_a_span_may_stand_in_what_the_source_reports():
    claim = denial()
    assert not claim.is_reported
    claim.quote, claim.kind = "trucks were let in", "fact"
    claim.clean()
    assert claim.is_reported
    claim.quote = "trucks were turned back"
    assert "letter for letter" in faults(claim)["quote"][0]


def test_a_statement_keeps_the_words_that_govern_a_claim():
    claim = denial(governing_words="What we have not done … lifted a single sanction")
    statement = claim.statement
    statement.text = WORDS.replace("have not done", "have done")
    with pytest.raises(ValidationError, match="What we have not done"):
        statement.clean()
    reported = ClaimFactory(statement=statement, quote="trucks were let in")
    statement.text, statement.reported_text = WORDS, ""
    with pytest.raises(ValidationError, match=reported.quote):
        statement.clean()


# Time, settlement and outcome


def test_a_settlement_from_before_there_were_outcomes_stands_and_a_new_one_says_how():
    claim = ClaimFactory(settled=True, settled_as="")
    Claim.objects.get(pk=claim.pk).clean()
    new = ClaimFactory.build(settled=True, settled_as="", settled_by=UserFactory(), statement=claim.statement)
    assert "give all three or none" in faults(new)["settled_as"][0]


def test_what_cannot_be_checked_is_not_settled_and_needs_no_criterion():
    claim = ClaimFactory(settled=True)
    claim.uncheckable_reason = "Too vague."
    assert "could be checked" in faults(claim)["uncheckable_reason"][0]
    ClaimFactory(published=True, criterion="", uncheckable_reason="Too vague.").clean()


def test_a_settlement_is_told_from_its_day_on():
    claim = ClaimFactory(settled=True, settled_as="blocked", settled_on=NOW.date())
    assert claim.settlement_on(NOW.date()) is Settlement.BLOCKED
    assert claim.settlement_on(NOW.date().replace(year=2020)) is None
    claim.settled_as = ""
    assert claim.settlement_on(NOW.date()) is None


def test_an_office_may_be_held_twice():
    role = RoleFactory(start="2001", end="2005")
    again = RoleFactory(speaker=role.speaker, title=role.title, start="2021")
    assert role.speaker.role_on(NOW.date()) == again
    assert type(role).objects.get_by_natural_key(*again.natural_key()) == again
