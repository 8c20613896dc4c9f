# ruff: noqa: S608 - the SQL is made of names of tables and columns, and holds no value from outside
"""Keeps the rows of `claims.models.public_claim` by triggers, so that no write is missed, whoever makes it.

The rows are derived from other tables, and the same SQL makes, checks and keeps them on both databases. Every migrate
drops the triggers first, because they would block changes of the tables below them, and makes all rows anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, transaction

from .claim import Claim
from .public_claim import NEVER, ClaimCount, PublicClaim, PublicClaimPlace, PublicClaimTopic, Scope
from .publication_sql import known_from_sql, published_sql

ALL: Final = "IS NOT NULL"  # a condition on the key of a claim, which every claim meets
_ALIASES: Final = {"": "c", "statement__": "s"}
_PUBLIC: Final = f"""SELECT c.id, c.statement_id, c.position, s.speaker_id, p.standing, c.kind, s.said_on,
  {known_from_sql(Claim, _ALIASES)}, c.settled_as, c.settled_on, c.answer <> '', coalesce(g.state, ''),
  coalesce(g.tentative, 1 = 0), g.headline IS NULL, g.headline, g.doubt, coalesce(g.moved_on, '{NEVER.isoformat()}')
FROM claims_claim c JOIN claims_statement s ON s.id = c.statement_id JOIN claims_speaker p ON p.id = s.speaker_id
LEFT JOIN claims_claimgap g ON g.claim_id = c.id
WHERE {published_sql(Claim, _ALIASES)} AND c.id {{which}}"""
_NODES: Final = """SELECT k.claim_id, h.node, k.is_unscored, k.said_on, k.statement_id, k.position
FROM (WITH RECURSIVE held(claim, node) AS (
    SELECT claim_id, {kind}_id FROM claims_claim_{kind}s WHERE claim_id {{which}}
    UNION SELECT held.claim, n.parent_id FROM held JOIN claims_{kind} n ON n.id = held.node
    WHERE n.parent_id IS NOT NULL)
  SELECT claim, node FROM held) h JOIN claims_publicclaim k ON k.claim_id = h.claim"""
_COUNTED: Final = ("standing", "kind", "state", "settled_as")
_COUNTS: Final = f"""SELECT scope, node, {", ".join(_COUNTED)}, {{sign}}count(*), {{sign}}count(headline),
  {{sign}}coalesce(sum(CAST(round(headline * 1000000) AS bigint)), 0) FROM (
    SELECT {Scope.SITE} AS scope, 0 AS node, k.* FROM claims_publicclaim k WHERE k.claim_id {{which}}
    UNION ALL SELECT {Scope.SPEAKER}, k.speaker_id, k.* FROM claims_publicclaim k WHERE k.claim_id {{which}}
    UNION ALL SELECT {Scope.TOPIC}, t.node_id, k.* FROM claims_publicclaim k
      JOIN claims_publicclaimtopic t ON t.claim_id = k.claim_id WHERE k.claim_id {{which}}
    UNION ALL SELECT {Scope.PLACE}, l.node_id, k.* FROM claims_publicclaim k
      JOIN claims_publicclaimplace l ON l.claim_id = k.claim_id WHERE k.claim_id {{which}}) counted
