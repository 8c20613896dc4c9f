"""What a suppression does besides: it breaks no address, and reaches the tables that editors imported."""

import pytest
from django.core.serializers import serialize

from claims.actions import accept_suppression, request_suppression
from claims.domain.vocabulary import SuppressionGround
from claims.models import ImportedRow, TableImport
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


def test_a_text_goes_from_imported_tables_too(publisher):
    """From the values of rows that were imported; a table that waits for its import is dropped if it holds the text."""
    done = TableImport.objects.create(
        by=publisher, at=NOW, kind="evidence", name="Abu Fulan.csv", done_at=NOW
    )
    ImportedRow.objects.create(
        table_import=done,
        kind="evidence",
        external_id="Abu Fulan 1",
        record_id=1,
        given={"summary": "Abu Fulan spoke"},
    )
    tables = (b"summary\nAbu Fulan spoke\n", b"summary\nTrucks crossed\n")
    kept = [
        TableImport.objects.create(by=publisher, at=NOW, kind="evidence", content=each) for each in tables
    ]
    asked = request_suppression(
        text="Abu Fulan", ground=SuppressionGround.SAFETY, reason="A family asked.", by=publisher, now=NOW
    )
    accept_suppression(asked, by=UserFactory(publisher=True), now=NOW)
    stored_texts = serialize("json", [*TableImport.objects.all(), *ImportedRow.objects.all()])
    assert "Fulan" not in stored_texts
    assert set(TableImport.objects.all()) == {done, kept[1]}
