"""The checklist beside a record: what it has, what it lacks, and where to add it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.vocabulary import Status
from claims.models import Claim
from claims.selectors.readiness import ReadinessItem, readiness_items


@dataclass(frozen=True)
class ReadinessCheck:
    label: str
    done: bool
    hint: str
    href: str
    required: bool


def readiness_checks(record: Any) -> list[ReadinessCheck]:
    found = [_build_check(record, item, required=True) for item in readiness_items(record)]
    if isinstance(record, Claim):
        found += list(_link_checks(record))
    return found


def _build_check(record: Any, item: ReadinessItem, *, required: bool) -> ReadinessCheck:
    return ReadinessCheck(item.label, item.done, item.sentence, _field_anchor(record, item.field), required)


def _field_anchor(record: Any, field: str) -> str:
    if field == "search_notes":
        return "#search_notes-group"
    if field == "statement":
        return reverse("admin:claims_statement_change", args=[record.statement_id])
    return f"#id_{field}"


def _link_checks(claim: Claim) -> Iterator[ReadinessCheck]:
    """Reports that do not count yet. They do not prevent publication."""
    rows = claim.links.exclude(evidence__status=Status.WITHDRAWN)
    links = list(rows.select_related("evidence").prefetch_related("ratings"))
    ungraded = sum(link.evidence.credibility is None for link in links)
    if ungraded:
        words = ngettext("%(n)d report has no grade", "%(n)d reports have no grade", ungraded)
        yield _count_check(words, ungraded, _("Open it and grade its credibility."))
    unrated = sum(not link.ratings.all() for link in links)
    if unrated:
        words = ngettext("%(n)d link has no stance", "%(n)d links have no stance", unrated)
        yield _count_check(words, unrated, _("Choose whether it supports or contradicts the claim."))
    drafts = sum(link.evidence.status in (Status.DRAFT, Status.IN_REVIEW) for link in links)
    if drafts:
        words = ngettext("%(n)d report is a draft", "%(n)d reports are drafts", drafts)
        yield _count_check(words, drafts, _("Publish it, and it counts."))


def _count_check(words: str, number: int, hint: str) -> ReadinessCheck:
    return ReadinessCheck(words % {"n": number}, False, hint, "#links-group", required=False)
