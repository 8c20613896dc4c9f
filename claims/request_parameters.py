"""What the address of a request asks for: the day, the lens, the page of a list, a version. For pages and data."""

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
LEDGER_HEAD = "X-Ledger-Head"  # what every export carries: the number and hash of the last change until then
PER_PAGE = 25


def requested_as_of(request: HttpRequest) -> AsOfDay:
    """Today, or the day in the address; a day that can't be read or has not come is a 400 that says so."""
    try:
        return parse_as_of_day(request.GET.get(AS_OF_PARAMETER, ""))
    except InvalidPartialDate as error:
        raise BadRequest(str(error)) from None


def keep_as_of(address: str, day: AsOfDay) -> str:
    """An address without a query, with the day that was asked for."""
    return f"{address}?{AS_OF_PARAMETER}={day.date.isoformat()}" if day.asked else address


def requested_lens(request: HttpRequest) -> Lens:
    """A 400 in words where the address spells none."""
    try:
        return parse_lens(dict(request.GET.lists()))
    except InvalidLens as refusal:
        raise BadRequest(_(refusal.words) % {"value": refusal.value}) from None


def requested_number(request: HttpRequest, name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at most nine digits; a 400 where the address has something else."""
    text = request.GET.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise BadRequest(_("%(name)s has to be a whole number.") % {"name": name})
    return int(text)


def requested_page(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Any:
    """The page that `?page=` asks for; one that does not exist is a 404."""
    asked = request.GET.get("page", "1")
    try:
        return Paginator(rows, per_page).page(asked)
    except (EmptyPage, PageNotAnInteger):
        raise Http404(_("There is no such page of this list.")) from None


def requested_version(request: HttpRequest, slug: str, number: int) -> PublishedVersion:
    """Of a claim that is public, and a snapshot that had been taken by the day; anything else is a 404."""
    day = requested_as_of(request)
    get_object_or_404(Claim.objects.published().only("pk"), slug=slug)
    shown = published_version(slug, number, day)
    if shown is None:
        raise Http404
    return shown
