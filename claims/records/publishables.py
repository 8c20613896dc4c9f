"""Kinds that are drafted, reviewed, published and withdrawn: statements, claims, evidence."""

from typing import Any

from django.db.models import QuerySet

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
    claims_path = "statement"
    decision_permission = "publish_statement"
    official_words = frozenset({"text", "original_text"})

    def touched_rows(self, record: Statement) -> dict[str, set[int]]:
        return {
            "statement": {record.pk},
            "source": {record.source_id},
            "speaker": {record.speaker_id},
            "place": _key_or_none(record.place_id),
        }


class ClaimKind(PublishableKind):
    name = "claim"
    model = Claim
    original_columns = frozenset({
        "criterion", "kind", "position", "proposition", "published_at", "quote", "settled_on", "settlement", "slug",
        "statement", "status", "valid_until", "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "proposition"
    related_slugs = ("topics", "places")
    claims_path = "pk"
    decision_permission = "publish_claim"
    official_words = frozenset({"quote"})

    def touched_rows(self, record: Claim) -> dict[str, set[int]]:
        return {
            "claim": {record.pk},
            "link": _keys_of(EvidenceLink.objects.filter(claim=record)),
            "search": _keys_of(SearchNote.objects.filter(claim=record)),
            "topic": _keys_of(record.topics.all()),
            "place": _keys_of(record.places.all()),
        }


class EvidenceKind(PublishableKind):
    name = "evidence"
    model = Evidence
    original_columns = frozenset({
        "archived_url", "credibility", "detail", "event", "known", "language", "origin", "place", "published_at",
        "slug", "source", "status", "summary", "url", "withdrawal_reason", "withdrawn_at",
    })  # fmt: skip
    title_field = "summary"
    claims_path = "links__evidence"
    decision_permission = "publish_evidence"

    def touched_rows(self, record: Evidence) -> dict[str, set[int]]:
        return {
            "evidence": {record.pk},
            "link": _keys_of(EvidenceLink.objects.filter(evidence=record)),
            "source": {record.source_id},
            "origin": _key_or_none(record.origin_id),
            "place": _key_or_none(record.place_id),
        }


def _key_or_none(key: int | None) -> set[int]:
    return set() if key is None else {key}


def _keys_of(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))
