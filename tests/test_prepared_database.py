"""The test database that is kept between runs: what it holds, and when it is made anew."""

import sqlite3
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from tests.conftest import are_few_files
from tests.prepared_database import PreparedFile, compute_fingerprint, list_schema_files
from tracker.startup import BASE_DIR


def test_what_was_saved_is_there_and_older_ones_are_gone(tmp_path):
    source = sqlite3.connect(":memory:")
    source.executescript("CREATE TABLE kept (number integer); INSERT INTO kept VALUES (7)")
    prepared = PreparedFile(SimpleNamespace(connection=source), tmp_path / "new.sqlite3")
    (tmp_path / "old.sqlite3").touch()
    assert not prepared.exists()
    prepared.save()
    assert prepared.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["new.sqlite3"]
    kept = sqlite3.connect(prepared.path)
    assert kept.execute("SELECT number FROM kept").fetchall() == [(7,)]
    kept.close()
    source.close()


@pytest.mark.django_db
def test_no_migration_waits_in_the_test_database():
    call_command("migrate", check_unapplied=True, plan=True, verbosity=0)


@pytest.mark.parametrize(
    "path", ["claims/migrations/0001_initial.py", "claims/models/append_only.py", "claims/search/sqlite.py"]
)
def test_code_that_makes_the_schema_is_part_of_the_fingerprint(path):
    assert BASE_DIR / path in list_schema_files()


def test_the_code_of_pages_is_no_part_of_the_fingerprint():
    assert not [path for path in list_schema_files() if path.is_relative_to(BASE_DIR / "claims" / "views")]


def test_another_migration_gives_another_fingerprint(tmp_path):
    migration = tmp_path / "0001_initial.py"
    migration.write_text("one")
    before = compute_fingerprint(iter([migration]))
    assert compute_fingerprint(iter([migration])) == before
    migration.write_text("two")
    assert compute_fingerprint(iter([migration])) != before


def test_a_few_named_files_run_in_one_process_and_all_else_on_each_core():
    assert are_few_files([__file__])
    assert are_few_files([f"{__file__}::test_a", __file__])
    assert not are_few_files([str(BASE_DIR / "tests")])
    assert not are_few_files([__file__] * 5)
