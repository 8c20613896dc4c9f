"""Debian's Chromium with the test server over plain http, and the readers' site on a fixed day."""

import os
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.conftest import CHROMIUM
from tests.factories import NOW
from tests.syria import load_dossier

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
    """Switch off the check for repeated queries: rows of a form are saved one by one. Other tests count queries."""
    settings.ZEAL_ALLOWLIST = [{"model": "*"}]


@pytest.fixture
def site(live_server, monkeypatch) -> str:
    """The Syria dossier, served on 22 November 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    load_dossier()
    return live_server.url


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """The complaints of the browser's console and of the content security policy. The test fails if there are any."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request", lambda request: heard.append(request.url) if "://localhost" not in request.url else None
    )
    yield heard
    assert heard == []


def is_complaint(message) -> bool:
    refused_as_it_should_be = "status of 4" in message.text  # pages that are opened to see them refused
    replaced = message.text.startswith(
        ("htmx:afterRequest,", "htmx:sendAbort,")
    )  # by a later choice, as it should be
    return message.type in {"error", "warning"} and not (refused_as_it_should_be or replaced)
