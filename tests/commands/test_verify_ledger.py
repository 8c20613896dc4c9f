"""`manage.py verify_ledger`: all well and the head to keep, or what does not hold; and loads that keep it so."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.models import Claim, Entry, SearchNote, Snapshot, append_only
from tests.actions.desk import contradicted
from tests.factories import SourceFactory, UserFactory
from tests.syria import FIXTURE

pytestmark = pytest.mark.django_db


def verify(**options):
    out = StringIO()
    call_command("verify_ledger", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def failure(**options):
    """What it prints when it fails, its last sentence, and its exit status."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_ledger", stdout=out, stderr=StringIO(), **options)
    return out.getvalue(), str(error.value), error.value.returncode


def head():
    last = Entry.objects.latest("number")
    return f"{last.number}:{last.hash}"


def tampered(sql, *parameters):
    """As somebody with the database's password would, who takes the triggers away first."""
    lifting = {
        "sqlite": append_only.drop_trigger_statements("claims_entry"),
        "postgresql": ["SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE claims_entry DISABLE TRIGGER USER"],
    }
    with connection.cursor() as cursor:
        for statement in lifting[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql, parameters)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE claims_entry ENABLE TRIGGER USER")


def dumped(path, *models, **options):
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    call_command("dumpdata", *(models or ["auth.user", "claims"]), output=str(path), **natural, **options)
    return path


# The command ---------------------------------------------------------------------------------------------------------


def test_all_well_prints_how_many_entries_there_are_and_the_head_to_keep():
    contradicted()
    out = verify()
    assert f"{Entry.objects.count()} entries, and every public record holds." in out
    assert out.splitlines()[-1] == head()


def test_an_empty_ledger_is_well_too():
    assert verify() == "The ledger is empty, and nothing is public.\n"


def test_a_head_that_was_kept_stands_in_the_chain_also_when_the_chain_went_on():
    contradicted()
    kept = head()
    contradicted()
    assert "The head that you kept" in verify(head=kept)


def test_another_hash_at_a_kept_head_says_that_the_past_was_rewritten():
    contradicted()
    out, sentence, status = failure(head=f"3:{'a' * 64}")
    assert "it was rewritten" in out
    assert (sentence, status) == ("The ledger does not hold in 1 place.", 1)


def test_a_head_beyond_the_end_says_that_the_end_was_cut_off():
    contradicted()
    out, _sentence, status = failure(head=f"9999:{'a' * 64}")
    assert "its end was cut off" in out
    assert status == 1


@pytest.mark.parametrize(
    "bad", ["", "3", "3:abc", f"x:{'a' * 64}", f"0:{'0' * 64}", f"3:{'A' * 64}", f"-1:{'a' * 64}"]
)
def test_a_head_that_is_none_is_refused_in_a_sentence(bad):
    out, sentence, status = failure(head=bad)
    assert (out, status) == ("", 2)
    assert sentence.startswith("--head: write the number of an entry, a colon")


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE claims_entry SET act = 'revise' WHERE number = 3", "entry 3, .*its hash is not that of its"),
        (
            "UPDATE claims_entry SET content = replace(content, 'Loaded', 'Unladen') WHERE number = 3",
            "entry 3, .*vouches",
        ),
        ("DELETE FROM claims_entry WHERE number = 3", "entry 4, .*entry 3 is missing before it"),
        (
            "UPDATE claims_entry SET previous = 'x' WHERE number = 3",
            "entry 3, .*does not follow the entry before",
        ),
        ("UPDATE claims_entry SET content = '[]' WHERE number = 3", "entry 3, .*cannot be read"),
    ],
)
def test_the_first_broken_entry_is_named_whatever_was_done_to_it(sql, words):
    contradicted()
    tampered(sql)
    out, _sentence, status = failure()
    assert status == 1
    (line,) = out.splitlines()
    assert re.search(words, line)


def test_each_record_that_differs_is_named_with_its_column():
    claim = contradicted()
    Claim.objects.filter(pk=claim.pk).update(criterion="Something else.", proposition="Another")
    out, _sentence, status = failure()
    assert status == 1
    assert f"claim {claim.slug}: criterion is" in out
    assert "proposition is" in out


def test_adopting_enters_what_was_written_past_the_desk_and_says_how_many():
    claim = contradicted()
    Claim.objects.filter(pk=claim.pk).update(criterion="Something else.")
    out = verify(adopt="A slip, mended by hand.")
    assert out.startswith("Entered 1 change that had been made past the desk.")
    assert Entry.objects.latest("number").told["reason"] == "A slip, mended by hand."
    assert verify(adopt="Again.").startswith("Entered 0 changes")


def test_adopting_also_enters_what_is_gone():
    contradicted()
    SearchNote.objects.all().delete()
    assert "readers saw it, and it is gone" in failure()[0]
    assert "every public record holds" in verify(adopt="Lost with a disk; it can be searched again.")


