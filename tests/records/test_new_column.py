"""A column that is added later never makes the ledger find fault with what was entered before it."""

from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models, transaction

from claims.domain.vocabulary import Act
from claims.ledger.verification import ledger_faults
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import Statement
from claims.models.append_only import TABLES, drop_trigger_statements
from claims.records.registry import KINDS_BY_MODEL, PARTS_BY_MODEL
from tests.django_internals import forget_cached_fields
from tests.selectors.published_world import LATER, built
from tests.selectors.tampering import named, run, seen

pytestmark = pytest.mark.django_db
NAME = "added_later"  # no model has it
NEW_COLUMNS = {
    "text": lambda: models.CharField(max_length=50, blank=True),
    "text with a default": lambda: models.CharField(max_length=50, default="unknown"),
    "number": lambda: models.IntegerField(null=True),
    "truth": lambda: models.BooleanField(default=False),
    "day": lambda: models.DateField(null=True, blank=True),
    "json": lambda: models.JSONField(default=dict),
    "decimal": lambda: models.DecimalField(max_digits=5, decimal_places=2, default="1.50"),
}
MODELS = [*KINDS_BY_MODEL, *PARTS_BY_MODEL]


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        built()
        assert found() == []
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _undone(_world, db):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def found():
    return [str(fault) for fault in ledger_faults(today=LATER.date())]


@contextmanager
def column(model, field):
    """The column in the table and in the model, as after a migration."""
    field.set_attributes_from_name(NAME)
    field.contribute_to_class(model, NAME)
    try:
        add_to_table(model, field)
        yield
    finally:
        model._meta.local_fields.remove(field)
        forget_cached_fields(model)
        delattr(model, NAME)


def add_to_table(model, field):
    """By the schema editor's own words: SQLite's would remake the table, which a transaction does not allow."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        with connection.schema_editor() as editor:
            editor.add_field(model, field)
        return
    default: Any = connection.schema_editor().effective_default(field)
    quoted = "NULL" if default is None else "0" if default is False else f"'{default}'"
    empty = "" if field.null else " NOT NULL"
    run(
        f'ALTER TABLE "{model._meta.db_table}" ADD COLUMN "{NAME}" {field.db_type(connection)} DEFAULT {quoted}{empty}'
    )


@pytest.mark.parametrize(
    ("model", "name"),
    [*((model, "text") for model in MODELS), *((Statement, name) for name in NEW_COLUMNS if name != "text")],
    ids=lambda value: value if isinstance(value, str) else value._meta.model_name,
)
def test_a_new_column_at_its_default_breaks_nothing(model, name):
    with column(model, NEW_COLUMNS[name]()):
        assert found() == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_a_new_column_that_is_filled_past_the_software_is_found(model):
    with column(model, NEW_COLUMNS["text"]()):
        lift_triggers_of(model)
        row = seen(model).first()
        run(f'UPDATE "{model._meta.db_table}" SET {NAME} = %s WHERE id = %s', "Geneva", row.pk)
        (fault,) = found()
        assert named(row) in fault


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_a_new_column_that_is_filled_and_emptied_through_the_ledger_holds(model):
    with column(model, NEW_COLUMNS["text"]()):
        lift_triggers_of(model)
        row = seen(model).first()
        for value in ("Geneva", ""):
            run(f'UPDATE "{model._meta.db_table}" SET {NAME} = %s WHERE id = %s', value, row.pk)
            record = model._base_manager.get(pk=row.pk)
            assert len(append_entries([record], ChangeReason(act=Act.REVISE, now=LATER))) == 1
            assert append_entries([record], ChangeReason(act=Act.REVISE, now=LATER)) == []
            assert found() == []


def lift_triggers_of(model):
    table = model._meta.db_table
    if table not in TABLES:
        return
    if connection.vendor == "sqlite":
        for statement in drop_trigger_statements(table):
            run(statement)
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
