"""What the append-only gradings say of each editor's rating of a link, and where a stored rating differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from claims.models import EvidenceLink, Grading, Rating
from claims.records.json_values import json_value

BATCH = 500

# A column of a rating, and the one of the gradings that it comes from.
PRESENT_COLUMNS = {
    "stance": "stance",
    "decisive_clause": "decisive_clause",
    "rationale": "rationale",
    "translations": "translations",
    "rated_at": "graded_at",
}
FIRST_COLUMNS = {"first_stance": "stance", "first_rated_at": "graded_at"}

RatingKey = tuple[int, int]  # the link and the rater


class FirstGrading(NamedTuple):
    """The first stance of an editor on a link, which nothing rewrites."""

    stance: int
    at: datetime


@dataclass(frozen=True)
class RatingDifference:
    """A rating that is not what its gradings say. `values` is what it should hold; None where it should not exist.

    `is_ungraded` means that there are no gradings at all, as after a load of ratings alone.
    """

    key: RatingKey
    rating: Rating | None
    values: dict[str, Any] | None
    is_ungraded: bool = False


def first_gradings(links: Iterable[EvidenceLink | int], rater: User | int) -> dict[int, FirstGrading]:
    """The editor's first stance on each of the links that they ever graded, by the key of the link."""
    given = Grading.objects.filter(link__in=list(links), rater=rater).order_by("pk")
    found: dict[int, FirstGrading] = {}
    for link, stance, at in given.values_list("link", "stance", "graded_at"):
        if stance is not None:
            found.setdefault(link, FirstGrading(stance, at))
    return found


def rating_differences() -> Iterator[RatingDifference]:
    """The stored ratings that differ from their gradings. Gradings of a link that was deleted are left out."""
    ratings: dict[RatingKey, Rating] = {(r.link_id, r.rater_id): r for r in Rating.objects.iterator(BATCH)}
    links = set(EvidenceLink.objects.order_by().values_list("pk", flat=True))
    rows = Grading.objects.order_by("link", "rater", "pk").iterator(BATCH)
    for key, group in groupby(rows, key=lambda grading: (grading.link_id, grading.rater_id)):
        rating = ratings.pop(key, None)
        if key[0] not in links:
            continue
        values = _summarize_gradings(list(group))
        if not _is_as_graded(rating, values):
            yield RatingDifference(key, rating, values)
    for key, rating in ratings.items():
        yield RatingDifference(key, rating, None, is_ungraded=True)


def differing_columns(rating: Rating, values: dict[str, Any]) -> list[str]:
    """The columns in which they differ; times to the millisecond, which is all that a fixture keeps."""
    return [name for name, value in values.items() if json_value(getattr(rating, name)) != json_value(value)]


def _summarize_gradings(gradings: list[Grading]) -> dict[str, Any] | None:
    """What the rating holds after these gradings; None if the last one took it back."""
    last = gradings[-1]
    if last.stance is None:
        return None
    first = next(grading for grading in gradings if grading.stance is not None)
    values = {name: getattr(last, column) for name, column in PRESENT_COLUMNS.items()}
    return values | {name: getattr(first, column) for name, column in FIRST_COLUMNS.items()}


def _is_as_graded(rating: Rating | None, values: dict[str, Any] | None) -> bool:
    if rating is None or values is None:
        return rating is None and values is None
    return not differing_columns(rating, values)
