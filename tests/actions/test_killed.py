"""The plug is pulled in the middle of editors' saves: what was acknowledged is there, once, and nothing in part.

A few kills of real processes, on a deployment of their own. `python -m tests.benchmarks.killed` pulls it 200 times, and
`python -m tests.benchmarks.killed_server` out of the server itself.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from claims.models import Claim, DeskStep, Entry
from tests.benchmarks.saves import ACTS, MARK, desks, wrong

BASE_DIR = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.django_db


def benchmark(name, *arguments):
    """The last line that it prints; it fails by itself where anything is not as it should be."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    run = subprocess.run(
        command, cwd=BASE_DIR, capture_output=True, text=True, timeout=240, env=os.environ, check=False
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return run.stdout.splitlines()[-1]


@pytest.mark.parametrize(("name", "times"), [("killed", 10), ("killed_server", 2)])
def test_what_was_acknowledged_outlives_the_kill_once_and_whole(name, times):
    line = benchmark(name, "--times", str(times), "--engine", connection.vendor)
    assert f"{times} kills, " in line
    assert " 0 acknowledged saves" not in line


# The check sees what it looks for -----------------------------------------------------------------------------------


@pytest.fixture
def saved():
    """Each kind of save, once, all of it acknowledged."""
    (editors,) = desks(1)
    acknowledged = [(act, f"{MARK}{act}") for act in ACTS]
    for act, word in acknowledged:
        ACTS[act](editors, word)
    assert wrong(acknowledged) == []
    return acknowledged


def test_a_save_that_was_lost_is_seen(saved):
    for act in ACTS:
        (line,) = wrong([*saved, (act, f"{MARK}lost")])
        assert line == f"{act} {MARK}lost: acknowledged, and there 0 times"


def test_a_save_of_which_a_part_is_missing_is_seen(saved):
    claim = Claim.objects.get(proposition=f"{MARK}statement 1")
    claim.topics.clear()
    assert wrong(saved) == [f"statement {MARK}statement: half of it is there"]


@pytest.mark.parametrize("kind", ["statement", "claim", "evidence"])
def test_a_row_without_its_step_is_seen(saved, kind):
    DeskStep.objects.filter(kind=kind, step="write").latest("pk").delete()
    (line,) = wrong(saved)
    assert line.endswith("a row without its step")


def test_a_row_without_its_entry_is_seen(saved):
    Claim.objects.filter(criterion=f"{MARK}claim").update(criterion="Something else.")
    (line,) = wrong(saved)
    assert line.startswith(
        f"ledger: entry {Entry.objects.filter(kind='claim').latest('number').number}, claim "
    )
