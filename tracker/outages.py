"""Answers 503 while the database is gone, busy or can't be written, instead of 500.

Pages answer in the reader's language, data addresses as data. A form that could not be saved comes back with what was
typed.
"""

import errno
import logging
import sqlite3
from collections.abc import Callable, Iterator
from enum import Enum
from time import monotonic
from typing import Any

import psycopg
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.selectors.storage_state import why_nothing_can_be_saved
from claims.views.data_addresses import refusal_as_data
from tracker.databases.sqlite.base import UNWRITABLE, sqlite_primary_code
from tracker.plain_request import without_what_was_asked

logger = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds
LOG_EVERY = 10  # seconds: each request would log the same cause
NEVER_REPEATED = {
    "csrfmiddlewaretoken",
    "password",
    "password1",
    "password2",
    "old_password",
    "otp_token",
    "code",
}
NO_SPACE = {errno.ENOSPC, errno.EROFS, errno.EDQUOT}


class Outage(Enum):
    GONE = "the database does not answer"
    UNWRITABLE = "the database can't be written"
    BUSY = "the database is busy"


class AnswerOutages:
    """Answers errors of views. Those of middleware reach `tracker.errors.server_error`, which asks too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_outage(request, error)


def answer_outage(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer to a request that failed because of the database; None if the error is of another kind."""
    outage = classify_outage(error)
    if outage is None:
        return None
    log_outage(outage, error)
    told = explain_outage(outage, is_save=request.method not in ("GET", "HEAD"))
    response = refusal_as_data(request.path_info, 503, told) or render_outage(request, told)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def classify_outage(error: BaseException | None) -> Outage | None:
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error):
            return _classify_sqlite(sqlite_primary_code(cause))
        if isinstance(cause, psycopg.Error):
            return _classify_postgresql(cause)
        if isinstance(cause, OSError) and cause.errno in NO_SPACE:
            return Outage.UNWRITABLE
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _classify_sqlite(code: int | None) -> Outage | None:
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Outage.BUSY
    return Outage.UNWRITABLE if code in UNWRITABLE else None


def _classify_postgresql(error: psycopg.Error) -> Outage | None:
    state = error.sqlstate or ""
    if state in ("25006", "53100"):  # a read-only transaction, a full disk
        return Outage.UNWRITABLE
    if state in ("40001", "40P01", "55P03", "57014"):  # deadlocks, locks and timeouts
        return Outage.BUSY
    if state.startswith(("08", "57P", "53")):
        return Outage.GONE
    no_answer = not state and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return Outage.GONE if no_answer else None


def explain_outage(outage: Outage, *, is_save: bool) -> str:
    if outage is Outage.BUSY and is_save:
        return _("Others are saving at the same time, so this was not saved. Please send it again.")
    if outage is Outage.UNWRITABLE and is_save:
        return why_nothing_can_be_saved() or _(
            "Nothing can be saved at the moment: the database can't be written. Reading still works."
        )
    return _("The site's records can't be read at the moment. Please try again in a minute.")


def render_outage(request: HttpRequest, told: str) -> HttpResponse:
    plain: Any = without_what_was_asked(request)
    plain.user = AnonymousUser()  # the session is in the database
    context = {"told": told, "action": request.get_full_path(), "kept": kept_fields(request)}
    return render(plain, "503_records.html", context, status=503)


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, except for secrets, so that the form can be sent again."""
    if request.method != "POST" or NEVER_REPEATED & request.POST.keys() - {"csrfmiddlewaretoken"}:
        return []
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NEVER_REPEATED
        for value in values
    ]


_logged: dict[Outage, float] = {}


def log_outage(outage: Outage, error: BaseException | None) -> None:
    """Log the cause once in a while, so that an outage does not fill the disk."""
    if monotonic() - _logged.get(outage, -LOG_EVERY) >= LOG_EVERY:
        _logged[outage] = monotonic()
        logger.error("Answering 503, %s: %s", outage.value, error)