def test_adopting_without_a_reason_is_refused():
    assert failure(adopt=" ")[1:] == ("--adopt: give the reason. It is public and stays.", 2)


# Loading -------------------------------------------------------------------------------------------------------------


def test_the_dossier_with_its_ledger_verifies_after_loading_and_adds_no_import():
    call_command("loaddata", FIXTURE, verbosity=0)
    verify()
    assert set(Entry.objects.filter(act="import").values_list("kind", flat=True)) <= {"accounts"}


def test_a_ledger_from_before_it_held_accounts_holds_them_once_it_is_loaded():
    """As after an upgrade, whose `rescore` appends the same entry."""
    call_command("loaddata", FIXTURE, verbosity=0)
    call_command("rescore", stdout=StringIO())
    held = Entry.objects.filter(kind="accounts")
    assert held.count() == 1
    claim = Claim.objects.published().first()
    other = UserFactory()
    Claim.objects.filter(pk=claim.pk).update(published_by=other)
    names = f"published_by is {other}, entered as {claim.published_by}"
    assert names in failure()[0]


def test_loading_the_same_file_again_changes_nothing():
    call_command("loaddata", FIXTURE, verbosity=0)
    before = head()
    call_command("loaddata", FIXTURE, verbosity=0)
    assert head() == before


def test_records_without_a_ledger_verify_after_loading_each_entered_with_the_files_name(tmp_path):
    path = tmp_path / "records.json"
    records = json.loads(FIXTURE.read_text())
    path.write_text(
        json.dumps([each for each in records if each["model"] not in {"claims.entry", "claims.snapshot"}])
    )
    out = StringIO()
    call_command("loaddata", path, stdout=out)
    imported = Entry.objects.filter(act="import")
    assert f"Entered {imported.count()} change(s) into the ledger" in out.getvalue()
    assert imported.count() > 200
    assert {entry.told["reason"] for entry in imported} == {"Loaded by an operator from records.json."}
    verify()


def test_a_new_record_of_a_file_is_entered_as_imported_with_the_files_name(tmp_path):
    claim = contradicted()
    path = tmp_path / "mended.json"
    records = json.loads(dumped(path, "claims.claim").read_text())
    records[0]["fields"]["criterion"] = "Deaths by week."
    path.write_text(json.dumps(records))
    call_command("loaddata", path, verbosity=0)
    last = Entry.objects.latest("number")
    assert (last.act, last.subject) == ("import", claim.slug)
    assert last.told["reason"] == "Loaded by an operator from mended.json."
    assert str(tmp_path) not in last.content
    verify()


def test_a_ledger_that_goes_another_way_is_refused_in_words_and_nothing_is_loaded(tmp_path):
    contradicted()
    before, sources = head(), set(SourceFactory._meta.model.objects.values_list("slug", flat=True))
    with pytest.raises(CommandError, match="go different ways") as error:
        call_command("loaddata", FIXTURE, verbosity=0)
    assert "Entry 1 is not what this site has there" in str(error.value)
    assert head() == before
    assert set(SourceFactory._meta.model.objects.values_list("slug", flat=True)) == sources
    verify()


def test_a_ledger_without_its_beginning_is_refused_in_words(tmp_path):
    records = json.loads(FIXTURE.read_text())
    cut = [each for each in records if not (each["model"] == "claims.entry" and each["pk"] <= 2)]
    path = tmp_path / "cut.json"
    path.write_text(json.dumps(cut))
    with pytest.raises(CommandError, match="What comes before entry 3"):
        call_command("loaddata", path, verbosity=0)
    assert not Claim.objects.exists()


def test_a_files_ledger_whose_content_was_changed_is_refused_in_words(tmp_path):
    records = json.loads(FIXTURE.read_text())
    entry = next(each for each in records if each["model"] == "claims.entry")
    entry["fields"]["content"] = entry["fields"]["content"].replace("editor", "author")
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(records))
    with pytest.raises(CommandError, match="The file's ledger does not hold: entry 1"):
        call_command("loaddata", path, verbosity=0)
    assert not Claim.objects.exists()


def test_a_snapshot_that_says_something_else_is_refused_in_words(tmp_path):
    contradicted()
    path = tmp_path / "snapshots.json"
    records = json.loads(dumped(path, "claims.snapshot").read_text())
    records[0]["fields"]["gap"] = 1.0
    path.write_text(json.dumps(records))
    with pytest.raises(CommandError, match="Snapshot 1 of claim"):
        call_command("loaddata", path, verbosity=0)
    assert Snapshot.objects.get().gap != 1.0


def test_the_documented_dump_brings_its_ledger_along(tmp_path):
    contradicted()
    records = json.loads(dumped(tmp_path / "all.json").read_text())
    numbers = [each["pk"] for each in records if each["model"] == "claims.entry"]
    assert numbers == list(range(1, Entry.objects.count() + 1))
    call_command("loaddata", tmp_path / "all.json", verbosity=0)
    verify()
