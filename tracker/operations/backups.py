"""Copies of the whole database in one file: made while the site runs, and put into an empty database.

On SQLite the file is a database; on PostgreSQL an archive of `pg_dump`, which must be installed.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db import connection

from tracker import health
from tracker.file_permissions import OWNER_FILE
from tracker.operations.installation import list_newer_migrations, unknown_migrations

SQLITE_FILE, POSTGRESQL_ARCHIVE = b"SQLite format 3\0", b"PGDMP"
SHOWN = 3  # lines of a program's message
# What libpq reads from the environment, so that no password stands in the list of processes.
LIBPQ_OPTIONS = {
    name: f"PG{name.upper()}"
    for name in ("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service", "connect_timeout")
}


class BackupFault(Exception):
    """Why there is no backup, or why it was not restored, and what to do."""


def make_backup(target: Path) -> None:
    """Copy the database into a new file that only its owner may read: whole, or not at all. Raises BackupFault."""
    if target.exists():
        raise BackupFault(f"{target} exists. Backups never replace a file: choose another name.")
    if not target.parent.is_dir():
        raise BackupFault(f"There is no folder {target.parent}: mkdir -p {target.parent}")
    with written_whole(target) as partial:
        try:
            COPYING[connection.vendor](partial)
        except sqlite3.Error as error:
            raise BackupFault(f"The copy could not be made: {error}.") from None


def restore_backup(source: Path) -> None:
    """Put the backup into the configured database, which must be empty: whole, or not at all. Raises BackupFault."""
    kind = _read_kind(source)
    if kind != connection.vendor:
        raise BackupFault(
            f"{source} is a backup of {DISPLAYED[kind]}, and DATABASE_URL names {DISPLAYED[connection.vendor]}."
        )
    RESTORING[kind](source)


def _read_kind(source: Path) -> str:
    try:
        with source.open("rb") as file:
            head = file.read(len(SQLITE_FILE))
    except OSError as error:
        raise BackupFault(f"{source} can't be read: {error.strerror}.") from None
    if head == SQLITE_FILE:
        return "sqlite"
    if head.startswith(POSTGRESQL_ARCHIVE):
        return "postgresql"
    raise BackupFault(f"{source} is no backup of this software: make one with manage.py backup.")


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """An empty file beside the target to write into. It gets the target's name once everything is on the disk."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        with suppress(FileNotFoundError):
            partial.unlink()  # of a run that was killed
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_FILE))
        yield partial
        _flush(partial)
        partial.rename(target)
        _flush(target.parent)
    except OSError as error:
        raise BackupFault(f"{target} can't be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            partial.unlink()


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _copy_sqlite_into(partial: Path) -> None:
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        database.execute("VACUUM INTO ?", [str(partial)])
    _check_sqlite_file(partial)


def _check_sqlite_file(path: Path) -> list[tuple[str, str]]:
    """The migrations that the database has. Raises BackupFault if the file is damaged or holds something else."""
    try:
        with closing(sqlite3.connect(path)) as database:
            (result,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            applied = database.execute("SELECT app, name FROM django_migrations").fetchall()
            database.execute("SELECT 1 FROM claims_entry LIMIT 1")
    except sqlite3.Error as error:
        raise BackupFault(f"{path} is damaged or holds another database: {error}.") from None
    if result != "ok":
        raise BackupFault(f"{path} is damaged: {result}.")
    return applied


def _restore_sqlite(source: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    present = [path for path in (target, Path(f"{target}-wal")) if path.exists() and path.stat().st_size]
    if present:
        raise BackupFault(f"{present[0]} exists. Stop the site, and move {target}* to another folder first.")
    newer = list_newer_migrations(set(_check_sqlite_file(source)), health.all_migrations())
    _refuse_newer(newer)
    with written_whole(target) as partial:
        shutil.copyfile(source, partial)
        _check_sqlite_file(partial)


def _dump_into(partial: Path) -> None:
    _run_postgresql_program("pg_dump", "--format=custom", "--file", str(partial))
    _run_postgresql_program("pg_restore", "--list", str(partial))


def _restore_postgresql(source: Path) -> None:
    if tables := connection.introspection.table_names():
        raise BackupFault(
            f"The database {connection.settings_dict['NAME']} is not empty: it has the table {tables[0]}. Create an "
            "empty one with createdb, and name it in DATABASE_URL."
        )
    connection.close()
    name = connection.settings_dict["NAME"]
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run_postgresql_program("pg_restore", *whole, "--dbname", name, str(source))
    _refuse_newer(unknown_migrations())


def _refuse_newer(migrations: list[str]) -> None:
    if migrations:
        raise BackupFault(
            f"The backup is of a newer version of the software: it has {migrations[0]}, which is not here. Install "
            "that version, and restore the backup with it into an empty database."
        )


def _run_postgresql_program(*words: str) -> None:
    """Run a program of PostgreSQL. Raises BackupFault with what it said."""
    try:
        done = subprocess.run(  # noqa: S603 - programs of PostgreSQL
            words,
            env=_postgresql_environment(),
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except OSError:
        raise BackupFault(
            f"{words[0]} is not installed: it comes with PostgreSQL's client programs."
        ) from None
    if done.returncode:
        said = " ".join(done.stderr.split("\n")[:SHOWN]).strip()
        raise BackupFault(f"{words[0]} ended with exit status {done.returncode}: {said}")


def _postgresql_environment() -> dict[str, str]:
    settings = connection.settings_dict
    told = {
        "PGDATABASE": "NAME",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
    }
    places = {name: str(settings[key]) for name, key in told.items() if settings.get(key)}
    options = settings.get("OPTIONS", {})
    extra = {LIBPQ_OPTIONS[name]: str(value) for name, value in options.items() if name in LIBPQ_OPTIONS}
    return {**os.environ, **extra, **places}


DISPLAYED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COPYING: dict[str, Callable[[Path], None]] = {"sqlite": _copy_sqlite_into, "postgresql": _dump_into}
RESTORING: dict[str, Callable[[Path], None]] = {"sqlite": _restore_sqlite, "postgresql": _restore_postgresql}
