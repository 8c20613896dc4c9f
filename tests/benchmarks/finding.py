"""Measures how search scales: `python -m tests.benchmarks.finding [sqlite|postgresql] [CLAIMS]` prints ratios.

The comparison is a scan of every text for every word. Both give the first page of the list of claims, counted and
sorted. No time is asserted.
"""

import random
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from .scratch import ENGINES, deployment

CLAIMS_A_STATEMENT = 5
FIELDS = ("proposition", "quote", "criterion", "statement__title", "statement__speaker__name")
QUERIES = {
    "a rare word": "word1999x",
    "a frequent word": "humanitarian",
    "a word in every text": "the",
    "two words": "humanitarian word1200x",
    "a phrase": '"the humanitarian"',
    "Arabic": "مساعدات",
    "nothing": "unicorn",
}


def fill(claims: int, seed: int = 7) -> None:
    """Create published claims by about a hundred speakers, with realistic frequencies of words."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from claims.models import Claim, Source, Speaker, Statement

    rng, now = random.Random(seed), timezone.now()  # the same world each time
    writer, publisher = (User.objects.create_user(name) for name in ("writer", "publisher"))
    public: dict[str, Any] = {
        "status": "published", "created_by": writer, "changed_by": writer, "published_by": publisher,
        "approved_by": publisher, "published_at": now,
    }  # fmt: skip
    source = Source.objects.create(name="Source")
    speakers = Speaker.objects.bulk_create(Speaker(name=f"Speaker {n}", slug=f"s{n}") for n in range(100))
    statements = Statement.objects.bulk_create(
        Statement(title=f"Remarks {n}", slug=f"r{n}", speaker=rng.choice(speakers), source=source, text=text(rng, 200),
                  said_on=f"20{n % 26:02}", **public)
        for n in range(max(claims // CLAIMS_A_STATEMENT, 1))
    )  # fmt: skip
    Claim.objects.bulk_create(
        Claim(statement=rng.choice(statements), slug=f"c{n}", kind="fact", proposition=text(rng, 9),
              quote=text(rng, 12), criterion=text(rng, 25), **public)
        for n in range(claims)
    )  # fmt: skip


def text(rng: random.Random, words: int) -> str:
    found = [f"word{min(int(rng.paretovariate(0.5)), 2000)}x" for _ in range(words)]
    found[rng.randrange(words)] = "the"
    for word, times in (("humanitarian", 20), ("المُسَاعدات", 50)):
        if not rng.randrange(times):
            found[rng.randrange(words)] = word
    return " ".join(found)


def by_index(words: str) -> int:
    from claims.models import Claim
    from claims.search import parse_query, rank_records, search_records

    wanted = parse_query(words)
    found = search_records(Claim.objects.published(), wanted)
    list(rank_records(found, wanted).values_list("pk", flat=True)[:25])
    return found.count()


def by_scan(words: str) -> int:
    from django.db.models import Q

    from claims.models import Claim

    found = Claim.objects.published()
    for word in words.strip('"').split() if '"' not in words else [words.strip('"')]:
        anywhere = Q()
        for field in FIELDS:
            anywhere |= Q(**{f"{field}__icontains": word})
        found = found.filter(anywhere)
    list(found.order_by("-statement__said_on", "pk").values_list("pk", flat=True)[:25])
    return found.count()


def fastest(work: Callable[[], object], times: int = 3) -> float:
    spans = []
    for _ in range(times):
        start = perf_counter()  # not the processor's: on PostgreSQL the work is another process's
        work()
        spans.append(perf_counter() - start)
    return min(spans)


def measure(engine: str, claims: int) -> None:
    from django.db import connection

    from claims.search.index import build_search_index, drop_search_index

    drop_search_index()
    start = perf_counter()
    fill(claims)
    plain = perf_counter() - start
    start = perf_counter()
    build_search_index()
    indexed = perf_counter() - start
    if engine == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(
        f"{engine}, {claims:,} claims: made anew, the index takes {indexed / plain:.1f}× what writing them took"
    )
    print(f"{'':>22} {'found':>6} {'scan ÷ index':>13} {'index ÷ “nothing”':>18}")
    least = fastest(lambda: by_index(QUERIES["nothing"]))
    for name, words in QUERIES.items():
        took = fastest(lambda: by_index(words))  # noqa: B023
        scan = fastest(lambda: by_scan(words))  # noqa: B023
        print(f"{name:>22} {by_index(words):>6,} {scan / took:>12.1f}× {took / least:>17.1f}×")


def main(engine: str = ENGINES[0], claims: str = "10000") -> None:
    with deployment(engine):
        measure(engine, int(claims))


if __name__ == "__main__":
    main(*sys.argv[1:])
