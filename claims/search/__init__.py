"""Search over public records. All searches go through this package; the database keeps the index up to date."""

from claims.search.queries import (
    LATEST_FIRST_ORDER,
    count_hits_by_kind,
    rank_records,
    search_records,
    suggest_title_words,
)

from .index import compact_search_index
from .synonyms import parse_query

__all__ = [
    "LATEST_FIRST_ORDER",
    "compact_search_index",
    "count_hits_by_kind",
    "parse_query",
    "rank_records",
    "search_records",
    "suggest_title_words",
]
