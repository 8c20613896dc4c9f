"""What the site said of a claim at one of its snapshots, told again from the ledger: the words as they stood then, the
figures as they were stored, and the receipt from the snapshot's own inputs.

Records are rebuilt from their entries, unsaved, so that what shows today's records shows those of then as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, Max, Min, Q, Subquery, Value
from django.db.models.functions import Coalesce

from claims.domain.dossier import Dossier, Gap
from claims.domain.dossier_inputs import dossier_from_inputs, links_from_parts
from claims.domain.gap import METHOD_VERSION
from claims.domain.methods import score_by_method
from claims.domain.vocabulary import Act, State
from claims.models import Claim, Entry, Evidence, EvidenceLink, Rating, Role, Snapshot
from claims.models.speaker import latest_role_held
from claims.records.page_visibility import visible_refs
from claims.records.record_kind import Ref
from claims.records.registry import RECORD_KINDS
from claims.selectors.as_of_days import end_of_day
from claims.selectors.claim_lists import AsOfDay
from claims.selectors.receipts import Receipt, build_receipt

from .entries import LedgerScore, entries_up_to, ledger_head_on, ledger_score

FIGURES = (
    "gap", "low", "high", "tentative", "contradicting", "supporting", "publishers_against", "publishers_for",
    "publishers", "events_against", "events_for",
)  # fmt: skip


@dataclass(frozen=True)
class VersionRef:
    """A snapshot's place in the ledger: what a citation names."""

    entry: Entry

    @property
    def slug(self) -> str:
        return self.entry.subject.rpartition("@")[0]

    @property
    def number(self) -> int:
        return int(self.entry.subject.rpartition("@")[2])

    @property
    def told(self) -> dict[str, Any]:
        return self.entry.told["record"]

    @property
    def score(self) -> LedgerScore:
        return ledger_score(self.told, None)

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.told["as_of"])


@dataclass(frozen=True)
class PublishedVersion:
    """A pin with all that stood there, and its neighbours."""

    pin: VersionRef
    before: VersionRef | None
    after: VersionRef | None
    latest: VersionRef
    receipt: Receipt
    recomputed: Gap
    role: Role | None
    withheld: frozenset[str]  # reports that are not public now: their figures stay, their words went

    @property
    def claim(self) -> Claim:
        return self.receipt.claim

    @property
    def gap(self) -> Gap:
        """As it was published."""
        return self.receipt.gap

    @property
    def agrees(self) -> bool:
        """Whether the method of that version gives from the same inputs what was published."""
        return self.gap == self.recomputed

    @property
    def is_by_earlier_method(self) -> bool:
        return self.pin.told["method"] != METHOD_VERSION

    @property
    def is_latest(self) -> bool:
        return self.pin.entry == self.latest.entry


def version_on_day(claim: Claim, day: AsOfDay) -> VersionRef | None:
    """The snapshot that stood on the day; None before the first, and while the ledger does not tell of the claim."""
    entries = entries_up_to(ledger_head_on(day)) if day.asked else Entry.objects.all()
    words = Entry.objects.filter(kind="claim", subject=claim.slug)
    found = entries.filter(Exists(words), kind="snapshot", subject=_latest_snapshot(claim.slug, day)).first()
    return VersionRef(found) if found else None


def _latest_snapshot(slug: str, day: AsOfDay) -> Subquery:
    taken = Snapshot.objects.filter(claim__slug=slug)
    if day.asked:
        taken = taken.filter(taken_at__lt=end_of_day(day.date))
    return Subquery(
        taken.annotate(name=RECORD_KINDS["snapshot"].subject_expression())
        .order_by("-number")
        .values("name")[:1]
    )


def published_version(slug: str, number: int, day: AsOfDay) -> PublishedVersion | None:
    """The snapshot of a published claim by its number, if it had been taken by the day."""
    pins = _neighbouring_versions(slug, number, day)
    pin, latest = pins.get(number), pins.get(max(pins, default=0))
    if pin is None or latest is None:
        return None
    records = _version_records(pin)
    claim = records.get(("claim", slug))
    if claim is None:
        return None
    dossier = _dossier_with_publishers(dossier_from_inputs(pin.told["inputs"]), records)
    recomputed = score_by_method(pin.told["method"], dossier, pin.as_of)
    refs: set[Ref] = {("evidence", str(link.id)) for link in dossier.links}
    public = visible_refs(refs, day.date) if refs else set()
    return PublishedVersion(
        pin, pins.get(number - 1), pins.get(number + 1), latest,
        build_receipt(
            claim, dossier, _version_links(dossier, claim, records), published_gap(pin.told, recomputed)
        ),
        recomputed,
        latest_role_held(records.get(("roles", ""), ()), claim.statement.said_on.last),
        frozenset(slug for _kind, slug in refs - public),
    )  # fmt: skip


def published_gap(told: Mapping[str, Any], recomputed: Gap) -> Gap:
    """The gap as it was published: its figures, and each link's part where the version kept them."""
    figures = {name: told[name] for name in FIGURES if name in told}
    if told.get("parts"):
        figures["links"] = links_from_parts(told["parts"], told["inputs"])
    return replace(recomputed, state=State(told["state"]), **figures)


def _neighbouring_versions(slug: str, number: int, day: AsOfDay) -> dict[int, VersionRef]:
    """The snapshot asked for, its neighbours and the latest, in one query."""
    names = [f"{slug}@{each}" for each in (number - 1, number, number + 1)]
    rows = entries_up_to(ledger_head_on(day)).filter(
        Q(subject__in=names) | Q(subject=Coalesce(_latest_snapshot(slug, day), Value(""))), kind="snapshot"
    )
    return {pin.number: pin for pin in map(VersionRef, rows)}


