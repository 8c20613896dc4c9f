"""The day for which a page is asked, and the moment at which it ends."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.dates import InvalidPartialDate, PartialDate


@dataclass(frozen=True)
class AsOfDay:
    """The day whose knowledge is asked for. `asked` is True if the reader named it, False if it is simply today."""

    date: date
    asked: bool = False


def parse_as_of_day(text: str) -> AsOfDay:
    """Parse the day in the text; today for an empty text.

    Raises InvalidPartialDate for an unreadable or a future day.
    """
    today = timezone.localdate()
    if not text.strip():
        return AsOfDay(today)
    try:
        day = PartialDate.parse(text.strip()).last
    except InvalidPartialDate as error:
        raise InvalidPartialDate(error.in_words(_)) from None
    if day > today:
        raise InvalidPartialDate(
            _("%(day)s has not come yet. Choose today or a day before it.") % {"day": day.isoformat()}
        )
    return AsOfDay(day, asked=True)


def end_of_day(day: date) -> datetime:
    """The first moment after the day, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
