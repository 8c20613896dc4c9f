"""Stored rows beside the records of the dossier's files: found, filled in, compared."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from claims import actions
from claims.domain.vocabulary import Risk
from claims.models import Evidence, EvidenceLink

APART = {"stances", "decisive_clause"}  # of a link: what its editors give it, each for themselves


def find_link(fields: dict[str, Any]) -> Any:
    """The stored link between the two ends that a record names; None if there is none yet."""
    ends = {"claim__slug": fields["claim"][0], "evidence__slug": fields["evidence"][0]}
    return EvidenceLink.objects.filter(**ends).first()


def fill_in(record: Any, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the fields of a record as a fixture gives them; what it leaves out is empty. Gives its topics and places."""
    many = {}
    for name, value in fields_of(record, fields):
        field = record._meta.get_field(name)
        if field.many_to_many:
            many[name] = [field.related_model.objects.get_by_natural_key(*key) for key in value]
        elif field.is_relation:
            setattr(record, name, value and field.related_model.objects.get_by_natural_key(*value))
        else:
            setattr(record, name, field.to_python(value))
    return many


EMPTIED = {
    "detail", "rationale", "distinct_reason", "reference", "origin", "relays", "event", "valid_from", "valid_until",
    "interested", "graded_from",
}  # fmt: skip


def fields_of(record: Any, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, value in fields.items() if name not in APART)
    for name in EMPTIED - fields.keys():
        with suppress(FieldDoesNotExist):
            field = record._meta.get_field(name)
            yield name, None if field.null else field.get_default()


def differs(record: Model, fields: dict[str, Any]) -> bool:
    """Whether a stored record is other than its file says."""
    new = type(record)._base_manager.get(pk=record.pk)
    many = fill_in(new, fields)
    if isinstance(new, Evidence):
        new.place = actions.choose_shown_place(new.place, Risk(new.risk))
    if any(set(rows) != set(getattr(record, name).all()) for name, rows in many.items()):
        return True
    return any(
        getattr(new, field.attname) != getattr(record, field.attname)
        for field in record._meta.concrete_fields
    )
