"""Suggestions of names of speakers, topics and places that readers see on a day."""

from itertools import islice
from typing import Any

from django.db.models import QuerySet

from claims.models import Claim, Place, Speaker, Statement, Topic
from claims.selectors.as_of_days import AsOfDay
from claims.text.search_terms import fold_text

OFFERED = 60  # names in one list
LOOKED_AT = 500  # records of each kind that are searched


def speaker_names_on(day: AsOfDay, start: str = "") -> list[str]:
    """The names in the language of the page. With `start`, those that have a word beginning with it."""
    said = Statement.objects.visible_on(day.date)
    claims = Claim.objects.visible_on(day.date)
    rows: list[QuerySet[Any]] = [
        Speaker.objects.filter(pk__in=said.values("speaker")),
        Topic.objects.filter(pk__in=Topic.objects.filter(claims__in=claims).values("pk")),
        Place.objects.filter(pk__in=Place.objects.filter(claims__in=claims).values("pk")),
    ]
    names = [
        row.called for each in rows for row in each.order_by("name").only("name", "translations")[:LOOKED_AT]
    ]
    typed = f" {fold_text(start)}"
    fitting = (name for name in dict.fromkeys(names) if typed in f" {fold_text(name)}")
    return sorted(islice(fitting, OFFERED), key=fold_text)
