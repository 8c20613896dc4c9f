"""A temporary deployment: an SQLite file, or a database on the server of DATABASE_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import django
import psycopg

SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
ENGINES = ("sqlite", "postgresql")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tracker.settings",
    "SECRET_KEY": "benchmarks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "127.0.0.1",
    "DEMO": "0",
    "DEBUG": "0",
    "SECURE_SSL_REDIRECT": "0",
    "REQUIRE_TOTP": "0",
}


@contextmanager
def deployment(engine: str) -> Iterator[Path]:
    """Set up Django with the deployment's settings on an empty database. Yields the folder for its files."""
    with TemporaryDirectory(prefix="killed-") as folder, _database(engine, folder) as url:
        os.environ.update(SETTINGS, DATABASE_URL=url, DATA_DIR=folder)
        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connections

        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.MD5PasswordHasher"
        ]  # nothing worth guessing
        # Processes are forked here, and a pool's threads do not come along.
        connections.settings["default"]["OPTIONS"].pop("pool", None)
        call_command("migrate", verbosity=0)
        yield Path(folder)
        connections.close_all()


@contextmanager
def _database(engine: str, folder: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/tracker.sqlite3"
        return
    server = os.environ.get("DATABASE_URL", SERVER)
    server, name = server if server.startswith("postgres") else SERVER, f"tracker_killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_until_alone() -> None:
    """Wait until PostgreSQL has no other connection. Its processes outlive a killed client and may still commit."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
        sleep(0.01)
