"""Finding claims by words."""

from typing import Any

from django.db.models import Q, QuerySet

FIELDS = ("proposition", "quote", "statement__title", "statement__speaker__name")
MOST_WORDS = 12


def search(claims: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The claims that hold every one of the words, in their proposition, span, statement's title or speaker."""
    for word in words.split()[:MOST_WORDS]:
        anywhere = Q()
        for field in FIELDS:
            anywhere |= Q(**{f"{field}__icontains": word})
        claims = claims.filter(anywhere)
    return claims
