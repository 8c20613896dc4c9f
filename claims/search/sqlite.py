"""The index on SQLite: a table of documents and an FTS5 table of their words, kept by triggers.

SQLite has no user-defined SQL functions, and its parser cannot nest 1,500 calls of replace. A recursive query
therefore replaces one letter after another.
"""

from collections.abc import Iterator
from typing import Final

from claims.search.folding_blocks import LETTER_BLOCKS
from claims.search.index_sources import (
    MAX_BODY_LETTERS,
    SEARCHED_KINDS,
    SOURCE_TABLES,
    TRIGGER_EVENTS,
    SqlDialect,
    concerned_documents,
    document_select,
)

_FOLD = """' ' || trim(replace(replace(replace(
  (WITH RECURSIVE step(n, t) AS (
     SELECT 0, lower(substr({text}, 1, {most}))
     UNION ALL
     SELECT l.n, replace(step.t, l.letter, l.folded) FROM step JOIN claims_letter l
     ON l.n = (SELECT min(m.n) FROM claims_letters b CROSS JOIN claims_letter m
               ON m.n > step.n AND m.n BETWEEN b.first AND b.last
               WHERE b.last > step.n AND step.t GLOB b.pattern AND instr(step.t, m.letter)))
   SELECT t FROM step ORDER BY n DESC LIMIT 1),
  ' ', '<>'), '><', ''), '<>', ' ')) || ' '"""
_TRANSLATED = """coalesce((
  SELECT group_concat(t.value, ' {mark} ')
  FROM json_each({row}.translations) l, json_each(CASE l.type WHEN 'object' THEN l.value ELSE '{{}}' END) t
  WHERE t.key = '{column}'), '')"""

COMPACT: Final = ["INSERT INTO claims_document_words (claims_document_words) VALUES ('optimize')"]
_TABLES: Final = [
    "CREATE TABLE claims_letter (n INTEGER PRIMARY KEY, letter TEXT NOT NULL, folded TEXT NOT NULL)",
    # The letters of each block of Unicode. One test tells whether a text has any of them.
    "CREATE TABLE claims_letters (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, pattern TEXT NOT NULL)",
    """CREATE TABLE claims_document (
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, record_id INTEGER NOT NULL, day TEXT NOT NULL,
      title TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, record_id))""",
    # Only an index of the words; the texts are read from the table of documents.
    """CREATE VIRTUAL TABLE claims_document_words USING fts5(title, body, content='claims_document',
      content_rowid='id', columnsize=0, tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER claims_document_in AFTER INSERT ON claims_document BEGIN
      INSERT INTO claims_document_words (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body); END""",
    """CREATE TRIGGER claims_document_out AFTER DELETE ON claims_document BEGIN
      INSERT INTO claims_document_words (claims_document_words, rowid, title, body)
      VALUES ('delete', OLD.id, OLD.title, OLD.body); END""",
]


def fold_expression(expression: str) -> str:
    """SQL for the folded text, with a space before and after every word."""
    return _FOLD.format(text=expression, most=MAX_BODY_LETTERS)


DIALECT: Final = SqlDialect(fold_expression, "group_concat", _TRANSLATED)


def drop_statements() -> list[str]:
    triggers = [
        f"DROP TRIGGER IF EXISTS {table}_found_{event}" for table in SOURCE_TABLES for event in TRIGGER_EVENTS
    ]
    return [*triggers, *(f"DROP VIEW IF EXISTS claims_found_{kind}" for kind in SEARCHED_KINDS)]


def create_statements() -> list[str]:
    gone = [
        f"DROP TABLE IF EXISTS claims_{name}" for name in ("document_words", "document", "letter", "letters")
    ]
    views = [
        f"CREATE VIEW claims_found_{name} AS {document_select(kind, DIALECT)}"
        for name, kind in SEARCHED_KINDS.items()
    ]
    return [
        *gone,
        *_TABLES,
        *_letter_rows(),
        *views,
        *(_trigger_sql(table, event) for table in SOURCE_TABLES for event in TRIGGER_EVENTS),
    ]


def _letter_rows() -> Iterator[str]:
    first = 1
    for block in LETTER_BLOCKS:
        rows = [
            f"({number}, {_quote_text(letter)}, {_quote_text(folded)})"
            for number, (letter, folded) in enumerate(block.folded.items(), start=first)
        ]
        last, pattern = first + len(rows) - 1, _quote_text(f"*[{block.first}-{block.last}]*")
        yield f"INSERT INTO claims_letter (n, letter, folded) VALUES {', '.join(rows)}"
        yield f"INSERT INTO claims_letters (first, last, pattern) VALUES ({first}, {last}, {pattern})"
        first = last + 1


def _quote_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def fill_statements() -> list[str]:
    return [_insert_document_row(kind) for kind in SEARCHED_KINDS]


def _insert_document_row(kind: str) -> str:
    columns = "record_id, day, title, body"
    return (
        f"INSERT INTO claims_document (kind, {columns}) SELECT '{kind}', {columns} FROM claims_found_{kind}"
    )


def _trigger_sql(table: str, event: str) -> str:
    feed = SOURCE_TABLES[table]
    when = f"UPDATE OF {', '.join(feed.columns)}" if event == "UPDATE" else event
    steps = []
    for kind, select in feed.concerns.items():
        keys = concerned_documents(select, event)
        steps.append(f"DELETE FROM claims_document WHERE kind = '{kind}' AND record_id IN ({keys})")
        steps.append(f"{_insert_document_row(kind)} WHERE record_id IN ({keys})")
    return f"CREATE TRIGGER {table}_found_{event} AFTER {when} ON {table} BEGIN {'; '.join(steps)}; END"
