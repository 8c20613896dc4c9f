"""Answers for withdrawn records: status 410, with what was withdrawn, on which day and why."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.ledger.entries import history_query
from claims.request_parameters import requested_as_of
from claims.selectors.withdrawn import (
    Withdrawable,
    Withdrawal,
    find_withdrawal,
    withdrawal_as_data,
)
from claims.views.data_addresses import problem_answer, text_answer
from claims.views.missing_records import View, answer_if_missing

Form = Callable[[HttpRequest, Withdrawal], HttpResponse]


def withdrawn_as_page(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    day = requested_as_of(request)
    context = {
        "withdrawal": withdrawal,
        "is_about_later_day": withdrawal.is_about_later_day(day),
        "history": history_query(withdrawal.kind, withdrawal.slug, day),
    }
    return render(request, "claims/withdrawn.html", context, status=410)


def withdrawn_as_text(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """The same as plain text, for addresses of images and files."""
    lines = [withdrawal.name, withdrawal.explanation]
    return text_answer(410, "\n".join(filter(None, lines)))


def withdrawn_as_data(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    return problem_answer(410, withdrawal.explanation, **withdrawal_as_data(withdrawal))


def tells_withdrawn(model: type[Withdrawable], form: Form = withdrawn_as_page) -> Callable[[View], View]:
    """A decorator for views of one record by its slug, or of a version of it.

    It answers 410 with the reason for a withdrawn record, instead of 404.
    """

    def answer(request: HttpRequest, slug: str, rest: dict[str, Any]) -> HttpResponse | None:
        withdrawal = find_withdrawal(model, slug, requested_as_of(request), rest.get("number"))
        return without_stored_copies(form(request, withdrawal)) if withdrawal else None

    return answer_if_missing(answer)


def without_stored_copies(answer: HttpResponse) -> HttpResponse:
    """Caches ask again each time: the record may be published again, or a text of it suppressed."""
    answer.headers["Cache-Control"] = "no-cache"
    return answer
