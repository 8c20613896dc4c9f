"""Revisions of what readers see: one editor proposes, a second one decides, and the old stays until then."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Act, CorrectionKind, Outcome, Status, Step
from claims.models import Claim, EvidenceLink, Origin, Place, Proposal, Revision, Speaker, Statement, Topic
from claims.models.base import Publishable
from claims.models.proposal import REVISED
from claims.selectors.public_forms import KIND_OF, PRIVATE, described, plain

from .effects import Move, Notice, moves, owe_notice, page_of, published_gaps
from .ledger import Why, enter, is_told, last_entries, signature
from .refusal import Refused
from .rescoring import affected_by, rescore_after, take_turn
from .steps import note_step

# What nobody revises: decisions, and what ties a record to its address and its ends.
FROZEN = PRIVATE | {
    "slug", "status", "published_at", "submitted_at", "withdrawn_at", "withdrawal_reason", "statement", "ratings",
}  # fmt: skip
ENDS = {"claim", "evidence"}  # of a link
OFFICIAL_WORDS = {"statement": {"text", "original_text"}, "claim": {"quote"}}
MAY_DECIDE = {"source": "publish_evidence", "link": "publish_claim"}

REFERRED = (
    Speaker,
    Topic,
    Place,
    Origin,
)  # changed at once, since no verdict hangs on them, but with a reason

_together: ContextVar[list[Proposal] | None] = ContextVar("the proposal that one save makes", default=None)


@contextmanager
def proposed_together() -> Iterator[list[Proposal]]:
    """What one save proposes is one proposal, decided as one; gives the list that will hold it."""
    proposals: list[Proposal] = []
    token = _together.set(proposals)
    try:
        yield proposals
    finally:
        _together.reset(token)


def is_revised(record: models.Model) -> bool:
    """Whether a change needs a second person: readers see the record, and verdicts hang on it."""
    if record._state.adding or KIND_OF.get(type(record)) not in REVISED:
        return False
    if isinstance(record, EvidenceLink):
        return EvidenceLink.objects.public().filter(pk=record.pk).exists()
    if isinstance(record, Publishable):
        return type(record)._base_manager.filter(pk=record.pk, status=Status.PUBLISHED).exists()
    return is_told(record)


def is_public(record: models.Model) -> bool:
    """Whether readers see the record, so that a change of it needs a reason."""
    return is_revised(record) or (isinstance(record, REFERRED) and is_told(record))


def propose(
    record: models.Model,
    *,
    by: User,
    now: datetime,
    reason: str,
    notice: Notice | None = None,
    many: Mapping[str, Sequence[models.Model]] | None = None,
) -> Proposal | None:
    """Keep what was changed in a published record as a proposal. None if nothing was."""
    kind = KIND_OF[type(record)]
    told = described(kind, [record.pk])[record.pk]
    changes = changed(record, told.form or {}, many or {})
    if not changes:
        return None
    _refuse_frozen(record, told.form or {})
    if not reason.strip():
        raise Refused(
            _(
                "Readers see “%(record)s”. Say why it should change: a second person decides, and readers will read it."
            )
            % {"record": record}
        )
    proposal = _pending(record, by) or _opened(by, now, reason, notice)
    _keep(proposal)
    base = last_entries(kind, {told.subject})[told.subject].number
    revision = proposal.revisions.filter(**{kind: record.pk}).first() or Revision(
        proposal=proposal, changes={}, **{f"{kind}_id": record.pk}
    )
    revision.base, revision.changes = base, {**revision.changes, **changes}
    revision.save()
    note_step(Step.PROPOSE, record, by=by, now=now, reason=reason)
    return proposal


def changed(
    record: models.Model, stored: Mapping[str, Any], many: Mapping[str, Sequence[models.Model]]
) -> dict[str, Any]:
    """The public values of the instance that differ from the stored form, as plain JSON."""
    ends = ENDS if isinstance(record, EvidenceLink) else set()
    new: dict[str, Any] = {
        field.name: _plain_value(record, field)
        for field in record._meta.concrete_fields
        if field.name not in FROZEN | ends
    }
    new |= {name: sorted(row.slug for row in rows) for name, rows in many.items()}  # type: ignore[attr-defined]
    return {name: value for name, value in new.items() if value != stored.get(name)}


def _plain_value(record: models.Model, field: Any) -> Any:
    value = getattr(record, field.name)
    return value and value.slug if isinstance(field, models.ForeignKey) else plain(value)


def _refuse_frozen(record: Any, stored: Mapping[str, Any]) -> None:
    slug = getattr(record, "slug", None)
    if slug is not None and slug != stored.get("slug"):
        raise Refused(
            _("“%(record)s” is public: its web address stays, so that links to it hold.") % {"record": record}
        )


def pending_for(record: models.Model) -> Proposal | None:
    """The proposal on the record that waits for a decision."""
    kind = KIND_OF.get(type(record))
    if kind not in REVISED:
        return None
    return Proposal.objects.filter(outcome=Outcome.PENDING, **{f"revisions__{kind}": record.pk}).first()


def _pending(record: models.Model, by: User) -> Proposal | None:
    proposal = pending_for(record)
    if proposal and proposal.proposed_by_id != by.pk:
        raise Refused(
            _("A revision of “%(record)s” by %(who)s waits for a second person. Accept it or send it back first; "
              "what you wrote is still in the form.") % {"record": record, "who": proposal.proposed_by}
        )  # fmt: skip
    return proposal


def _keep(proposal: Proposal) -> None:
    together = _together.get()
    if together is not None and proposal not in together:
        together.append(proposal)


def _opened(by: User, now: datetime, reason: str, notice: Notice | None) -> Proposal:
    together = _together.get()
    if together:
        return together[0]
    return Proposal.objects.create(
        proposed_by=by, proposed_at=now, reason=reason.strip(),
        notice_kind=notice.kind if notice else "", notice=notice.what_was_wrong if notice else "",
    )  # fmt: skip


# Deciding -------------------------------------------------------------------------------------------------------------


def may_decide(proposal: Proposal, by: User) -> bool:
    kinds = {revision.kind for revision in proposal.revisions.all()}
    return all(by.has_perm(f"claims.{MAY_DECIDE.get(kind, f'publish_{kind}')}") for kind in kinds)


@transaction.atomic
def accept(
    proposal: Proposal, *, by: User, now: datetime, reason: str = "", notice: Notice | None = None
) -> list[Move]:
    """Show readers what was proposed. Refused for its writer, and where the record has changed since."""
    take_turn()
    _lock(proposal)
    if by.pk == proposal.proposed_by_id:
        raise Refused(_("You wrote this revision. A second person has to accept it: ask another publisher."))
    if not may_decide(proposal, by):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
    revisions = list(proposal.revisions.all())
    _refuse_stale(revisions)
    claims = _claims_of(revisions)
    before = published_gaps(claims, now)
    records = [_apply(revision, proposal, by, now) for revision in revisions]
    _refuse_invalid(records)
    moved = moves(before, published_gaps(claims | _claims_of(revisions), now))
    told = Why(
        act=Act.REVISE, now=now, by=by, reason=proposal.reason,
        more={"proposed_by": signature(proposal.proposed_by)},
    )  # fmt: skip
    enter(records, told)
    altered = [page for revision, record in zip(revisions, records, strict=True)
               if _alters_words(revision) and (page := page_of(record))]  # fmt: skip
    aside = next((page for record in records if (page := page_of(record))), None)
    owe_notice(moved, altered, notice or _notice_of(proposal), by=by, now=now, aside=aside)
    _decide(proposal, Outcome.ACCEPTED, by=by, now=now, reason=reason)
    rescore_after(records, now=now)
    return moved


@transaction.atomic
def decline(proposal: Proposal, *, by: User, now: datetime, reason: str) -> None:
    """Send a proposal back, with the reason."""
    take_turn()
    _lock(proposal)
    if by.pk == proposal.proposed_by_id:
        raise Refused(_("This is your own proposal: take it back instead."))
    if not may_decide(proposal, by):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
    if not reason.strip():
        raise Refused(_("Say why it is sent back: its writer will read it."))
    _decide(proposal, Outcome.DECLINED, by=by, now=now, reason=reason)


@transaction.atomic
def drop(proposal: Proposal, *, by: User, now: datetime) -> None:
    """Take an own proposal back."""
    take_turn()
    _lock(proposal)
    if by.pk != proposal.proposed_by_id:
        raise Refused(_("Only its writer takes a proposal back. Send it back with a reason instead."))
    _decide(proposal, Outcome.DROPPED, by=by, now=now)


def effect(proposal: Proposal, *, now: datetime) -> tuple[list[Move], list[str]]:
    """What acceptance would do to each gap, and what stands against it; nothing is kept."""
    revisions = list(proposal.revisions.all())
    found: list[Move] = []
    objections: list[str] = []

    def attempt() -> None:
        claims = _claims_of(revisions)
        before = published_gaps(claims, now)
        try:
            records = [_apply(revision, proposal, None, now) for revision in revisions]
            _refuse_stale(revisions)
            _refuse_invalid(records)
        except Refused as refusal:
            objections.append(str(refusal))
        found.extend(moves(before, published_gaps(claims | _claims_of(revisions), now)))

    _and_undo(attempt)
    return found, objections


def _and_undo(attempt: Callable[[], None]) -> None:
    with transaction.atomic():
        take_turn()
        attempt()
        transaction.set_rollback(True)


def _lock(proposal: Proposal) -> None:
    fresh = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.refresh_from_db()
    if fresh.outcome != Outcome.PENDING:
        raise Refused(
            _("This proposal was decided already: %(outcome)s, by %(who)s.")
            % {"outcome": _(Outcome(fresh.outcome).label), "who": fresh.decided_by}
        )


def _refuse_stale(revisions: list[Revision]) -> None:
    for revision in revisions:
        subject = described(revision.kind, [revision.record.pk])[revision.record.pk].subject
        last = last_entries(revision.kind, {subject}).get(subject)
        if last is None or last.number != revision.base:
            raise Refused(
                _(
                    "“%(record)s” has changed since this was written. Send it back, to be written on what stands now."
                )
                % {"record": revision.record}
            )


def _claims_of(revisions: list[Revision]) -> set[int]:
    return {key for each in revisions for key in affected_by(each.record).values_list("pk", flat=True)}


def _apply(revision: Revision, proposal: Proposal, by: User | None, now: datetime) -> Any:
    """Write the proposed values into the row; without `by` only to see what they would do."""
    model = REVISED[revision.kind]
    record: Any = model._base_manager.select_for_update().get(pk=getattr(revision, f"{revision.kind}_id"))
    many = {}
    for name, value in revision.changes.items():
        field = model._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            many[name] = list(field.related_model._base_manager.filter(slug__in=value))  # type: ignore[union-attr]
        elif isinstance(field, models.ForeignKey):
            related = field.related_model._base_manager  # type: ignore[union-attr]
            setattr(record, name, None if value is None else related.get(slug=value))
        else:
            setattr(record, name, field.to_python(value))  # type: ignore[union-attr]
    if by:
        record.changed_at, record.changed_by = now, proposal.proposed_by
        if isinstance(record, Publishable):
            record.approved_by = by
    if isinstance(record, Claim):
        record.settled_by = (record.settled_by or proposal.proposed_by) if record.settled_on else None
    try:
        record.validate_constraints()
    except ValidationError as error:
        raise Refused(f"“{record}”: {' '.join(error.messages)}") from None
    record.save()
    for name, rows in many.items():
        getattr(record, name).set(rows)
    return record


def _refuse_invalid(records: list[Any]) -> None:
    """After all of them, since words and the spans on them may change together."""
    statements = {record.pk: record for record in records if isinstance(record, Statement)}
    for record in records:
        if isinstance(record, Claim):
            record.statement = statements.get(record.statement_id, record.statement)
        try:
            record.clean()
        except ValidationError as error:
            raise Refused(f"“{record}”: {' '.join(error.messages)}") from None


def _alters_words(revision: Revision) -> bool:
    return bool(OFFICIAL_WORDS.get(revision.kind, set()) & revision.changes.keys())


def _notice_of(proposal: Proposal) -> Notice | None:
    return Notice(CorrectionKind(proposal.notice_kind), proposal.notice) if proposal.notice_kind else None


STEP_OF = {Outcome.ACCEPTED: Step.ACCEPT, Outcome.DECLINED: Step.DECLINE, Outcome.DROPPED: Step.DROP}


def _decide(proposal: Proposal, outcome: Outcome, *, by: User, now: datetime, reason: str = "") -> None:
    proposal.outcome, proposal.decided_by, proposal.decided_at = outcome, by, now
    proposal.decision_reason = reason.strip()
    proposal.save()
    for revision in proposal.revisions.all():
        note_step(STEP_OF[outcome], revision.record, by=by, now=now, reason=reason.strip())
