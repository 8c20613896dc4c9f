"""Writes fixtures to files, and gives them to the commands that read them."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from claims.management.commands.loaddata import FixtureFaults
from claims.models import Claim, Evidence, Speaker, Statement


def write(folder, records, name="mine.json"):
    text = records if isinstance(records, str) else json.dumps(records, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def check(folder, records, command="check_fixture"):
    out = StringIO()
    call_command(command, write(folder, records), stdout=out, stderr=out)
    return out.getvalue()


def faults(folder, records, command="check_fixture"):
    """The lines of the refusal but the last, which counts them."""
    with pytest.raises(FixtureFaults) as refused:
        check(folder, records, command)
    *lines, total = str(refused.value).strip().splitlines()
    assert total == f"{len(lines)} fault{'s' if len(lines) > 1 else ''}; nothing was loaded."
    assert not any(model.objects.exists() for model in (Speaker, Statement, Claim, Evidence, User))
    assert "constraint" not in str(refused.value).lower()
    return lines


def dump():
    out = StringIO()
    call_command(
        "dumpdata", "claims", "auth.user", natural_foreign=True, natural_primary=True, exclude=["claims.claimgap"],
        stdout=out,
    )  # fmt: skip
    return json.loads(out.getvalue())
