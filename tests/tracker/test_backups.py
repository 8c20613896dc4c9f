"""`manage.py backup` copies a running site's database into one file, and `restore` puts it into an empty one."""

import re
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests.django_internals import run_on_server
from tests.tracker.conftest import deployment_of, runner_in

HEAD = re.compile(r"Keep this head of the ledger elsewhere, to verify the backup by: (\d+:[0-9a-f]{64})")


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Callable[[str], str]]:
    """Makes the address of a new, empty database, of the kind that the tests run on."""
    folder = tmp_path_factory.mktemp("databases")
    made: list[str] = []

    def create(name: str) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{folder}/{name}.sqlite3"
        database = f"{connection.settings_dict['NAME']}_{name}"
        with django_db_blocker.unblock():
            run_on_server(connection, f'DROP DATABASE IF EXISTS "{database}"')
            run_on_server(connection, f'CREATE DATABASE "{database}"')
        made.append(database)
        place = connection.settings_dict
        password = f":{place['PASSWORD']}" if place["PASSWORD"] else ""
        return f"postgres://{place['USER']}{password}@{place['HOST']}:{place['PORT'] or 5432}/{database}"

    yield create
    with django_db_blocker.unblock():
        for database in made:
            run_on_server(connection, f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@pytest.fixture(scope="module")
def site(empty_database, tmp_path_factory):
    """A site with a few claims; runs its commands."""
    address = empty_database("site")
    deployed = deployment_of(runner_in(tmp_path_factory.mktemp("site")))

    def manage(*words: str):
        return deployed(*words, DATABASE_URL=address)

    assert manage("migrate", "--verbosity=0").returncode == 0
    assert manage("seed_scale", "--claims", "5").returncode == 0
    return manage


@pytest.fixture(scope="module")
def made(site, tmp_path_factory):
    """The file of a backup, and what the command said."""
    file = tmp_path_factory.mktemp("backup") / "site.backup"
    result = site("backup", str(file))
    assert result.returncode == 0, result.stderr
    return file, result.stdout


@pytest.fixture
def backup(made, tmp_path):
    """A copy of the backup that a test may spoil."""
    return Path(shutil.copy(made[0], tmp_path / "site.backup"))


@pytest.fixture
def restored(deployed, empty_database):
    """Restores a file into a new database."""
    address = empty_database(f"restored_{uuid4().hex[:8]}")

    def restore(*words: str, command: str = "restore"):
        return deployed(command, *map(str, words), DATABASE_URL=address)

    return restore


def test_what_was_backed_up_is_restored_and_verified(made, restored):
    file, told = made
    found = HEAD.search(told)
    assert found
    result = restored(file, "--head", found[1])
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith(f"{file} is restored. Run manage.py rescore, and start the site.\n")
    assert restored("--check", command="rescore").returncode == 0


def test_only_its_owner_may_read_a_backup(made):
    assert stat.S_IMODE(made[0].stat().st_mode) == 0o600


def test_a_backup_replaces_no_file(site, backup):
    before = backup.read_bytes()
    result = site("backup", str(backup))
    assert result.returncode == 1
    assert (
        result.stderr.strip()
        == f"CommandError: {backup} exists. Backups never replace a file: choose another name."
    )
    assert backup.read_bytes() == before


def test_a_backup_into_no_folder_is_refused(site, tmp_path):
    result = site("backup", str(tmp_path / "nowhere" / "x"))
    assert (
        result.stderr.strip()
        == f"CommandError: There is no folder {tmp_path}/nowhere: mkdir -p {tmp_path}/nowhere"
    )


def test_a_database_that_holds_anything_is_not_overwritten(site, backup):
    result = site("restore", str(backup))
    assert result.returncode == 1
    assert "exists. Stop the site" in result.stderr or "is not empty: it has the table" in result.stderr


def test_what_is_no_backup_is_refused(restored, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear editor,")
    assert restored(file).stderr.strip() == (
        f"CommandError: {file} is no backup of this software: make one with manage.py backup."
    )


def test_a_damaged_backup_leaves_the_database_empty(backup, restored):
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2])
    result = restored(backup)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    backup.write_bytes(whole)
    assert restored(backup).returncode == 0


def test_a_mistyped_head_is_refused_before_anything_is_restored(backup, restored):
    result = restored(backup, "--head", "12")
    assert "--head: write the number of an entry" in result.stderr
    result = restored(backup, "--head", f"1:{'0' * 64}")  # the database is empty still
    assert result.returncode != 0
    assert "the ledger has another hash there: it was rewritten" in result.stderr + result.stdout


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL names it after the restore")
def test_a_backup_of_a_newer_version_is_refused(backup, restored):
    with closing(sqlite3.connect(backup)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('claims', '9999_later', '2030-01-01')"
        )
    found = restored(backup).stderr
    assert "The backup is of a newer version of the software: it has claims.9999_later" in found


def test_a_backup_of_another_kind_of_database_is_refused(restored, tmp_path):
    file = tmp_path / "other"
    file.write_bytes(b"PGDMP" if connection.vendor == "sqlite" else b"SQLite format 3\0")
    found = restored(file).stderr
    assert f"{file} is a backup of " in found
    assert "and DATABASE_URL names " in found


def test_a_backup_is_made_while_the_site_is_written_to(site, tmp_path, restored):
    """A run that was killed has left half a file, which is no obstacle."""
    file = tmp_path / "site.backup"
    half = tmp_path / "site.backup.partial"
    half.write_bytes(b"half")
    with ThreadPoolExecutor() as pool:
        writing = [pool.submit(site, "rescore") for _ in range(2)]
        result = site("backup", str(file))
        assert [written.result().returncode for written in writing] == [0, 0]
    assert result.returncode == 0, result.stderr
    assert not half.exists()
    assert restored(file).returncode == 0
