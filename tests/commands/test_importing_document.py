"""The example of docs/importing.md does what the document says, and its table of columns is that of the code."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.ingest.table_kinds import TABLE_KINDS
from claims.models import Evidence, Source
from tests import factories as f

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "importing.md").read_text()


@pytest.mark.django_db
def test_the_example_works_as_printed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    f.UserFactory(editor=True, username="ann")
    for name, table in re.findall(r"^`(\w+\.csv)`:\n\n```csv\n(.*?)```", DOCUMENT, re.DOTALL | re.MULTILINE):
        Path(name).write_text(table)
    commands = re.findall(r"^manage\.py (import_table .*)$", DOCUMENT, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        out = StringIO()
        call_command(*command.split(), stdout=out)
        assert "2 row(s): 2 new, 0 changed, 0 unchanged, 0 left out, 0 with faults." in out.getvalue()
    assert (Source.objects.count(), Evidence.objects.filter(status="draft").count()) == (2, 2)
    assert str(Evidence.objects.get(summary__startswith="The ferry").known) == "2024-03"


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_the_table_of_columns(kind):
    row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{kind}` |"))
    told = [name.strip() for name in row.split("|")[2].split(",")]
    assert [name.strip("*") for name in told] == list(TABLE_KINDS[kind].fields)
    assert {name.strip("*") for name in told if name.startswith("**")} == set(TABLE_KINDS[kind].required)
