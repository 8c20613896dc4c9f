"""What newsreaders follow: corrections, and every change of what is published. Atom, without cookies."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.dates import InvalidDate
from claims.domain.dossier import Gap
from claims.domain.vocabulary import Kind, State
from claims.domain.wording import verdict, whole
from claims.domain.xml import clean
from claims.models import Claim, Correction, Entry, Snapshot, Speaker, Topic
from claims.selectors.changes import Line, entries_until, head_on, lines
from claims.selectors.corrections import corrections_by
from claims.selectors.days import day_of
from claims.selectors.listing import Day
from claims.selectors.news import News, news
from claims.selectors.words import in_marks, when
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
        return day_of_feed(request)

    def link(self, day: Day) -> str:
        return kept_day(reverse(self.page), day)

    def feed_url(self, day: Day) -> str:
        return kept_day(reverse(f"{self.page}-feed"), day)

    def feed_extra_kwargs(self, day: Day) -> dict[str, Any]:
        return {"as_of": timezone.make_aware(datetime.combine(day.date, time.min))}


def day_of_feed(request: HttpRequest) -> Day:
    try:
        return day_of(request.GET.get("as_of", ""))
    except InvalidDate as error:
        raise BadRequest(str(error)) from None


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


# What the site says of claims ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Followed:
    """What a reader follows: some claims, as of a day, the page that shows them, and their feed."""

    claims: QuerySet[Claim]
    day: Day
    title: str
    page: str
    feed: str


class NewsFeed(Feed):
    """Published claims, moved verdicts and corrections; of all claims, unless a subclass chooses."""

    feed_type = DatedAtom
    subtitle = gettext_lazy("What is published, what moved, and where we were wrong.")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        return self.followed(day_of_feed(request), **kwargs)

    def followed(self, day: Day) -> Followed:
        return Followed(Claim.objects.all(), day, "Words & Ground", reverse("home"), reverse("feed"))

    def title(self, of: Followed) -> str:
        return clean(of.title)

    def link(self, of: Followed) -> str:
        return kept_day(of.page, of.day)

    def feed_url(self, of: Followed) -> str:
        return kept_day(of.feed, of.day)

    def feed_extra_kwargs(self, of: Followed) -> dict[str, Any]:
        return {"as_of": timezone.make_aware(datetime.combine(of.day.date, time.min))}

    def items(self, of: Followed) -> list[tuple[News, Day]]:
        return [(each, of.day) for each in news(of.claims, of.day, LATEST)]

    def item_title(self, item: tuple[News, Day]) -> str:
        told = item[0]
        if told.correction:
            return clean(f"{capfirst(told.correction.get_kind_display())}: {plain(told.correction.record)}")
        if told.snapshot is None or told.score is None:
            return clean(told.entry.subject)
        words = {"claim": plain(told.snapshot.claim), "verdict": verdict_in_words(told)}
        if told.before:
            return clean(_("Moved: %(claim)s — %(change)s") % {**words, "change": score_change(told.score)})
        return clean(_("Published: %(claim)s — %(verdict)s") % words)

    def item_description(self, item: tuple[News, Day]) -> str:
        told = item[0]
        lines = [told.correction.what_was_wrong, told.correction.effect] if told.correction else []
        if told.snapshot and told.said:
            statement = told.snapshot.claim.statement
            lines.append(
                f"{plain(statement.speaker)}, {when(statement.said_on)}: {in_marks(told.snapshot.claim).text}"
            )
            lines.append(verdict_in_words(told))
            lines.append(then_and_now(told.said, told.snapshot))
        return escape(clean("\n".join(filter(None, lines))))  # a summary is HTML

    def item_link(self, item: tuple[News, Day]) -> str:
        """The version that it tells of, where it is a claim's; so what a reader opens says what the feed said."""
        told, day = item
        if told.snapshot is None:
            return kept_day(told.entry.get_absolute_url(), day)
        return kept_day(reverse("pin", args=[told.snapshot.claim.slug, told.snapshot.number]), day)

    def item_guid(self, item: tuple[News, Day]) -> str:
        """The entry's own, in every feed, language and on every day."""
        return f"urn:uuid:{UUID(item[0].entry.hash[:32])}"

    def item_updateddate(self, item: tuple[News, Day]) -> datetime:
        return item[0].entry.at


class TopicNews(NewsFeed):
    def followed(self, day: Day, slug: str) -> Followed:  # type: ignore[override]
        topic = get_object_or_404(Topic, slug=slug)
        within = Claim.objects.filter(Q(topics=topic) | Q(topics__parent=topic)).values("pk")
        return _followed(Claim.objects.filter(pk__in=within), day, topic, "topic")


class SpeakerNews(NewsFeed):
    def followed(self, day: Day, slug: str) -> Followed:  # type: ignore[override]
        speaker = get_object_or_404(Speaker, slug=slug)
        return _followed(Claim.objects.filter(statement__speaker=speaker), day, speaker, "speaker")


class ClaimNews(NewsFeed):
    def followed(self, day: Day, slug: str) -> Followed:  # type: ignore[override]
        claim = get_object_or_404(Claim.objects.published(), slug=slug)
        return _followed(Claim.objects.filter(pk=claim.pk), day, claim, "claim")


def _followed(claims: QuerySet[Claim], day: Day, record: Any, kind: str) -> Followed:
    """What nothing public speaks of has no page, and no feed either."""
    if not claims.published().exists():  # type: ignore[attr-defined]
        raise Http404
    title = f"Words & Ground: {plain(record)}"
    return Followed(
        claims, day, title, record.get_absolute_url(), reverse(f"{kind}-feed", args=[record.slug])
    )


def verdict_in_words(told: News) -> str:
    claim, score = told.snapshot.claim, told.score  # type: ignore[union-attr]
    return _(verdict(Kind(claim.kind), score.state))  # type: ignore[union-attr]


def then_and_now(said: Gap, snapshot: Snapshot) -> str:
    now = State(snapshot.state)
    numbers = {
        "said": _(said.state.label) if said.headline is None else whole(said.headline),
        "now": whole(snapshot.gap or 0) if now.sufficient else _(now.label),
    }
    return _("When it was said: %(said)s → now: %(now)s") % numbers
