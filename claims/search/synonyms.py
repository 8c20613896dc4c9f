"""Search terms of a query, each with the synonyms that editors keep."""

from claims.models import Synonyms
from claims.models.synonyms import MOST_LISTS
from claims.text.search_terms import SearchTerm, parse_search_terms
from claims.text.synonyms import synonyms_by_word


def parse_query(words: str) -> list[SearchTerm]:
    """The terms of a query. The synonyms are read in one query, and only if there is a term."""
    if not parse_search_terms(words):
        return []
    lists = Synonyms.objects.order_by("pk").values_list("words", flat=True)[:MOST_LISTS]
    return parse_search_terms(words, synonyms_by_word(lists))
