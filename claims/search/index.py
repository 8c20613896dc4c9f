"""The search index: a table of documents in folded spelling. Triggers keep it up to date, so that no write is missed.

The index is derived from other tables, so every migrate drops and rebuilds it. It is dropped first, because a
migration that rebuilds a table fails if views or triggers use it, and because SQLite drops the triggers of such a
table.
"""

from typing import Any

from django.db import connections, transaction

from claims.search.index_sources import SEARCHED_KINDS, SOURCE_TABLES

from . import postgresql, sqlite

SEARCH_ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def drop_search_index(using: str = "default", **_: Any) -> None:
    """Drop the views and triggers. A receiver of pre_migrate."""
    run_statements(using, SEARCH_ENGINES[connections[using].vendor].drop_statements())


def build_search_index(using: str = "default", **_: Any) -> None:
    """Build the index from the current tables. A receiver of post_migrate."""
    if not is_schema_ready(using):
        return
    engine = SEARCH_ENGINES[connections[using].vendor]
    with transaction.atomic(using=using):
        run_statements(using, engine.drop_statements())
        run_statements(using, engine.create_statements())
        run_statements(using, engine.fill_statements())


def compact_search_index(using: str = "default") -> None:
    """Make the index discard removed texts at once, instead of at its next clean-up. For use after a suppression."""
    run_statements(using, SEARCH_ENGINES[connections[using].vendor].COMPACT)


def index_faults(using: str = "default") -> list[str]:
    """What is missing from the index: a kind of record and how many documents are too few or too many."""
    faults = []
    with connections[using].cursor() as cursor:
        for kind in SEARCHED_KINDS:
            cursor.execute(f"SELECT count(*) FROM claims_found_{kind}")
            wanted = cursor.fetchone()[0]
            cursor.execute("SELECT count(*) FROM claims_document WHERE kind = %s", [kind])
            found = cursor.fetchone()[0]
            if found != wanted:
                faults.append(f"{kind}: {found} of {wanted}")
    return faults


def run_statements(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_schema_ready(using: str) -> bool:
    """Whether all tables and columns of the index exist. They do not in the middle of the migrations."""
    connection = connections[using]
    if connection.vendor not in SEARCH_ENGINES:
        return False
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        return SOURCE_TABLES.keys() <= there and all(
            set(feed.columns) <= _column_names(cursor, table) for table, feed in SOURCE_TABLES.items()
        )


def _column_names(cursor: Any, table: str) -> set[str]:
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    return {column[0] for column in cursor.description}
