"""Measures the import of a large table: rows a second, memory and queries, beside a bare bulk_create of the same rows.

Run it with `.venv/bin/python -m tests.benchmarks.importing [ROWS]`. It uses a database of its own. Each measurement is
a process of its own, so that the peak of its memory is its own too. Aim: 5,000 rows in under a minute and 200 MB.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

ROWS = 5000
STEPS = ("start", "import", "again", "bulk_create")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DEMO": "1",
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], env=environment, check=True)
        print("what         rows/s  seconds  peak MB  queries/row")
        for step in STEPS:
            command = [sys.executable, "-m", "tests.benchmarks.importing", step, str(rows)]
            subprocess.run(command, env=environment, check=True)


def table_of(rows: int) -> bytes:
    lines = ["id,summary,known,event,place,source,url,detail"]
    for n in range(rows):
        day = f"{1 + n % 28} March {1990 + n % 30}"
        lines.append(
            f"r{n},Trucks with aid crossed at gate {n},{day},,Place {n % 400},Source {n % 50},"
            f"https://reports.example/{n},Report {n} of the day."
        )
    return "\n".join(lines).encode()


def measure(step: str, rows: int) -> None:
    import django

    django.setup()
    from django.db import connection

    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    work = {"start": lambda: None, "import": import_rows, "again": import_rows, "bulk_create": create_rows}[
        step
    ]
    if step == "import":
        enter_what_is_referred_to()
    start = time.perf_counter()
    with connection.execute_wrapper(count):
        work(*([] if step == "start" else [rows]))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step:<12} {rows / seconds:>6.0f}  {seconds:>7.1f}  {peak:>7.0f}  {queries / rows:>11.2f}")


def enter_what_is_referred_to() -> None:
    from django.contrib.auth.models import User

    from claims.models import Place, Source

    User.objects.create(username="importer", is_superuser=True, is_staff=True)
    Place.objects.bulk_create([Place(name=f"Place {n}", slug=f"place-{n}") for n in range(400)])
    Source.objects.bulk_create([Source(name=f"Source {n}", slug=f"source-{n}") for n in range(50)])


def import_rows(rows: int) -> None:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from claims.actions import import_table
    from claims.ingest.table_files import read_table
    from claims.ingest.table_kinds import TABLE_KINDS

    by = User.objects.get(username="importer")
    report = import_table(read_table(table_of(rows)), TABLE_KINDS["evidence"], by=by, now=timezone.now())
    if report.is_faulty:
        raise SystemExit(
            "\n".join(str(list(report.faults_of(row))) for row in report.rows if row.faults)[:2000]
        )


def create_rows(rows: int) -> None:
    from claims.models import Evidence, Source

    source = Source.objects.first()
    Evidence.objects.bulk_create(
        [
            Evidence(
                slug=f"bare-{n}",
                summary=f"Trucks {n}",
                known="2021",
                source=source,
                url=f"https://b.example/{n}",
            )
            for n in range(rows)
        ],
        batch_size=500,
    )


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
