"""A regraded publisher keeps its earlier grade for the scores of earlier days, unless the editor dates the new one."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from claims.models import Source, SourceGrade


def keep_earlier_grade(source: Source, changed: Collection[str], now: datetime) -> None:
    """Before a changed source is stored: date the new grade, and keep the one that stands there now.

    The new grade holds from the day that the editor gave, or from today. Without a day, given as such, it holds for
    every day, and earlier grades go. `changed` names the columns that the editor changed.
    """
    if "reliability" not in changed:
        return
    if "graded_from" not in changed:
        source.graded_from = timezone.localdate(now)
    earlier = SourceGrade.objects.filter(source=source)
    if source.graded_from is None:
        earlier.delete()
        return
    was = Source.objects.get(pk=source.pk)
    earlier.filter(Q(start__gte=source.graded_from) | Q(end=source.graded_from)).delete()
    earlier.filter(end__gt=source.graded_from).update(end=source.graded_from)
    if was.graded_from is None or was.graded_from < source.graded_from:
        SourceGrade.objects.create(
            source=source,
            reliability=was.reliability,
            scope=was.reliability_scope,
            reason=was.reliability_reason,
            start=was.graded_from,
            end=source.graded_from,
        )
