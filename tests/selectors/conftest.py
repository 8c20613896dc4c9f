"""A world that tests change past the software, with SQL."""

import pytest
from django.db import transaction

from tests.selectors import tampering


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for a module; whatever a test does to it is undone by `undone`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield tampering.built_without_triggers()
        transaction.set_rollback(True)


@pytest.fixture
def undone(world, db):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
