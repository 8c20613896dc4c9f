"""The values of a proposal, written onto a record in memory."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from claims.actions.rule_violation import RuleViolation

Related = dict[str, list[models.Model]]
Rows = dict[tuple[type[models.Model], str], models.Model]  # by model and web address


def write_values(record: Any, values: Iterable[tuple[str, Any]]) -> Related:
    """Write the proposed values onto the record. Returns the rows of its many-to-many fields, which nothing stores."""
    values = list(values)
    rows = _referenced_rows(record, values)
    many: Related = {}
    for name, value in values:
        field = record._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            many[name] = list(field.related_model._base_manager.filter(slug__in=value))
        elif isinstance(field, models.ForeignKey):
            setattr(record, name, None if value is None else _row(rows, field, value))
        else:
            setattr(record, name, cast("models.Field", field).to_python(value))
    return many


def lay_values_over(record: Any, values: Mapping[str, Any]) -> Related:
    """The same, without references to what was deleted since: there the record keeps what it has."""
    there = {slug for _model, slug in _referenced_rows(record, values.items())}
    named = {name for name, value in values.items() if _refers(record, name) and value is not None}
    return write_values(
        record, [(name, value) for name, value in values.items() if name not in named or value in there]
    )


def _refers(record: Any, name: str) -> bool:
    return isinstance(record._meta.get_field(name), models.ForeignKey)


def _referenced_rows(record: Any, values: Iterable[tuple[str, Any]]) -> Rows:
    """The rows that the values refer to, in one query for each table."""
    wanted: dict[type[models.Model], set[str]] = {}
    for name, value in values:
        if _refers(record, name) and value is not None:
            wanted.setdefault(record._meta.get_field(name).related_model, set()).add(value)
    return {
        (model, row.slug): row  # type: ignore[attr-defined]
        for model, slugs in wanted.items()
        for row in model._base_manager.filter(slug__in=slugs)
    }


def _row(rows: Rows, field: Any, slug: str) -> models.Model:
    try:
        return rows[field.related_model, slug]
    except KeyError:
        raise RuleViolation(
            _("What it refers to was deleted since: “%(name)s”. Send the proposal back.") % {"name": slug}
        ) from None
