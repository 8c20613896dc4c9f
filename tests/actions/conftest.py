"""Three people at the desk, and a ledger that holds after whatever they did."""

import pytest

from claims.ledger.verification import ledger_faults
from tests.factories import UserFactory


@pytest.fixture
def writer():
    return UserFactory(editor=True)


@pytest.fixture
def grader():
    return UserFactory(editor=True)


@pytest.fixture
def publisher():
    return UserFactory(publisher=True)


@pytest.fixture
def ledger_holds(db):
    """Behind the test: what readers see is what the ledger tells, and each stored gap what the evidence comes to."""
    yield
    assert not list(ledger_faults())
