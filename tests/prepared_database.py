"""A migrated test database that is kept between runs, so that a run need not migrate again.

SQLite: a file in pytest's cache directory, copied into memory. PostgreSQL: a template database that the server
copies. Its name has a fingerprint of the code that makes the database. When the fingerprint changes, the next run
migrates and stores the result. `--create-db` always migrates; `--reuse-db` and `--no-migrations` do what pytest-
django says.
"""

import contextlib
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections

from tests.django_internals import create_empty_test_database, run_on_server
from tracker.startup import BASE_DIR

# No migration, trigger or permission comes from these packages. What is not listed counts.
WITHOUT_SCHEMA = {"actions", "admin", "api", "cards", "drawing", "management", "templatetags", "views"}


class PreparedDatabase(Protocol):
    def exists(self) -> bool: ...
    def restore(self, autoclobber: bool) -> str: ...
    def save(self) -> None: ...


def use_prepared_database(config: pytest.Config) -> None:
    """Create the test database from the prepared one, or create the prepared one."""
    if config.getvalue("reuse_db") or config.getvalue("nomigrations"):
        return
    connection: Any = connections["default"]
    prepared = find_prepared_database(connection, config)
    create_and_migrate = connection.creation.create_test_db

    def create_test_db(verbosity: int = 1, autoclobber: bool = False, **options: Any) -> str:
        if prepared.exists() and not config.getvalue("create_db"):
            return prepared.restore(autoclobber)
        name = create_and_migrate(verbosity=verbosity, autoclobber=autoclobber, **options)
        prepared.save()
        return name

    connection.creation.create_test_db = create_test_db


def find_prepared_database(connection: Any, config: pytest.Config) -> PreparedDatabase:
    fingerprint = compute_fingerprint(list_schema_files())
    if connection.vendor == "sqlite":
        assert config.cache
        return PreparedFile(connection, config.cache.mkdir("prepared-database") / f"{fingerprint}.sqlite3")
    return PreparedTemplate(connection, fingerprint, replaces=config.getvalue("create_db"))


def list_schema_files() -> Iterator[Path]:
    """The modules that decide what a migrated database contains: schema, triggers, groups and permissions."""
    for package in ("claims", "tracker"):
        root = BASE_DIR / package
        for path in sorted(root.rglob("*.py")):
            if path.relative_to(root).parts[0] not in WITHOUT_SCHEMA:
                yield path
    for app in apps.get_app_configs():
        if not Path(app.path).is_relative_to(BASE_DIR):
            yield from sorted(Path(app.path, "migrations").glob("*.py"))


def compute_fingerprint(paths: Iterator[Path]) -> str:
    versions = [django.__version__, sqlite3.sqlite_version, *settings.INSTALLED_APPS]
    digest = hashlib.sha256(repr(versions).encode())
    for path in paths:
        digest.update(hashlib.sha256(f"{path}".encode() + path.read_bytes()).digest())
    return digest.hexdigest()[:16]


class PreparedFile:
    """SQLite: a file that is copied into the database in memory."""

    def __init__(self, connection: Any, path: Path) -> None:
        self.connection = connection
        self.path = path

    def exists(self) -> bool:
        return self.path.exists()

    def restore(self, autoclobber: bool) -> str:
        name = create_empty_test_database(self.connection, autoclobber)
        connect_to_test_database(self.connection, name)
        kept = sqlite3.connect(self.path)
        kept.backup(self.connection.connection)
        kept.close()
        return name

    def save(self) -> None:
        """Write the file beside its place, then rename it: another worker may be doing the same."""
        for older in set(self.path.parent.glob("*.sqlite3")) - {self.path}:
            older.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(dir=self.path.parent) as folder:
            kept = sqlite3.connect(Path(folder, "made.sqlite3"))
            self.connection.connection.backup(kept)
            kept.close()
            Path(folder, "made.sqlite3").replace(self.path)


class PreparedTemplate:
    """PostgreSQL: a template database that the server copies. Each DATABASE_URL has its own."""

    def __init__(self, connection: Any, fingerprint: str, *, replaces: bool) -> None:
        self.connection = connection
        self.replaces = replaces
        # Without a worker's suffix: all workers share one.
        self.prefix = f"prepared_{settings.DATABASES['default']['NAME']}_"
        self.name = f"{self.prefix}{fingerprint}"

    def exists(self) -> bool:
        return self.name in self.list_templates()

    def restore(self, autoclobber: bool) -> str:
        test = self.connection.settings_dict["TEST"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(test, "TEMPLATE", self.name)
            name = create_empty_test_database(self.connection, autoclobber)
        connect_to_test_database(self.connection, name)
        return name

    def save(self) -> None:
        """Create the template. The server only copies a database without connections."""
        source = self.connection.settings_dict["NAME"]
        self.connection.close()
        self.connection.close_pool()
        for older in self.list_templates():
            if self.replaces or older != self.name:
                self.run_unless_another_worker_did(f'DROP DATABASE IF EXISTS "{older}"')
        self.run_unless_another_worker_did(f'CREATE DATABASE "{self.name}" TEMPLATE "{source}"')
        self.connection.ensure_connection()

    def run_unless_another_worker_did(self, statement: str) -> None:
        with contextlib.suppress(DatabaseError):
            run_on_server(self.connection, statement)

    def list_templates(self) -> list[str]:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname::text, %s)"
        return [name for (name,) in run_on_server(self.connection, query, [self.prefix])]


def connect_to_test_database(connection: Any, name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
