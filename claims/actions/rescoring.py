"""Keeps each stored gap the pure function of published evidence that it claims to be."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from claims.actions.agreement_counts import rebuild_agreement, refresh_agreement
from claims.actions.card_files import draw_cards_on_commit
from claims.domain.dossier import Dossier, score_dossier
from claims.domain.dossier_inputs import inputs_of_dossier, parts_of_inputs
from claims.domain.gap import METHOD_VERSION
from claims.domain.vocabulary import Act
from claims.ledger.public_forms import public_forms_of
from claims.ledger.versions import claims_reworded_since
from claims.ledger.writer import ChangeReason, append_entries, append_forms
from claims.models import Claim, ClaimGap, MethodChange, Snapshot
from claims.records.registry import KINDS_BY_MODEL, claims_paths_of
from claims.selectors.dossiers import build_dossiers
from claims.selectors.gap_store import BATCH, claim_batches, compute_gaps, score_columns

_waiting: ContextVar[set[int] | None] = ContextVar("claims that wait for their scoring", default=None)

LOCK = 0x6A9  # one writer at a time: whoever scores second sees what the first one wrote


@dataclass
class RescoringSummary:
    """How many claims were scored, and those whose state changed: (claim, before, after)."""

    claims: int = 0
    changed: list[tuple[Claim, str, str]] = field(default_factory=list)


def rescore_claims(
    claims: QuerySet[Claim],
    *,
    as_of: date,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> RescoringSummary:
    """Score the claims as of a day and store it, batch by batch; each batch is whole or not at all.

    Within a caller's transaction it is part of it. Stopped in the middle, it can simply be run again.
    """
    outcome = RescoringSummary()
    for batch in claim_batches(claims):
        _store_gaps([claim.pk for claim in batch], as_of, now, outcome)
        outcome.claims += len(batch)
        progress(outcome.claims)
    rebuild_agreement()
    return outcome


def acquire_write_lock() -> None:
    """Wait until no other action or scoring is under way; first of all in a transaction, before any row is locked.

    An action that took its turn only before scoring could miss a link that another had added meanwhile, and
    the other could miss its grade. SQLite needs no more than its one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def batch_rescoring(*, now: datetime) -> Iterator[None]:
    """Many writes of one save: all or none, and each claim that they move is scored once, at the end."""
    with transaction.atomic():
        acquire_write_lock()
        claims: set[int] = set()
        token = _waiting.set(claims)
        try:
            yield
        finally:
            _waiting.reset(token)
        rescore_claim_keys(claims, now)


def rescore_affected_claims(records: Iterable[Model], *, now: datetime) -> None:
    """Score every claim that a grading or a publication of the records can move, as of today, and count agreement."""
    claims = {pk for record in records for pk in affected_claims(record).values_list("pk", flat=True)}
    rescore_claim_keys(claims, now)
    refresh_agreement(claims)


def rescore_claim_keys(claims: Iterable[int], now: datetime) -> None:
    """Score the claims as of today, in the caller's transaction, which holds the write lock."""
    keys, waiting = sorted(set(claims)), _waiting.get()
    if waiting is not None:
        waiting.update(keys)
        return
    for at in range(0, len(keys), BATCH):
        _score_batch(keys[at : at + BATCH], timezone.localdate(now), now)


@transaction.atomic
def _store_gaps(keys: Sequence[int], as_of: date, now: datetime, outcome: RescoringSummary) -> None:
    acquire_write_lock()
    outcome.changed += _score_batch(keys, as_of, now)


def _score_batch(keys: Sequence[int], as_of: date, now: datetime) -> list[tuple[Claim, str, str]]:
    """Score the claims and store it; gives those whose state changed."""
    # As they are now that it is our turn, not as they were when we began to wait.
    batch = list(Claim.objects.filter(pk__in=keys).select_related("statement", "gap").order_by("pk"))
    if not batch:
        return []  # all of them deleted meanwhile
    before = {claim.pk: claim.gap.state if hasattr(claim, "gap") else "" for claim in batch}
    dossiers = build_dossiers(batch)
    gaps = compute_gaps(batch, [as_of] * len(batch), dossiers)
    columns = list(score_columns(gaps[0]))
    ClaimGap.objects.bulk_create(gaps, update_conflicts=True, unique_fields=["claim"], update_fields=columns)
    _store_snapshots({claim.pk: claim for claim in batch if claim.is_visible}, gaps, dossiers, now)
    return [
        (claim, before[claim.pk], gap.state)
        for claim, gap in zip(batch, gaps, strict=True)
        if before[claim.pk] != gap.state
    ]


