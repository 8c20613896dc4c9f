"""Snapshots and the ledger: appended, never changed, never removed; the database itself refuses, on both engines."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from claims.models import Entry, Snapshot
from claims.models.append_only import TABLES, install_triggers
from tests.factories import NOW, ClaimFactory, EntryFactory, SnapshotFactory

pytestmark = pytest.mark.django_db
needs_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone remakes tables")


def refused():
    return pytest.raises(IntegrityError, match="append-only")


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_no_snapshot_is_changed():
    SnapshotFactory()
    with refused(), transaction.atomic():
        Snapshot.objects.update(gap=51.0)
    assert Snapshot.objects.get().gap == 50.0


def test_no_snapshot_is_changed_by_saving_it():
    snapshot = SnapshotFactory()
    snapshot.state = "stale"
    with refused(), transaction.atomic():
        snapshot.save()


def test_no_snapshot_is_removed():
    snapshot = SnapshotFactory()
    with refused(), transaction.atomic():
        snapshot.delete()
    with refused(), transaction.atomic():
        run("DELETE FROM claims_snapshot")
    assert Snapshot.objects.count() == 1


WRONG = {
    "number": 7, "at": NOW.replace(year=2020), "act": "publish", "kind": "claim", "digest": "1" * 64,
    "previous": "1" * 64, "hash": "1" * 64, "account": None, "who": "{}",
}  # fmt: skip


def test_the_table_of_what_may_be_tried_names_every_column():
    assert {field.name for field in Entry._meta.concrete_fields} - TABLES["claims_entry"] == WRONG.keys()


@pytest.mark.parametrize("column", WRONG)
def test_no_entry_is_changed_in_what_is_chained(column):
    EntryFactory()
    with refused(), transaction.atomic():
        Entry.objects.update(**{column: WRONG[column]})


def test_no_entry_is_removed():
    entry = EntryFactory()
    with refused(), transaction.atomic():
        entry.delete()
    with refused(), transaction.atomic():
        run("DELETE FROM claims_entry")
    assert Entry.objects.count() == 1


def test_a_suppression_may_empty_what_is_only_committed_to():
    EntryFactory()
    SnapshotFactory()
    assert Entry.objects.update(content="{}", nonce="1" * 64, subject="taken-out") == 1
    assert Snapshot.objects.update(inputs={}, digest="1" * 64) == 1


def test_the_columns_that_may_be_emptied_are_these_and_no_others():
    assert {
        "claims_snapshot": {"inputs", "digest"},
        "claims_methodchange": set(),
        "claims_grading": {"decisive_clause", "rationale", "translations"},
        "claims_entry": {"content", "nonce", "subject"},
    } == TABLES


def test_a_claim_with_a_past_is_not_removed():
    claim = SnapshotFactory().claim
    with pytest.raises(ProtectedError):
        claim.delete()


def test_snapshots_are_appended():
    claim = ClaimFactory(published=True)
    for number in (1, 2):
        SnapshotFactory(claim=claim, number=number)
    assert [snapshot.number for snapshot in claim.snapshots.all()] == [1, 2]


def test_protecting_twice_is_as_good_as_once():
    install_triggers()
    install_triggers()
    test_no_snapshot_is_removed()


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_protection_comes_back_after_a_migration_remade_the_table():
    SnapshotFactory()
    field = models.IntegerField(default=0)
    field.set_attributes_from_name("extra")
    field.model = Snapshot
    with connection.schema_editor() as editor:
        editor.add_field(Snapshot, field)  # with a default: SQLite makes the table anew
    with transaction.atomic():  # the trap: SQLite dropped the triggers with the old table
        assert Snapshot.objects.update(gap=51.0) == 1
    with connection.schema_editor() as editor:
        editor.remove_field(Snapshot, field)
    call_command("migrate", "claims", verbosity=0)
    with refused():
        Snapshot.objects.update(gap=52.0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_a_protected_and_empty_table(turn):
    """Django empties all tables behind such a test, whatever their triggers say; and they hold again in the next."""
    assert not Snapshot.objects.exists()
    SnapshotFactory()
    with pytest.raises(DatabaseError, match="append-only"):
        Snapshot.objects.all().delete()


def test_the_triggers_are_installed_with_the_app_s_own_migrations_alone():
    """Other apps' post_migrate need not install them again."""
    from django.db.models.signals import post_migrate

    receivers = [key for key, *_ in post_migrate.receivers if key[0] == "claims.append_only"]
    assert receivers == [("claims.append_only", id(apps.get_app_config("claims")))]
