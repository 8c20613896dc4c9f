"""Measures how the first rendering of public lists grows: `python -m tests.benchmarks.lists [CLAIMS | FILE]…`.

A number makes an archive of so many claims in a scratch database. A file is an SQLite database with an archive that
`manage.py seed_scale` has made. Rendered pages are not kept. The table gives the CPU time of a page in milliseconds,
how many times an empty view that is, and its queries; then how it grows from the smallest archive to the largest.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import django
from django.http import HttpRequest, HttpResponse
from django.urls import path

from .scratch import SETTINGS, deployment

SIZES = ("1000", "10000")
TIMES = 5  # renderings of a page; the median counts
PAGES = {
    "an empty view": "/empty/",
    "list": "/en/claims/",
    "list, largest gap first": "/en/claims/?sort=widest",
    "list, page 10": "/en/claims/?page=10",
    "list, three filters": "/en/claims/?kind=fact&state=contradicts&standing=official&sort=widest",
    "list of a speaker": "/en/claims/?speaker=scale-1-speaker-1",
    "list of a topic": "/en/claims/?topic=scale-1-topic-1",
    "home": "/en/",
    "speaker": "/en/speakers/scale-1-speaker-1/",
    "topic": "/en/topics/scale-1-topic-7/",
    "place": "/en/places/scale-1-place-9/",
    "speakers": "/en/speakers/",
    "topics": "/en/topics/",
    "places": "/en/places/",
    "sources": "/en/sources/",
    "comparison": "/en/compare/?speaker=scale-1-speaker-1&speaker=scale-1-speaker-2",
    "search": "/en/search/?q=bridge",
    "feed": "/en/feed/",
    "changes": "/en/changes/",
    "sitemap": "/sitemap.xml",
    "sitemap of claims": "/sitemap-claim.xml",
}


def empty_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns: list[Any] = [path("empty/", empty_view)]


def measure_pages() -> dict[str, list[float]]:
    """The milliseconds of CPU and the queries of each page."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tracker.urls import urlpatterns as of_site

    urlpatterns[1:] = of_site
    settings.ROOT_URLCONF = __name__
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # nobody has to collect them first
    client, found = Client(HTTP_HOST="127.0.0.1"), {}
    for name, address in PAGES.items():
        status = client.get(address).status_code
        if status != 200:
            print(f"{address} answers {status}", file=sys.stderr)
            continue
        taken = [_cpu_milliseconds(lambda page=address: client.get(page)) for _time in range(TIMES)]  # type: ignore[misc]
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found[name] = [median(taken), len(asked)]
    return found


def _cpu_milliseconds(work: Callable[[], Any]) -> float:
    start = process_time()
    work()
    return (process_time() - start) * 1000


@contextmanager
def _archive(named: str) -> Iterator[None]:
    """Set up Django on a file, or on a new archive of so many claims."""
    os.environ.update(SETTINGS, PAGE_CACHE_MB="0")
    if named.isdigit():
        from django.core.management import call_command

        with deployment("sqlite"):
            call_command("seed_scale", claims=int(named), verbosity=0)
            yield
        return
    os.environ["DATABASE_URL"] = named if "://" in named else f"sqlite:///{Path(named).absolute()}"
    django.setup()
    yield


def measured_apart(named: str) -> dict[str, list[float]]:
    """The figures of one archive, from a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.lists", "--one", named]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, list[float]] = json.loads(output.splitlines()[-1])
    return found


def print_table(found: list[dict[str, list[float]]]) -> None:
    print(
        f"{'page':26}"
        + "".join(f"{'ms':>9}{'empty ×':>9}{'queries':>8}" for _each in found)
        + f"{'growth':>9}"
    )
    for name in PAGES:
        cells = [each.get(name) for each in found]
        line = f"{name:26}"
        for each, cell in zip(found, cells, strict=True):
            empty = each["an empty view"][0]
            line += f"{cell[0]:9.1f}{cell[0] / empty:9.0f}{cell[1]:8.0f}" if cell else f"{'-':>26}"
        if cells[0] and cells[-1]:
            line += f"{cells[-1][0] / cells[0][0]:9.2f}"
        print(line)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        with _archive(arguments[1]):
            print(json.dumps(measure_pages()))
        return
    print_table([measured_apart(named) for named in arguments or SIZES])


if __name__ == "__main__":
    main(sys.argv[1:])
