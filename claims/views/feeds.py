"""The Atom feeds: corrections, all changes, and news of claims."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.addresses import absolute_address_of_path
from claims.domain.vocabulary import State
from claims.ledger.entries import LedgerLine, entries_up_to, ledger_head_on, ledger_lines
from claims.localized_text import localized_html, localized_plain, quoted_span_html, with_language_attributes
from claims.models import Claim, Correction, Entry, Speaker, Topic
from claims.request_parameters import keep_as_of, requested_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.localized_wording import (
    checks_in_words,
    outcome_in_words,
    partial_date_in_words,
    said_and_now_text,
    score_change,
    signature_in_words,
    vocabulary_label,
)
from claims.selectors.news import NewsItem, latest_news
from claims.selectors.site import site_name
from claims.selectors.withdrawn import Withdrawable
from claims.text.digits import localize_figures, localize_figures_of_page
from claims.text.xml_text import strip_invalid_xml
from claims.views.old_addresses import follows_old_address
from claims.views.withdrawn_responses import tells_withdrawn

LATEST = 50


class DatedAtom(Atom1Feed):
    """An Atom feed with a stable date.

    Django dates a feed without items by the clock; a past day's feed must not change.
    """

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates) if dates else self.feed["as_of"]


@dataclass(frozen=True)
class FollowedPage:
    """What a feed is about as of a day, and the address of its page and of the feed."""

    day: AsOfDay
    title: str
    page: str
    feed: str
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
        return self.followed(requested_as_of(request), **kwargs)

    def followed(self, day: AsOfDay) -> FollowedPage:
        raise NotImplementedError

    def title(self, of: FollowedPage) -> str:
        return strip_invalid_xml(of.title)

    def author_name(self, of: FollowedPage) -> str:
        return strip_invalid_xml(site_name())

    def link(self, of: FollowedPage) -> str:
        return keep_as_of(of.page, of.day)

    def feed_url(self, of: FollowedPage) -> str:
        return keep_as_of(of.feed, of.day)

    def feed_extra_kwargs(self, of: FollowedPage) -> dict[str, Any]:
        return {"as_of": timezone.make_aware(datetime.combine(of.day.date, time.min))}


class CorrectionsFeed(SiteFeed):
    subtitle = gettext_lazy("Where we were wrong, since when, and what it changed.")

    def followed(self, day: AsOfDay) -> FollowedPage:
        title = _("%(site)s: corrections") % {"site": site_name()}
        return FollowedPage(day, title, reverse("corrections"), reverse("corrections-feed"))

    def items(self, of: FollowedPage) -> list[tuple[Correction, AsOfDay]]:
        return [(correction, of.day) for correction in Correction.objects.public_on(of.day.date)[:LATEST]]

    def item_title(self, item: tuple[Correction, AsOfDay]) -> str:
        return correction_title(item[0])

    def item_description(self, item: tuple[Correction, AsOfDay]) -> str:
        return summary_html(correction_paragraphs(item[0]))

    def item_link(self, item: tuple[Correction, AsOfDay]) -> str:
        """The address of the notice on the record's page. Two notices about one record have different addresses."""
        return f"{keep_as_of(item[0].record.get_absolute_url(), item[1])}#correction-{item[0].slug}"

    def item_updateddate(self, item: tuple[Correction, AsOfDay]) -> datetime:
        return timezone.make_aware(datetime.combine(item[0].corrected_on, time.min))


class ChangesFeed(SiteFeed):
    subtitle = gettext_lazy("Everything that changed of what is published, with who and why.")

    def followed(self, day: AsOfDay) -> FollowedPage:
        title = _("%(site)s: changes") % {"site": site_name()}
        return FollowedPage(day, title, reverse("changes"), reverse("changes-feed"))

    def items(self, of: FollowedPage) -> list[tuple[LedgerLine, AsOfDay]]:
        head = ledger_head_on(of.day)
        if head is None:
            return []
        entries: list[Entry] = list(entries_up_to(head).order_by("-number")[:LATEST])
        return [(line, of.day) for line in ledger_lines(entries, of.day, head)]

    def item_title(self, item: tuple[LedgerLine, AsOfDay]) -> str:
        line = item[0]
        title = line.title or line.entry.subject
        return strip_invalid_xml(f"{capfirst(vocabulary_label(line.entry.act, 'act'))}: {line.kind}: {title}")

    def item_description(self, item: tuple[LedgerLine, AsOfDay]) -> str:
        line = item[0]
        if line.told is None:
            return summary_html([_("Not public now.")])
        score = score_change(line.score) if line.score else ""
        return summary_html(
            [
                score, checks_in_words(line.checks), with_language_attributes(line.reason),
                signature_in_words(line.told["by"]),
            ]
        )  # fmt: skip

    def item_link(self, item: tuple[LedgerLine, AsOfDay]) -> str:
        return keep_as_of(item[0].entry.get_absolute_url(), item[1])

    def item_updateddate(self, item: tuple[LedgerLine, AsOfDay]) -> datetime:
        return item[0].entry.at


