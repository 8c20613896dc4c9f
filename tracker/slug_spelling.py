"""Leads from other spellings of a record's address to its own: capitals, other normal forms, vowel marks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from claims.addresses import path_with_slug
from claims.domain.slugs import normalize_slug
from claims.views.withdrawn_responses import without_stored_copies


class LeadToSlugSpelling:
    """Answers 301 in place of 404 where the slug in the address has another spelling.

    It asks no database: the answer is the same whether the record is not public or is not there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or match is None:
            return response
        written = match.kwargs.get("slug", "")
        if (slug := normalize_slug(written)) == written:
            return response
        return without_stored_copies(HttpResponsePermanentRedirect(path_with_slug(request, slug)))
