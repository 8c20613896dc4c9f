"""Appends gradings for ratings that an operator loaded or changed outside the desk."""

from datetime import datetime

from django.db import transaction

from claims.actions.agreement_counts import rebuild_agreement
from claims.actions.rescoring import acquire_write_lock
from claims.models import Grading, Rating
from claims.selectors.gradings import (
    PRESENT_COLUMNS,
    RatingDifference,
    differing_columns,
    first_gradings,
    rating_differences,
)


@transaction.atomic
def follow_outside_ratings(*, now: datetime) -> int:
    """Append what the gradings lack of the stored ratings, and count the agreement. Returns the number of differences.

    A first stance is never rewritten: where an operator changed one, the rating takes it back from the first grading.
    """
    acquire_write_lock()
    differences = list(rating_differences())
    for difference in differences:
        _follow_rating(difference, now)
    if differences:
        rebuild_agreement()
    return len(differences)


def _follow_rating(difference: RatingDifference, now: datetime) -> None:
    link, rater = difference.key
    rating = difference.rating
    if rating is None:
        Grading.objects.create(link_id=link, rater_id=rater, graded_at=now)
        return
    Grading.objects.bulk_create(
        Grading(link_id=link, rater_id=rater, **row) for row in _missing_gradings(difference, rating)
    )
    first = first_gradings([link], rater)[link]
    Rating.objects.filter(pk=rating.pk).update(first_stance=first.stance, first_rated_at=first.at)


def _missing_gradings(difference: RatingDifference, rating: Rating) -> list[dict[str, object]]:
    """The columns of the gradings that lead to the rating from what is there."""
    first = {"stance": rating.first_stance, "graded_at": rating.first_rated_at}
    present = {column: getattr(rating, name) for name, column in PRESENT_COLUMNS.items()}
    if difference.is_ungraded:
        is_first = (rating.stance, rating.rated_at) == (rating.first_stance, rating.first_rated_at)
        return [present] if is_first else [first, present]
    values = difference.values
    if values is None or PRESENT_COLUMNS.keys() & set(differing_columns(rating, values)):
        return [present]
    return []
