"""The Atom feeds of news: of all claims, of a topic, of a speaker and of a claim."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.addresses import absolute_address_of_path
from claims.localized_text import isolated_plain, localized_effect, localized_html, with_language_attributes
from claims.models import Claim, Correction, Speaker, Topic
from claims.request_parameters import keep_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.news import NewsItem, latest_news
from claims.selectors.one_person import one_person_words
from claims.selectors.site import site_name
from claims.selectors.withdrawn import Withdrawal
from claims.text.xml_text import strip_invalid_xml
from claims.views.atom import (
    LATEST,
    DatedAtom,
    FollowedPage,
    SiteFeed,
    feed_author,
    feed_rights,
    summary_html,
)
from claims.views.news_words import news_paragraphs, news_title
from claims.views.old_addresses import follows_old_address
from claims.views.withdrawn_responses import tells_withdrawn


class NewsFeed(SiteFeed):
    """News: published claims, moved verdicts, corrections, answers. Of all claims, unless a subclass selects some."""

    subtitle = gettext_lazy("New claims, changed gaps, corrections and speakers’ answers.")

    def followed(self, day: AsOfDay) -> FollowedPage:
        return FollowedPage(day, site_name(), reverse("home"), reverse("feed"))

    def items(self, of: FollowedPage) -> list[tuple[NewsItem, AsOfDay]]:
        return [(each, of.day) for each in latest_news(of.claims, of.day, LATEST)]

    def item_title(self, item: tuple[NewsItem, AsOfDay]) -> str:
        told = item[0]
        if told.correction:
            return correction_title(told.correction)
        return strip_invalid_xml(news_title(told) or told.entry.subject)

    def item_description(self, item: tuple[NewsItem, AsOfDay]) -> str:
        told = item[0]
        corrected = correction_paragraphs(told.correction) if told.correction else []
        claim = told.snapshot.claim if told.snapshot else None
        record = told.correction.record if told.correction else claim
        return summary_html([*corrected, *news_paragraphs(told), one_person_words(record, told.reply)])

    def item_link(self, item: tuple[NewsItem, AsOfDay]) -> str:
        """The address of the claim's version, if the item has one, so that the reader sees what the feed said.

        That of a speaker's answer is its place on the claim's page.
        """
        told, day = item
        if told.reply:
            return keep_as_of(told.reply.get_absolute_url(), day)
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
    title, feed = f"{site_name()}: {isolated_plain(record)}", reverse(f"{kind}-feed", args=[record.slug])
    return FollowedPage(day, title, record.get_absolute_url(), feed, claims=claims)


def withdrawn_feed(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """A feed that explains a withdrawal, with status 410. Some newsreaders show it."""
    page, at = absolute_address_of_path(request, reverse("claim", args=[withdrawal.slug])), withdrawal.at
    title = strip_invalid_xml(withdrawal.title)
    feed = DatedAtom(
        title,
        page,
        "",
        language=get_language(),
        feed_copyright=feed_rights(),
        as_of=at,
        **feed_author(request),
    )
    reason = format_html(
        _("Reason: %(reason)s") % {"reason": "{}"}, with_language_attributes(withdrawal.reason)
    )
    said_by = localized_html(withdrawal.author) if withdrawal.author else ""
    feed.add_item(title, page, summary_html([said_by, withdrawal.sentence, reason]), updateddate=at)
    return HttpResponse(feed.writeString("utf-8"), status=410, content_type=feed.content_type)


speaker_news = follows_old_address("speaker")(SpeakerNewsFeed())
topic_news = TopicNewsFeed()
claim_news = tells_withdrawn(Claim, withdrawn_feed)(ClaimNewsFeed())


def correction_title(correction: Correction) -> str:
    return strip_invalid_xml(
        _("%(record)s — %(kind)s")
        % {"record": isolated_plain(correction.record), "kind": correction.get_kind_display()}
    )


def correction_paragraphs(correction: Correction) -> list[str]:
    effect = [localized_effect(correction)] if correction.effect else []
    return [localized_html(correction, "what_was_wrong"), *effect]
