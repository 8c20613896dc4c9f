"""The public form of a record: what of it readers can see, as plain JSON. The ledger is made of these.

All columns of a row but the few named PRIVATE, so that a new column is public until somebody says it is not.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import ForeignKey, Model, QuerySet

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import Risk, Status
from claims.models import (
    Claim,
    Correction,
    Evidence,
    EvidenceLink,
    Origin,
    Place,
    Rating,
    Role,
    SearchNote,
    Snapshot,
    Source,
    Speaker,
    Statement,
    Topic,
)

KINDS: Final[dict[str, type[Model]]] = {
    "statement": Statement,
    "claim": Claim,
    "evidence": Evidence,
    "link": EvidenceLink,
    "search": SearchNote,
    "source": Source,
    "speaker": Speaker,
    "topic": Topic,
    "place": Place,
    "origin": Origin,
    "correction": Correction,
    "snapshot": Snapshot,
}
KIND_OF: Final = {model: kind for kind, model in KINDS.items()}
PUBLISHED_KINDS: Final = ("statement", "claim", "evidence")
REFERENCE_KINDS: Final = ("source", "speaker", "topic", "place", "origin")

PRIVATE: Final = frozenset({
    "id", "created_at", "created_by", "changed_at", "changed_by", "submitted_at", "submitted_by", "published_by",
    "approved_by", "withdrawn_by", "settled_by", "searched_by", "corrected_by", "rater", "exact_place",
})  # fmt: skip
TOMBSTONE: Final = ("slug", "status", "withdrawn_at", "withdrawal_reason")
# Columns that are younger than the ledger, and what they hold where nobody has filled them: left out of a form then, so
# that what was told before they were there still holds.
YOUNGER: Final[dict[str, Any]] = {"translations": {}, "repeats": None, "risk": Risk.NONE.value}
GONE: Final = frozenset({"withdrawn_at", "withdrawal_reason"})


@dataclass(frozen=True, slots=True)
class PublicForm:
    """A row as the ledger names it. `form` is None for what was never published or is a draft again."""

    kind: str
    subject: str
    form: dict[str, Any] | None


def public_forms_of(kind: str, keys: Collection[int] | QuerySet[Any]) -> dict[int, PublicForm]:
    """What readers can see of each row, in a fixed number of queries."""
    model = KINDS[kind]
    columns = {field.name: _public_column(field) for field in model._meta.concrete_fields}
    rows = model._base_manager.filter(pk__in=keys).order_by("pk")
    values = list(rows.values("pk", *columns.values()))
    extra = EXTRAS[kind]([row["pk"] for row in values]) if kind in EXTRAS else {}
    return {
        row["pk"]: _public_form_of_row(
            kind, {name: row[column] for name, column in columns.items()}, extra.get(row["pk"], {})
        )
        for row in values
    }


def _public_column(field: Any) -> str:
    if not isinstance(field, ForeignKey) or field.name in PRIVATE:
        return field.name
    return f"{field.name}__slug"  # every record that another refers to publicly has an address


def _public_form_of_row(kind: str, row: dict[str, Any], extra: dict[str, Any]) -> PublicForm:
    form = (
        drop_default_values(
            {name: plain_json_value(value) for name, value in row.items() if name not in PRIVATE}
        )
        | extra
    )
    subject = ledger_subject(kind, form)
    if kind in PUBLISHED_KINDS:
        if form["status"] == Status.WITHDRAWN:
            return PublicForm(kind, subject, {name: form[name] for name in TOMBSTONE})
        if form["status"] != Status.PUBLISHED:
            return PublicForm(kind, subject, None)
        form = {name: value for name, value in form.items() if name not in GONE}
    return PublicForm(kind, subject, form)


def drop_default_values(form: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in YOUNGER or value != YOUNGER[name]}


def ledger_subject(kind: str, form: dict[str, Any]) -> str:
    """How the ledger names a record: its address, or the addresses of what it ties together."""
    match kind:
        case "link":
            return f"{form['claim']}/{form['evidence']}"
        case "search":
            return f"{form['claim']}/{form['side']}/{form['searched_on']}/{form['where']}"
        case "snapshot":
            return f"{form['claim']}@{form['number']}"
    return str(form["slug"])


def plain_json_value(value: Any) -> Any:
    """A column's value as JSON has it; times to the millisecond, so that dumping and loading a row changes nothing."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds")
        case date():
            return value.isoformat()
        case PartialDate() | Decimal():
            return str(value)
    return value


