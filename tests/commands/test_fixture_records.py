"""A fixture's records: addresses that they get, words for constraints, and keys that are looked up once."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Evidence
from claims.models.constraint_messages import _made_words
from tests.commands.bridge_dossier import bridge
from tests.commands.fixture_files import check, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Records without an address of their own ------------------------------------------------------------------------------


def test_a_report_without_an_address_gets_one_and_keeps_it(folder):
    records = [*bridge(), {"model": "claims.evidence", "fields": {"summary": "Ice on the quay.",
               "known": "2025", "source": ["city-radio"]}}]  # fmt: skip
    for _ in range(2):
        check(folder, records, "loaddata")
    assert list(Evidence.objects.filter(status="draft").values_list("slug", flat=True)) == ["ice-on-the-quay"]


# The database ---------------------------------------------------------------------------------------------------------


def test_every_constraint_has_words_that_name_a_field_and_not_the_constraint():
    for model in apps.get_app_config("claims").get_models():
        for constraint in model._meta.constraints:
            field, words = _made_words(constraint, model())
            assert field, constraint.name
            assert constraint.name not in words


def test_keys_are_looked_up_once(folder):
    """An empty site is asked for no key; the cost of a record is its own row."""
    path = write(folder, bridge())
    with CaptureQueriesContext(connection) as asked:
        call_command("check_fixture", path, stdout=StringIO())
    by_key = [query["sql"] for query in asked if "LIMIT 21" in query["sql"]]
    assert by_key == []
