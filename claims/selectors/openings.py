"""Which records readers can open: the rule of each kind's page, asked for many addresses at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from claims.models import Claim, Evidence, Origin, Place, Source, Speaker, Statement, Topic

Ref = tuple[str, str]  # a kind and an address
PAGES = ("claim", "statement", "evidence", "source", "speaker", "topic", "place")


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
    # Without order_by() Django 6.1 orders the union by the model's own ordering, whose column it does not hold.
    return set(found[0].union(*found[1:]).order_by()) if found else set()


def visible_rows(kind: str, day: date) -> QuerySet[Any]:
    said = Statement.objects.published().filter(said_on__last__lte=day.isoformat())
    known = Evidence.objects.published().known_by(day)
    claims = Claim.objects.published().said_by(day)
    # Only the asked one is made: a query that is never sent takes longer to put together than to answer.
    rows: dict[str, Callable[[], QuerySet[Any]]] = {
        "claim": lambda: claims,
        "statement": lambda: said,
        "evidence": lambda: known,
        "source": lambda: Source.objects.filter(_points_here(known, "source") | _points_here(said, "source")),
        "speaker": lambda: Speaker.objects.filter(_points_here(said, "speaker")),
        "topic": lambda: Topic.objects.filter(_points_here(claims, "topics", "topics__parent")),
        "place": lambda: Place.objects.filter(
            _points_here(known, *_nested_paths("place"))
            | _points_here(said, *_nested_paths("place"))
            | _points_here(claims, *_nested_paths("places"))
        ),
        "origin": lambda: Origin.objects.filter(_points_here(known, "origin")),
    }
    return rows[kind]()


def _points_here(rows: QuerySet[Any], *paths: str) -> Q:
    """Whether one of the rows points here by one of the paths; each is asked by itself, so that it has its index."""
    return reduce(or_, (Q(Exists(rows.filter(**{path: OuterRef("pk")}))) for path in paths))


def _nested_paths(path: str) -> tuple[str, ...]:
    return path, f"{path}__parent", f"{path}__parent__parent"