WHERE 1 = 1 GROUP BY scope, node, {", ".join(_COUNTED)}"""
_NODE_COLUMNS: Final = ("claim_id", "node_id", "is_unscored", "said_on", "statement_id", "position")


@dataclass(frozen=True)
class KeptTable:
    """A kept table, its columns, and the SQL of the rows that it should hold for the claims `{which}`."""

    name: str
    columns: tuple[str, ...]
    rows: str

    @property
    def listed(self) -> str:
        return ", ".join(self.columns)


KEPT_TABLES: Final = (
    KeptTable(
        PublicClaim._meta.db_table,
        (
            "claim_id", "statement_id", "position", "speaker_id", "standing", "kind", "said_on", "known_from",
            "settled_as", "settled_on", "has_answer", "state", "tentative", "is_unscored", "headline", "doubt",
            "moved_on",
        ),
        _PUBLIC,
    ),
    KeptTable(PublicClaimTopic._meta.db_table, _NODE_COLUMNS, _NODES.format(kind="topic")),
    KeptTable(PublicClaimPlace._meta.db_table, _NODE_COLUMNS, _NODES.format(kind="place")),
)  # fmt: skip
COUNTS: Final = KeptTable(
    ClaimCount._meta.db_table, ("scope", "node", *_COUNTED, "claims", "scored", "headlines"), _COUNTS
)

# What feeds the rows: for each table the columns that are read, and the claims that a change of `{row}` concerns.
_OF_STATEMENTS: Final = "SELECT id FROM claims_claim WHERE statement_id IN ({})"
_INSIDE: Final = """SELECT claim_id FROM claims_claim_{kind}s WHERE {kind}_id IN (
  WITH RECURSIVE inside(id) AS (SELECT {{row}}.id UNION
    SELECT n.id FROM claims_{kind} n JOIN inside ON n.parent_id = inside.id) SELECT id FROM inside)"""
FEEDS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "claims_claim": (
        ("id", "status", "statement_id", "position", "kind", "answer", "settled_as", "settled_on"),
        "SELECT {row}.id",
    ),
    "claims_statement": (("id", "status", "speaker_id", "said_on"), _OF_STATEMENTS.format("{row}.id")),
    "claims_speaker": (
        ("id", "standing"),
        _OF_STATEMENTS.format("SELECT id FROM claims_statement WHERE speaker_id = {row}.id"),
    ),
    "claims_claimgap": (
        ("claim_id", "state", "tentative", "headline", "doubt", "moved_on"),
        "SELECT {row}.claim_id",
    ),
    "claims_claim_topics": (("claim_id", "topic_id"), "SELECT {row}.claim_id"),
    "claims_claim_places": (("claim_id", "place_id"), "SELECT {row}.claim_id"),
    "claims_topic": (("id", "parent_id"), _INSIDE.format(kind="topic")),
    "claims_place": (("id", "parent_id"), _INSIDE.format(kind="place")),
}
EVENTS: Final = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}


# The steps ------------------------------------------------------------------------------------------------------------


def _insert(table: KeptTable, which: str) -> str:
    return f"INSERT INTO {table.name} ({table.listed}) {table.rows.format(which=which)}"


def _count(which: str, sign: str) -> str:
    """SQL that adds the claims to the counts, or takes them out."""
    added = ", ".join(f"{name} = {COUNTS.name}.{name} + excluded.{name}" for name in COUNTS.columns[-3:])
    return (
        f"INSERT INTO {COUNTS.name} ({COUNTS.listed}) {COUNTS.rows.format(which=which, sign=sign)} "
        f"ON CONFLICT (scope, node, {', '.join(_COUNTED)}) DO UPDATE SET {added}"
    )


def refresh_steps(which: str) -> list[str]:
    """The SQL that makes the rows of the claims anew, and counts them anew."""
    return [
        _count(which, "-"),
        *(f"DELETE FROM {table.name} WHERE claim_id {which}" for table in reversed(KEPT_TABLES)),
        *(_insert(table, which) for table in KEPT_TABLES),
        _count(which, "+"),
    ]


def _rebuild_steps() -> list[str]:
    tables = (COUNTS, *reversed(KEPT_TABLES))
    return [
        *(f"DELETE FROM {table.name}" for table in tables),
        *(_insert(table, ALL) for table in KEPT_TABLES),
        _count(ALL, "+"),
    ]


# Triggers -------------------------------------------------------------------------------------------------------------


def _sqlite_triggers() -> Iterator[str]:
    for table, (columns, concerned) in FEEDS.items():
        for event, rows in EVENTS.items():
            old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
            keys = " UNION ".join(concerned.format(row=row) for row in rows)
            when = f"UPDATE OF {', '.join(columns)}" if event == "UPDATE" else event
            differs = f"WHEN ({old}) IS NOT ({new})" if event == "UPDATE" else ""
            steps = "; ".join(refresh_steps(f"IN ({keys})"))
            yield f"CREATE TRIGGER {table}_kept_{event} AFTER {when} ON {table} {differs} BEGIN {steps}; END"


_REFRESH: Final = """CREATE OR REPLACE FUNCTION claims_keep_rows(keys bigint[]) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN IF cardinality(keys) > 0 THEN {steps}; END IF; END $$"""
_FUNCTION: Final = """CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {steps}; RETURN NULL; END $$"""


def _postgresql_triggers() -> Iterator[str]:
    yield _REFRESH.format(steps="; ".join(refresh_steps("= ANY(keys)")))
    yield _FUNCTION.format(name="claims_remake_rows", steps="; ".join(_rebuild_steps()))
    for table, (columns, concerned) in FEEDS.items():
        for event, rows in EVENTS.items():
            old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
            keys = " UNION ".join(concerned.format(row=row) for row in rows)
            when = f"UPDATE OF {', '.join(columns)}" if event == "UPDATE" else event
            differs = f"WHEN (({old}) IS DISTINCT FROM ({new}))" if event == "UPDATE" else ""
            name = f"{table}_kept_{event}"
            yield _FUNCTION.format(name=name, steps=f"PERFORM claims_keep_rows(ARRAY({keys}))")
            yield (
                f"CREATE OR REPLACE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW {differs} "
                f"EXECUTE FUNCTION {name}()"
            )
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_kept_TRUNCATE AFTER TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION claims_remake_rows()"
        )


def _drop_statements(vendor: str) -> list[str]:
    names = [f"{table}_kept_{event}" for table in FEEDS for event in EVENTS]
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names]
    functions = [*(f"{name}()" for name in names), "claims_remake_rows()", "claims_keep_rows(bigint[])"]
    return [f"DROP FUNCTION IF EXISTS {name} CASCADE" for name in functions]


_TRIGGERS: Final = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}


def drop_kept_rows(using: str = "default", **_: Any) -> None:
    """Drop the triggers. A receiver of pre_migrate. Afterwards the rows stay as they are."""
    with connections[using].cursor() as cursor:
        for statement in _drop_statements(connections[using].vendor):
            cursor.execute(statement)


def build_kept_rows(using: str = "default", **_: Any) -> None:
    """Make all rows anew and create the triggers. A receiver of post_migrate."""
    if not _is_schema_ready(using):
        return
    drop_kept_rows(using)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in [*_rebuild_steps(), *_TRIGGERS[connections[using].vendor]()]:
            cursor.execute(statement)


def _is_schema_ready(using: str) -> bool:
    """Whether all tables and columns exist. They do not in the middle of the migrations."""
    connection = connections[using]
    needed = {table: columns for table, (columns, _concerned) in FEEDS.items()}
    needed |= {table.name: table.columns for table in (*KEPT_TABLES, COUNTS)}
    with connection.cursor() as cursor:
        if connection.vendor not in _TRIGGERS or not needed.keys() <= set(
            connection.introspection.table_names(cursor)
        ):
            return False
        for table, columns in needed.items():
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            if not set(columns) <= {column[0] for column in cursor.description}:
                return False
    return True


# The check ------------------------------------------------------------------------------------------------------------


def kept_row_faults(using: str = "default") -> Iterator[str]:
    """Each kept row that differs from what the records give, and each that is missing or too many, in words."""
    for table in KEPT_TABLES:
        yield from _differing_rows(using, table, table.rows.format(which=ALL), "")
    yield from _differing_rows(using, COUNTS, COUNTS.rows.format(which=ALL, sign="+"), " WHERE claims <> 0")


def _differing_rows(using: str, table: KeptTable, ought: str, stored: str) -> Iterator[str]:
    found = f"SELECT {table.listed} FROM {table.name}{stored}"
    for first, second, words in (
        (ought, found, "{name}: the row {row} is missing"),
        (found, ought, "{name}: the row {row} should not be there"),
    ):
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({first}) a EXCEPT SELECT * FROM ({second}) b")
            for values in cursor.fetchall():
                told = ", ".join(f"{name} {value}" for name, value in zip(table.columns, values, strict=True))
                yield words.format(name=table.name, row=f"({told})")
