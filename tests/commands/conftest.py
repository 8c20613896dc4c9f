"""The editor who imports, and what her tables refer to."""

import pytest

from tests import factories as f


@pytest.fixture
def ann():
    return f.UserFactory(editor=True, username="ann")


@pytest.fixture
def held():
    f.SourceFactory(name="Relief Watch", slug="relief-watch")
    f.PlaceFactory(name="Idlib", slug="idlib")
