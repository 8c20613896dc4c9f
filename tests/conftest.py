"""Fixtures and hooks for all tests: browser tests are marked by their folder, and tests that commit keep the
migrations' rows.
"""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseOperations

from claims.models import append_only
from claims.models.kept_rows import COUNTS, KEPT_TABLES
from tests.django_internals import keep_serialized_database, serialized_database
from tests.prepared_database import use_prepared_database

CHROMIUM = Path("/usr/bin/chromium")
NO_BROWSER = f"e2e: no browser at {CHROMIUM} (apt-get install chromium)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            mark_as_browser_test(item)
        if is_transactional(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass by what was imported and collected, which stays to the end, and run less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def mark_as_browser_test(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.e2e)
    if CHROMIUM.exists():
        return
    if os.environ.get("E2E") == "required":
        raise pytest.UsageError(NO_BROWSER)
    item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool({"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ())))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run a few named files in this process, which is faster than starting workers.

    None: one worker for each core.
    """
    return 0 if are_few_files(config.args) else None


def are_few_files(arguments: list[str]) -> bool:
    files = [argument.split("::")[0] for argument in arguments]
    return len(files) <= 4 and all(Path(file).is_file() for file in files)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request) -> None:
    use_prepared_database(request.config)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep the rows that migrations made, such as groups, for tests that empty every table (`serialized_rollback`).

    They are stored on the class: once Playwright's event loop runs, Django opens another connection, which would have
    no copy of its own.
    """
    with django_db_blocker.unblock():
        connection: Any = connections["default"]
        rows = connection.creation.serialize_db_to_string()
        keep_serialized_database(connection, rows)


@pytest.fixture(scope="session", autouse=True)
def _emptying_tables_meets_triggers() -> Iterator[None]:
    """Remove the append-only triggers before tables are emptied, and empty last what triggers keep.

    SQLite empties them by DELETE, which the triggers refuse or follow; PostgreSQL uses TRUNCATE.
    """
    emptying = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: Any, **kwargs: Any) -> list[str]:
        statements = emptying(self, style, tables, **kwargs)
        protected = sorted(append_only.TABLES.keys() & set(tables))
        lifted = [each for table in protected for each in append_only.drop_trigger_statements(table)]
        protection = [each for table in protected for each in append_only.trigger_statements("sqlite", table)]
        kept = [f"DELETE FROM {table.name}" for table in (*KEPT_TABLES, COUNTS) if table.name in tables]
        return [*lifted, *statements, *kept, *protection]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Restore the rows after such a test too. With one file for each worker, any other file may be next."""
    try:
        return (yield)
    finally:
        # Behind the last one the database is gone, and the connection would open the one that it was made beside.
        if (
            nextitem
            and is_transactional(item)
            and (database := getattr(item, "funcargs", {}).get("django_db_blocker"))
        ):
            with database.unblock():
                connection: Any = connections["default"]
                connection.creation.deserialize_db_from_string(serialized_database(connection))


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()
