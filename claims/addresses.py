"""Absolute addresses, for feeds, cards and other things read outside the site.

Each address names its language, so that it gives everybody the same page.
"""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from claims.domain.slugs import MAX_SLUG_LENGTH, is_slug, normalize_slug

_LONGEST_SPELLING: Final = 4 * MAX_SLUG_LENGTH  # with marks and signs that the one spelling leaves out


class RecordSlugConverter:
    """The slug of a record in a path. It comes as it was written; `normalize_slug` gives the one that is stored."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        if len(value) > _LONGEST_SPELLING or not is_slug(normalize_slug(value)):
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return value


def path_with_slug(request: HttpRequest, slug: str) -> str:
    """The requested path and query, with another slug of a record."""
    match = request.resolver_match
    if match is None:
        raise ValueError("The request was not resolved.")
    query = request.META.get("QUERY_STRING", "")
    return reverse(match.view_name, kwargs={**match.kwargs, "slug": slug}) + (query and f"?{query}")


def absolute_address(request: HttpRequest, name: str, *args: Any, language: str = "") -> str:
    """Return the absolute address of a named page, in the current language unless `language` is given."""
    return absolute_address_of_path(request, reverse(name, args=args), language)


def absolute_address_of_path(request: HttpRequest, path: str, language: str = "") -> str:
    """Return the absolute address of a path that `reverse` returned."""
    bare = path_below_mount(path)
    return request.build_absolute_uri(f"{mount_path(request)}{language or get_language()}/{bare}")


def mount_path(request: HttpRequest) -> str:
    """Return the path below which the site is mounted, `/` or `/some/where/`. The language comes after it.

    During a request to `/ar/…`, Django's script prefix holds the language too. This function leaves it out.
    """
    return f"{request.META.get('SCRIPT_NAME', '').rstrip('/')}/"


def path_below_mount(path: str) -> str:
    """Return a path from `reverse` without the mount path and the language of the request."""
    return path.removeprefix(get_script_prefix())
