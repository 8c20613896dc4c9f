"""Debian's Chromium on the tests' own server, over plain http."""

import os

import pytest

from tests.conftest import CHROMIUM

# Playwright's event loop runs in the main thread, where the fixtures also speak to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": QUIET.split()}


@pytest.fixture(autouse=True)
def _cookies_over_plain_http(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "test_session", "test_csrf"


@pytest.fixture(autouse=True)
def _queries_are_counted_elsewhere(settings):
    """A form’s rows are saved one by one, each with its own look-ups; other tests hold pages to their queries."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]
