"""Append-only tables: the database refuses to change or delete their rows.

The triggers are installed after every migration, because SQLite drops them when a migration rebuilds their table.
"""

from typing import Any

from django.apps import apps
from django.db import connections

# Table: columns that a suppression may change. All other columns, and the row, can never be changed.
TABLES: dict[str, frozenset[str]] = {
    "claims_snapshot": frozenset({"inputs", "digest"}),
    "claims_methodchange": frozenset(),
    "claims_grading": frozenset({"decisive_clause", "rationale", "translations"}),
    "claims_entry": frozenset({"content", "nonce", "subject"}),
}

_SQLITE = """
CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()
"""


def trigger_statements(vendor: str, table: str) -> list[str]:
    """The SQL statements that make the table append-only; empty for an unknown kind of database."""
    template = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}.get(vendor)
    if not template:
        return []
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    columns = [str(f.column) for f in model._meta.concrete_fields if f.column not in TABLES[table]]
    events = {"UPDATE": f"UPDATE OF {', '.join(columns)}", "DELETE": "DELETE"}
    made = [template.format(table=table, name=name, event=event) for name, event in events.items()]
    return [*drop_trigger_statements(table), *made] if vendor == "sqlite" else made


def drop_trigger_statements(table: str) -> list[str]:
    """The SQL statements that drop the triggers on SQLite, which cannot replace a trigger."""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{name}" for name in ("UPDATE", "DELETE")]


def install_triggers(using: str = "default", **_: Any) -> None:
    """Install the triggers; a receiver of post_migrate."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in TABLES.keys() & set(connection.introspection.table_names()):
            for statement in trigger_statements(connection.vendor, table):
                cursor.execute(statement)
