"""The precision with which readers see a place, depending on its risk. Only the desk keeps the exact place.

`Evidence.place` is always what readers may see, and the only place that pages, ledger and search use. The place is
made coarse when it is stored, so that no code has to hide anything when it is shown.
"""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from claims.actions.proposed_values import lay_values_over
from claims.domain.vocabulary import PlaceKind, Risk
from claims.models import Evidence, Place


def choose_shown_place(exact: Place | None, risk: Risk) -> Place | None:
    """The exact place, or the nearest place around it that readers may see; None if they may see none."""
    match risk:
        case Risk.NONE:
            return exact
        case Risk.PROVINCE:
            return _place_around(exact, PlaceKind.PROVINCE) or _place_around(exact, PlaceKind.COUNTRY)
        case Risk.COUNTRY:
            return _place_around(exact, PlaceKind.COUNTRY)
        case Risk.WITHHELD:
            return None
        case _:
            assert_never(risk)


def _place_around(exact: Place | None, kind: PlaceKind) -> Place | None:
    return next((place for place in _enclosing_places(exact) if place.kind == kind), None)


def _enclosing_places(place: Place | None) -> Iterator[Place]:
    seen: set[int] = set()
    while place is not None and place.pk not in seen:
        seen.add(place.pk)
        yield place
        place = place.parent


def set_shown_place(
    evidence: Evidence, proposed: Mapping[str, Any] | None = None, *, is_laid_over: bool = False
) -> None:
    """Set both places of a report before it is saved, depending on its risk.

    A place that the editor changed is the exact one. Otherwise the exact place stays as stored. `proposed` are the
    changes of a pending proposal; they count for values that this save leaves alone. `is_laid_over`: the report was
    read with them, so that it already holds those.
    """
    rows = Evidence.objects.filter(pk=evidence.pk).select_related("place", "exact_place")
    stored = rows.first() if evidence.pk else None
    waiting = proposed or {}
    if stored and is_laid_over:
        lay_values_over(stored, waiting)
        waiting = {}
    if stored and evidence.risk == stored.risk:
        evidence.risk = waiting.get("risk", stored.risk)
    exact = evidence.place
    if stored and evidence.place_id == stored.place_id:
        exact = _exact_place_before(stored, waiting)
    hidden = Risk(evidence.risk) is not Risk.NONE
    evidence.exact_place = exact if hidden else None
    evidence.place = choose_shown_place(exact, Risk(evidence.risk))


def _exact_place_before(stored: Evidence, waiting: Mapping[str, Any]) -> Place | None:
    """The exact place in the pending proposal, otherwise the stored one."""
    slug = waiting.get("exact_place")
    if not slug and waiting.get("risk", stored.risk) == Risk.NONE:
        slug = waiting.get("place")
    return Place.objects.get(slug=slug) if slug else stored.exact_place or stored.place
