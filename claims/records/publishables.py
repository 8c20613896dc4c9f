"""Kinds that are drafted, reviewed, published and withdrawn: statements, claims, evidence, replies, the page about the
site.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, QuerySet

from claims.domain.workflow import PublishingCheck
from claims.models import About, Claim, Entry, Evidence, EvidenceLink, Reply, SearchNote, Statement

from .record_kind import PublishableKind, Ref


class StatementKind(PublishableKind):
    name = "statement"
    model = Statement
    original_columns = frozenset({
        "archived_url", "language", "occasion", "original_language", "original_text", "place", "published_at",
        "reporting", "said_on", "slug", "source", "speaker", "status", "text", "title", "translator", "url",
        "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "title"
    claims_paths = ("statement",)
    decision_permission = "publish_statement"
    official_words = frozenset({"text", "original_text", "reported_text"})
    referred = {"source": "source", "speaker": "speaker", "place": "place"}
    checks = (PublishingCheck.WORDS, PublishingCheck.COPY)


class ClaimKind(PublishableKind):
    name = "claim"
    model = Claim
    original_columns = frozenset({
        "criterion", "kind", "position", "proposition", "published_at", "quote", "settled_on", "settlement", "slug",
        "statement", "status", "valid_until", "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "proposition"
    related_slugs = ("topics", "places")
    claims_paths = ("pk",)
    decision_permission = "publish_claim"
    official_words = frozenset({"quote"})
    checked_with = ("statement",)
    bound_rows = {"link": EvidenceLink, "search": SearchNote}
    referred = {"topics": "topic", "places": "place"}
    checks = (PublishingCheck.WORDS, PublishingCheck.CRITERION)

    def fill_in(self, record: Claim, by: User) -> None:
        """Also the place of a new claim among its statement's."""
        if not record.settled_on:
            record.settled_by = None
        elif record.settled_by_id is None:
            record.settled_by = by
        if record._state.adding and not record.position:
            siblings = Claim.objects.filter(statement=record.statement_id)
            record.position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1


class EvidenceKind(PublishableKind):
    name = "evidence"
    model = Evidence
    original_columns = frozenset({
        "archived_url", "credibility", "detail", "event", "known", "language", "origin", "place", "published_at",
        "slug", "source", "status", "summary", "url", "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "summary"
    claims_paths = ("links__evidence",)
    decision_permission = "publish_evidence"

    hides_place = True
    private_revised = ("exact_place",)
    checks = (PublishingCheck.WORDS, PublishingCheck.COPY)
    bound_rows = {"link": EvidenceLink}
    referred = {
        "source": "source",
        "relays": "source",
        "quotes": "speaker",
        "origin": "origin",
        "place": "place",
    }

    def touched_rows(self, record: Evidence, columns: Collection[str] | None = None) -> dict[str, set[int]]:
        if columns is not None and record.exact_place_id:
            columns = {*columns, "place"}  # the place that readers see follows from the exact one
        return super().touched_rows(record, columns)


class ReplyKind(PublishableKind):
    """It hangs on a claim and has no page of its own; it moves no gap."""

    name = "reply"
    model = Reply
    original_columns = frozenset({
        "answered_on", "archived_url", "claim", "given_by", "published_at", "reference", "slug", "status", "text",
        "translations", "url", "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "given_by"
    has_page = False
    history_stands_with = ("claim",)
    decision_permission = "publish_reply"
    fixed_ends = frozenset({"claim"})
    checked_with = ("claim__statement",)
    checks = (PublishingCheck.WORDS, PublishingCheck.COPY)

    def refs_in(self, entry: Entry) -> list[Ref]:
        """Its claim first: that is the page to link to. A tombstone names none."""
        form = entry.told["record"] or {}
        own: Ref = (self.name, entry.subject)
        return [("claim", form["claim"]), own] if form.get("claim") else [own]

    def notice_page(self, record: Reply) -> Any:
        return record.claim


class AboutKind(PublishableKind):
    name = "about"
    model = About
    original_columns = frozenset({
        "published_at", "slug", "status", "subject", "text", "translations", "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "subject"
    has_page = False  # all its texts stand on one page
    decision_permission = "publish_about"
    fixed_ends = frozenset({"subject"})
    checks = (PublishingCheck.WORDS,)

    def visible_rows(self, day: date) -> QuerySet[Any]:
        return self.published_rows().filter(published_at__date__lte=day)

    def notice_page(self, record: About) -> Any:
        return None
