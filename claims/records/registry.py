"""The registry of record kinds. Ask it for the kind of a record, of a model, or by its public name."""

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Model

from .attached import CorrectionKind, LinkKind, MethodChangeKind, SearchNoteKind, SnapshotKind
from .publishables import AboutKind, ClaimKind, EvidenceKind, ReplyKind, StatementKind
from .record_kind import Part, RecordKind
from .references import OriginKind, PlaceKind, SourceKind, SpeakerKind, TopicKind

# In the order in which the ledger verifies and enters them.
RECORD_KINDS: Final[dict[str, RecordKind]] = {
    kind.name: kind
    for kind in (
        StatementKind(), ClaimKind(), EvidenceKind(), LinkKind(), SearchNoteKind(), SourceKind(), SpeakerKind(),
        TopicKind(), PlaceKind(), OriginKind(), CorrectionKind(), MethodChangeKind(), SnapshotKind(), ReplyKind(),
        AboutKind(),
    )
}  # fmt: skip
KINDS_BY_MODEL: Final[dict[type[Any], RecordKind]] = {kind.model: kind for kind in RECORD_KINDS.values()}
PARTS_BY_MODEL: Final[dict[type[Any], tuple[RecordKind, Part]]] = {
    part.model: (kind, part) for kind in RECORD_KINDS.values() for part in kind.parts
}
# In the order of the sitemap.
PAGE_KINDS: Final = ("claim", "statement", "evidence", "source", "speaker", "topic", "place")


def kind_of_record(record: Model) -> RecordKind | None:
    """The kind of a record; None for a part of another record and for what only the desk sees."""
    return KINDS_BY_MODEL.get(type(record))


def touched_rows(record: Model, columns: Collection[str] | None = None) -> dict[str, set[int]]:
    """The rows, by kind, whose public form or presence a change of the record can alter.

    `columns` are those that change in a record that stays public; None where its presence changes.
    """
    if kind := kind_of_record(record):
        found = kind.touched_rows(record, columns)
    elif owner := PARTS_BY_MODEL.get(type(record)):
        kind, part = owner
        found = {kind.name: {getattr(record, f"{part.owner}_id")}}
    else:
        return {}
    return {name: RECORD_KINDS[name].with_ancestors(keys) for name, keys in found.items()}


def rows_published_with(records: Collection[Model]) -> dict[str, set[int]]:
    """The rows, by kind, that the publication of the records shows: they, what hangs on them, what they refer to.

    As `touched_rows` of each of them, in a fixed number of queries for each kind.
    """
    found: dict[str, set[int]] = {}
    for model in {type(record) for record in records}:
        kind: Any = KINDS_BY_MODEL[model]  # of a publishable kind
        keys = {record.pk for record in records if type(record) is model}
        found[kind.name] = found.get(kind.name, set()) | keys
        for name, bound in kind.bound_rows.items():
            rows = bound._base_manager.filter(**{f"{kind.name}__in": keys})
            found[name] = found.get(name, set()) | set(rows.values_list("pk", flat=True))
        for column, name in kind.referred.items():
            values = model._base_manager.filter(pk__in=keys).order_by().values_list(column, flat=True)
            found[name] = found.get(name, set()) | {key for key in values if key is not None}
    return {name: RECORD_KINDS[name].with_ancestors(keys) for name, keys in found.items()}


def claims_paths_of(record: Model) -> tuple[str, ...]:
    """The paths from a claim to the record, if a change of it can move the claim's gap; else none."""
    if kind := kind_of_record(record):
        return kind.claims_paths
    owner = PARTS_BY_MODEL.get(type(record))
    return owner[1].claims_paths if owner else ()
