"""The Syria dossier for tests: read once in a process, loaded for a module or a test, and removed after it."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from claims.models.public_claim import KeptRow

FIXTURE = Path(__file__).parent.parent / "fixtures" / "syria.json"
RECORDS = json.loads(FIXTURE.read_text(encoding="utf-8"))

CLAIMS = [
    "humanitarian-access-expanded",
    "campaign-against-isis-sustained",
    "assad-held-to-account-by-sanctions",
    "local-ceasefires-hold",
    "violence-kept-down",
    "humanitarian-assistance-increased",
    "military-effort-confined-to-terrorist-threats",
    "political-settlement-advanced",
    "no-support-for-normalisation",
    "no-sanction-lifted",
    "reconstruction-still-opposed",
    "us-forces-stay-east-of-the-euphrates",
    "isis-networks-in-idlib-dismantled",
    "better-prepared-against-isis",
    "intelligence-rebuilt-against-sleeper-cells",
    "borders-controlled-with-neighbours",
    "extremist-propaganda-countered",
    "supportive-environments-dismantled",
    "isis-turns-to-city-attacks",
    "isis-kept-out-of-cities",
    "isis-exhausted-and-without-territory",
    "no-normalisation-said-again",
]
C = dict(enumerate(CLAIMS, start=1))  # by their number in the dossier


@cache
def _rows(day: date) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """The columns and rows of each table in the file, as `loaddata` leaves them on a day."""
    with transaction.atomic():
        call_command("loaddata", FIXTURE, verbosity=0)
        with connection.cursor() as cursor:
            found = {table: _read(cursor, table) for table in _tables()}
        transaction.set_rollback(True)
    return {table: (columns, rows) for table, (columns, rows) in found.items() if rows}


def _models() -> list[type[Model]]:
    """What is loaded. The rows that triggers keep follow by themselves."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    return [User.groups.through, *(model for model in models if not issubclass(model, KeptRow))]


def _tables() -> list[str]:
    return [model._meta.db_table for model in (User, *_models())]


def _read(cursor: Any, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor.execute(f"SELECT * FROM {table}")
    return [column[0] for column in cursor.description], cursor.fetchall()


def load_dossier() -> None:
    """Insert the rows that `loaddata` makes. It takes over a second, so each process runs it once and then copies.

    The tables are filled one by one. That every row refers to an existing one is checked at the end.
    """
    rows = _rows(timezone.localdate())
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
        _continue_numbering(cursor)
        connection.check_constraints()


def _continue_numbering(cursor: Any) -> None:
    """Number new rows after the inserted ones. PostgreSQL's sequences know nothing of explicit numbers, and a test
    that loads a smaller fixture sets them back.
    """
    for statement in connection.ops.sequence_reset_sql(no_style(), [User, *_models()]):
        cursor.execute(statement)


def load_for_a_module(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Use as `loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)`, with `django_db` tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_dossier()
        yield
        transaction.set_rollback(True)
