"""Queries to the index: which records match, how many of each kind, and in which order.

The order depends only on the query and the record itself. Weights by the rarity of a word are not used: hidden or
later records would then change the order.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from claims.records.registry import RECORD_KINDS
from claims.search.index_sources import NAME_KINDS, SEARCHED_KINDS
from claims.text.search_terms import SearchForm, SearchTerm, fold_text

LATEST_FIRST_ORDER: Final = {  # the day that sorts records of the same rank
    "claim": "-statement__said_on",
    "statement": "-said_on",
    "evidence": "-known",
    "speaker": "-latest",
    "topic": "name",
    "place": "name",
}
MAX_COMPLETION_TITLES: Final = 400


class SearchConditions:
    """A search query as SQL conditions on a document, each with its parameters."""

    def __init__(self, wanted: Sequence[SearchTerm], vendor: str) -> None:
        self.wanted, self.vendor = wanted, vendor

    def answering(self, *, bent: bool = True) -> tuple[str, list[str]]:
        """The condition that a document contains all terms.

        With `bent=False`, only in the forms that the reader typed.
        """
        condition, question = (
            ("words @@ %s::tsquery", _tsquery_of_terms(self.wanted, bent=bent))
            if self.vendor == "postgresql"
            else ("id IN (SELECT rowid FROM claims_document_words WHERE claims_document_words MATCH %s)",
                  _fts_match_of_terms(self.wanted, bent=bent))
        )  # fmt: skip
        patterns = [_phrase_pattern(term) for term in self.wanted if len(term.words) > 1]
        followed = "".join(" AND (title LIKE %s OR body LIKE %s)" for _ in patterns)
        return condition + followed, [question, *(p for pattern in patterns for p in (pattern, pattern))]

    def in_title(self, *, bent: bool) -> tuple[str, list[str]]:
        each = [_phrase_patterns(term, bent=bent) for term in self.wanted]
        condition = " AND ".join(f"({' OR '.join(['title LIKE %s'] * len(patterns))})" for patterns in each)
        return condition, [pattern for patterns in each for pattern in patterns]

    @property
    def tier(self) -> tuple[str, list[str]]:
        """SQL for the rank of a matching document: 0 if the title contains the query literally, 1 if it contains all
        terms, 2 if the document does; 3 and 4 if title or document contain them in other forms.
        """
        whole = f"% {' '.join(word for term in self.wanted for word in term.words)} %"
        title, titles = self.in_title(bent=False)
        if not any(form.bent for term in self.wanted for forms in term.forms for form in forms):
            return f"CASE WHEN title LIKE %s THEN 0 WHEN {title} THEN 1 ELSE 2 END", [whole, *titles]
        written, question = self.answering(bent=False)
        bent_title, bent_titles = self.in_title(bent=True)
        case = (
            f"CASE WHEN title LIKE %s THEN 0 WHEN {title} THEN 1 WHEN {written} THEN 2 "
            f"WHEN {bent_title} THEN 3 ELSE 4 END"
        )
        return case, [whole, *titles, *question, *bent_titles]


class RankTier(Func):
    """The rank of a matching row, from 0 (best) to 4."""

    output_field = IntegerField()

    def __init__(self, key: Any, kind: str, wanted: Sequence[SearchTerm]) -> None:
        super().__init__(key)
        self.kind, self.wanted = kind, tuple(wanted)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        key, parameters = compiler.compile(self.source_expressions[0])
        case, patterns = SearchConditions(self.wanted, connection.vendor).tier
        sql = f"(SELECT {case} FROM claims_document WHERE kind = %s AND record_id = {key})"
        return sql, [*patterns, self.kind, *parameters]


def search_records(rows: QuerySet[Any], wanted: Sequence[SearchTerm]) -> QuerySet[Any]:
    """The rows that contain every term; none if there is no term."""
    if not wanted:
        return rows.none()
    condition, parameters = SearchConditions(wanted, connection.vendor).answering()
    sql = f"SELECT record_id FROM claims_document WHERE kind = %s AND {condition}"
    return rows.filter(pk__in=RawSQL(sql, [kind_of_rows(rows), *parameters]))  # noqa: S611 - all values are parameters


def rank_records(rows: QuerySet[Any], wanted: Sequence[SearchTerm]) -> QuerySet[Any]:
    """The rows by relevance: first the query in the title, then all its words in the title, then the rest.

    Ties are sorted by the latest day, topics and places by name; then by key.
    """
    kind = kind_of_rows(rows)
    if wanted:
        rows = rows.annotate(tier=RankTier(F("pk"), kind, wanted))
    return rows.order_by(*(["tier"] if wanted else []), LATEST_FIRST_ORDER[kind], "pk")


def count_hits_by_kind(wanted: Sequence[SearchTerm], day: date) -> dict[str, int]:
    """The number of matching records of each kind that readers know of by the day.

    Topics and places have no day of their own. Readers know of them while a record refers to them.
    """
    found = dict.fromkeys(SEARCHED_KINDS, 0)
    if not wanted:
        return found
    condition, parameters = SearchConditions(wanted, connection.vendor).answering()
    known, days = ["day <= %s"], [day.isoformat()]
    for kind in NAME_KINDS:
        visible, values = RECORD_KINDS[kind].visible_rows(day).order_by().values("pk").query.sql_with_params()
        known.append(f"kind = '{kind}' AND record_id IN ({visible})")
        days += values
    sql = (
        f"SELECT kind, count(*) FROM claims_document WHERE ({' OR '.join(known)}) AND {condition} "
        "GROUP BY kind"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*days, *parameters])
        return found | dict(cursor.fetchall())


def suggest_title_words(start: str, day: date) -> set[str]:
    """Words of public titles that begin with `start`, in folded spelling. Looks at a bounded number of titles."""
    start = fold_text(start)
    sql = "SELECT title FROM claims_document WHERE day <= %s AND title LIKE %s ORDER BY kind, record_id LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [day.isoformat(), f"% {start}%", MAX_COMPLETION_TITLES])
        titles = [title for (title,) in cursor.fetchall()]
    return {word for title in titles for word in title.split() if word.startswith(start)}


def kind_of_rows(rows: QuerySet[Any]) -> str:
    return str(rows.model._meta.model_name)


# In the engines' own ways of asking -----------------------------------------------------------------------------------


def _tsquery_of_terms(wanted: Sequence[SearchTerm], *, bent: bool) -> str:
    def lexeme(form: SearchForm) -> str:
        quoted = form.word.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}'{':*' if form.starts else ''}"

    return " & ".join(f"({' | '.join(map(lexeme, forms))})" for forms in _sought_forms(wanted, bent=bent))


def _fts_match_of_terms(wanted: Sequence[SearchTerm], *, bent: bool) -> str:
    def phrase(form: SearchForm) -> str:
        quoted = form.word.replace('"', '""')
        return f'"{quoted}"{"*" if form.starts else ""}'

    return " AND ".join(f"({' OR '.join(map(phrase, forms))})" for forms in _sought_forms(wanted, bent=bent))


def _sought_forms(wanted: Sequence[SearchTerm], *, bent: bool) -> list[list[SearchForm]]:
    """For each word, the forms that match it."""
    return [[form for form in forms if bent or not form.bent] for term in wanted for forms in term.forms]


def _phrase_pattern(term: SearchTerm) -> str:
    """The LIKE pattern of a phrase. Only its last word may be the beginning of a longer word."""
    last = term.forms[-1][0]
    return f"% {' '.join(term.words)}{'%' if last.starts else ' %'}"


def _phrase_patterns(term: SearchTerm, *, bent: bool) -> list[str]:
    if len(term.words) > 1:
        return [_phrase_pattern(term)]
    (forms,) = _sought_forms([term], bent=bent)
    return [f"% {form.word}{'%' if form.starts else ' %'}" for form in forms]
