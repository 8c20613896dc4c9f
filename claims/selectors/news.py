"""News about claims for feeds, from the ledger: publications, movements, corrections and speakers' answers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Round

from claims.domain.dossier import Gap
from claims.domain.dossier_inputs import dossier_from_inputs
from claims.domain.methods import score_by_method
from claims.domain.vocabulary import UNSCORED, Act, Settlement, State
from claims.ledger.entries import LedgerScore, entries_up_to, ledger_head_on
from claims.models import Claim, Correction, Entry, Reply, Snapshot
from claims.records.registry import RECORD_KINDS
from claims.selectors.as_of_days import AsOfDay, end_of_day
from claims.selectors.claim_lists import day_said, is_scored_when_said

MILLISECOND = timedelta(milliseconds=1)  # precision of the ledger's times; a snapshot's time is more precise


@dataclass(frozen=True)
class NewsItem:
    """A ledger entry with what the site then said about its claim.

    `snapshot` is None for a correction of another record.
    """

    entry: Entry
    snapshot: Snapshot | None = None
    correction: Correction | None = None
    reply: Reply | None = None  # of an entry that publishes a speaker's answer
    before: tuple[State, float | None] | None = None
    settlement: Settlement | None = None  # of an entry that says how a commitment ended
    settled_before: Settlement | None = None  # what was said of it before, where that is another outcome

    @property
    def score(self) -> LedgerScore | None:
        if self.snapshot is None:
            return None
        state, before = State(self.snapshot.state), self.before or (None, None)
        return LedgerScore(state, self.snapshot.gap if state.sufficient else None, *before)

    @property
    def said(self) -> Gap | None:
        """The gap on the day the words were said, from the inputs of the snapshot; None if that has no figure."""
        if self.snapshot is None or not is_scored_when_said(self.snapshot.claim):
            return None
        day = day_said(self.snapshot.claim, self.snapshot.as_of)
        return score_by_method(self.snapshot.method, dossier_from_inputs(self.snapshot.inputs), day)


def latest_news(claims: QuerySet[Claim], day: AsOfDay, most: int) -> list[NewsItem]:
    """The latest news about the public claims among `claims`, in a fixed number of queries."""
    claims = claims.visible_on(day.date)  # type: ignore[attr-defined]
    until = entries_up_to(ledger_head_on(day))
    told = until.filter(kind="claim", subject__in=claims.values("slug"))
    published = _entries_with_snapshot(told.filter(_is_first_publication()), "claim__slug")
    settled = _entries_with_snapshot(_settling_entries(until, claims), "claim__slug")
    corrections = _corrections_of_claims(claims)
    corrected = _entries_with_snapshot(
        until.filter(kind="correction", act=Act.CORRECT, subject__in=corrections.values("slug")),
        "claim__corrections__slug",
    )
    replies = RECORD_KINDS["reply"].visible_rows(day.date).filter(claim__in=claims.order_by().values("pk"))
    answered = _entries_with_snapshot(
        until.filter(_is_first_publication(), kind="reply", subject__in=replies.order_by().values("slug")),
        "claim__replies__slug",
    )
    moved = _moved_snapshots(claims, day)[:most]
    entries = [
        *published[:most], *settled[:most], *corrected[:most], *answered[:most],
        *_entries_of_snapshots(moved, until),
    ]  # fmt: skip
    entries.sort(key=lambda entry: entry.number, reverse=True)
    return _build_news_items(entries[:most], moved, corrections, replies)


def _is_first_publication() -> Q:
    """The condition for a first publication: on the desk, or by an import of a record without earlier entries."""
    before = Entry.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), number__lt=OuterRef("number")
    )
    return Q(act=Act.PUBLISH) | Q(~Exists(before), act=Act.IMPORT)


def _tells_outcome(content: str, outcome: Settlement) -> Q:
    """The condition that a content holds the outcome. Within a text its quotation marks would be escaped."""
    return Q(**{f"{content}__contains": f'"settled_as":"{outcome.value}"'})


def _settling_entries(until: QuerySet[Entry], claims: QuerySet[Claim]) -> QuerySet[Entry]:
    """The entries of each claim that say how it was settled, where the one before said otherwise.

    An entry that publishes the claim is none of them: it is the news of the publication.
    """
    told = Entry.objects.filter(kind="claim", subject=OuterRef("subject"), number__lt=OuterRef("number"))
    settled = claims.exclude(settled_as="").values("slug")
    entries = until.filter(kind="claim", subject__in=settled).exclude(act=Act.PUBLISH)
    entries = entries.annotate(before=Subquery(told.order_by("-number").values("content")[:1]))
    is_new = reduce(
        or_, (_tells_outcome("content", each) & ~_tells_outcome("before", each) for each in Settlement)
    )
    return entries.filter(is_new, before__isnull=False)


def _settlement_in(record: dict[str, Any] | None) -> Settlement | None:
    outcome = (record or {}).get("settled_as")
    return Settlement(outcome) if outcome else None


def _settlements_told(entry: Entry) -> tuple[Settlement | None, Settlement | None]:
    """How the entry says that the claim was settled, and how the entry before said so."""
    if not hasattr(entry, "before"):
        return None, None
    before = json.loads(entry.before)["record"] if entry.before else None  # a suppression may have emptied it
    return _settlement_in(entry.told["record"]), _settlement_in(before)


def _entries_with_snapshot(entries: QuerySet[Entry], path: str) -> QuerySet[Entry]:
    """Each entry with the key of the snapshot that was current when it was made, or else of the first one after it."""
    of_claim = Snapshot.objects.filter(**{path: OuterRef("subject")})
    end = ExpressionWrapper(OuterRef("at") + MILLISECOND, output_field=DateTimeField())
    stood = of_claim.filter(taken_at__lt=end).order_by("-number").values("pk")[:1]
    first = of_claim.order_by("number").values("pk")[:1]
    return entries.annotate(snapshot=Coalesce(Subquery(stood), Subquery(first))).order_by("-number")


def _corrections_of_claims(claims: QuerySet[Claim]) -> QuerySet[Correction]:
    keys = claims.order_by().values("pk")
    return Correction.objects.filter(
        Q(claim__in=keys) | Q(pk__in=Correction.objects.filter(statement__claims__in=keys).values("pk"))
    )


def _moved_snapshots(claims: QuerySet[Claim], day: AsOfDay) -> QuerySet[Snapshot]:
    """The snapshots whose verdict or rounded gap differs from the one before.

    Smaller changes by ageing are no news.
    """
    before = Snapshot.objects.filter(claim=OuterRef("claim"), number=OuterRef("number") - 1)
    rows = Snapshot.objects.filter(claim__in=claims.order_by().values("pk"), number__gt=1)
    if day.asked:
        rows = rows.filter(taken_at__lt=end_of_day(day.date))
    unscored = [state.value for state in UNSCORED]
    rows = rows.annotate(
        state_before=Subquery(before.values("state")[:1]),
        gap_before=Subquery(before.values("gap")[:1]),
        points=Round("gap"),
        points_before=Round("gap_before"),
    )
    turned = ~Q(state=F("state_before"))
    stepped = ~Q(state__in=unscored) & ~Q(points=F("points_before"))
    rows = rows.filter(turned | stepped, state_before__isnull=False)
    return rows.select_related("claim__statement__speaker").order_by("-pk")


def _entries_of_snapshots(moved: Iterable[Any], until: QuerySet[Entry]) -> list[Entry]:
    subjects = [f"{snapshot.claim.slug}@{snapshot.number}" for snapshot in moved]
    return list(
        until.filter(kind="snapshot", subject__in=[*subjects, ""])
    )  # asked for none as well: one cost


def _build_news_items(
    entries: list[Entry], moved: Iterable[Any], corrections: QuerySet[Correction], replies: QuerySet[Reply]
) -> list[NewsItem]:
    of_subject = {f"{snapshot.claim.slug}@{snapshot.number}": snapshot for snapshot in moved}
    keys = {getattr(entry, "snapshot", None) for entry in entries} - {None}
    stood = Snapshot.objects.select_related("claim__statement__speaker").in_bulk([*keys, 0])
    corrected = corrections.select_related("claim", "statement", "evidence")
    of_slug = _rows_of_entries("correction", corrected, entries) | _rows_of_entries(
        "reply", replies.select_related("claim__statement__speaker"), entries
    )
    return [_build_news_item(entry, of_subject, stood, of_slug) for entry in entries]


def _rows_of_entries(
    kind: str, rows: QuerySet[Any], entries: Iterable[Entry]
) -> dict[tuple[str, str], Correction | Reply]:
    slugs = [entry.subject for entry in entries if entry.kind == kind]
    return {(kind, row.slug): row for row in rows.filter(slug__in=[*slugs, ""])}


def _build_news_item(
    entry: Entry, moved: dict[str, Any], stood: dict[Any, Snapshot], of_slug: dict[tuple[str, str], Any]
) -> NewsItem:
    if entry.kind == "snapshot":
        snapshot = moved[entry.subject]
        before = State(snapshot.state_before)
        return NewsItem(entry, snapshot, before=(before, snapshot.gap_before if before.sufficient else None))
    snapshot = stood.get(getattr(entry, "snapshot", None))
    settlement, settled_before = _settlements_told(entry)
    row = of_slug.get((entry.kind, entry.subject))
    return NewsItem(
        entry, snapshot, row if isinstance(row, Correction) else None, row if isinstance(row, Reply) else None,
        settlement=settlement, settled_before=settled_before,
    )  # fmt: skip
