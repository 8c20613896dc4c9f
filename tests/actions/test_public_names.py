"""The names by which the ledger signs: nobody can guess from them who signs in."""

import re
from hashlib import sha256
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from claims.actions import rename_signatures, save
from claims.ledger.signatures import public_signature
from claims.ledger.verification import ledger_faults
from claims.models import Entry, PublicName
from tests.actions.desk import contradicted
from tests.actions.desk import known as entered
from tests.factories import NOW, EntryFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]


def computed(user):
    """The name of releases before: anyone who guesses the name of the sign-in computes it."""
    return f"editor {sha256(user.username.encode()).hexdigest()[:6]}"


def renamed_speaker(by, name):
    speaker = entered(contradicted().statement.speaker)
    speaker.name = name
    save(speaker, by=by, now=NOW, reason="Spelt wrong.")
    return Entry.objects.latest("number")


# A name of one's own -------------------------------------------------------------------------------------------------


def test_an_account_without_a_full_name_signs_by_a_random_name_and_keeps_it(writer):
    name = public_signature(writer)
    assert re.fullmatch(r"editor [2-9a-z]{6}", name)
    assert public_signature(writer) == name == PublicName.objects.get().name


def test_nothing_of_the_name_follows_from_the_name_of_the_sign_in(writer):
    before = public_signature(writer)
    PublicName.objects.all().delete()
    assert public_signature(writer) != before != computed(writer)


def test_no_two_accounts_have_one_name():
    assert len({public_signature(user) for user in UserFactory.create_batch(20)}) == 20


def test_an_account_with_a_full_name_signs_by_it(writer):
    writer.first_name, writer.last_name = "Amal", "Haddad"
    assert public_signature(writer) == "Amal Haddad"


def test_an_entry_of_the_ledger_is_signed_by_the_name(writer):
    assert renamed_speaker(writer, "Another").told["by"] == PublicName.objects.get(account=writer).name


# New names for all ---------------------------------------------------------------------------------------------------


def test_new_names_leave_earlier_entries_as_they_are_and_an_entry_says_so(writer, client):
    entry = renamed_speaker(writer, "Another")
    before = entry.told["by"]
    known = PublicName.objects.count()
    assert rename_signatures(now=NOW) == known
    assert Entry.objects.get(number=entry.number).told["by"] == before
    last = Entry.objects.latest("number")
    assert (last.act, last.told["record"], last.told["by"]) == ("rename", {"renamed": known}, "the software")
    assert before not in last.content
    assert public_signature(writer) != before
    assert public_signature(writer) not in last.content
    assert "sign by new random names" in client.get(f"/changes/{last.number}/").content.decode()
    assert "names changed" in client.get("/changes/").content.decode()
    assert not list(ledger_faults())


def test_the_command_says_how_many_accounts_sign_by_new_names(writer, publisher):
    for user in (writer, publisher):
        public_signature(user)
    out = StringIO()
    call_command("rename_signatures", stdout=out)
    assert out.getvalue().startswith("2 accounts sign by new names from now on.")


def test_without_any_name_nothing_is_entered():
    out = StringIO()
    call_command("rename_signatures", stdout=out)
    assert "nothing to change" in out.getvalue()
    assert not Entry.objects.exists()


# A site of a release before ------------------------------------------------------------------------------------------


def test_an_upgrade_keeps_the_name_of_whoever_has_signed_and_verification_names_the_remedy(writer, publisher):
    EntryFactory(account=writer, subject="gone")
    import_module("claims.migrations.0018_public_names").keep_names(apps, None)
    assert public_signature(writer) == computed(writer)
    assert public_signature(publisher) != computed(publisher)
    assert "1 account can be guessed" in warning()
    rename_signatures(now=NOW)
    assert public_signature(writer) != computed(writer)
    assert warning() == ""


def warning():
    errors = StringIO()
    call_command("verify_ledger", stdout=StringIO(), stderr=errors)
    return errors.getvalue()
