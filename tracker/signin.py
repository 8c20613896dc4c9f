"""The page after too many failures at sign-in."""

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.errors import form_to_copy


def locked_out_response(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    wait = get_cool_off(request)
    seconds = int(wait.total_seconds()) if wait else 0
    shown = {"minutes": seconds // 60, "kept": form_to_copy(request)}
    page = render(request, "429.html", shown, status=429)
    page.headers["Retry-After"] = str(seconds)
    page.headers["Cache-Control"] = "private, no-store"
    return page
