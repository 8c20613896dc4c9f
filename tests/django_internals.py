"""Undocumented parts of Django that tests use. Those of the product are in claims/django_internals.py."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation


def replace_translation_function(
    monkeypatch: pytest.MonkeyPatch, name: str, function: Callable[..., str]
) -> None:
    """Make gettext, ngettext and so on call the function.

    Modules import these names from Django when they are loaded, so only the implementation behind them can be
    replaced.
    """
    translation.gettext("")  # Django sets the functions at their first use
    monkeypatch.setattr(translation._trans, name, function, raising=False)


def keep_serialized_database(connection: Any, rows: str) -> None:
    """Set what `serialized_rollback` restores after a test that commits, for every connection of this kind."""
    type(connection)._test_serialized_contents = rows


def serialized_database(connection: Any) -> str:
    return type(connection)._test_serialized_contents


def create_empty_test_database(connection: Any, autoclobber: bool) -> str:
    """Run the first half of `create_test_db`, without migrations. Returns the name of the database."""
    return connection.creation._create_test_db(verbosity=0, autoclobber=autoclobber)


def run_on_server(connection: Any, statement: str, parameters: list[str] | None = None) -> list[Any]:
    """Run a PostgreSQL statement about a database without being connected to it."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def forget_cached_fields(model: Any) -> None:
    """Clear a model's cached fields after a test has removed a field."""
    model._meta._expire_cache()