def _claim_topics_and_places(keys: list[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {key: {"topics": [], "places": []} for key in keys}
    for name in ("topics", "places"):
        rows = Claim.objects.filter(pk__in=keys, **{f"{name}__isnull": False})
        for key, slug in rows.order_by(f"{name}__slug").values_list("pk", f"{name}__slug"):
            found[key][name].append(slug)
    return found


def _link_ratings(keys: list[int]) -> dict[int, dict[str, Any]]:
    """The ratings without their raters: the method and the measure of agreement need no names."""
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"ratings": []})
    columns = ("stance", "first_stance", "rated_at", "first_rated_at")
    for row in Rating.objects.filter(link__in=keys).order_by("first_rated_at", "pk").values("link", *columns):
        found[row["link"]]["ratings"].append({name: plain_json_value(row[name]) for name in columns})
    return found


def _speaker_roles(keys: list[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {key: {"roles": []} for key in keys}
    for row in (
        Role.objects.filter(speaker__in=keys)
        .order_by("title")
        .values("speaker", "title", "start", "end", "translations")
    ):
        role = drop_default_values(
            {name: plain_json_value(row[name]) for name in ("title", "start", "end", "translations")}
        )
        found[row["speaker"]]["roles"].append(role)
    return found


EXTRAS: Final[dict[str, Callable[[list[int]], dict[int, dict[str, Any]]]]] = {
    "claim": _claim_topics_and_places,
    "link": _link_ratings,
    "speaker": _speaker_roles,
}


# What is public now ---------------------------------------------------------------------------------------------------


def public_keys(kind: str) -> QuerySet[Any] | set[int]:
    """The rows of a kind that readers can see, or that something they see refers to."""
    model = KINDS[kind]
    match kind:
        case "statement" | "claim" | "evidence":
            rows = model._base_manager.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
        case "link":
            rows = EvidenceLink.objects.public()
        case "search":
            rows = SearchNote.objects.filter(claim__status=Status.PUBLISHED)
        case "source" | "speaker" | "topic" | "place" | "origin":
            return _referenced_keys(kind)
        case _:
            rows = model._base_manager.all()
    return rows.order_by().values_list("pk", flat=True)


_REFERENCES: Final[dict[str, tuple[tuple[type[Any], str], ...]]] = {
    "source": ((Statement, "source"), (Evidence, "source")),
    "speaker": ((Statement, "speaker"),),
    "topic": ((Claim, "topics"),),
    "place": ((Statement, "place"), (Evidence, "place"), (Claim, "places")),
    "origin": ((Evidence, "origin"),),
}


def _referenced_keys(kind: str) -> set[int]:
    keys: set[int] = set()
    for model, field in _REFERENCES[kind]:
        rows = model._base_manager.filter(status=Status.PUBLISHED, **{f"{field}__isnull": False})
        keys |= set(rows.order_by().values_list(field, flat=True).distinct())
    return with_ancestors(kind, keys)


def with_ancestors(kind: str, keys: Iterable[int]) -> set[int]:
    """A topic or a place with everything that it lies within."""
    found = set(keys)
    if kind not in ("topic", "place"):
        return found
    edge = found
    while edge:
        parents = (
            KINDS[kind]
            ._base_manager.filter(pk__in=edge, parent__isnull=False)
            .values_list("parent", flat=True)
        )
        edge = set(parents) - found
        found |= edge
    return found


def affected_rows(record: Model) -> dict[str, set[int]]:
    """The rows, by kind, whose public form or presence a change of the record can alter."""
    found: dict[str, set[int]] = defaultdict(set)
    match record:
        case Statement():
            found["statement"] |= {record.pk}
            found["source"] |= {record.source_id}
            found["speaker"] |= {record.speaker_id}
            found["place"] |= _optional_key(record.place_id)
        case Claim():
            found["claim"] |= {record.pk}
            found["link"] |= _primary_keys(EvidenceLink.objects.filter(claim=record))
            found["search"] |= _primary_keys(SearchNote.objects.filter(claim=record))
            found["topic"] |= _primary_keys(record.topics.all())
            found["place"] |= _primary_keys(record.places.all())
        case Evidence():
            found["evidence"] |= {record.pk}
            found["link"] |= _primary_keys(EvidenceLink.objects.filter(evidence=record))
            found["source"] |= {record.source_id}
            found["origin"] |= _optional_key(record.origin_id)
            found["place"] |= _optional_key(record.place_id)
        case Rating():
            found["link"] |= {record.link_id}
        case Role():
            found["speaker"] |= {record.speaker_id}
        case _ if type(record) in KIND_OF:
            found[KIND_OF[type(record)]] |= {record.pk}
    for kind in ("topic", "place"):
        found[kind] = with_ancestors(kind, found[kind])
    return found


def _optional_key(key: int | None) -> set[int]:
    return set() if key is None else {key}


def _primary_keys(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))
