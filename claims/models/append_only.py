"""Snapshots are appended and never changed: the database itself refuses.

Installed after every migration, because SQLite drops triggers when a migration remakes their table.
"""

from typing import Any

from django.db import connections

TABLE = "claims_snapshot"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()
"""


def statements(vendor: str) -> list[str]:
    """What makes the table append-only on a database; nothing where we know no way."""
    template = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}.get(vendor)
    return [template.format(table=TABLE, verb=verb) for verb in ("UPDATE", "DELETE")] if template else []


def protect(using: str = "default", **_: Any) -> None:
    """Install the triggers; a receiver of post_migrate."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
