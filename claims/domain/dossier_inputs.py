"""A dossier as JSON, in the form that `manage.py score_dossier` reads: what a score was computed from."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from .dates import PartialDate
from .dossier import Dossier, Gap, Link, LinkScore
from .vocabulary import ClaimKind, Credibility, Directness, Reliability, State


def inputs_of_dossier(dossier: Dossier, as_of: date) -> dict[str, Any]:
    """Everything that the score needs, so that anyone can recompute it.

    Links that nobody has rated say nothing yet, and are left out. A field without a value is left out, except for
    `event` and `origin`, which older files name always.
    """
    claim: dict[str, Any] = {"kind": str(dossier.kind)}
    for name in ("valid_from", "valid_until"):
        if period := getattr(dossier, name):
            claim[name] = str(period)
    if dossier.is_uncheckable:
        claim["uncheckable"] = True
    links = [_row_of_link(link) for link in dossier.graded_on(as_of).links if link.stances]
    return {"as_of": as_of.isoformat(), "claim": claim, "links": links}


def dossier_from_inputs(inputs: Mapping[str, Any]) -> Dossier:
    """The dossier that `inputs_of_dossier` once wrote down."""
    claim = inputs["claim"]
    return Dossier(
        kind=ClaimKind(claim["kind"]),
        valid_from=_parse_optional_period(claim.get("valid_from")),
        valid_until=_parse_optional_period(claim.get("valid_until")),
        links=tuple(map(_link_from_row, inputs["links"])),
        is_uncheckable=claim.get("uncheckable", False),
    )


PART_COLUMNS = ("visible", "mass", "counted", "contribution", "gap_without", "state_without")


def parts_of_inputs(gap: Gap, inputs: Mapping[str, Any]) -> list[list[Any]]:
    """Each link's part in a score, one row of PART_COLUMNS for each link of the inputs, in their order."""
    parts = [gap.links[link["id"]] for link in inputs["links"]]
    return [[getattr(part, name) for name in PART_COLUMNS] for part in parts]


def links_from_parts(parts: Sequence[Sequence[Any]], inputs: Mapping[str, Any]) -> dict[Hashable, LinkScore]:
    """The parts that `parts_of_inputs` once wrote down, by the id of their link."""
    rows = [dict(zip(PART_COLUMNS, row, strict=True)) for row in parts]
    return {
        link["id"]: LinkScore(**row | {"state_without": State(row["state_without"])})
        for link, row in zip(inputs["links"], rows, strict=True)
    }


def _link_from_row(row: Mapping[str, Any]) -> Link:
    return Link(
        id=row["id"],
        stances=tuple(row["stances"]),
        reliability=Reliability(row["reliability"]),
        credibility=Credibility(row["credibility"]),
        directness=Directness(row["directness"]),
        event=_parse_optional_period(row["event"]),
        known=PartialDate.parse(row["known"]),
        origin=row["origin"],
        publisher=row.get("publisher"),
        interested=row.get("interested", False),
    )


def _parse_optional_period(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _row_of_link(link: Link) -> dict[str, Any]:
    row = {
        "id": link.id,
        "stances": list(link.stances),
        "reliability": str(link.reliability),
        "credibility": int(link.credibility),
        "directness": str(link.directness),
        "event": str(link.event) if link.event else None,
        "known": str(link.known),
        "origin": link.origin,
    }
    if link.publisher is not None:
        row["publisher"] = link.publisher
    if link.interested:
        row["interested"] = True
    return row
