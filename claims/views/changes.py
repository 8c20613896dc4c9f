"""The pages and the data of the change ledger."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.domain.vocabulary import Act
from claims.ledger.entries import (
    LedgerLine,
    entries_up_to,
    format_head,
    has_entries,
    history_condition,
    ledger_head_on,
    ledger_lines,
    parse_record_ref,
)
from claims.ledger.entry_diff import (
    emptied_entries,
    entry_as_data,
    entry_before,
    field_changes,
    suppression_of_entry,
    withdrawal_entry,
)
from claims.ledger.verification import SUPPRESSION
from claims.models import Entry
from claims.request_parameters import (
    AS_OF_PARAMETER,
    LEDGER_HEAD,
    requested_as_of,
    requested_number,
    requested_page,
)
from claims.selectors.as_of_days import AsOfDay
from claims.views.data_addresses import problem_answer

AT_ONCE, MOST_AT_ONCE = 100, 1000


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    head = ledger_head_on(day)
    act, record = _requested_act(request), request.GET.get("record", "").strip()
    ref = parse_record_ref(record)
    if record and not (ref and has_entries(ref, head)):
        return render(request, "claims/no_change.html", {"of_record": True}, status=404)
    page = requested_page(request, _entry_numbers(head, act, history_condition(ref) if ref else Q()))
    entries = list(Entry.objects.filter(number__in=list(page.object_list)).order_by("-number"))
    context = {"head": head, "page": page, "acts": list(Act), "act": act, "record": record}
    context["lines"] = ledger_lines(entries, day, head) if head else []
    return render(request, "claims/changes.html", context)


def _requested_act(request: HttpRequest) -> str:
    act = request.GET.get("act", "").strip()
    if act and act not in {known.value for known in Act}:
        raise BadRequest(_("There is no such kind of change. Choose one of the list."))
    return act


def _entry_numbers(head: Entry | None, act: str, of_record: Q) -> Any:
    """The numbers of the requested entries. For the whole ledger they need no query, because numbers have no gaps."""
    if not (act or of_record):
        return range(head.number if head else 0, 0, -1)
    chosen = entries_up_to(head).filter(of_record)
    if act:
        chosen = chosen.filter(act=act)
    return chosen.order_by("-number").values_list("number", flat=True)


@require_safe
def change_page(request: HttpRequest, number: int) -> HttpResponse:
    day = requested_as_of(request)
    head, line = _entry_and_line(number, day)
    if head is None or line is None:
        return render(request, "claims/no_change.html", status=404)
    entry = line.entry
    before = entry_before(entry) if line.told else None
    context = {
        "line": line,
        "entry": entry,
        "head": head,
        "before": before,
        "rows": field_changes(line, before),
        "withdrawal": None if line.told else withdrawal_entry(line, head),
        "emptied_by": suppression_of_entry(entry),
        "emptied": emptied_entries(line) if entry.kind == SUPPRESSION else [],
    }
    return render(request, "claims/change.html", context)


def _entry_and_line(number: int, day: AsOfDay) -> tuple[Entry | None, LedgerLine | None]:
    head = ledger_head_on(day)
    entry = entries_up_to(head).filter(number=number).first()
    return head, ledger_lines([entry], day, head)[0] if head and entry else None


@require_safe
def change_data(request: HttpRequest, number: int) -> HttpResponse:
    head, line = _entry_and_line(number, requested_as_of(request))
    if line is None:
        return problem_answer(404, _("The ledger has no such entry."))
    return _json_with_head({"head": format_head(head), **entry_as_data(line)}, head)


@require_safe
def changes_data(request: HttpRequest) -> HttpResponse:
    """The ledger as JSON, the first entry first, so that anyone can recompute the chain of hashes."""
    day = requested_as_of(request)
    head = ledger_head_on(day)
    after, limit = (
        requested_number(request, "after", 0),
        min(requested_number(request, "limit", AT_ONCE), MOST_AT_ONCE),
    )
    entries = list(entries_up_to(head).filter(number__gt=after).order_by("number")[:limit])
    last = entries[-1].number if entries else after
    rest = bool(head and entries and last < head.number)
    told = ledger_lines(entries, day, head) if head else []
    data = {"head": format_head(head), "entries": [entry_as_data(line) for line in told]}
    return _json_with_head({**data, "next": _next_page_address(request, last, limit) if rest else None}, head)


def _next_page_address(request: HttpRequest, after: int, limit: int) -> str:
    day = request.GET.get(AS_OF_PARAMETER)
    query = f"after={after}&limit={limit}" + (
        f"&{AS_OF_PARAMETER}={requested_as_of(request).date}" if day else ""
    )
    return f"{reverse('changes-data')}?{query}"


def _json_with_head(data: dict[str, Any], head: Entry | None) -> JsonResponse:
    response = JsonResponse(data, json_dumps_params={"indent": 1, "ensure_ascii": False})
    if head:
        response.headers[LEDGER_HEAD] = format_head(head) or ""
    return response
