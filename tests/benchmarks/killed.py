"""Kills processes during saves: `python -m tests.benchmarks.killed [--times 200] [--engine …]`.

Processes save in a loop. They write each acknowledged save to a file before the next one. They are killed (SIGKILL)
at a random moment. Afterwards each acknowledged save must exist once and complete, no other may exist in part, and
the ledger must verify. The machine keeps running, so this does not test what a power cut does to the disk.
"""

import argparse
import json
import os
import random
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from .scratch import ENGINES, deployment, wait_until_alone

WORKERS = 3
LONGEST = 1.2  # seconds between the start of the processes and their end


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def work(editors: Any, journal: Path, name: str) -> None:
    """Save until killed."""
    from .saves import ACTS, MARK

    file = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for n in count():
        act, word = random.choice(list(ACTS)), f"{MARK}{name}-{n}"
        ACTS[act](editors, word)
        os.write(file, (json.dumps([act, word]) + "\n").encode())
        os.fsync(file)


def forked(editors: Any, journal: Path, name: str) -> int:
    child = os.fork()
    if child:
        return child
    try:
        random.seed(name)
        work(editors, journal, name)
    except (
        BaseException
    ) as error:  # a refusal would be a fault of the benchmark, and must not pass in silence
        (journal.parent / f"{name}.error").write_text(repr(error))
    finally:
        os._exit(1)


def kill_all(children: list[int]) -> None:
    for child in children:
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)


def acknowledged(folder: Path) -> Iterator[tuple[str, str]]:
    for journal in folder.glob("*.journal"):
        for line in journal.read_text().splitlines():
            act, word = json.loads(line)
            yield act, word


def one_kill(n: int, desks: list[Any], folder: Path) -> list[str]:
    """Kill the processes once. Returns what is wrong afterwards."""
    from django.db import connections

    from .saves import wrong

    connections.close_all()  # what is open here is not for the children
    children = [forked(desk, folder / f"{i}.journal", f"{n}-{i}") for i, desk in enumerate(desks)]
    sleep(random.uniform(0.02, LONGEST))
    kill_all(children)
    wait_until_alone()
    errors = [f"{path.name}: {path.read_text()}" for path in folder.glob("*.error")]
    return errors + wrong(acknowledged(folder))


def run(times: int, engine: str) -> bool:
    """Run all kills. Returns True if nothing was lost, doubled or incomplete."""
    with deployment(engine) as folder:
        from .saves import desks

        start, found, people = monotonic(), list[str](), desks(WORKERS)
        for n in range(1, times + 1):
            found = one_kill(n, people, folder)
            saved = sum(1 for _ in acknowledged(folder))
            say(f"{engine}, kill {n}: {saved} saves acknowledged, {len(found)} faults")
            if found:
                break
        for line in found:
            say(line)
        say(
            f"{engine}: {n} kills, {saved} acknowledged saves, "
            f"{'FAULTS' if found else 'each there once and whole, the ledger verifies'}; {monotonic() - start:.0f} s"
        )
    return not found


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill processes in the middle of their saves.")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    given = parser.parse_args()
    return 0 if run(given.times, given.engine) else 1


if __name__ == "__main__":
    sys.exit(main())
