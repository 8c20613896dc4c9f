"""What all tests share: browser tests known by their folder, and a database that keeps what migrations put into it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections

CHROMIUM = Path("/usr/bin/chromium")
NO_BROWSER = f"e2e: no browser at {CHROMIUM} (apt-get install chromium)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            mark_as_browser_test(item)
        if is_transactional(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def mark_as_browser_test(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.e2e)
    if CHROMIUM.exists():
        return
    if os.environ.get("E2E") == "required":
        raise pytest.UsageError(NO_BROWSER)
    item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool({"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Such a test empties every table behind it; serialized_rollback puts back what migrations made, such as groups.

    Kept on the class: once Playwright's event loop runs, Django sees a new context and opens another connection there,
    on which its own copy would be missing.
    """
    with django_db_blocker.unblock():
        connection = connections["default"]
        type(connection)._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()
