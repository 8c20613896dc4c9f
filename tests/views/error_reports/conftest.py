"""A claim to report, a clock that can be moved on, and a reader who writes."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tests.factories import ClaimFactory

from .reporting import FORM_TYPE, TYPED, form_of, token_of


@pytest.fixture
def claim():
    return ClaimFactory(published=True)


@pytest.fixture
def clock(monkeypatch):
    """Lets time pass."""

    def later(**passed):
        moment = timezone.now() + timedelta(**passed)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return later


@pytest.fixture
def write(claim, clock, client):
    """Open the form of a record, change what is sent, and send it."""

    def send(record=claim, *, after=None, headers=None, to=None, **changes):
        address = form_of(record)
        data = TYPED | {"token": token_of(client.get(address))} | changes
        clock(**(after or {"seconds": 20}))
        return client.post(to or address, urlencode(data), content_type=FORM_TYPE, headers=headers or {})

    return send
