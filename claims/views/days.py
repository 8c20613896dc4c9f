"""The day that a reader asks about: `?as_of=`, carried by every link of the page."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from claims.domain.dates import InvalidDate
from claims.selectors.days import day_of
from claims.selectors.listing import Day

PARAMETER = "as_of"
LEDGER_HEAD = "X-Ledger-Head"  # what every export carries: the number and hash of the last change until then


def asked_day(request: HttpRequest) -> Day:
    """Today, or the day in the address; a day that can't be read or has not come is a 400 that says so."""
    try:
        return day_of(request.GET.get(PARAMETER, ""))
    except InvalidDate as error:
        raise BadRequest(str(error)) from None


def keep_day(address: str, day: Day) -> str:
    return f"{address}?{PARAMETER}={day.date.isoformat()}" if day.asked else address
