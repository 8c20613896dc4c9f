"""What an operator got wrong is named in one sentence, by `doctor` and by the commands that meet it."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from claims.search.index import index_faults
from tests.factories import ClaimFactory
from tests.tracker.served import bound_by_permissions
from tracker.file_permissions import open_files
from tracker.operations import installation
from tracker.setting_names import unknown_settings

WRONG_DATABASES = {
    "postgres://a:b@127.0.0.1:1/tracker": "No PostgreSQL answers at 127.0.0.1:1.",
    "postgres://a:b@no-such-host.invalid/tracker": "The host no-such-host.invalid in DATABASE_URL is not known",
    "postgres://a:b@127.0.0.1:1/tracker?sslmod=require": "DATABASE_URL has the option sslmod after the ?",
    "postgres://a:b@127.0.0.1:1/tracker?sslmode=always": "DATABASE_URL has a value for sslmode",
}


def in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("url", WRONG_DATABASES)
@pytest.mark.parametrize(
    "command", [["migrate"], ["runserver", "--noreload", "127.0.0.1:0"]], ids=lambda c: c[0]
)
def test_a_wrong_address_of_the_database_is_a_sentence_and_no_traceback(deployed, command, url):
    result = deployed(*command, DATABASE_URL=url)
    assert result.returncode == 2
    assert in_one_line(result.stderr).startswith(WRONG_DATABASES[url])
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks a server for a database that it lacks")
def test_a_wrong_name_of_the_database_is_a_sentence(deployed):
    said = connection.settings_dict
    url = (
        f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT'] or 5432}/no_such_tracker"
    )
    result = deployed("migrate", DATABASE_URL=url)
    assert in_one_line(result.stderr) == (
        "DATABASE_URL names the database no_such_tracker, which does not exist. Create it: createdb no_such_tracker"
    )


def test_a_file_that_is_no_database_is_a_sentence(deployed, tmp_path):
    (tmp_path / "tracker.sqlite3").write_text("Dear diary, " * 100)
    for command in ("migrate", "doctor"):
        result = deployed(command)
        assert "tracker.sqlite3 is not a database of SQLite" in in_one_line(result.stdout + result.stderr)
        assert "Traceback" not in result.stderr


def test_a_folder_that_cannot_be_written_is_a_sentence(deployed, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o500)
    before = bound_by_permissions()
    migrated = deployed("migrate", DATA_DIR=str(folder), before=before)
    looked_at = deployed("doctor", DATA_DIR=str(folder), before=before)
    folder.chmod(0o700)
    assert migrated.returncode == 2
    assert "can't be opened or written" in in_one_line(migrated.stderr)
    assert looked_at.returncode == 1
    assert f"DATA_DIR names the folder {folder}, in which the site's user can't write." in looked_at.stdout
    assert "Traceback" not in migrated.stderr + looked_at.stderr


def test_a_healthy_site_passes_and_its_files_are_for_its_user_only(deployed, tmp_path):
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        assert deployed(*command).returncode == 0
    result = deployed("doctor")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "WRONG" not in result.stdout
    database = tmp_path / "tracker.sqlite3"
    assert database.stat().st_mode & 0o777 == 0o600
    assert open_files(tmp_path) == []
    # One thing after another goes wrong.
    database.chmod(0o644)
    assert "Other users can read or write" in deployed("doctor").stdout
    said = deployed("check", "--deploy", "--fail-level", "WARNING")
    assert said.returncode == 1
    assert "chmod -R go=" in said.stderr
    database.chmod(0o600)
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    result = deployed("doctor")
    assert result.returncode == 1
    assert "run manage.py migrate" in result.stdout
    assert "not known without the migrations" in result.stdout


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(deployed):
    for command in ("check", "doctor"):
        result = deployed(command, TRUSTED_PROXYS="1")
        said = in_one_line(result.stdout + result.stderr)
        assert (
            "The environment sets TRUSTED_PROXYS, which is no setting. Did you mean TRUSTED_PROXIES?" in said
        )


def test_every_name_in_the_file_must_be_a_setting_and_the_environment_may_hold_others(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# NOTE=1\nSITE_NAME=Watch\nexport DATABSE_URL=x\nCOLOUR=blue\n")
    known = {"SITE_NAME", "DATABASE_URL", "DEBUG"}
    assert unknown_settings(known, {"DEBUGGER": "1", "HOME": "/", "COLOUR": "blue"}, file) == [
        ".env sets COLOUR, which is no setting.",
        ".env sets DATABSE_URL, which is no setting. Did you mean DATABASE_URL?",
    ]


@pytest.mark.django_db
def test_a_search_index_that_lacks_documents_is_named():
    ClaimFactory()
    assert index_faults() == []
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO claims_document (kind, record_id, day, title, body"
                       + (", words) VALUES ('claim', -1, '', '', '', '')" if connection.vendor == "postgresql" else
                          ") VALUES ('claim', -1, '', '', '')"))  # fmt: skip
    assert index_faults() != []
    with pytest.raises(installation.Fault, match=r"run manage\.py migrate"):
        installation.check_search_index()


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_named(monkeypatch):
    monkeypatch.setattr(installation.health, "missing_migrations", frozenset)  # of packages installed besides
    MigrationRecorder(connection).record_applied("claims", "9999_from_the_future")
    with pytest.raises(
        installation.Fault, match=r"newer version of the software: it has claims\.9999_from_the_future"
    ):
        installation.check_migrations()


@pytest.mark.django_db
def test_a_clock_before_the_last_entry_is_named(monkeypatch):
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(installation, "ledger_head", lambda: type("Entry", (), {"at": later}))
    with pytest.raises(installation.Fault, match="before the ledger's last entry"):
        installation.check_clock()


@pytest.mark.django_db
def test_the_exit_status_tells(monkeypatch, capsys):
    def is_wrong():
        raise installation.Fault("It is wrong.")

    parts = {"settings": (is_wrong, ""), "database": (lambda: "fine", "settings")}
    monkeypatch.setattr("tracker.operations.management.commands.doctor.PARTS", parts)
    with pytest.raises(CommandError) as refused:
        call_command("doctor")
    assert refused.value.returncode == 1
    assert capsys.readouterr().out.split() == [
        "WRONG",
        "settings",
        "It",
        "is",
        "wrong.",
        "?",
        "database",
        "not",
        "known",
        "without",
        "the",
        "settings",
    ]
