"""Kinds that are drafted, reviewed, published and withdrawn: statements, claims, evidence."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import Max

from claims.domain.workflow import PublishingCheck
from claims.models import Claim, Evidence, EvidenceLink, SearchNote, Statement

from .record_kind import PublishableKind


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
