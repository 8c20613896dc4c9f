"""The gradings of a site from before each of them was a row: of each editor on a link the first, and the present one.

What an editor gave and took back has no rating any more. The steps of the desk, which are never deleted, tell it.
"""

from datetime import datetime
from typing import Any

from django.db import migrations

BATCH = 500


def add_gradings(apps: Any, schema_editor: Any) -> None:
    Rating, Grading = (apps.get_model("claims", name) for name in ("Rating", "Grading"))
    found, standing = [], set()
    for rating in Rating.objects.order_by("first_rated_at", "pk").iterator(BATCH):
        standing.add((rating.link_id, rating.rater_id))
        found += _gradings_of_rating(Grading, rating)
    found += _gradings_taken_back(apps, Grading, standing)
    Grading.objects.bulk_create(found, batch_size=BATCH)


def _gradings_of_rating(grading: Any, rating: Any) -> list[Any]:
    ends = {"link_id": rating.link_id, "rater_id": rating.rater_id}
    present = grading(
        **ends, stance=rating.stance, decisive_clause=rating.decisive_clause, graded_at=rating.rated_at
    )
    if (rating.stance, rating.rated_at) == (rating.first_stance, rating.first_rated_at):
        return [present]
    return [grading(**ends, stance=rating.first_stance, graded_at=rating.first_rated_at), present]


def _gradings_taken_back(apps: Any, grading: Any, standing: set[tuple[int, int]]) -> list[Any]:
    DeskStep = apps.get_model("claims", "DeskStep")
    first: dict[tuple[int, int], tuple[int, datetime]] = {}
    last: dict[tuple[int, int], datetime] = {}
    steps = DeskStep.objects.filter(step="grade", kind="evidencelink").order_by("pk")
    for link, by, before, after, at in steps.values_list("record_id", "by", "before", "after", "at"):
        key, before, after = (link, by), before or {}, after or {}
        if key in standing:
            continue
        if before.get("first") is not None:
            first.setdefault(key, (before["first"], datetime.fromisoformat(before["first_at"])))
        elif after.get("stance") is not None:
            first.setdefault(key, (after["stance"], at))
        last[key] = at
    rows = []
    for (link, by), (stance, at) in first.items():
        rows.append(grading(link_id=link, rater_id=by, stance=stance, graded_at=at))
        rows.append(grading(link_id=link, rater_id=by, stance=None, graded_at=last[link, by]))
    return rows


class Migration(migrations.Migration):
    dependencies = [("claims", "0022_gradings")]

    operations = [migrations.RunPython(add_gradings, migrations.RunPython.noop)]
