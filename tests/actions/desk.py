"""What tests of the desk begin with: records that the ledger knows of, and complete drafts."""

from claims.actions import last_undoable_step, pending_proposal, record_outside_changes, rescore_claims, save
from claims.models import Claim
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SearchNoteFactory,
    StatementFactory,
)

RECORDS = [StatementFactory, ClaimFactory, EvidenceFactory]


def known(record):
    """Scored and in the ledger, as though the desk had published it; gives the record back."""
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    record_outside_changes(now=NOW, reason="Loaded.")
    return record


def ready(factory, **fields):
    """A draft, or of another status, that lacks nothing but a second person."""
    if factory is not ClaimFactory:
        return known(factory(**fields))
    statement = fields.pop("statement", None) or StatementFactory(published=True)
    claim = ClaimFactory(statement=statement, **fields)
    noted(claim)
    return known(claim)


def noted(claim):
    """Searches for both sides, without which no claim is published."""
    SearchNoteFactory(claim=claim)
    SearchNoteFactory(claim=claim, against=True)


def contradicted(*, reports=2, **fields):
    """A published claim against which reports speak, each graded by two editors; two make a verdict."""
    claim = ClaimFactory(published=True, **fields)
    noted(claim)
    for _ in range(reports):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    return known(claim)


def stored(record):
    return type(record).objects.get(pk=record.pk)


def propose(record, by, reason="Closer to the words.", notice=None, proposals=None, **changes):
    """The proposal that a save of the record with these changes makes."""
    for name, value in changes.items():
        setattr(record, name, value)
    save(record, by=by, now=NOW, reason=reason, notice=notice, proposals=proposals)
    return pending_proposal(record)


def pending(record):
    """The proposal that waits; a test that finds none fails by itself."""
    return pending_proposal(record)


def last(by):
    """The editor's last step; likewise."""
    return last_undoable_step(by)
