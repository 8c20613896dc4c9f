"""Faults between ratings, which the method reads, and the append-only gradings that they sum up."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User

from claims.models import EvidenceLink, Grading
from claims.records.json_values import json_value
from claims.selectors.gradings import (
    FIRST_COLUMNS,
    PRESENT_COLUMNS,
    RatingDifference,
    differing_columns,
    rating_differences,
)


def grading_faults() -> Iterator[tuple[str, str]]:
    """The name of each link whose ratings and gradings differ, and how they do."""
    of_link: dict[int, list[str]] = {}
    for difference in rating_differences():
        link, rater = difference.key
        who = User.objects.filter(pk=rater).values_list("username", flat=True).first()
        of_link.setdefault(link, []).append(_explain_difference(difference, who or "an unknown account"))
    for link, words in of_link.items():
        ends = EvidenceLink.objects.filter(pk=link).values_list("claim__slug", "evidence__slug").first()
        yield f"link {'/'.join(ends or ('?',))}", "; ".join(words)


def _explain_difference(difference: RatingDifference, who: str) -> str:
    """In words that name the columns of both tables."""
    if difference.rating is None:
        return f"the gradings of {who} give a rating, and the ratings hold none with this link and rater"
    if difference.values is None:
        given = _missing_rater(difference) if difference.is_ungraded else "end with taking it back"
        return f"the ratings hold one by {who}, and the gradings with this link and rater {given}"
    wrong = "; ".join(
        f"{name} is {_shown(getattr(difference.rating, name))}, and {column} was {_shown(value)}"
        for name in differing_columns(difference.rating, difference.values)
        for column, value in [((PRESENT_COLUMNS | FIRST_COLUMNS)[name], difference.values[name])]
    )
    return f"of the ratings, that of {who} is not what the gradings say: {wrong}"


def _missing_rater(difference: RatingDifference) -> str:
    """That the gradings lack the rater, and whom they name instead."""
    graded = Grading.objects.filter(link=difference.key[0]).order_by("rater__username")
    names = dict.fromkeys(graded.values_list("rater__username", flat=True))
    return f"are missing; those of the link name {', '.join(names) or 'nobody'}"


def _shown(value: Any) -> str:
    return str(json_value(value))
