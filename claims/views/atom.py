"""What the Atom feeds share: the day, the author, the licence and the links."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from claims.addresses import absolute_address
from claims.models import Claim
from claims.request_parameters import keep_as_of, requested_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.site import site_contact, site_licence, site_name
from claims.text.digits import localize_figures_of_page
from claims.text.xml_text import strip_invalid_xml

LATEST = 50


class DatedAtom(Atom1Feed):
    """An Atom feed with a stable date.

    Django dates a feed without items by the clock; a past day's feed must not change.
    """

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates) if dates else self.feed["as_of"]


def feed_author(request: HttpRequest) -> dict[str, Any]:
    """The newsroom, as the author of a feed: its name, where to read about it, and the e-mail address if it has one."""
    contact = strip_invalid_xml(site_contact())
    about = absolute_address(request, "about")
    author = {"author_name": strip_invalid_xml(site_name())}
    if "@" in contact and "/" not in contact:
        return {**author, "author_email": contact, "author_link": about}
    return {**author, "author_link": contact or about}


def feed_rights() -> str | None:
    """The licence of the site's own texts and figures."""
    licence = site_licence()
    return strip_invalid_xml(f"{licence.name} {licence.url}") if licence else None


@dataclass(frozen=True)
class FollowedPage:
    """What a feed is about as of a day, and the address of its page and of the feed."""

    day: AsOfDay
    title: str
    page: str
    feed: str
    author: dict[str, str] = field(default_factory=dict)
    claims: QuerySet[Claim] = field(default_factory=Claim.objects.all)  # empty for feeds about other records


class SiteFeed(Feed):
    """A feed as of today or of `?as_of=`.

    Each item is a pair of the content and the day, which the item's link keeps.
    """

    feed_type = DatedAtom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().__call__(request, *args, **kwargs)
        # No Last-Modified: it would be the newest item's, and hide removals from older items. The ETag serves both.
        del answer.headers["Last-Modified"]
        return answer

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FollowedPage:
        return replace(self.followed(requested_as_of(request), **kwargs), author=feed_author(request))

    def followed(self, day: AsOfDay) -> FollowedPage:
        raise NotImplementedError

    def title(self, of: FollowedPage) -> str:
        return strip_invalid_xml(of.title)

    def author_name(self, of: FollowedPage) -> str:
        return of.author["author_name"]

    def author_link(self, of: FollowedPage) -> str:
        return of.author["author_link"]

    def author_email(self, of: FollowedPage) -> str | None:
        return of.author.get("author_email")

    def feed_copyright(self, of: FollowedPage) -> str | None:
        return feed_rights()

    def link(self, of: FollowedPage) -> str:
        return keep_as_of(of.page, of.day)

    def feed_url(self, of: FollowedPage) -> str:
        return keep_as_of(of.feed, of.day)

    def feed_extra_kwargs(self, of: FollowedPage) -> dict[str, Any]:
        return {"as_of": timezone.make_aware(datetime.combine(of.day.date, time.min))}


def summary_html(parts: Iterable[str]) -> str:
    """The parts as HTML, each a paragraph with the direction of its first letter."""
    html = strip_invalid_xml("".join(format_html('<p dir="auto">{}</p>', part) for part in parts if part))
    return mark_safe(localize_figures_of_page(html, get_language() or ""))  # noqa: S308 - escaped above
