"""The readers' pages on a fixed day, with the Syria dossier (loaded once for a module) or with factories."""

from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.factories import NOW
from tests.syria import load_dossier
from tests.views.page import Page

type_of_look = Callable[..., Page]


@pytest.fixture(scope="module", autouse=True)
def _today() -> Iterator[None]:
    """Set today to 22 November 2026: tests of today's numbers must not age."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)
        yield


@pytest.fixture(scope="module")
def syria(_today, django_db_setup, django_db_blocker) -> Iterator[None]:
    """The fixture, loaded and scored once for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_dossier()
        yield
        transaction.set_rollback(True)


def open_page(address: str, status: int = 200) -> Page:
    """Open a page and parse it strictly. Fails if the status is not the expected one."""
    path, _, query = address.partition("?")
    response = Client().get(path, QUERY_STRING=quote(query, safe="=&+%/"))
    assert response.status_code == status, f"{address} answered {response.status_code}"
    page = Page(response.getvalue().decode(), address)  # a file may be streamed
    page.headers, page.cookies = response.headers, response.cookies
    return page


@pytest.fixture
def look() -> type_of_look:
    return open_page


@pytest.fixture(scope="module")
def look_again(syria: None) -> type_of_look:
    """The same for modules that only read. Each page is rendered once."""
    return cache(open_page)
