"""Faults of stored rows that no field and no constraint shows: the rules of forms and publication, asked in bulk."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Status
from claims.domain.workflow import REQUIRED_GRADERS
from claims.ledger.writer import changed_forms
from claims.models import Claim, Correction, Evidence, EvidenceLink, Rating, Reply, Statement
from claims.models.base import Publishable
from claims.records.registry import KINDS_BY_MODEL

from .duplicates import double_count_words, double_counts_among
from .readiness import readiness_items

BATCH = 500
# What the rules read besides the row, so that no row asks for it alone.
_READ_WITH: dict[type[Model], tuple[tuple[str, ...], tuple[str, ...]]] = {
    Statement: ((), ("claims",)),
    Claim: (("statement", "repeats__statement"), ("search_notes",)),
    Evidence: (("source",), ()),
    EvidenceLink: (("claim", "evidence"), ("ratings",)),
    Reply: (("claim__statement",), ()),
    Rating: (("link__claim", "link__evidence"), ()),
    Correction: (("claim", "statement", "evidence"), ()),
}


@dataclass(frozen=True)
class RowFault:
    key: int
    field: str
    words: str
    was_told: bool  # readers saw the record as it is before: the ledger says so


def row_faults(
    model: type[Any], keys: Collection[int], published: Collection[int] = ()
) -> Iterator[RowFault]:
    """The faults of the rows. Those in `published` are held against the check-list of a publication."""
    ordered = sorted(keys)
    for at in range(0, len(ordered), BATCH):
        batch = ordered[at : at + BATCH]
        found = [(row, field, words) for row in _rows_with(model, batch) for field, words in
                 _faults_of_row(row, row.pk in published).items()]  # fmt: skip
        told = _rows_told({row for row, _field, _words in found})
        for row, field, words in found:
            yield RowFault(row.pk, field, words, row.pk in told)
        if model is EvidenceLink:
            yield from _double_counts(batch, keys)


def _double_counts(batch: list[int], keys: Collection[int]) -> Iterator[RowFault]:
    """The links that would count a report of their claim again."""
    twins = double_counts_among(batch, keys)
    told = _keys_told(EvidenceLink, set(twins))
    for key, twin in twins.items():
        yield RowFault(key, "distinct_reason", double_count_words(twin), key in told)


def _rows_with(model: type[Any], keys: list[int]) -> QuerySet[Any]:
    joined, prefetched = _READ_WITH.get(model, ((), ()))
    rows = model._base_manager.filter(pk__in=keys).prefetch_related(*prefetched)
    return rows.select_related(*joined) if joined else rows  # without names, Django would join everything


def _faults_of_row(row: Any, is_published: bool) -> dict[str, str]:
    if is_published:
        row.status = Status.PUBLISHED.value
    faults = clean_faults(row)
    if is_published:
        missing: dict[str, list[str]] = {}
        for item in readiness_items(row):
            if not item.done:
                missing.setdefault(item.field, []).append(item.sentence)
        faults = {field: " ".join(sentences) for field, sentences in missing.items()} | faults
    if isinstance(row, EvidenceLink) and (words := _grading_fault(row)):
        faults["ratings"] = words
    return faults


def clean_faults(row: Any) -> dict[str, str]:
    """What the model says of the row as a whole, by field."""
    try:
        row.clean()
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        return {"" if name == NON_FIELD_ERRORS else name: " ".join(words) for name, words in found.items()}
    return {}


def _grading_fault(link: EvidenceLink) -> str:
    """Why readers would not see a link between a published claim and a published report."""
    graded = len(link.ratings.all())
    if not (link.claim.is_published and link.evidence.is_published) or graded >= link.required_graders:
        return ""
    return _(
        "Claim and report are published, and %(n)d of %(needed)d gradings are there. Two editors grade each link: add "
        "a claims.rating by another editor for each that is missing, or leave the claim or the report a draft."
    ) % {"n": graded, "needed": REQUIRED_GRADERS}


def _rows_told(rows: Collection[Any]) -> set[int]:
    """Those that readers have seen as they are: the last entry of the ledger says the same of them."""
    ends: dict[type[Model], set[int]] = {}
    for row in rows:
        for end in _publishables_of(row):
            ends.setdefault(type(end), set()).add(end.pk)
    told = {model: _keys_told(model, keys) for model, keys in ends.items()}
    return {
        row.pk
        for row in rows
        if (own := _publishables_of(row)) and all(each.pk in told[type(each)] for each in own)
    }


def _keys_told(model: type[Model], keys: set[int]) -> set[int]:
    kind = KINDS_BY_MODEL[model]
    published = kind.published_rows().filter(pk__in=keys).values_list("pk", flat=True)
    return set(published) - changed_forms(kind.name, keys).keys()


def _publishables_of(row: Any) -> list[Any]:
    """The records whose publication makes the row public."""
    match row:
        case Publishable():
            return [row]
        case EvidenceLink():
            return [row.claim, row.evidence]
        case Rating():
            return [row.link.claim, row.link.evidence]
    return []
