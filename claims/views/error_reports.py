"""The form by which a reader reports an error, and the page that tells its sender what became of it.

Readers have no cookie, so that a signed token in the form stands for one. Whatever is refused is shown again with
what was typed.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions import DeskIsFull, send_error_report
from claims.models import ErrorReport
from claims.records.registry import RECORD_KINDS
from claims.selectors.as_of_days import parse_as_of_day
from claims.selectors.error_reports import error_report_of, is_open_to_readers, reportable_record
from claims.selectors.withdrawn import Withdrawal, find_withdrawal
from claims.views.error_report_form import TRAP, ErrorReportForm
from claims.views.form_guards import FormToken, FormTokens, Throttle, is_from_another_site
from claims.views.withdrawn_responses import withdrawn_as_page

logger = logging.getLogger(__name__)

TOKENS = FormTokens("error-report")
LEAST_AGE, MOST_AGE = timedelta(seconds=3), timedelta(days=1)  # of a form when it is sent
THROTTLE = Throttle("error-report", most=10, seconds=3600)
FORM_TYPE = "application/x-www-form-urlencoded"
MINUTES_5, HOUR = 300, 3600  # seconds
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
# Browsers keep what is typed when a reader goes back to the form, unless it must not be stored at all.
FORM_HEADERS = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}


class Refusal(Exception):
    """Why a report is not taken. The form is shown again with what was typed."""

    def __init__(self, status: int, words: str, *, retry_after: int = 0) -> None:
        super().__init__(words)
        self.status, self.words, self.retry_after = status, words, retry_after


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def report_error_page(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    if request.method != "POST":
        return _empty_form(request, kind, slug)
    sending = Sending(request, kind, slug)
    try:
        return sending.receive()
    except Refusal as refusal:
        return sending.show_again(refusal)


def _empty_form(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    record = reportable_record(kind, slug)
    if record is None:
        if withdrawn := _withdrawn(kind, slug):
            return withdrawn_as_page(request, withdrawn)
        raise Http404
    response = _render_form(
        request, kind, record, ErrorReportForm(), TOKENS.make(_subject(kind, record.slug))
    )
    _set_headers(response, FORM_HEADERS)
    return response


def _set_headers(response: HttpResponse, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        response.headers[name] = value


def _withdrawn(kind: str, slug: str) -> Withdrawal | None:
    if kind not in {"claim", "statement", "evidence"}:
        return None
    return find_withdrawal(RECORD_KINDS[kind].model, slug, parse_as_of_day(""))


def _subject(kind: str, slug: str) -> str:
    return f"{kind}/{slug}"


def _render_form(
    request: HttpRequest, kind: str, record: Any, form: ErrorReportForm, token: str, **more: Any
) -> HttpResponse:
    context = {
        "record": record,
        "form": form,
        "token": token,
        "trap": TRAP,
        "action": reverse("report-error", args=[kind, record.slug]) if record else "",
        "erased_after": settings.READER_ADDRESS_DAYS,
    }
    return render(request, "claims/report_error.html", context | more, status=more.get("status", 200))


@dataclass
class Sending:
    """One form that was sent. `record` and `token` are known once they were found to be good."""

    request: HttpRequest
    kind: str
    slug: str
    form: ErrorReportForm = field(default_factory=ErrorReportForm)
    record: Any = None
    token: str = ""

    def receive(self) -> HttpResponse:
        """Store the report and lead to its page. Raises Refusal."""
        self.form = self._read_form()
        try:
            self.record = self._find_record()
            token = self._check_token()
            self._check_sender(token)
            self._check_form()
            report = self._store(token.key)
        except DatabaseError as error:
            # Not the error itself: databases repeat the row in it.
            logger.error("A report of an error was not stored: %s", type(error).__name__)
            raise Refusal(503, _not_stored(), retry_after=MINUTES_5) from None
        return HttpResponseRedirect(report.get_absolute_url(), status=303)

    def show_again(self, refusal: Refusal) -> HttpResponse:
        token = self.token
        if self.record is not None and not token:
            token = TOKENS.make(_subject(self.kind, self.record.slug))
        response = _render_form(
            self.request,
            self.kind,
            self.record,
            self.form,
            token,
            refusal=refusal.words,
            status=refusal.status,
        )
        _set_headers(response, PRIVATE)
        if refusal.retry_after:
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response

    def _read_form(self) -> ErrorReportForm:
        if self.request.content_type != FORM_TYPE:
            raise Refusal(415, _("Only this site’s own form is read here. Please write in the form below."))
        try:
            return ErrorReportForm(self.request.POST)
        except RequestDataTooBig:
            raise Refusal(413, _("The text is far too long to be read. Go back and shorten it.")) from None
        except (TooManyFieldsSent, UnreadablePostError):
            raise Refusal(400, _("The form did not arrive whole. Please send it again.")) from None

    def _find_record(self) -> Any:
        record = reportable_record(self.kind, self.slug)
        if record is not None:
            return record
        if _withdrawn(self.kind, self.slug):
            raise Refusal(
                410, _("The page that you write about was taken back meanwhile. Your report was not sent.")
            )
        raise Refusal(404, _("The page that you write about is not public. Your report was not sent."))

    def _check_token(self) -> FormToken:
        if is_from_another_site(self.request):
            raise Refusal(403, _("The form came from another site. Read it, and send it from here."))
        text = self.request.POST.get("token", "")
        token = TOKENS.read(text)
        if token is None or token.subject not in {
            _subject(self.kind, self.slug),
            _subject(self.kind, self.record.slug),
        }:
            raise Refusal(403, _("The form was not made for this page. Read it, and send it again."))
        if not timedelta(0) <= token.age <= MOST_AGE:
            raise Refusal(403, _("The form was open for more than a day. Read it, and send it again."))
        self.token = text
        return token

    def _check_sender(self, token: FormToken) -> None:
        if self.request.POST.get(TRAP):
            raise Refusal(
                400, _("A field was filled in that people do not see. It is empty now: send the form again.")
            )
        if token.age < LEAST_AGE:
            raise Refusal(
                429,
                _("That was faster than a person writes. Read it, and send it again."),
                retry_after=LEAST_AGE.seconds,
            )

    def _check_form(self) -> None:
        if not self.form.is_valid():
            raise Refusal(422, _("Your report was not sent yet. See below what to correct."))

    def _store(self, key: UUID) -> ErrorReport:
        if THROTTLE.is_used_up(self.request):
            raise Refusal(
                429,
                _("Many reports came from your connection. Please try again in an hour."),
                retry_after=HOUR,
            )
        typed = self.form.cleaned_data
        try:
            report = send_error_report(self.record, key=key, now=timezone.now(), **typed)
        except DeskIsFull:
            raise Refusal(
                503,
                _("More reports arrive than editors can read. Please try again in an hour."),
                retry_after=HOUR,
            ) from None
        if (report.text, report.where_to_check) != (typed["text"], typed["where_to_check"]):
            self.token = ""
            raise Refusal(
                409, _("This form was sent already, with another text. To send this one too, send it again.")
            )
        THROTTLE.count(self.request)
        return report


def _not_stored() -> str:
    return _("Your report could not be stored. It still stands below. Please send it again in a few minutes.")


@require_safe
def error_report_page(request: HttpRequest, key: UUID) -> HttpResponse:
    report = error_report_of(key)
    if report is None:
        raise Http404
    correction = report.correction
    context = {
        "report": report,
        "record": report.record if is_open_to_readers(report.record) else None,
        "correction": correction if correction and is_open_to_readers(correction.record) else None,
        "address": request.build_absolute_uri(report.get_absolute_url()),
    }
    response = render(request, "claims/error_report.html", context)
    _set_headers(response, PRIVATE)
    return response