# Records as they stood -----------------------------------------------------------------------------------------------


def _version_records(pin: VersionRef) -> dict[Any, Any]:
    """Everything that the page shows, each tied to what it refers to, in three rounds of two queries."""
    of_links = [str(link["id"]) for link in pin.told["inputs"]["links"]]
    claim = _forms_at_version([("claim", pin.slug)], pin)
    if not claim:
        return {}
    statement = claim["claim", pin.slug]["statement"]
    told = claim | _forms_at_version(
        [
            ("statement", statement),
            *(("evidence", slug) for slug in of_links),
            *(("link", f"{pin.slug}/{slug}") for slug in of_links),
        ],
        pin,
    )
    wanted = [
        (kind, form[kind]) for form in told.values() for kind in ("speaker", "source", "origin", "place")
        if form.get(kind)
    ]  # fmt: skip
    told |= _forms_at_version(wanted, pin)
    records: dict[Any, Any] = {ref: rebuild_record(ref[0], form) for ref, form in told.items()}
    for ref, form in told.items():
        for name, kind in RELATIONS:
            if (other := records.get((kind, form.get(name)))) is not None:
                setattr(records[ref], name, other)
    for ref, form in told.items():
        if ref[0] == "link":
            graded = [rebuild_record("rating", rating) for rating in form.get("ratings", ())]
            records[ref].reasons = [rating for rating in graded if rating.rationale]
    speaker = told.get(("speaker", records["statement", statement].speaker.slug), {})
    records["roles", ""] = [rebuild_record("role", role) for role in speaker.get("roles", ())]
    return records


PARTS: dict[str, type[Any]] = {"role": Role, "rating": Rating}
RELATIONS = tuple((kind, kind) for kind in ("statement", "speaker", "source", "origin", "place"))


def _forms_at_version(refs: Iterable[Ref], pin: VersionRef) -> dict[Ref, dict[str, Any]]:
    """What the ledger last told of each record up to the pin; of one only entered after it, what it told first, since
    what is loaded past the desk is scored before it is entered."""
    wanted, until = set(refs), pin.entry.number
    newest = (
        Entry.objects.filter(kind__in={kind for kind, _ in wanted}, subject__in={slug for _, slug in wanted})
        .order_by()
        .values("kind", "subject")
        .annotate(
            then=Coalesce(
                Max("number", filter=Q(number__lte=until)), Min("number", filter=Q(number__gt=until))
            )
        )
    )
    rows = Entry.objects.filter(number__in=[row["then"] for row in newest])
    return {
        (entry.kind, entry.subject): entry.told["record"] or {}
        for entry in rows
        if (entry.kind, entry.subject) in wanted
    }


def rebuild_record(kind: str, form: dict[str, Any]) -> Any:
    model = PARTS[kind] if kind in PARTS else RECORD_KINDS[kind].model
    columns = [field for field in model._meta.concrete_fields if not field.is_relation and field.name in form]
    return model(**{field.name: field.to_python(form[field.name]) for field in columns})


def _dossier_with_publishers(dossier: Dossier, records: dict[Any, Any]) -> Dossier:
    """Inputs of the first method name no publisher; the report that each link ties does."""
    links = [
        replace(link, publisher=records["evidence", str(link.id)].source.slug)
        if link.publisher is None and ("evidence", str(link.id)) in records
        else link
        for link in dossier.links
    ]
    return replace(dossier, links=tuple(links))


def _version_links(dossier: Dossier, claim: Claim, records: dict[Any, Any]) -> list[EvidenceLink]:
    """Numbered as they stand in the inputs, which is the order of their entry."""
    links = []
    for number, each in enumerate(dossier.links, start=1):
        link = records.get(("link", f"{claim.slug}/{each.id}"))
        if link is None:
            link = EvidenceLink(directness=each.directness)
            link.reasons = []
        link.pk, link.claim = number, claim
        link.evidence = records.get(("evidence", str(each.id))) or Evidence(
            slug=str(each.id), known=each.known
        )
        links.append(link)
    return links


def claims_reworded_since(last: Iterable[Snapshot]) -> set[int]:
    """The claims whose words, or whose statement's, were published or revised since their last snapshot was entered:
    what it pins is no longer what a reader of the claim's page would cite."""
    rows = {f"{snapshot.claim.slug}@{snapshot.number}": snapshot.claim for snapshot in last}
    entered = dict(
        Entry.objects.filter(kind="snapshot", subject__in=rows).order_by().values_list("subject", "number")
    )
    told = _last_entry_numbers(
        {("claim", each.slug) for each in rows.values()}
        | {("statement", each.statement.slug) for each in rows.values()}
    )
    return {
        claim.pk
        for subject, claim in rows.items()
        if subject in entered
        and max(told.get(("claim", claim.slug), 0), told.get(("statement", claim.statement.slug), 0))
        > entered[subject]
    }


def _last_entry_numbers(refs: set[Ref]) -> dict[Ref, int]:
    rows = (
        Entry.objects.filter(
            kind__in=("claim", "statement"),
            subject__in={slug for _, slug in refs},
            act__in=(Act.PUBLISH, Act.REVISE),
        )
        .order_by()
        .values("kind", "subject")
        .annotate(last=Max("number"))
    )
    return {(row["kind"], row["subject"]): row["last"] for row in rows}
