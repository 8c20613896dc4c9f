"""Addresses of records that were merged into others: they lead on for ever."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from claims.addresses import path_with_slug
from claims.models import OldAddress

from .missing_records import View, answer_if_missing


def follows_old_address(kind: str) -> Callable[[View], View]:
    """Decorate a view of one record by its slug: 301 to the record that it was merged into, in place of 404."""

    def lead_on(request: HttpRequest, slug: str, rest: dict[str, Any]) -> HttpResponse | None:
        old = OldAddress.objects.filter(kind=kind, slug=slug).first()
        if old is None:
            return None
        return HttpResponsePermanentRedirect(path_with_slug(request, old.leads_to))

    return answer_if_missing(lead_on)


def redirect_merged_choice(request: HttpRequest, parameter: str, kind: str) -> HttpResponse | None:
    """301 to the same address with the records that those named in a parameter were merged into; None if none were."""
    asked = request.GET.getlist(parameter)
    old = OldAddress.objects.filter(kind=kind, slug__in=asked)
    led = dict(old.values_list("slug", "leads_to")) if asked else {}
    if not led:
        return None
    query = request.GET.copy()
    query.setlist(parameter, list(dict.fromkeys(led.get(slug, slug) for slug in asked)))
    return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")
