"""The state of an installation, part by part. A check says what is right, or raises Fault with what is wrong."""

import os
from collections.abc import Callable, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from claims.copies.copy_checks import copy_faults
from claims.ledger.entries import format_head
from claims.ledger.verification import ledger_head
from claims.models import PageCopy
from claims.models.kept_rows import kept_row_faults
from claims.search.index import index_faults
from claims.selectors.storage_state import free_bytes, is_database_read_only
from tracker import health
from tracker.database_faults import explain_database_error
from tracker.file_permissions import open_files
from tracker.operations.checks import misspelt_settings

CLOCK_TOLERANCE = timedelta(minutes=2)


class Fault(Exception):
    """What is wrong with one part of the installation, and what to do, in one sentence."""


def check_settings() -> str:
    if found := misspelt_settings():
        raise Fault(" ".join(found))
    return "every name is known"


def check_data_folder() -> str:
    folder = settings.DATA_DIR
    if not folder.is_dir():
        raise Fault(f"DATA_DIR names the folder {folder}, which does not exist: mkdir -p {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Fault(f"DATA_DIR names the folder {folder}, in which the site's user can't write.")
    return f"{folder} can be written"


def check_permissions() -> str:
    if found := open_files(settings.DATA_DIR):
        raise Fault(
            f"Other users can read or write {found[0]}, and perhaps more: chmod -R go= {settings.DATA_DIR}"
        )
    return "for the site's user only"


def check_disk() -> str:
    if warning := health.disk_warning():
        raise Fault(f"The disk is {warning['disk']}.")
    return ", ".join(f"{free // 2**20} MB left at {place}" for place, free in sorted(free_bytes().items()))


def check_static_files() -> str:
    if health.static_trouble():
        raise Fault("The static files are not collected: run manage.py collectstatic --noinput")
    storage: Any = storages["staticfiles"]
    collected = getattr(storage, "hashed_files", None)
    if collected is None:
        return "served from where they are"
    wanted = {path for finder in finders.get_finders() for path, _storage in finder.list([])}
    if missing := wanted - collected.keys():
        raise Fault(
            f"{len(missing)} static file(s) of this version are not collected: run manage.py collectstatic --noinput"
        )
    return f"{len(collected)} collected"


def check_database() -> str:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Fault(explain_database_error(error) or f"The database does not answer: {error}") from error
    if is_database_read_only():
        raise Fault(
            "The database can only be read, so nothing can be saved. Check the owner of its file and folder."
        )
    return f"{connection.vendor} answers and can be written"


def check_migrations() -> str:
    missing = health.missing_migrations()
    if missing:
        raise Fault(f"{len(missing)} app(s) have migrations that are not applied: run manage.py migrate")
    unknown = unknown_migrations()
    if unknown:
        raise Fault(
            f"The database was migrated by a newer version of the software: it has {unknown[0]}, which is not here."
        )
    return "all applied"


def unknown_migrations() -> list[str]:
    """Migrations of installed apps that the database has and the software does not."""
    return list_newer_migrations(
        set(MigrationRecorder(connection).applied_migrations()), health.all_migrations()
    )


def list_newer_migrations(applied: Set[tuple[str, str]], known: Set[tuple[str, str]]) -> list[str]:
    apps = {app for app, _name in known}
    return [f"{app}.{name}" for app, name in sorted(applied - known) if app in apps]


def check_search_index() -> str:
    try:
        faults = index_faults()
    except DatabaseError as error:
        raise Fault("The search index is missing: run manage.py migrate, which rebuilds it") from error
    if faults:
        raise Fault(
            f"The search index is incomplete ({', '.join(faults)}): run manage.py migrate, which rebuilds it"
        )
    return "complete"


def check_kept_rows() -> str:
    try:
        fault = next(kept_row_faults(), None)
    except DatabaseError as error:
        raise Fault("The rows by which lists are made are missing: run manage.py migrate") from error
    if fault:
        raise Fault(
            f"Lists are made from a wrong row ({fault}): run manage.py migrate, which makes all of them anew"
        )
    return "as the records give them"


def check_clock() -> str:
    """The clock against the newest entry of the ledger, and against PostgreSQL's."""
    now = timezone.now()
    head = ledger_head()
    if head and head.at > now + CLOCK_TOLERANCE:
        raise Fault(
            f"The clock says {now:%Y-%m-%d %H:%M} UTC, which is before the ledger's last entry, of {head.at:%Y-%m-%d}."
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            other: datetime = cursor.fetchone()[0]
        if abs(other - timezone.now()) > CLOCK_TOLERANCE:
            raise Fault(
                f"This machine's clock and PostgreSQL's differ by {abs(other - timezone.now()).seconds // 60} minutes."
            )
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def check_ledger() -> str:
    head = ledger_head()
    if head is None:
        return "empty: nothing is public yet"
    days = (timezone.now() - head.at).days
    return f"head {format_head(head)}, entered {days} day(s) ago (verify_ledger verifies it)"


def check_gaps() -> str:
    if warning := health.gap_warning():
        raise Fault(f"The gaps are {warning['gaps']}")
    return "scored since yesterday"


def check_copies() -> str:
    if faults := list(copy_faults()):
        more = f" So it is with {len(faults) - 1} more." if len(faults) > 1 else ""
        raise Fault(f"{faults[0]}{more} Put the files back from a backup, or capture the addresses again.")
    return f"{PageCopy.objects.count()} kept, no file missing or changed"


NEEDS_DATABASE = "database"
NEEDS_TABLES = "migrations"
# For each part its check, and the part without which it can't be asked.
PARTS: dict[str, tuple[Callable[[], str], str]] = {
    "settings": (check_settings, ""),
    "data folder": (check_data_folder, ""),
    "permissions": (check_permissions, ""),
    "disk": (check_disk, ""),
    "static files": (check_static_files, ""),
    "database": (check_database, ""),
    "migrations": (check_migrations, NEEDS_DATABASE),
    "search index": (check_search_index, NEEDS_TABLES),
    "rows of lists": (check_kept_rows, NEEDS_TABLES),
    "clock": (check_clock, NEEDS_TABLES),
    "ledger": (check_ledger, NEEDS_TABLES),
    "gaps": (check_gaps, NEEDS_TABLES),
    "copies": (check_copies, NEEDS_TABLES),
}
