"""Drafts: an editor's own pending proposals, opened to be edited further on top of what readers see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from claims.actions.correction_notices import CorrectionNotice
from claims.actions.desk_memory import record_desk_step
from claims.actions.proposals import changed_values, refuse_frozen_fields, set_notice
from claims.actions.proposed_values import Related, lay_values_over
from claims.domain.vocabulary import Outcome, Step
from claims.ledger.public_forms import public_forms_of
from claims.ledger.writer import last_entry_number
from claims.models import Proposal, Revision
from claims.records.record_kind import RecordKind


@dataclass(frozen=True)
class Draft:
    """What one editor proposes for one record. `entry` is the number of the record's last ledger entry."""

    revision: Revision
    entry: int | None

    @property
    def proposal(self) -> Proposal:
        return self.revision.proposal

    @property
    def changes(self) -> dict[str, Any]:
        return self.revision.changes

    @property
    def is_stale(self) -> bool:
        """Whether readers see another version by now than the one that the proposal was written on."""
        return self.revision.base != self.entry

    @property
    def version(self) -> str:
        """Differs whenever the proposal or what readers see has changed."""
        each = self.proposal
        notice = (each.notice_kind, each.notice, each.notice_translations)
        return repr((each.pk, each.reason, notice, self.entry, sorted(self.changes.items())))

    def lay_over(self, record: Any) -> Related:
        """Write the proposed values onto the record in memory. Returns the rows of its many-to-many fields."""
        return lay_values_over(record, self.changes)


def open_drafts(kind: RecordKind | None, keys: Collection[int], by: User) -> dict[int, Draft]:
    """The editor's own pending proposals for these rows, by key."""
    if kind is None or not kind.is_revised or not keys:
        return {}
    own = Revision.objects.filter(
        proposal__outcome=Outcome.PENDING, proposal__proposed_by=by, **{f"{kind.name}__in": keys}
    )
    found = {getattr(each, f"{kind.name}_id"): each for each in own.select_related("proposal")}
    return {key: Draft(each, last_entry_number(kind, key)) for key, each in found.items()}


def rewrite_draft(
    draft: Draft,
    record: models.Model,
    kind: RecordKind,
    *,
    by: User,
    now: datetime,
    reason: str,
    notice: CorrectionNotice | None,
    many: Mapping[str, Sequence[models.Model]],
    proposals: list[Proposal] | None = None,
) -> None:
    """Let the draft hold what the record holds now, written on what readers see now.

    An empty reason or notice keeps the proposal's. If nothing differs from what readers see, the proposal lets go of
    the record; a proposal that holds nothing any more is taken back. `proposals` are those of the same form
    submission; this one is added to them.
    """
    told = public_forms_of(kind.name, [record.pk])[record.pk].form or {}
    refuse_frozen_fields(record, told)
    kept = {name: draft.changes[name] for name in kind.related_slugs if name in draft.changes}
    kept = {name: slugs for name, slugs in kept.items() if name not in many}
    changes = kept | changed_values(record, kind, told, many)
    proposal, revision = draft.proposal, draft.revision
    if proposals is not None and proposal not in proposals:
        proposals.append(proposal)
    if not changes:
        _let_go(draft, record, by, now)
        return
    proposal.reason = reason.strip() or proposal.reason
    set_notice(proposal, notice)
    proposal.save()
    revision.changes, revision.base = changes, draft.entry or revision.base
    revision.save()
    record_desk_step(Step.PROPOSE, record, by=by, now=now, reason=reason)


def _let_go(draft: Draft, record: models.Model, by: User, now: datetime) -> None:
    proposal = draft.proposal
    if proposal.revisions.exclude(pk=draft.revision.pk).exists():
        draft.revision.delete()
    else:
        proposal.outcome, proposal.decided_by, proposal.decided_at = Outcome.DROPPED, by, now
        proposal.save()
    record_desk_step(Step.DROP, record, by=by, now=now)
