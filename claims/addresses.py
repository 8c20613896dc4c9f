"""Whole addresses, for what is read away from this site: each names its language, so that it answers alike to all."""

from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def absolute_address(request: HttpRequest, name: str, *args: Any, language: str = "") -> str:
    """Of a named page, in the language of this one unless another is given."""
    return absolute_address_of_path(request, reverse(name, args=args), language)


def absolute_address_of_path(request: HttpRequest, path: str, language: str = "") -> str:
    """Of a path that `reverse` gave."""
    bare = path_below_mount(path)
    return request.build_absolute_uri(f"{mount_path(request)}{language or get_language()}/{bare}")


def mount_path(request: HttpRequest) -> str:
    """The path below which the site is mounted, `/` or `/some/where/`: what stands before the language.

    While a request to `/ar/…` is answered, Django's script prefix holds the language as well.
    """
    return f"{request.META.get('SCRIPT_NAME', '').rstrip('/')}/"


def path_below_mount(path: str) -> str:
    """A path that `reverse` gave, without the mount and the language of the request."""
    return path.removeprefix(get_script_prefix())
