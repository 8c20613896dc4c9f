"""Answers for withdrawn records: status 410, with the day and the reason, without the content."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.selectors.localized_wording import partial_date_in_words
from claims.selectors.withdrawn import Withdrawable, withdrawal_as_data, withdrawn_record

View = Callable[..., HttpResponse]
Form = Callable[[HttpRequest, Withdrawable], HttpResponse]


def withdrawn_as_page(request: HttpRequest, record: Withdrawable) -> HttpResponse:
    return render(request, "claims/withdrawn.html", {"record": record}, status=410)


def withdrawn_as_text(request: HttpRequest, record: Withdrawable) -> HttpResponse:
    """The same as plain text, for addresses of images and files."""
    words = _("What stood here was taken back on %(day)s:") % {
        "day": partial_date_in_words(record.withdrawn_at)
    }
    text = f"{words} {record.withdrawal_reason}\n"
    return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")


def withdrawn_as_data(request: HttpRequest, record: Withdrawable) -> HttpResponse:
    return JsonResponse(withdrawal_as_data(record), status=410, json_dumps_params={"ensure_ascii": False})


def tells_withdrawn(model: type[Withdrawable], form: Form = withdrawn_as_page) -> Callable[[View], View]:
    """A decorator for views of one record by its slug.

    It answers 410 with the reason for a withdrawn record, instead of 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **rest)
            except Http404:
                record = withdrawn_record(model, slug)
                if record is None:
                    raise
                return form(request, record)

        return shown

    return decorate
