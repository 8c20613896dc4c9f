"""Many editors save at once on PostgreSQL: `python -m tests.benchmarks.forks [--times 2000] [--people 6]`.

Processes with separate connections grade, note searches, describe a speaker, propose and accept, as fast as they can.
Afterwards the entries are numbered without gaps, no two follow the same entry, and each act is entered once.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import monotonic
from typing import Any

from .scratch import deployment


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def work(editors: Any, name: int, times: int) -> list[tuple[str, str]]:
    """The acts that were acknowledged to one person."""
    from .saves import ACTS, MARK, PUBLIC_ACTS

    done = []
    for n in range(times):
        act, word = PUBLIC_ACTS[n % len(PUBLIC_ACTS)], f"{MARK}{name}-{n}"
        ACTS[act](editors, word)
        done.append((act, word))
    return done


def all_at_once(desks: list[Any], times: int) -> list[tuple[str, str]]:
    from django.db import connections

    connections.close_all()  # what is open here is not for the children
    shares = [times // len(desks) + (n < times % len(desks)) for n in range(len(desks))]
    with ProcessPoolExecutor(len(desks), mp_context=get_context("fork")) as people:
        done = people.map(work, desks, range(len(desks)), shares)
        return [each for share in done for each in share]


def forked() -> list[str]:
    """Gaps in the numbers, and entries with the same predecessor."""
    from claims.models import Entry

    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    found = [] if numbers == list(range(1, len(numbers) + 1)) else ["the numbers have a gap"]
    followed = Entry.objects.order_by().values("previous").distinct().count()
    return (
        found
        if followed == len(numbers)
        else [*found, f"{len(numbers) - followed} entries follow a followed one"]
    )


def run(times: int, people: int) -> bool:
    with deployment("postgresql"):
        from claims.models import Entry

        from .saves import desks, wrong

        editors, before = desks(people), Entry.objects.count()
        start = monotonic()
        done = all_at_once(editors, times)
        seconds, entries = monotonic() - start, Entry.objects.count() - before
        found = forked() + wrong(done)
        for line in found:
            say(line)
        say(
            f"{len(done)} saves by {people} processes in {seconds:.0f} s, {entries} entries: "
            f"{'FAULTS' if found else 'no gap, no fork, each save told of once, the ledger verifies'}"
        )
    return not found and len(done) == times


def main() -> int:
    parser = argparse.ArgumentParser(description="Save from several processes at once on PostgreSQL.")
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("--people", type=int, default=6)
    given = parser.parse_args()
    return 0 if run(given.times, given.people) else 1


if __name__ == "__main__":
    sys.exit(main())
