"""The index: a table of documents in folded spelling, kept by the database itself, so that no write passes it by.

It is made of other tables, so every migrate throws it away and makes it anew. It is lifted before, because a migration
that remakes a table fails where views or triggers speak of it, and on SQLite drops those of the table itself.
"""

from typing import Any

from django.db import connections, transaction

from claims.search.index_sources import SOURCE_TABLES

from . import postgresql, sqlite

SEARCH_ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def drop_search_index(using: str = "default", **_: Any) -> None:
    """Take views and triggers away; a receiver of pre_migrate."""
    run_statements(using, SEARCH_ENGINES[connections[using].vendor].drop_statements())


def build_search_index(using: str = "default", **_: Any) -> None:
    """Make the index from what the tables hold; a receiver of post_migrate."""
    if not is_schema_ready(using):
        return
    engine = SEARCH_ENGINES[connections[using].vendor]
    with transaction.atomic(using=using):
        run_statements(using, engine.drop_statements())
        run_statements(using, engine.create_statements())
        run_statements(using, engine.fill_statements())


def compact_search_index(using: str = "default") -> None:
    """Let go of what the index keeps of removed texts until it tidies up by itself: after a suppression, at once."""
    run_statements(using, SEARCH_ENGINES[connections[using].vendor].COMPACT)


def run_statements(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_schema_ready(using: str) -> bool:
    """Whether the tables are as we know them; not so halfway through the migrations."""
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
