"""Many saves from several processes at once leave one chain. `python -m tests.benchmarks.forks` makes them 2,000."""

import pytest
from django.db import connection

from tests.actions.test_killed import benchmark
from tests.benchmarks.forks import forked
from tests.factories import EntryFactory
from tests.selectors.tampering import lift_triggers, run

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_saves_of_six_processes_at_once_leave_no_fork():
    line = benchmark("forks", "--times", "150")
    assert line.startswith("150 saves by 6 processes")
    assert line.endswith("no gap, no fork, each save told of once, the ledger verifies")


def test_the_check_sees_a_gap():
    EntryFactory.create_batch(3)
    assert forked() == []
    lift_triggers()
    run("DELETE FROM claims_entry WHERE number = 2")
    assert forked() == ["the numbers have a gap"]


def test_the_check_sees_a_fork_if_the_database_let_one_pass():
    first = EntryFactory()
    lift_triggers()
    run("DROP INDEX entry_follows_one_that_no_other_follows")
    EntryFactory.create_batch(2, previous=first.hash)
    assert forked() == ["1 entries follow a followed one"]
