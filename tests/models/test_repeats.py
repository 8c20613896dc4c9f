"""A claim says an earlier one again: not itself, nothing later, no circle, and nothing that readers have never seen."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import ClaimFactory, StatementFactory

pytestmark = pytest.mark.django_db


def said(day, **more):
    return ClaimFactory(statement=StatementFactory(said_on=day), **more)


def refusal(claim):
    with pytest.raises(ValidationError) as refused:
        claim.clean()
    return " ".join(refused.value.message_dict["repeats"])


def test_an_earlier_claim_is_said_again():
    said("2022", repeats=said("2021")).clean()
    said("2021-10-13", repeats=said("2021-10")).clean()  # perhaps earlier in the month


def test_a_claim_does_not_say_itself_again():
    claim = said("2021")
    claim.repeats = claim
    assert "does not say itself again" in refusal(claim)


def test_nothing_is_said_again_before_it_was_said():
    claim = said("2021")
    claim.repeats = said("2022-01")
    assert "That claim was said later" in refusal(claim)


@pytest.mark.parametrize("between", [0, 1, 3])
def test_there_is_no_circle_however_wide(between):
    first = last = said("2021")
    for _ in range(between + 1):
        last = said("2021", repeats=last)
    first.repeats = last
    assert "says this one again already" in refusal(first)


def test_a_circle_that_stands_in_the_table_all_the_same_keeps_nobody_busy():
    one, other = said("2021"), said("2021")
    type(one).objects.filter(pk=one.pk).update(repeats=other)
    type(one).objects.filter(pk=other.pk).update(repeats=one)
    third = said("2022", repeats=other)
    third.clean()


def test_what_readers_see_does_not_say_again_what_they_have_never_seen():
    claim = ClaimFactory(published=True, statement__said_on="2022")
    claim.repeats = said("2021")
    assert "Readers have never seen that claim" in refusal(claim)
    claim.repeats = said("2021", withdrawn=True)  # they were told of it, and that it was taken back
    claim.clean()