class NewsFeed(SiteFeed):
    """News: published claims, moved verdicts and corrections. Of all claims, unless a subclass selects some."""

    subtitle = gettext_lazy("What is published, what moved, and where we were wrong.")

    def followed(self, day: AsOfDay) -> FollowedPage:
        return FollowedPage(day, site_name(), reverse("home"), reverse("feed"))

    def items(self, of: FollowedPage) -> list[tuple[NewsItem, AsOfDay]]:
        return [(each, of.day) for each in latest_news(of.claims, of.day, LATEST)]

    def item_title(self, item: tuple[NewsItem, AsOfDay]) -> str:
        told = item[0]
        if told.correction:
            return correction_title(told.correction)
        if told.snapshot is None or told.score is None:
            return strip_invalid_xml(told.entry.subject)
        claim = localized_plain(told.snapshot.claim)
        if told.before:
            change = localized_digits(score_change(told.score))
            return strip_invalid_xml(_("Moved: %(claim)s — %(change)s") % {"claim": claim, "change": change})
        if told.settlement:
            outcome = vocabulary_label(told.settlement, "settlement")
            return strip_invalid_xml(
                _("Settled: %(claim)s — %(outcome)s") % {"claim": claim, "outcome": outcome}
            )
        words = outcome_in_words(told.snapshot.claim, told.score.state, told.snapshot.as_of)
        return strip_invalid_xml(_("Published: %(claim)s — %(verdict)s") % {"claim": claim, "verdict": words})

    def item_description(self, item: tuple[NewsItem, AsOfDay]) -> str:
        told = item[0]
        parts: list[str] = correction_paragraphs(told.correction) if told.correction else []
        if told.snapshot and told.said and told.score:
            claim, score = told.snapshot.claim, told.score
            speaker, said_on = (
                localized_html(claim.statement.speaker),
                partial_date_in_words(claim.statement.said_on),
            )
            parts += [
                format_html("{}, {}:", speaker, said_on),
                quoted_span_html(claim),
                outcome_in_words(claim, score.state, told.snapshot.as_of),
                localized_html(claim, "settlement") if told.settlement else "",
                localized_html(claim, "uncheckable_reason") if score.state is State.UNCHECKABLE else "",
                said_and_now_text(told.said, score.state, score.number),
            ]
        return summary_html(parts)

    def item_link(self, item: tuple[NewsItem, AsOfDay]) -> str:
        """The address of the claim's version, if the item has one, so that the reader sees what the feed said."""
        told, day = item
        if told.snapshot is None:
            return keep_as_of(told.entry.get_absolute_url(), day)
        return keep_as_of(reverse("pin", args=[told.snapshot.claim.slug, told.snapshot.number]), day)

    def item_guid(self, item: tuple[NewsItem, AsOfDay]) -> str:
        """The identifier of the entry. It is the same in every feed, in every language and on every day."""
        return f"urn:uuid:{UUID(item[0].entry.hash[:32])}"

    def item_updateddate(self, item: tuple[NewsItem, AsOfDay]) -> datetime:
        return item[0].entry.at


class TopicNewsFeed(NewsFeed):
    def followed(self, day: AsOfDay, slug: str) -> FollowedPage:  # type: ignore[override]
        topic = get_object_or_404(Topic, slug=slug)
        within = Claim.objects.filter(topics__in=Topic.objects.within(topic)).values("pk")
        return _followed_page(Claim.objects.filter(pk__in=within), day, topic, "topic")


class SpeakerNewsFeed(NewsFeed):
    def followed(self, day: AsOfDay, slug: str) -> FollowedPage:  # type: ignore[override]
        speaker = get_object_or_404(Speaker, slug=slug)
        return _followed_page(Claim.objects.filter(statement__speaker=speaker), day, speaker, "speaker")


class ClaimNewsFeed(NewsFeed):
    def followed(self, day: AsOfDay, slug: str) -> FollowedPage:  # type: ignore[override]
        claim = get_object_or_404(Claim.objects.published(), slug=slug)
        return _followed_page(Claim.objects.filter(pk=claim.pk), day, claim, "claim")


def _followed_page(claims: QuerySet[Claim], day: AsOfDay, record: Any, kind: str) -> FollowedPage:
    """The page that the feed follows. Answers 404 if nothing public refers to the record."""
    if not claims.published().exists():  # type: ignore[attr-defined]
        raise Http404
    title, feed = f"{site_name()}: {localized_plain(record)}", reverse(f"{kind}-feed", args=[record.slug])
    return FollowedPage(day, title, record.get_absolute_url(), feed, claims)


def withdrawn_feed(request: HttpRequest, record: Withdrawable) -> HttpResponse:
    """A feed that explains a withdrawal, with status 410. Some newsreaders show it."""
    page, at = absolute_address_of_path(request, record.get_absolute_url()), record.withdrawn_at
    title = _("Withdrawn")
    feed = DatedAtom(
        title, page, "", language=get_language(), author_name=strip_invalid_xml(site_name()), as_of=at
    )
    feed.add_item(
        title, page, summary_html([with_language_attributes(record.withdrawal_reason)]), updateddate=at
    )
    return HttpResponse(feed.writeString("utf-8"), status=410, content_type=feed.content_type)


speaker_news = follows_old_address("speaker")(SpeakerNewsFeed())
claim_news = tells_withdrawn(Claim, withdrawn_feed)(ClaimNewsFeed())


def correction_title(correction: Correction) -> str:
    return strip_invalid_xml(
        f"{capfirst(correction.get_kind_display())}: {localized_plain(correction.record)}"
    )


def correction_paragraphs(correction: Correction) -> list[str]:
    return [
        localized_html(correction, name) for name in ("what_was_wrong", "effect") if getattr(correction, name)
    ]


def summary_html(parts: Iterable[str]) -> str:
    """The parts as HTML, each a paragraph with the direction of its first letter."""
    html = strip_invalid_xml("".join(format_html('<p dir="auto">{}</p>', part) for part in parts if part))
    return mark_safe(localize_figures_of_page(html, get_language() or ""))  # noqa: S308 - escaped above


def localized_digits(text: str) -> str:
    return localize_figures(text, get_language() or "")
