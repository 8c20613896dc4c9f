"""What a suppression does besides: it breaks no address, and reaches the tables that editors imported."""

import pytest
from django.core.serializers import serialize

from claims.actions import accept_suppression, merge_records, request_suppression
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim, Entry, ImportedRow, OldAddress, Speaker, Statement, TableImport
from tests.actions.desk import contradicted, known, stored
from tests.factories import NOW, SpeakerFactory, StatementFactory, UserFactory

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


# Addresses in other scripts


def suppress(text, by):
    asked = request_suppression(
        text=text, ground=SuppressionGround.SAFETY, reason="A family asked.", by=by, now=NOW
    )
    accept_suppression(asked, by=UserFactory(publisher=True), now=NOW)


def everything_stored():
    """All that is stored of the site's records and of its past."""
    rows = [*Speaker.objects.all(), *Statement.objects.all(), *Claim.objects.all(), *OldAddress.objects.all()]
    return serialize("json", rows, ensure_ascii=False) + "".join(
        f"{subject} {content}" for subject, content in Entry.objects.values_list("subject", "content")
    )


def test_an_arabic_name_goes_with_its_addresses(publisher):
    statement = StatementFactory(
        published=True, speaker=SpeakerFactory(name="أبو فلان"), title="كلمة أبو فلان في حلب",
        url="https://example.org/%D8%A3%D8%A8%D9%88-%D9%81%D9%84%D8%A7%D9%86/1",
    )  # fmt: skip
    claim = contradicted(
        statement=statement,
        proposition="أبو فلان زاد المساعدة",
        criterion="See /claims/أبو-فلان-زاد-المساعدة/.",
    )
    assert (claim.slug, statement.speaker.slug) == ("أبو-فلان-زاد-المساعدة", "أبو-فلان")
    suppress("أبو فلان", publisher)
    found = everything_stored()
    assert [text for text in ("أبو فلان", "أبو-فلان", "%D9%81%D9%84%D8%A7%D9%86") if text in found] == []
    assert Entry.objects.filter(kind="snapshot", subject=f"{stored(claim).slug}@1").exists()


def test_an_arabic_name_of_one_word_leaves_the_mark_and_no_address(publisher):
    """Arabic has no capitals that would tell a name from an address."""
    speaker = known(StatementFactory(published=True, speaker=SpeakerFactory(name="فلانة"))).speaker
    suppress("فلانة", publisher)
    assert stored(speaker).name.startswith("[taken out: ")
    assert stored(speaker).slug.startswith("taken-out-")
    told = Entry.objects.filter(kind="speaker").first().told
    assert told["record"]["name"].startswith("[taken out: ")
    assert told["subject"] == told["record"]["slug"] == stored(speaker).slug


@pytest.mark.parametrize("name", ["Abu Fulan", "أبو فلان"])
def test_a_name_goes_from_the_old_addresses_of_merged_records_too(name, publisher):
    kept, gone = SpeakerFactory(name="Kept"), SpeakerFactory(name=name)
    was = gone.slug
    merge_records(kept, gone, by=publisher, now=NOW, reason="One person.")
    suppress(name, publisher)
    assert not OldAddress.objects.filter(slug=was).exists()
    assert was not in everything_stored()
