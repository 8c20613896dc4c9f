"""The snapshot that an address names."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from claims.models import Claim
from claims.selectors.pins import Pinned, pinned

from .days import asked_day


def found(request: HttpRequest, slug: str, number: int) -> Pinned:
    """Of a claim that is public, and a snapshot that had been taken by the day; anything else is not found."""
    day = asked_day(request)
    get_object_or_404(Claim.objects.published().only("pk"), slug=slug)
    shown = pinned(slug, number, day)
    if shown is None:
        raise Http404
    return shown
