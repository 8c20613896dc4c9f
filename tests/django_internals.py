"""What tests use of Django beyond its documentation; what the product uses is in claims/django_internals.py."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation


def replace_translation_function(
    monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[..., str]
) -> None:
    """Let gettext, ngettext, … answer by the function.

    Modules import these names from Django at their start, so only what stands behind them can be replaced.
    """
    translation.gettext("")  # Django sets the functions at their first use
    monkeypatch.setattr(translation._trans, name, function, raising=False)


def keep_serialized_database(connection: Any, rows: str) -> None:
    """What `serialized_rollback` puts back behind a test that commits, on every connection of this kind."""
    type(connection)._test_serialized_contents = rows


def serialized_database(connection: Any) -> str:
    return type(connection)._test_serialized_contents


def create_empty_test_database(connection: Any, autoclobber: bool) -> str:
    """The first half of `create_test_db`, without its migrations. Returns the name."""
    return connection.creation._create_test_db(verbosity=0, autoclobber=autoclobber)


def run_on_server(connection: Any, statement: str, parameters: list[str] | None = None) -> list[Any]:
    """Run a statement of PostgreSQL without being connected to the database that it is about."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def forget_cached_fields(model: Any) -> None:
    """Let a model notice that a test took a field away from it."""
    model._meta._expire_cache()
