"""A claim is shown with what happened, and quoted with its sense; what was published before stays as it was."""

import pytest

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    publish_record,
    save,
    submit_for_review,
)
from claims.domain.vocabulary import CorrectionKind
from claims.models import Claim
from tests.actions.desk import contradicted, known, propose, ready, stored
from tests.factories import NOW, ClaimFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

NEEDED = [
    ({"answer": ""}, "in at most 40 words"),
    ({"answer": "word " * 41}, "in at most 40 words"),
    ({"kind": "denial"}, "words that govern it"),
]


@pytest.mark.parametrize(("lack", "words"), NEEDED)
def test_what_is_missing_is_asked_for_before_publication_and_not_before_review(
    lack, words, writer, publisher
):
    claim = ready(ClaimFactory, **lack)
    submit_for_review(claim, by=writer, now=NOW)
    with pytest.raises(RuleViolation, match=words):
        publish_record(claim, by=publisher, now=NOW, reason="Checked.")


def test_what_cannot_be_checked_is_published_with_its_reason_and_without_a_criterion(publisher):
    claim = ready(
        ClaimFactory, in_review=True, criterion="", uncheckable_reason="Says only that it could be."
    )
    publish_record(claim, by=publisher, now=NOW, reason="Checked.")
    claim = stored(claim)
    assert (claim.gap.state, claim.gap.gap) == ("uncheckable", None)
    assert claim.snapshots.get().inputs["claim"]["uncheckable"] is True


def test_an_older_claim_is_revised_without_an_answer_and_then_keeps_the_one_it_gets(writer, publisher):
    claim = ready(ClaimFactory, published=True, answer="")
    known(claim)
    revise(claim, writer, publisher, proposition="Aid is being increased at last")
    revise(claim, writer, publisher, answer="Aid fell.")
    with pytest.raises(RuleViolation, match="keeps its answer"):
        revise(claim, writer, publisher, answer="")


def test_a_settlement_is_proposed_with_its_outcome(writer, publisher):
    claim = ready(ClaimFactory, published=True, kind="commitment")
    known(claim)
    settlement = {"settlement": "Nothing came.", "settled_on": NOW.date()}
    with pytest.raises(RuleViolation, match="all three or none"):
        revise(claim, writer, publisher, **settlement)
    revise(claim, writer, publisher, settled_as="broken", **settlement)
    assert Claim.objects.get(pk=claim.pk).settled_by == writer


def test_a_verdict_that_cannot_be_checked_any_more_owes_readers_a_notice(writer, publisher):
    claim = stored(contradicted())
    proposal = propose(claim, writer, uncheckable_reason="Nobody can know it.")
    with pytest.raises(RuleViolation, match="Write the notice"):
        accept_proposal(proposal, by=publisher, now=NOW)
    notice = CorrectionNotice(CorrectionKind.CORRECTION, "We scored what nobody can know.")
    accept_proposal(proposal, by=publisher, now=NOW, notice=notice)
    claim = stored(claim)
    assert (claim.gap.state, claim.gap.headline) == ("uncheckable", None)
    assert [each.state for each in claim.snapshots.all()] == ["mostly_contradicts", "uncheckable"]
    assert "Cannot be checked" in claim.corrections.get().effect


def revise(claim, writer, publisher, **changes):
    claim = stored(claim)
    vars(claim).update(changes)
    save(claim, by=writer, now=NOW, reason="New facts.")
    proposal = claim.revisions.latest("pk").proposal
    accept_proposal(proposal, by=publisher, now=NOW)
