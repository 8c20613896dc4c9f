"""The records of the Syria dossier as files in `tests/dossier/`: one file a kind, one record a line.

They are raw records with natural keys, as fixtures have them. A link also holds the stances of its two editors, and the
clause of the claim's test that it meets, where both of them say so. `python -m tests.remake_dossier` puts them through
the product's own actions.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Link
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability

FOLDER = Path(__file__).parent / "dossier"


def read_file(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def read_fields(name: str) -> list[dict[str, Any]]:
    return [row["fields"] for row in read_file(name)]


def read_table() -> list[dict[str, Any]]:
    """What must be true of the result: the state and the gap of each claim on each of eight days."""
    return read_file("table")


def dossiers_from_files() -> dict[str, Dossier]:
    """Each claim with its links as the method takes them, by the claim's slug; without a database."""
    evidence = {row["slug"]: row for row in read_fields("evidence")}
    sources = {row["slug"]: row for row in read_fields("sources")}
    links = defaultdict(list)
    for row in read_fields("links"):
        links[row["claim"][0]].append(_link_from_row(row, evidence[row["evidence"][0]], sources))
    return {
        row["slug"]: Dossier(
            ClaimKind(row["kind"]),
            valid_from=_period(row.get("valid_from")),
            valid_until=_period(row.get("valid_until")),
            links=tuple(links[row["slug"]]),
        )
        for row in read_fields("claims")
    }


def _link_from_row(row: dict[str, Any], report: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Link:
    (publisher,) = report.get("relays") or report["source"]
    return Link(
        id=report["slug"],
        stances=tuple(row["stances"]),
        reliability=Reliability(sources[publisher]["reliability"]),
        credibility=Credibility(report["credibility"]),
        directness=Directness.DECISIVE if "decisive_clause" in row else Directness(row["directness"]),
        event=_period(report.get("event")),
        known=PartialDate.parse(report["known"]),
        origin=report.get("origin", [None])[0],
        publisher=publisher,
        interested=row.get("interested", False),
    )


def _period(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
