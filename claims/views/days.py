"""The day that a reader asks about: `?as_of=`, carried by every link of the page."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.dates import InvalidDate, PartialDate
from claims.selectors.listing import Day

PARAMETER = "as_of"


def asked_day(request: HttpRequest) -> Day:
    """Today, or the day in the address; a day that can't be read or has not come is a 400 that says so."""
    today = timezone.localdate()
    text = request.GET.get(PARAMETER, "").strip()
    if not text:
        return Day(today)
    try:
        day = PartialDate.parse(text).last
    except InvalidDate as error:
        raise BadRequest(_(str(error))) from None
    if day > today:
        raise BadRequest(
            _("%(day)s has not come yet. Choose today or a day before it.") % {"day": day.isoformat()}
        )
    return Day(day, asked=True)
