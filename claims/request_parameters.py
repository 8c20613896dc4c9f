"""Reads the parameters in a request's address: the day, the lens, the page of a list, a version."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.domain.dates import InvalidPartialDate
from claims.domain.lens import InvalidLens, Lens, parse_lens
from claims.ledger.versions import PublishedVersion, published_version
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay, parse_as_of_day

AS_OF_PARAMETER = "as_of"
LEDGER_HEAD = "X-Ledger-Head"  # a header of every export: number and hash of the last ledger entry
PER_PAGE = 25


def requested_as_of(request: HttpRequest) -> AsOfDay:
    """The day that `?as_of=` asks for, otherwise today.

    Answers 400 with a message if the day is unreadable or in the future.
    """
    try:
        return parse_as_of_day(request.GET.get(AS_OF_PARAMETER, ""))
    except InvalidPartialDate as error:
        raise BadRequest(str(error)) from None


def keep_as_of(address: str, day: AsOfDay) -> str:
    """Add the requested day to an address that has no query."""
    return f"{address}?{AS_OF_PARAMETER}={day.date.isoformat()}" if day.asked else address


def requested_lens(request: HttpRequest) -> Lens:
    """The lens that the address describes. Answers 400 with a message if it is invalid."""
    try:
        return parse_lens(dict(request.GET.lists()))
    except InvalidLens as refusal:
        raise BadRequest(_(refusal.words) % {"value": refusal.value}) from None


def requested_number(request: HttpRequest, name: str, default: int, *, least: int = 0) -> int:
    """The whole number in a parameter, of at most nine digits. Answers 400 if the value is anything else."""
    text = request.GET.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise BadRequest(_("%(name)s has to be a whole number.") % {"name": name})
    return int(text)


def requested_page(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Any:
    """The page of `rows` that `?page=` asks for. Answers 404 if there is no such page."""
    asked = request.GET.get("page", "1")
    try:
        return Paginator(rows, per_page).page(asked)
    except (EmptyPage, PageNotAnInteger):
        raise Http404(_("There is no such page of this list.")) from None


def requested_version(request: HttpRequest, slug: str, number: int) -> PublishedVersion:
    """The version of a public claim whose snapshot existed on the requested day. Answers 404 for any other."""
    day = requested_as_of(request)
    get_object_or_404(Claim.objects.published().only("pk"), slug=slug)
    shown = published_version(slug, number, day)
    if shown is None:
        raise Http404
    return shown
