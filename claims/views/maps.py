"""The map of where the reports of a page lie."""

from django.db.models import QuerySet
from django.utils.translation import get_language

from claims.models import Claim, Evidence, Place
from claims.selectors.ground import ground
from claims.selectors.maps import Map, map_of


def map_for(evidence: QuerySet[Evidence], claims: QuerySet[Claim], around: Place | None = None) -> Map | None:
    """Of what readers may see as of the page's day; None where nothing has a place on a map."""
    return map_of(ground(evidence, claims), get_language() or "en", around)
