"""Whole addresses, for what is read away from this site: each names its language, so that it answers alike to all."""

from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(request: HttpRequest, name: str, *args: Any, language: str = "") -> str:
    """Of a named page, in the language of this one unless another is given."""
    return in_tongue(request, reverse(name, args=args), language)


def in_tongue(request: HttpRequest, path: str, language: str = "") -> str:
    """Of a path that `reverse` gave."""
    mount = getattr(request, "mount", "/")
    bare = path.removeprefix(get_script_prefix())
    return request.build_absolute_uri(f"{mount}{language or get_language()}/{bare}")
