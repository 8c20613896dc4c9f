"""The address of a visitor at sign-in, and the page after too many failures."""

from ipaddress import ip_address
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address as the outermost trusted proxy saw it; without a proxy, the address of the connection.

    Each proxy appends the address it saw to X-Forwarded-For. Only the last TRUSTED_PROXIES entries are from our own
    proxies; the visitor may have forged the others.
    """
    peer = request.META.get("REMOTE_ADDR") or None
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.TRUSTED_PROXIES or len(hops) < settings.TRUSTED_PROXIES:
        return peer
    try:
        return str(ip_address(hops[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return peer


def locked_out_response(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    wait = get_cool_off(request)
    seconds = int(wait.total_seconds()) if wait else 0
    page = render(request, "429.html", {"minutes": seconds // 60}, status=429)
    page.headers["Retry-After"] = str(seconds)
    page.headers["Cache-Control"] = "private, no-store"
    return page
