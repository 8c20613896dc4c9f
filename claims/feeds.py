"""What newsreaders follow: corrections, and every change of what is published. Atom, without cookies."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.dates import InvalidDate
from claims.domain.xml import clean
from claims.models import Correction, Entry
from claims.selectors.changes import Line, entries_until, head_on, lines
from claims.selectors.corrections import corrections_by
from claims.selectors.days import day_of
from claims.selectors.listing import Day
from claims.templatetags.claims import label, score_change, signed
from claims.templatetags.tongues import plain

LATEST = 50


class DatedAtom(Atom1Feed):
    """Django dates a feed without items by the clock; a past day's must read the same tomorrow."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates) if dates else self.feed["as_of"]


class DayFeed(Feed):
    """A feed as of today, or of `?as_of=`."""

    feed_type = DatedAtom
    page: str  # the page that shows the same

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Day:
        try:
            return day_of(request.GET.get("as_of", ""))
        except InvalidDate as error:
            raise BadRequest(str(error)) from None

    def link(self, day: Day) -> str:
        return kept_day(reverse(self.page), day)

    def feed_url(self, day: Day) -> str:
        return kept_day(reverse(f"{self.page}-feed"), day)

    def feed_extra_kwargs(self, day: Day) -> dict[str, Any]:
        return {"as_of": timezone.make_aware(datetime.combine(day.date, time.min))}


def kept_day(address: str, day: Day) -> str:
    return f"{address}?as_of={day.date.isoformat()}" if day.asked else address


class Corrections(DayFeed):
    page = "corrections"
    title = gettext_lazy("Words & Ground: corrections")
    subtitle = gettext_lazy("Where we were wrong, since when, and what it changed.")

    def items(self, day: Day) -> list[tuple[Correction, Day]]:
        return [(correction, day) for correction in corrections_by(day)[:LATEST]]

    def item_title(self, item: tuple[Correction, Day]) -> str:
        kind = capfirst(item[0].get_kind_display())
        return clean(f"{kind}: {plain(item[0].record)}")

    def item_description(self, item: tuple[Correction, Day]) -> str:
        return clean("\n".join(filter(None, [item[0].what_was_wrong, item[0].effect])))

    def item_link(self, item: tuple[Correction, Day]) -> str:
        """Each notice on the record's page, so that two on one record are two."""
        return f"{kept_day(item[0].record.get_absolute_url(), item[1])}#correction-{item[0].slug}"

    def item_updateddate(self, item: tuple[Correction, Day]) -> datetime:
        return timezone.make_aware(datetime.combine(item[0].corrected_on, time.min))


class Changes(DayFeed):
    page = "changes"
    title = gettext_lazy("Words & Ground: changes")
    subtitle = gettext_lazy("Everything that changed of what is published, with who and why.")

    def items(self, day: Day) -> list[tuple[Line, Day]]:
        head = head_on(day)
        if head is None:
            return []
        entries: list[Entry] = list(entries_until(head).order_by("-number")[:LATEST])
        return [(line, day) for line in lines(entries, day, head)]

    def item_title(self, item: tuple[Line, Day]) -> str:
        line = item[0]
        title = line.title or line.entry.subject
        return clean(f"{capfirst(label(line.entry.act, 'act'))}: {line.kind}: {title}")

    def item_description(self, item: tuple[Line, Day]) -> str:
        line = item[0]
        if line.told is None:
            return _("Not public now.")
        score = score_change(line.score) if line.score else ""
        return clean("\n".join(filter(None, [score, line.told["reason"], signed(line.told["by"])])))

    def item_link(self, item: tuple[Line, Day]) -> str:
        return kept_day(item[0].entry.get_absolute_url(), item[1])

    def item_updateddate(self, item: tuple[Line, Day]) -> datetime:
        return item[0].entry.at
