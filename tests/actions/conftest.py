"""Three accounts, and a check after each test that ledger and gaps are correct."""

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
    """After the test: the ledger agrees with what readers see, and each stored gap with its evidence."""
    yield
    assert not list(ledger_faults())
