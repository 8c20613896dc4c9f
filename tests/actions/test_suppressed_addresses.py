"""Addresses of records out of which a short text was taken: none of them is broken."""

import pytest

from claims.actions import accept_suppression, request_suppression
from claims.domain.vocabulary import SuppressionGround
from tests.actions.desk import stored
from tests.factories import NOW, SpeakerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]


def test_a_name_of_three_letters_breaks_no_address(publisher):
    """It goes from addresses where it is a word of its own; part of a longer word it stays there."""
    people = [SpeakerFactory(name="Ali"), SpeakerFactory(name="Italian Aid")]
    asked = request_suppression(
        text="Ali", ground=SuppressionGround.SAFETY, reason="A family asked.", by=publisher, now=NOW
    )
    accept_suppression(asked, by=UserFactory(publisher=True), now=NOW)
    assert [stored(one).slug for one in people] == ["taken-out-1-1", "italian-aid"]
