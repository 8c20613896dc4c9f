"""Which records readers can open: the rule of each kind's page, asked for many addresses at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value

from .record_kind import Ref
from .registry import RECORD_KINDS


def visible_refs(refs: Iterable[Ref], day: date) -> set[Ref]:
    """Those of the records that have a page as of the day, in one query."""
    slugs: dict[str, set[str]] = defaultdict(set)
    for kind, slug in refs:
        slugs[kind].add(slug)
    found = [
        visible_rows(kind, day)
        .filter(slug__in=asked)
        .order_by()
        .values_list(Value(kind, output_field=CharField()), "slug")
        for kind, asked in sorted(slugs.items())
    ]
    # Without order_by() Django 6.1 orders the union by the ordering of the model, whose column it does not hold.
    return set(found[0].union(*found[1:]).order_by()) if found else set()


def visible_rows(kind: str, day: date) -> QuerySet[Any]:
    return RECORD_KINDS[kind].visible_rows(day)
