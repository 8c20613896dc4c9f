"""Changes to any column of any public table that bypass all rules in Python, as somebody with database access could
make.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from claims.ledger.public_forms import public_forms_of
from claims.ledger.verification import ledger_faults
from claims.models import Claim, ClaimGap, Entry, Grading, Rating, Role, SourceGrade, append_only
from claims.models.base import Publishable
from claims.models.fields import PartialDateField
from claims.records.record_kind import PRIVATE_COLUMNS, WITHDRAWAL_COLUMNS
from claims.records.registry import KINDS_BY_MODEL, RECORD_KINDS
from tests.factories import NOW
from tests.selectors.published_world import LATER, built

# Tables that are a part of a record's form: its kind, the column that leads to it, and the form's name for them.
PARTS: dict[type[models.Model], tuple[str, str, str]] = {
    Role: ("speaker", "speaker", "roles"),
    Rating: ("link", "link", "ratings"),
    Grading: ("link", "link", "gradings"),
    SourceGrade: ("source", "source", "earlier_grades"),
    Claim.topics.through: ("claim", "claim", "topics"),
    Claim.places.through: ("claim", "claim", "places"),
}
PUBLIC: tuple[type[Any], ...] = (*KINDS_BY_MODEL, *PARTS, ClaimGap, Entry)
PRIVATE_IN_ENTRY = "account"
TOGETHER = {"headline": "gap"}  # the database holds the one to the other


def all_tables():
    return set(apps.get_app_config("claims").get_models(include_auto_created=True))


def columns_of(model):
    private = PRIVATE_COLUMNS | {PRIVATE_IN_ENTRY} if model is Entry else PRIVATE_COLUMNS
    return [field for field in model._meta.concrete_fields if field.name not in private]


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def lift_triggers():
    for table in append_only.TABLES:
        for statement in (
            append_only.drop_trigger_statements(table) if connection.vendor == "sqlite" else _disabled(table)
        ):
            run(statement)


def _disabled(table):
    yield "SET CONSTRAINTS ALL IMMEDIATE"  # no table is altered while a check waits
    yield f"ALTER TABLE {table} DISABLE TRIGGER USER"
    yield "SET CONSTRAINTS ALL DEFERRED"


def kind_of(model):
    return PARTS[model][0] if model in PARTS else KINDS_BY_MODEL[model].name


def owner_of(row):
    """The key of the record whose public form contains the row."""
    part = PARTS.get(type(row))
    return getattr(row, f"{part[1]}_id") if part else row.pk


def named(row):
    """How a message of the verification names the record of the row."""
    if isinstance(row, ClaimGap):
        return f"the gap of claim {row.claim.slug}"
    if isinstance(row, Entry):
        return f"entry {row.number}"
    kind, key = kind_of(type(row)), owner_of(row)
    return f"{kind} {public_forms_of(kind, [key])[key].subject}"


def seen(model, column=""):
    """The rows that readers see. Of withdrawn records they see only the day and the reason."""
    rows = model._base_manager.order_by("pk")
    if model is Entry:
        return rows.filter(number__gt=1)
    if model is ClaimGap:
        return rows.filter(claim__status="published")
    if issubclass(model, Publishable):
        return rows.filter(
            status="withdrawn" if column in {*WITHDRAWAL_COLUMNS, "withdrawn_by"} else "published"
        )
    leads = PARTS[model][1] if model in PARTS else "pk"
    return rows.filter(**{f"{leads}__in": RECORD_KINDS[kind_of(model)].ledger_keys()})


def is_seen(row):
    return (
        isinstance(row, ClaimGap | Entry) or owner_of(row) in RECORD_KINDS[kind_of(type(row))].ledger_keys()
    )


def change(field):
    """Change the column in a row, preferably one that has a value. Returns the row."""
    rows = sorted(seen(field.model, field.name), key=lambda row: getattr(row, field.attname) in (None, ""))
    for row in rows:
        for value in others(field, getattr(row, field.attname)):
            if write(row, field, value):
                return row
    raise AssertionError(
        f"{field}: no public row takes another value; add one in tests/selectors/published_world.py"
    )


def write(row, field, value):
    names = [field, *(row._meta.get_field(name) for name in [TOGETHER.get(field.name)] if name)]
    stored = [each.get_db_prep_save(value, connection) for each in names]
    to = ", ".join(f'"{each.column}" = %s' for each in names)
    try:
        with transaction.atomic():
            if field.one_to_one:  # make room
                delete(field.model._base_manager.get(pk=value))
            run(f'UPDATE "{row._meta.db_table}" SET {to} WHERE {_at(row)}', *stored, row.pk)
    except DatabaseError:
        return False
    return True


def delete(row):
    run(f'DELETE FROM "{row._meta.db_table}" WHERE {_at(row)}', row.pk)


def _at(row):
    return f'"{row._meta.pk.column}" = %s'


def others(field, value):
    """Other values for the column. Raises an error for an unknown kind of column."""
    if field.is_relation:
        return field.related_model._base_manager.exclude(pk=value).order_by("pk").values_list("pk", flat=True)
    if field.choices:
        return [choice for choice, _label in field.choices if choice != value]
    return next(make for kinds, make in OTHERS if isinstance(field, kinds))(value)


def _numbers(value):
    return [1] if value is None else [value + 1, value - 1, value + 1000]


OTHERS = (
    (PartialDateField, lambda value: ["2019", "2022", "2030"]),
    (models.BooleanField, lambda value: [not value]),
    (models.DateTimeField, lambda value: [(value or NOW) + timedelta(days=1)]),
    (models.DateField, lambda value: [(value or date(2021, 1, 1)) - timedelta(days=365)]),
    (models.DecimalField, lambda value: [(value or Decimal(1)) + 1]),
    (models.FloatField, lambda value: [value + 0.5, value - 0.5] if value is not None else [0.5]),
    (models.IntegerField, _numbers),
    (models.JSONField, lambda value: [[*value, 1] if isinstance(value, list) else {**(value or {}), "x": 1}]),
    (models.CharField | models.TextField, lambda value: [f"{value}x", f"x{value[1:]}"]),
)


# Verification ---------------------------------------------------------------------------------------------------------


def built_without_triggers():
    world = built()
    assert not list(ledger_faults(today=LATER.date()))
    lift_triggers()
    return world


def found():
    return [str(fault) for fault in ledger_faults(today=LATER.date())]


def of(record, lines):
    """What was found of the record, whose whole name stands in it."""
    return [line for line in lines if re.search(rf"(?<!\S){re.escape(record)}(?![\w/@-])", line)]
