"""What was published and taken back: its address says since when and why, and nothing of what stood there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Status
from claims.models import Claim, Evidence, Statement
from claims.selectors.words import when

Record = Claim | Evidence | Statement
View = Callable[..., HttpResponse]
Form = Callable[[HttpRequest, Record], HttpResponse]


def as_page(request: HttpRequest, record: Record) -> HttpResponse:
    return render(request, "claims/withdrawn.html", {"record": record}, status=410)


def as_text(request: HttpRequest, record: Record) -> HttpResponse:
    """For what is no page: a picture, a file."""
    words = _("What stood here was taken back on %(day)s:") % {"day": when(record.withdrawn_at)}
    text = f"{words} {record.withdrawal_reason}\n"
    return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")


def as_data(request: HttpRequest, record: Record) -> HttpResponse:
    return JsonResponse(notice(record), status=410, json_dumps_params={"ensure_ascii": False})


def notice(record: Record) -> dict[str, Any]:
    since = record.withdrawn_at.isoformat() if record.withdrawn_at else ""
    return {"withdrawn": since, "reason": record.withdrawal_reason}


def tells_withdrawn(model: type[Record], form: Form = as_page) -> Callable[[View], View]:
    """For views of one record by its slug: 410 with the reason, where it would have been 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **rest)
            except Http404:
                record = withdrawn(model, slug)
                if record is None:
                    raise
                return form(request, record)

        return shown

    return decorate


def withdrawn(model: type[Record], slug: str) -> Record | None:
    """The record that readers once saw; of a claim, perhaps the statement that it was drawn from."""
    record = model._base_manager.filter(slug=slug).first()
    if isinstance(record, Claim) and record.status == Status.PUBLISHED:
        record = record.statement
    if record is None or record.status == Status.PUBLISHED or record.withdrawn_at is None:
        return None
    return record
