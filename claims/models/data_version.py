"""A token that every write to a table of this app replaces, in the transaction of the write.

What is made from the records can be stored under the token. Triggers replace it, so that no write is missed, whoever
makes it. It is random, because a number would come again after a rollback or with a restored backup.
"""

from typing import Any

from django.apps import apps
from django.db import connection, connections

_READ = "SELECT token FROM claims_dataversion"
_CREATE = [
    "CREATE TABLE IF NOT EXISTS claims_dataversion (id integer PRIMARY KEY CHECK (id = 1), token text NOT NULL)",
    "INSERT INTO claims_dataversion (id, token) VALUES (1, '') ON CONFLICT (id) DO NOTHING",
]
_SQLITE = """
CREATE TRIGGER {table}_version_{event} AFTER {event} ON {table}
BEGIN UPDATE claims_dataversion SET token = lower(hex(randomblob(16))); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION claims_renew_dataversion() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN UPDATE claims_dataversion SET token = gen_random_uuid(); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER {table}_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION claims_renew_dataversion()
"""


def data_version() -> str:
    """The present token. Read it before the records: what is then read is of this token or newer."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return str(cursor.fetchone()[0])


def watched_tables() -> list[str]:
    """All tables of the app, those of relations too."""
    return sorted(
        model._meta.db_table for model in apps.get_app_config("claims").get_models(include_auto_created=True)
    )


def trigger_statements(vendor: str, table: str) -> list[str]:
    """The SQL statements that make each write to the table replace the token; empty for an unknown kind of database."""
    if vendor == "postgresql":
        return [_POSTGRESQL.format(table=table)]
    events = ("INSERT", "UPDATE", "DELETE") if vendor == "sqlite" else ()
    dropped = [f"DROP TRIGGER IF EXISTS {table}_version_{event}" for event in events]
    return [*dropped, *(_SQLITE.format(table=table, event=event) for event in events)]


def install_data_version(using: str = "default", **_: Any) -> None:
    """Create the token and its triggers; a receiver of post_migrate."""
    of_database = connections[using]
    with of_database.cursor() as cursor:
        for statement in _CREATE:
            cursor.execute(statement)
        there = set(of_database.introspection.table_names(cursor))
        for table in watched_tables():
            for statement in trigger_statements(of_database.vendor, table) if table in there else ():
                cursor.execute(statement)
