"""The texts that search looks in: for each kind of record its title, its other texts, and those of related records.

This is the only list of them. `index.py` makes the views and triggers of both databases from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from claims.models import Claim, Evidence, Statement
from claims.models.publication_sql import known_from_sql, published_sql

TEXT_BREAK: Final = "¶"  # separates texts; no phrase matches across it
MAX_BODY_LETTERS: Final = 100_000  # letters; only the beginning of a longer text is searched


@dataclass(frozen=True)
class TextColumn:
    """A text column. Its translations in the record's JSON belong to it."""

    row: str  # the alias of its table
    column: str


@dataclass(frozen=True)
class SearchKind:
    """The documents of one kind of record. The index holds only rows for which `public` is true."""

    title: TextColumn
    body: tuple[TextColumn, ...]
    rows: str
    day: str  # the day from which readers know of it
    public: str = "1 = 1"
    roles: bool = False


_SPOKEN = "JOIN claims_speaker p ON p.id = s.speaker_id"
_SAID_BY_SPEAKER = {"": "said"}
_SAID = f"claims_statement said WHERE said.speaker_id = p.id AND {published_sql(Statement, _SAID_BY_SPEAKER)}"
_NO_DAY: Final = "'9999-12-31'"  # after every day that a reader can ask for
SEARCHED_KINDS: Final[dict[str, SearchKind]] = {
    "claim": SearchKind(
        title=TextColumn("c", "proposition"),
        body=(
            TextColumn("c", "quote"),
            TextColumn("c", "governing_words"),
            TextColumn("c", "answer"),
            TextColumn("c", "uncheckable_reason"),
            TextColumn("c", "criterion"),
            TextColumn("s", "title"),
            TextColumn("p", "name"),
        ),
        rows=f"claims_claim c JOIN claims_statement s ON s.id = c.statement_id {_SPOKEN}",
        public=published_sql(Claim, {"": "c", "statement__": "s"}),
        day=known_from_sql(Claim, {"": "c", "statement__": "s"}),
    ),
    "statement": SearchKind(
        title=TextColumn("s", "title"),
        body=(
            TextColumn("s", "text"),
            TextColumn("s", "reported_text"),
            TextColumn("s", "original_text"),
            TextColumn("s", "occasion"),
            TextColumn("p", "name"),
        ),
        rows=f"claims_statement s {_SPOKEN}",
        public=published_sql(Statement, {"": "s"}),
        day=known_from_sql(Statement, {"": "s"}),
    ),
    "evidence": SearchKind(
        title=TextColumn("e", "summary"),
        body=(TextColumn("e", "detail"), TextColumn("o", "name")),
        rows="claims_evidence e JOIN claims_source o ON o.id = e.source_id",
        public=published_sql(Evidence, {"": "e"}),
        day=known_from_sql(Evidence, {"": "e"}),
    ),
    "speaker": SearchKind(
        title=TextColumn("p", "name"),
        body=(TextColumn("p", "about"),),
        rows="claims_speaker p",
        public=f"EXISTS (SELECT 1 FROM {_SAID})",
        day=f"(SELECT min({known_from_sql(Statement, _SAID_BY_SPEAKER)}) FROM {_SAID})",
        roles=True,
    ),
    "topic": SearchKind(
        title=TextColumn("t", "name"), body=(TextColumn("t", "about"),), rows="claims_topic t", day=_NO_DAY
    ),
    "place": SearchKind(title=TextColumn("l", "name"), body=(), rows="claims_place l", day=_NO_DAY),
}
# Kinds that are public while something public refers to them, or to what lies within them. Their documents are
# there always; whoever searches them asks `visible_rows` of the kind which of them readers see.
NAME_KINDS: Final = ("topic", "place")


@dataclass(frozen=True)
class IndexFeed:
    """A table that feeds the index: its watched columns, and the documents that a change of the row `{row}` affects."""

    columns: tuple[str, ...]
    concerns: dict[str, str]


_OF_SPEAKER = "SELECT id FROM claims_statement WHERE speaker_id = {row}.id"
SOURCE_TABLES: Final[dict[str, IndexFeed]] = {
    "claims_claim": IndexFeed(
        (
            "id", "status", "statement_id", "proposition", "quote", "governing_words", "answer", "uncheckable_reason",
            "criterion", "translations",
        ),
        {"claim": "SELECT {row}.id"},
    ),
    "claims_statement": IndexFeed(
        (
            "id", "status", "speaker_id", "said_on", "title", "text", "reported_text", "original_text", "occasion",
            "translations",
        ),
        {
            "statement": "SELECT {row}.id",
            "claim": "SELECT id FROM claims_claim WHERE statement_id = {row}.id",
            "speaker": "SELECT {row}.speaker_id",
        },
    ),
    "claims_evidence": IndexFeed(
        ("id", "status", "source_id", "known", "summary", "detail", "translations"),
        {"evidence": "SELECT {row}.id"},
    ),
    "claims_source": IndexFeed(
        ("id", "name", "translations"),
        {"evidence": "SELECT id FROM claims_evidence WHERE source_id = {row}.id"},
    ),
    "claims_speaker": IndexFeed(
        ("id", "name", "about", "translations"),
        {
            "speaker": "SELECT {row}.id",
            "statement": _OF_SPEAKER,
            "claim": f"SELECT id FROM claims_claim WHERE statement_id IN ({_OF_SPEAKER})",
        },
    ),
    "claims_role": IndexFeed(
        ("id", "speaker_id", "title", "translations"),
        {"speaker": "SELECT {row}.speaker_id"},
    ),
    "claims_topic": IndexFeed(("id", "name", "about", "translations"), {"topic": "SELECT {row}.id"}),
    "claims_place": IndexFeed(("id", "name", "translations"), {"place": "SELECT {row}.id"}),
}  # fmt: skip
TRIGGER_EVENTS: Final = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}


def concerned_documents(select: str, event: str) -> str:
    """SQL for the keys of the documents that an event on a row affects."""
    return " UNION ".join(select.format(row=row) for row in TRIGGER_EVENTS[event])


@dataclass(frozen=True)
class SqlDialect:
    """The SQL that differs between the two databases. `translated` collects a column's translations."""

    fold: Callable[[str], str]
    gather: str
    translated: str


def document_select(kind: SearchKind, dialect: SqlDialect) -> str:
    """SQL that selects the public documents of a kind from the current tables."""
    body = [_text_expression(text, dialect) for text in kind.body]
    if kind.roles:
        roles = f"{dialect.gather}({_text_expression(TextColumn('r', 'title'), dialect)}, ' {TEXT_BREAK} ')"
        body.append(f"coalesce((SELECT {roles} FROM claims_role r WHERE r.speaker_id = p.id), '')")
    title = dialect.fold(_text_expression(kind.title, dialect))
    return (
        f"SELECT {kind.title.row}.id AS record_id, {kind.day} AS day, {title} AS title, "
        f"{dialect.fold(_join_expressions(body))} AS body FROM {kind.rows} WHERE {kind.public}"
    )


def _text_expression(text: TextColumn, dialect: SqlDialect) -> str:
    translated = dialect.translated.format(row=text.row, column=text.column, mark=TEXT_BREAK)
    return _join_expressions([f"{text.row}.{text.column}", translated])


def _join_expressions(parts: list[str]) -> str:
    return f" || ' {TEXT_BREAK} ' || ".join(parts) or "''"
