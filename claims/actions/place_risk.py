"""How exactly readers see where something happened: as its risk allows. The desk alone keeps the exact place.

`Evidence.place` is always what readers may see, and the only one that pages, the ledger and searches know of. So that
nothing has to remember to hide anything, the place is made coarse where it is stored, not where it is shown.
"""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from claims.domain.vocabulary import PlaceKind, Risk
from claims.models import Evidence, Place


def choose_shown_place(exact: Place | None, risk: Risk) -> Place | None:
    """The nearest place around the exact one, or that one itself, that the risk lets readers see."""
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


def set_shown_place(evidence: Evidence, proposed: Mapping[str, Any] | None = None) -> None:
    """Set both places of a report that is about to be saved, by its risk.

    A place that the editor has changed is the exact one as they know it; one left as it stood leaves the exact one as
    it was kept. `proposed` are changes that wait already: what this save leaves alone is as they have it.
    """
    stored = Evidence.objects.filter(pk=evidence.pk).select_related("place", "exact_place").first()
    waiting = proposed or {}
    if stored and evidence.risk == stored.risk:
        evidence.risk = waiting.get("risk", stored.risk)
    exact = evidence.place
    if stored and evidence.place_id == stored.place_id:
        exact = _exact_place_before(stored, waiting)
    hidden = Risk(evidence.risk) is not Risk.NONE
    evidence.exact_place = exact if hidden else None
    evidence.place = choose_shown_place(exact, Risk(evidence.risk))


def _exact_place_before(stored: Evidence, waiting: Mapping[str, Any]) -> Place | None:
    """The exact place as the waiting proposal has it, or else as it is stored."""
    slug = waiting.get("exact_place")
    if not slug and waiting.get("risk", stored.risk) == Risk.NONE:
        slug = waiting.get("place")
    return Place.objects.get(slug=slug) if slug else stored.exact_place or stored.place
