"""What was published and taken back: its address says since when and why, and nothing of what stood there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.vocabulary import Status
from claims.models import Claim, Evidence, Statement

Record = Claim | Evidence | Statement
View = Callable[..., HttpResponse]


def tells_withdrawn(model: type[Record]) -> Callable[[View], View]:
    """For views of one record by its slug: 410 with the reason, where it would have been 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            try:
                return view(request, slug, **rest)
            except Http404:
                record = withdrawn(model, slug)
                if record is None:
                    raise
                return render(request, "claims/withdrawn.html", {"record": record}, status=410)

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
