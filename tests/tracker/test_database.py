import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import ConnectionHandler, connection

from tracker.startup import BASE_DIR

SHOW_PRAGMAS = """
from django.db import connection, transaction
for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"):
    with connection.cursor() as cursor:
        print(pragma, cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
import sqlite3
with transaction.atomic():
    try:
        sqlite3.connect(connection.settings_dict["NAME"], timeout=0).execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        print("a second writer:", error)
"""


@pytest.mark.parametrize("demo", ["0", "1"])
def test_sqlite_keeps_acknowledged_saves_through_a_power_cut_and_takes_the_lock_first(
    deployed, demo, tmp_path
):
    result = deployed("shell", "-v0", "--command", SHOW_PRAGMAS, DEMO=demo)
    assert result.stdout.splitlines() == [
        "journal_mode wal",
        "synchronous 2",  # FULL
        "foreign_keys 1",
        "secure_delete 1",
        "busy_timeout 20000",
        "a second writer: database is locked",
    ], result.stderr
    assert (tmp_path / ("demo.sqlite3" if demo == "1" else "tracker.sqlite3")).exists()


def test_the_migrations_are_in_step_with_the_models():
    """In a process of its own, as an operator runs it: what other tests swapped must not colour the answer."""
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    environ = {**os.environ, "DEMO": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    result = subprocess.run(command, cwd=BASE_DIR, env=environ, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.django_db(transaction=True)
def test_what_migrations_put_in_outlasts_a_test_that_empties_the_tables(turn):
    assert Group.objects.exists()
    assert Permission.objects.filter(content_type__app_label="auth", codename="add_group").count() == 1


@pytest.mark.django_db
def test_the_tests_run_on_the_engine_that_they_were_given(settings):
    assert connection.vendor in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture
def file_connection(tmp_path, django_db_blocker):
    """A connection to a database file of its own."""
    engine = {"ENGINE": "tracker.databases.sqlite", "NAME": tmp_path / "own.sqlite3"}
    with django_db_blocker.unblock():
        own = ConnectionHandler({"default": engine})["default"]
        own.ensure_connection()
        yield own
        own.close()


def test_an_open_connection_is_used_again_only_while_its_file_is_the_same(file_connection, tmp_path):
    assert file_connection.is_usable()
    (tmp_path / "own.sqlite3").rename(tmp_path / "old.sqlite3")
    assert not file_connection.is_usable()
    (tmp_path / "own.sqlite3").touch()
    assert not file_connection.is_usable()


def test_a_connection_that_could_only_be_read_is_opened_again(file_connection):
    file_connection.is_read_only = True
    assert not file_connection.is_usable()


def test_a_forked_process_does_not_use_the_connection_of_its_parent(file_connection, monkeypatch):
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert not file_connection.is_usable()
