"""A regraded publisher keeps its earlier grade for the scores of earlier days, unless the editor dates the new one."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from claims.models import Source, SourceGrade


def keep_earlier_grade(source: Source, changed: Collection[str], now: datetime) -> None:
    """Before a changed source is stored: date the new grade, and keep the one that stands there now.

    The new grade holds from the day that the editor gave, or from today. If the editor takes the day away, the grade
    holds for every day, and earlier grades go. If the day alone is changed, the grade before it ends on that day.
    `changed` names the columns that the editor changed.
    """
    is_regraded, is_dated = "reliability" in changed, "graded_from" in changed
    if is_regraded and not is_dated:
        source.graded_from = timezone.localdate(now)
    elif not is_dated:
        return
    earlier = SourceGrade.objects.filter(source=source)
    if source.graded_from is None:
        earlier.delete()
        return
    was = Source.objects.get(pk=source.pk)
    earlier.filter(Q(start__gte=source.graded_from) | Q(end=source.graded_from)).delete()
    earlier.filter(end__gt=source.graded_from).update(end=source.graded_from)
    if not is_regraded:
        earlier.filter(end=was.graded_from).update(end=source.graded_from)
    elif was.graded_from is None or was.graded_from < source.graded_from:
        SourceGrade.objects.create(
            source=source,
            reliability=was.reliability,
            scope=was.reliability_scope,
            reason=was.reliability_reason,
            start=was.graded_from,
            end=source.graded_from,
        )
