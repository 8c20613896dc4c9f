"""The cast: a reporter, an editor, a publisher, and an outsider who may sign in but belongs to no group."""

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client


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
