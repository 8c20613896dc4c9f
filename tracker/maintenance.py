"""Maintenance mode: every page answers 503 in both languages, without the database."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.views.data_addresses import refusal_as_data
from tracker.errors import form_to_copy

RETRY_AFTER = 300  # seconds
OPEN = ("/healthz", "/readyz")  # health checks are still answered
MOST = 500  # letters of the operator's text


class SayMaintenance:
    """Answers 503 while the maintenance file exists, with its text if it has any. No restart is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        words = maintenance_notice(settings.MAINTENANCE_FILE)
        if words is None or request.path_info in OPEN:
            return self.get_response(request)
        return self.closed(request, words)

    def closed(self, request: HttpRequest, words: str) -> HttpResponse:
        told = _("It will be back in a little while. Please try again in a few minutes.")
        response = refusal_as_data(request.path_info, 503, f"{told} {words}".strip())
        response = response or render(
            request, "503.html", {"words": words, "kept": form_to_copy(request)}, status=503
        )
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Cache-Control"] = "no-store"
        return response


def maintenance_notice(path: Path) -> str | None:
    """The text of the maintenance file; empty if it has none or cannot be read; None if the file does not exist."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")[:MOST].strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""