def _store_snapshots(
    public: dict[int, Claim], gaps: Sequence[ClaimGap], dossiers: Mapping[int, Dossier], now: datetime
) -> None:
    """Append what the site now says of each published claim, where it differs from what it said before: in figures,
    in evidence, or in the words that it is about."""
    last = _newest_snapshots(public)
    anew = claims_reworded_since(last.values())
    _record_method_change(last.values(), now)
    taken = []
    for gap in gaps:
        if gap.claim_id not in public:
            continue
        before = last.get(gap.claim_id)
        inputs = inputs_of_dossier(dossiers[gap.claim_id], gap.as_of)
        digest = digest_inputs(inputs)
        same = before and (before.digest, _told_of(before)) == (digest, _told_of(gap))
        if same and gap.claim_id not in anew:
            continue
        number = before.number + 1 if before else 1
        row = {name: value for name, value in score_columns(gap).items() if name in _SHARED}
        taken.append(
            Snapshot(
                claim_id=gap.claim_id,
                number=number,
                taken_at=now,
                inputs=inputs,
                parts=parts_of_inputs(score_dossier(dossiers[gap.claim_id], gap.as_of), inputs),
                digest=digest,
                **row,
            )
        )
    keys = {snapshot.pk for snapshot in Snapshot.objects.bulk_create(taken)}
    told = public_forms_of("snapshot", keys).values() if keys else ()
    append_forms([(Act.SCORE, form) for form in told], ChangeReason(act=Act.SCORE, now=now))
    draw_cards_on_commit((public[snapshot.claim_id].slug for snapshot in taken), len(gaps))


def _record_method_change(last: Iterable[Snapshot], now: datetime) -> None:
    """Say in the ledger that the site scores by another method now, before the first score by it."""
    earlier = next((snapshot.method for snapshot in last if snapshot.method != METHOD_VERSION), None)
    if earlier and not MethodChange.objects.filter(name=METHOD_VERSION).exists():
        change = MethodChange.objects.create(name=METHOD_VERSION, replaces=earlier, adopted_at=now)
        append_entries([change], ChangeReason(act=Act.METHOD, now=now))


_SHARED = {f.attname for f in ClaimGap._meta.concrete_fields} & {
    f.attname for f in Snapshot._meta.concrete_fields
} - {"claim_id"}


def _newest_snapshots(claims: dict[int, Claim]) -> dict[int, Snapshot]:
    own = Snapshot.objects.filter(claim=OuterRef("claim")).order_by("-number").values("number")[:1]
    newest = list(Snapshot.objects.filter(claim__in=claims, number=Subquery(own)))
    for snapshot in newest:
        snapshot.claim = claims[snapshot.claim_id]
    return {snapshot.claim_id: snapshot for snapshot in newest}


def _told_of(gap: ClaimGap | Snapshot) -> tuple[str, str, bool, float | None]:
    """What a reader sees of a gap: ageing that moves it by less is no news."""
    return gap.method, gap.state, gap.tentative, None if gap.gap is None else round(gap.gap, 1)


def digest_inputs(inputs: dict[str, Any]) -> str:
    """SHA-256 over the inputs without the day or any order, so that the same evidence has the same digest."""
    links = [{**link, "stances": sorted(link["stances"])} for link in inputs["links"]]
    links.sort(key=itemgetter("id"))
    text = json.dumps(
        {**inputs, "links": links, "as_of": None}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def affected_claims(record: Model) -> QuerySet[Claim]:
    """The claims whose gap a change of the record can move."""
    paths = claims_paths_of(record)
    if not paths:
        return Claim.objects.none()
    moved = Q()
    for path in paths:
        # Each asked by itself, so that it has its index.
        moved |= Q(pk__in=Claim.objects.filter(**{path: record.pk}).order_by().values("pk"))
    return Claim.objects.filter(moved)


def claims_affected_by(model: type[Model], keys: Sequence[int]) -> set[int]:
    """The keys of the claims whose gap a change of the rows can move."""
    found: set[int] = set()
    for path in KINDS_BY_MODEL[model].claims_paths:
        for at in range(0, len(keys), BATCH):
            rows = Claim.objects.filter(**{f"{path}__in": keys[at : at + BATCH]})
            found.update(rows.order_by().values_list("pk", flat=True))
    return found
