"""Signed-in clients: a reporter, an editor, a publisher, and somebody who may sign in but has no group."""

import pytest

from tests.factories import UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(db):
    return signed_in(UserFactory(reporter=True))


@pytest.fixture
def editor(db):
    return signed_in(UserFactory(editor=True))


@pytest.fixture
def colleague(db):
    """Another editor."""
    return signed_in(UserFactory(editor=True))


@pytest.fixture
def publisher(db):
    return signed_in(UserFactory(publisher=True))


@pytest.fixture
def outsider(db):
    return signed_in(UserFactory())


@pytest.fixture
def chief(db):
    """A superuser."""
    return signed_in(UserFactory(chief=True))
