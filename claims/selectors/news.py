"""News about claims for feeds, from the ledger: publications, movements and corrections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Round

from claims.domain.dossier import Gap
from claims.domain.dossier_inputs import dossier_from_inputs
from claims.domain.methods import score_by_method
from claims.domain.vocabulary import UNSCORED, Act, Settlement, State
from claims.ledger.entries import LedgerScore, entries_up_to, ledger_head_on
from claims.models import Claim, Correction, Entry, Snapshot
from claims.selectors.as_of_days import AsOfDay, end_of_day

MILLISECOND = timedelta(milliseconds=1)  # precision of the ledger's times; a snapshot's time is more precise


@dataclass(frozen=True)
class NewsItem:
    """A ledger entry with what the site then said about its claim.

    `snapshot` is None for a correction of another record.
    """

    entry: Entry
    snapshot: Snapshot | None = None
    correction: Correction | None = None
    before: tuple[State, float | None] | None = None
    settlement: Settlement | None = None  # of an entry that says how a commitment ended

    @property
    def score(self) -> LedgerScore | None:
        if self.snapshot is None:
            return None
        state, before = State(self.snapshot.state), self.before or (None, None)
        return LedgerScore(state, self.snapshot.gap if state.sufficient else None, *before)

    @property
    def said(self) -> Gap | None:
        """The gap on the day the words were said, from the inputs of the snapshot."""
        if self.snapshot is None:
            return None
        said_on = self.snapshot.claim.statement.said_on.last
        return score_by_method(
            self.snapshot.method, dossier_from_inputs(self.snapshot.inputs), min(said_on, self.snapshot.as_of)
        )


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
    moved = _moved_snapshots(claims, day)[:most]
    entries = [*published[:most], *settled[:most], *corrected[:most], *_entries_of_snapshots(moved, until)]
    entries.sort(key=lambda entry: entry.number, reverse=True)
    return _build_news_items(entries[:most], moved, corrections)


def _is_first_publication() -> Q:
    """The condition for a first publication: on the desk, or by an import of a claim without earlier entries."""
    before = Entry.objects.filter(kind="claim", subject=OuterRef("subject"), number__lt=OuterRef("number"))
    return Q(act=Act.PUBLISH) | Q(~Exists(before), act=Act.IMPORT)


# How an entry's content names the column that holds the outcome. Within a text the quotation mark would be escaped.
SETTLED = '"settled_as":"'


def _settling_entries(until: QuerySet[Entry], claims: QuerySet[Claim]) -> QuerySet[Entry]:
    """The first entry of each claim that says how it was settled, unless the claim was published with it."""
    told = Entry.objects.filter(kind="claim", subject=OuterRef("subject"), number__lt=OuterRef("number"))
    settled = claims.exclude(settled_as="").values("slug")
    entries = until.filter(kind="claim", subject__in=settled, content__contains=SETTLED)
    return entries.filter(Exists(told), ~Exists(told.filter(content__contains=SETTLED)))


def _settlement_told(entry: Entry) -> Settlement | None:
    is_change = entry.kind == "claim" and entry.act != Act.PUBLISH
    outcome = (entry.told["record"] or {}).get("settled_as") if is_change else ""
    return Settlement(outcome) if outcome else None


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
    entries: list[Entry], moved: Iterable[Any], corrections: QuerySet[Correction]
) -> list[NewsItem]:
    of_subject = {f"{snapshot.claim.slug}@{snapshot.number}": snapshot for snapshot in moved}
    keys = {getattr(entry, "snapshot", None) for entry in entries} - {None}
    stood = Snapshot.objects.select_related("claim__statement__speaker").in_bulk([*keys, 0])
    slugs = [entry.subject for entry in entries if entry.kind == "correction"]
    rows = corrections.filter(slug__in=[*slugs, ""]).select_related("claim", "statement", "evidence")
    of_slug = {correction.slug: correction for correction in rows}
    return [_build_news_item(entry, of_subject, stood, of_slug) for entry in entries]


def _build_news_item(
    entry: Entry, moved: dict[str, Any], stood: dict[Any, Snapshot], corrections: dict[str, Correction]
) -> NewsItem:
    if entry.kind == "snapshot":
        snapshot = moved[entry.subject]
        before = State(snapshot.state_before)
        return NewsItem(entry, snapshot, before=(before, snapshot.gap_before if before.sufficient else None))
    snapshot = stood.get(getattr(entry, "snapshot", None))
    return NewsItem(entry, snapshot, corrections.get(entry.subject), settlement=_settlement_told(entry))
