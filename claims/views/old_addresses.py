"""Addresses of records that were merged into others: they lead on for ever."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from claims.models import OldAddress

View = Callable[..., HttpResponse]


def follows_old_address(kind: str) -> Callable[[View], View]:
    """Decorate a view of one record by its slug: 301 to the record that it was merged into, in place of 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **rest)
            except Http404:
                old = OldAddress.objects.filter(kind=kind, slug=slug).first()
                if old is None:
                    raise
                # With the language before it and the query behind it, as they were asked for.
                address = request.get_full_path().replace(f"/{kind}s/{slug}/", f"/{kind}s/{old.leads_to}/", 1)
                return HttpResponsePermanentRedirect(address)

        return shown

    return decorate
