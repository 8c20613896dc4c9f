"""Which texts are found by words: of each kind of record its title, the texts around it, and what those hang on.

The one place that says so. `index.py` makes views and triggers of it, in either dialect.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

BREAK: Final = "¶"  # between texts; no phrase goes across it
WHOLE_BODY: Final = 100_000  # letters; what is longer is found by its beginning


@dataclass(frozen=True)
class Text:
    """A column, with its translations in the record's JSON."""

    row: str  # the alias of its table
    column: str


@dataclass(frozen=True)
class Kind:
    """A kind of record as it is found. Only rows that `public` lets through are in the index at all."""

    title: Text
    body: tuple[Text, ...]
    rows: str
    public: str
    day: str  # the day from which readers know of it
    roles: bool = False


_SPOKEN = "JOIN claims_speaker p ON p.id = s.speaker_id"
_SAID = "claims_statement said WHERE said.speaker_id = p.id AND said.status = 'published'"
KINDS: Final[dict[str, Kind]] = {
    "claim": Kind(
        title=Text("c", "proposition"),
        body=(Text("c", "quote"), Text("c", "criterion"), Text("s", "title"), Text("p", "name")),
        rows=f"claims_claim c JOIN claims_statement s ON s.id = c.statement_id {_SPOKEN}",
        public="c.status = 'published' AND s.status = 'published'",
        day="substr(s.said_on, 12, 10)",
    ),
    "statement": Kind(
        title=Text("s", "title"),
        body=(Text("s", "text"), Text("s", "original_text"), Text("s", "occasion"), Text("p", "name")),
        rows=f"claims_statement s {_SPOKEN}",
        public="s.status = 'published'",
        day="substr(s.said_on, 12, 10)",
    ),
    "evidence": Kind(
        title=Text("e", "summary"),
        body=(Text("e", "detail"), Text("o", "name")),
        rows="claims_evidence e JOIN claims_source o ON o.id = e.source_id",
        public="e.status = 'published'",
        day="substr(e.known, 12, 10)",
    ),
    "speaker": Kind(
        title=Text("p", "name"),
        body=(Text("p", "about"),),
        rows="claims_speaker p",
        public=f"EXISTS (SELECT 1 FROM {_SAID})",
        day=f"(SELECT min(substr(said.said_on, 12, 10)) FROM {_SAID})",
        roles=True,
    ),
}


@dataclass(frozen=True)
class Feed:
    """A table whose rows the index is made of: its columns there, and whom a changed row (`{row}`) concerns."""

    columns: tuple[str, ...]
    concerns: dict[str, str]


_OF_SPEAKER = "SELECT id FROM claims_statement WHERE speaker_id = {row}.id"
FEEDS: Final[dict[str, Feed]] = {
    "claims_claim": Feed(
        ("id", "status", "statement_id", "proposition", "quote", "criterion", "translations"),
        {"claim": "SELECT {row}.id"},
    ),
    "claims_statement": Feed(
        ("id", "status", "speaker_id", "said_on", "title", "text", "original_text", "occasion", "translations"),
        {
            "statement": "SELECT {row}.id",
            "claim": "SELECT id FROM claims_claim WHERE statement_id = {row}.id",
            "speaker": "SELECT {row}.speaker_id",
        },
    ),
    "claims_evidence": Feed(
        ("id", "status", "source_id", "known", "summary", "detail", "translations"),
        {"evidence": "SELECT {row}.id"},
    ),
    "claims_source": Feed(
        ("id", "name", "translations"),
        {"evidence": "SELECT id FROM claims_evidence WHERE source_id = {row}.id"},
    ),
    "claims_speaker": Feed(
        ("id", "name", "about", "translations"),
        {
            "speaker": "SELECT {row}.id",
            "statement": _OF_SPEAKER,
            "claim": f"SELECT id FROM claims_claim WHERE statement_id IN ({_OF_SPEAKER})",
        },
    ),
    "claims_role": Feed(
        ("id", "speaker_id", "title", "translations"),
        {"speaker": "SELECT {row}.speaker_id"},
    ),
}  # fmt: skip
EVENTS: Final = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}


def concerned(select: str, event: str) -> str:
    """The keys of the documents that an event on a row concerns."""
    return " UNION ".join(select.format(row=row) for row in EVENTS[event])


@dataclass(frozen=True)
class Dialect:
    """What the two databases spell differently. `translated` gathers a column's translations."""

    fold: Callable[[str], str]
    gather: str
    translated: str


def selected(kind: Kind, dialect: Dialect) -> str:
    """The public documents of a kind, made of the tables as they stand."""
    body = [_texts(text, dialect) for text in kind.body]
    if kind.roles:
        roles = f"{dialect.gather}({_texts(Text('r', 'title'), dialect)}, ' {BREAK} ')"
        body.append(f"coalesce((SELECT {roles} FROM claims_role r WHERE r.speaker_id = p.id), '')")
    title = dialect.fold(_texts(kind.title, dialect))
    return (
        f"SELECT {kind.title.row}.id AS record_id, {kind.day} AS day, {title} AS title, "
        f"{dialect.fold(_joined(body))} AS body FROM {kind.rows} WHERE {kind.public}"
    )


def _texts(text: Text, dialect: Dialect) -> str:
    translated = dialect.translated.format(row=text.row, column=text.column, mark=BREAK)
    return _joined([f"{text.row}.{text.column}", translated])


def _joined(parts: list[str]) -> str:
    return f" || ' {BREAK} ' || ".join(parts)
