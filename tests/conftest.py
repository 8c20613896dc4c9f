"""Settings for all tests; a browser test without a browser is skipped out loud, or fails where one is promised."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

CHROMIUM = Path("/usr/bin/chromium")
NO_BROWSER = f"e2e: no browser at {CHROMIUM} (apt-get install chromium)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
        if item.get_closest_marker("e2e") and not CHROMIUM.exists():
            if os.environ.get("E2E") == "required":
                raise pytest.UsageError(NO_BROWSER)
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()
