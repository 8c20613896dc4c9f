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
