"""The index on PostgreSQL: a table of documents with a tsvector column and a GIN index, kept by triggers."""

from collections.abc import Iterable
from typing import Final

from claims.search.folding_blocks import LETTER_BLOCKS, LetterBlock
from claims.search.index_sources import (
    MAX_BODY_LETTERS,
    SEARCHED_KINDS,
    SOURCE_TABLES,
    TRIGGER_EVENTS,
    SqlDialect,
    concerned_documents,
    document_select,
)
from claims.text.search_terms import LONGEST_SEARCH_WORD

_TRANSLATED = """coalesce((
  SELECT string_agg(t.value, ' {mark} ')
  FROM jsonb_each(CASE jsonb_typeof({row}.translations) WHEN 'object' THEN {row}.translations ELSE '{{}}' END) l,
       jsonb_each_text(CASE jsonb_typeof(l.value) WHEN 'object' THEN l.value ELSE '{{}}' END) t
  WHERE t.key = '{column}'), '')"""

COMPACT: Final[list[str]] = []  # nothing to run: the next vacuum removes dead rows
_TABLES: Final = [
    """CREATE TABLE claims_document (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, record_id bigint NOT NULL,
      day text NOT NULL, title text NOT NULL, body text NOT NULL, words tsvector NOT NULL, UNIQUE (kind, record_id))""",
    "CREATE INDEX claims_document_words ON claims_document USING gin (words)",  # every search
]
ALL_EVENTS: Final = (*TRIGGER_EVENTS, "TRUNCATE")
# Only spaces separate words. PostgreSQL's own parsers treat "al-Qaeda" or "www" in a special way.
_WORDS = f"""CREATE OR REPLACE FUNCTION claims_words(folded text) RETURNS tsvector IMMUTABLE LANGUAGE sql AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT left(w, {LONGEST_SEARCH_WORD}) FROM unnest(string_to_array(folded, ' ')) w WHERE w <> '')) $$"""


def fold_expression(expression: str) -> str:
    """SQL for the folded text, with a space before and after every word."""
    return f"claims_fold({expression})"


def _fold_function() -> str:
    steps = "".join(map(_translate_step, LETTER_BLOCKS))
    return f"""CREATE OR REPLACE FUNCTION claims_fold(raw text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
    DECLARE t text := lower(substr(raw, 1, {MAX_BODY_LETTERS}) COLLATE "C");
    BEGIN
      {steps}
      RETURN ' ' || trim(replace(replace(replace(t, ' ', '<>'), '><', ''), '<>', ' ')) || ' ';
    END $$"""


def _translate_step(block: LetterBlock) -> str:
    """A call of `translate`.

    It removes letters without a counterpart at the end of its first list, so removed letters are last.
    """
    single = {letter: folded for letter, folded in block.folded.items() if len(folded) == 1}
    gone = [letter for letter, folded in block.folded.items() if not folded]
    folding = f"translate(t, {_quote_letters([*single, *gone])}, {_quote_letters(single.values())})"
    for letter, folded in block.folded.items():
        if len(folded) > 1:
            folding = f"replace({folding}, {_quote_letters([letter])}, {_quote_letters(folded)})"
    stretch = f"'[\\u{ord(block.first):04x}-\\u{ord(block.last):04x}]'"
    return f"IF t ~ {stretch} THEN t := {folding}; END IF; "


def _quote_letters(letters: Iterable[str]) -> str:
    text = "".join(letters)
    return "U&'" + "".join(f"\\+{ord(c):06x}" for c in text) + "'"


DIALECT: Final = SqlDialect(fold_expression, "string_agg", _TRANSLATED)


def drop_statements() -> list[str]:
    return [
        *(
            f"DROP FUNCTION IF EXISTS {table}_found_{event}() CASCADE"
            for table in SOURCE_TABLES
            for event in ALL_EVENTS
        ),
        *(f"DROP FUNCTION IF EXISTS claims_find_{kind}(bigint[])" for kind in SEARCHED_KINDS),
        *(f"DROP VIEW IF EXISTS claims_found_{kind}" for kind in SEARCHED_KINDS),
    ]


def create_statements() -> list[str]:
    views = [
        f"CREATE VIEW claims_found_{name} AS {document_select(kind, DIALECT)}"
        for name, kind in SEARCHED_KINDS.items()
    ]
    feeding = [
        sql
        for table in SOURCE_TABLES
        for event in TRIGGER_EVENTS
        for sql in _trigger_statements_of(table, event)
    ]
    emptying = [sql for table in SOURCE_TABLES for sql in _truncate_trigger(table)]
    return [
        "DROP TABLE IF EXISTS claims_document", _fold_function(), _WORDS, *_TABLES, *views,
        *map(_refresh_document, SEARCHED_KINDS), *feeding, *emptying,
    ]  # fmt: skip


def fill_statements() -> list[str]:
    return [_insert_document(kind) for kind in SEARCHED_KINDS]


def _insert_document(kind: str) -> str:
    return (
        "INSERT INTO claims_document (kind, record_id, day, title, body, words) "
        f"SELECT '{kind}', record_id, day, title, body, claims_words(title || body) FROM claims_found_{kind}"
    )


def _refresh_document(kind: str) -> str:
    """SQL that writes the current document. On a conflict, another transaction has committed an older document."""
    return f"""CREATE FUNCTION claims_find_{kind}(keys bigint[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      DELETE FROM claims_document WHERE kind = '{kind}' AND record_id = ANY(keys);
      {_insert_document(kind)} WHERE record_id = ANY(keys)
      ON CONFLICT (kind, record_id) DO UPDATE
      SET day = excluded.day, title = excluded.title, body = excluded.body, words = excluded.words;
    END $$"""


def _trigger_statements_of(table: str, event: str) -> list[str]:
    feed = SOURCE_TABLES[table]
    when = f"UPDATE OF {', '.join(feed.columns)}" if event == "UPDATE" else event
    steps = "".join(
        f"PERFORM claims_find_{kind}(ARRAY({concerned_documents(select, event)})); "
        for kind, select in feed.concerns.items()
    )
    name = f"{table}_found_{event}"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {steps} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _truncate_trigger(table: str) -> list[str]:
    """SQL for a trigger on TRUNCATE, which fires no row triggers."""
    name, kinds = f"{table}_found_TRUNCATE", SOURCE_TABLES[table].concerns
    steps = "".join(
        f"DELETE FROM claims_document WHERE kind = '{kind}'; {_insert_document(kind)}; " for kind in kinds
    )
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {steps} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]
