"""One sentence for each way in which a database can't be opened: what is wrong, and what to do."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from tracker.databases.sqlite.base import sqlite_primary_code

# What PostgreSQL and its client say, and what it means. `{0}` is the name that they say.
POSTGRESQL_FAULTS = [
    (
        r'database "([^"]+)" does not exist',
        "DATABASE_URL names the database {0}, which does not exist. Create it: createdb {0}",
    ),
    (r'role "([^"]+)" does not exist', "DATABASE_URL names the user {0}, whom the server does not know."),
    (
        r'password authentication failed for user "([^"]+)"|no password supplied',
        "The password in DATABASE_URL is wrong. Write % # / ? @ in it as %25 %23 %2F %3F %40.",
    ),
    (
        r'invalid (?:connection|URI query) (?:option|parameter)[^"]*"([^"]+)"',
        "DATABASE_URL has the option {0} after the ?, which PostgreSQL does not know. For example: ?sslmode=require",
    ),
    (
        r'invalid (\w+) value: "[^"]*"',
        "DATABASE_URL has a value for {0} that PostgreSQL does not know.",
    ),
    (
        r"Connection refused",
        "No PostgreSQL answers at {where}. Check host and port in DATABASE_URL, and that the server runs.",
    ),
    (
        r"could not translate host name|Name or service not known|failed to resolve host|nodename nor servname",
        "The host {host} in DATABASE_URL is not known to this machine.",
    ),
    (r"timeout|timed out", "The PostgreSQL at {where} does not answer. Check host and port in DATABASE_URL."),
    (
        r"No such file or directory",
        "No PostgreSQL answers on this machine's socket. Name a host in DATABASE_URL.",
    ),
    (r"invalid port number|invalid integer value", "DATABASE_URL has a port or a number that can't be."),
    (
        r"too many clients|remaining connection slots",
        "PostgreSQL has no connection left: raise max_connections.",
    ),
    (r"server does not support SSL", "DATABASE_URL asks for TLS, which the server does not offer."),
]


def explain_database_error(error: BaseException) -> str | None:
    """The sentence; None if the error is not about opening or writing the database."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            return _explain_sqlite(cause)
        if isinstance(cause, psycopg.Error):
            return _explain_postgresql(cause)
        cause = cause.__cause__
    return None


def _explain_sqlite(error: sqlite3.Error) -> str | None:
    file = Path(settings.DATABASES["default"]["NAME"])
    code = sqlite_primary_code(error)
    if code == sqlite3.SQLITE_NOTADB:
        return f"{file} is not a database of SQLite. Check DATABASE_URL and DATA_DIR."
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return (
            f"The database {file} can't be opened or written. The site's user must own the file and write in its "
            "folder. Check DATABASE_URL and DATA_DIR."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"The database {file} can't be written: {error}. Is the disk full?"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"Another program is writing to {file}. Try again in a minute."
    return None


def _explain_postgresql(error: psycopg.Error) -> str | None:
    said: dict[str, Any] = settings.DATABASES["default"]
    host, port = said.get("HOST") or "localhost", said.get("PORT") or 5432
    if error.sqlstate == "25006":
        return "The database can only be read: PostgreSQL refuses to write."
    if error.sqlstate == "53100":
        return "The disk of the PostgreSQL server is full."
    if error.sqlstate == "42501":
        return f"The user in DATABASE_URL may not do this: {str(error).splitlines()[0]}"
    for pattern, sentence in POSTGRESQL_FAULTS:
        if found := re.search(pattern, str(error)):
            return sentence.format(*(found.groups() or [""]), where=f"{host}:{port}", host=host)
    no_answer = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
    return (
        f"The PostgreSQL at {host}:{port} can't be reached: {str(error).splitlines()[0]}"
        if no_answer
        else None
    )
