"""The addresses that answer with data, open to programs and to pages of other sites, and their refusals as data."""

from enum import Enum, auto
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.urls import Resolver404, resolve

PROBLEM = "application/problem+json"  # RFC 9457


class DataForm(Enum):
    """How a data address says that it has nothing to give."""

    PROBLEM = auto()
    TEXT = auto()
    PAGE = auto()


DATA_ADDRESSES: Final = {
    **dict.fromkeys(("claim-dossier", "changes-data", "change-data", "oembed"), DataForm.PROBLEM),
    **dict.fromkeys(("card", "current-card", "cite", "claims-csv", "evidence-csv"), DataForm.TEXT),
    **dict.fromkeys(
        ("feed", "claim-feed", "speaker-feed", "topic-feed", "corrections-feed", "changes-feed"),
        DataForm.TEXT,
    ),
    **dict.fromkeys(("embed", "pinned-embed"), DataForm.PAGE),
}


def data_form_at(path: str) -> DataForm | None:
    """How a path without its language refuses; None if it is a page and no data address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return None if match.namespaces else DATA_ADDRESSES.get(match.url_name or "")


def refusal_as_data(path: str, status: int, detail: str) -> HttpResponse | None:
    """The refusal in the form of the path; None for pages, whose refusals are pages."""
    form = data_form_at(path)
    if form is DataForm.PROBLEM:
        return problem_answer(status, detail)
    if form is DataForm.TEXT:
        return text_answer(status, detail)
    return None


def problem_answer(status: int, detail: str, **more: Any) -> HttpResponse:
    """A refusal as JSON for programs, with what more the address has to say."""
    title = HTTPStatus(status).phrase
    data = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JsonResponse(data, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def text_answer(status: int, detail: str) -> HttpResponse:
    return HttpResponse(f"{detail}\n", status=status, content_type="text/plain; charset=utf-8")
