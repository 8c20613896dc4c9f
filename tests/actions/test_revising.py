"""What readers see is changed by two: one proposes, a second one decides, and the old stays until then."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    decline_proposal,
    open_drafts,
    pending_proposal,
    pending_proposals,
    save,
    take_back_proposal,
    withdraw_record,
)
from claims.domain.vocabulary import CorrectionKind
from claims.models import Claim, Entry, Proposal
from claims.records.registry import KINDS_BY_MODEL
from tests.actions.desk import known, pending, propose, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    SourceFactory,
    StatementFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
WRONG = CorrectionNotice(CorrectionKind.CORRECTION, "We misheard a word.")


@pytest.fixture
def claim():
    return ready(ClaimFactory, published=True)


# Proposing


def published_records():
    link = known(EvidenceLinkFactory(published=True, stance=-2))
    return [
        (link.claim, {"criterion": "Other."}),
        (link.claim.statement, {"title": "Other"}),
        (link.evidence, {"credibility": 3}),
        (link.evidence.source, {"reliability": "C"}),
        (link, {"directness": "contextual"}),
    ]


@pytest.mark.parametrize("n", range(5), ids=["claim", "statement", "evidence", "source", "link"])
def test_saving_what_makes_a_published_verdict_only_proposes(n, writer, publisher):
    record, changes = published_records()[n]
    proposal = propose(record, writer, **changes)
    (name, value) = next(iter(changes.items()))
    assert getattr(stored(record), name) != value
    accept_proposal(proposal, by=publisher, now=LATER)
    assert getattr(stored(record), name) == value


def test_a_proposal_needs_a_reason(claim, writer):
    with pytest.raises(RuleViolation, match="Say why it should change"):
        propose(claim, writer, reason="  ", criterion="Other.")
    assert not Proposal.objects.exists()


def test_saving_without_a_change_proposes_nothing(claim, writer):
    assert propose(claim, writer) is None


def test_a_draft_is_simply_changed(writer):
    draft = ready(ClaimFactory)
    assert propose(draft, writer, reason="", criterion="Other.") is None
    assert stored(draft).criterion == "Other."


def test_two_editors_propose_beside_each_other(claim, writer, grader):
    propose(claim, writer, criterion="Other.")
    propose(stored(claim), grader, criterion="Another.")
    found = {proposal.proposed_by: proposal.revisions.get().changes for proposal in pending_proposals(claim)}
    assert found == {writer: {"criterion": "Other."}, grader: {"criterion": "Another."}}


def test_a_writers_second_save_is_added_to_their_first(claim, writer, publisher):
    proposal = propose(claim, writer, criterion="Other.")
    assert propose(stored(claim), writer, proposition="Aid grows") == proposal
    assert Proposal.objects.count() == proposal.revisions.count() == 1
    accept_proposal(proposal, by=publisher, now=LATER)
    assert (stored(claim).criterion, stored(claim).proposition) == ("Other.", "Aid grows")


def test_topics_and_places_are_proposed_by_name(claim, writer, publisher):
    topic, place = TopicFactory(), PlaceFactory()
    save(claim, by=writer, now=NOW, reason="Filed.", many={"topics": [topic], "places": [place]})
    assert not claim.topics.exists()
    accept_proposal(pending(claim), by=publisher, now=LATER)
    assert (claim.topics.get(), claim.places.get()) == (topic, place)


def test_a_public_address_is_never_proposed(claim, writer):
    with pytest.raises(RuleViolation, match="web address stays"):
        propose(claim, writer, slug="elsewhere")


def test_what_a_public_record_is_tied_to_is_never_proposed(claim, writer):
    with pytest.raises(RuleViolation, match="stays tied"):
        propose(claim, writer, statement=StatementFactory())
    link = known(EvidenceLinkFactory(claim=stored(claim), evidence=EvidenceFactory(published=True), stance=0))
    with pytest.raises(RuleViolation, match="stays tied"):
        propose(link, writer, claim=known(ClaimFactory()))


# Deciding


def test_readers_see_a_revision_once_a_second_person_accepts_it(claim, writer, publisher):
    proposal = propose(claim, writer, proposition="Aid grows")
    accept_proposal(proposal, by=publisher, now=LATER, reason="It is closer.")
    after = stored(claim)
    assert (after.proposition, after.changed_by, after.approved_by) == ("Aid grows", writer, publisher)
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by, proposal.decided_at) == ("accepted", publisher, LATER)
    entry = Entry.objects.filter(kind="claim").last()
    assert (entry.act, entry.account, entry.told["reason"]) == ("revise", publisher, "Closer to the words.")
    assert entry.told["record"]["proposition"] == "Aid grows"
    assert entry.told["proposed_by"] != entry.told["by"]


def test_nobody_decides_on_their_own_proposal(claim, publisher):
    proposal = propose(claim, publisher, criterion="Other.")
    with pytest.raises(RuleViolation, match="second person has to accept"):
        accept_proposal(proposal, by=publisher, now=LATER)
    with pytest.raises(RuleViolation, match="take it back instead"):
        decline_proposal(proposal, by=publisher, now=LATER, reason="No.")


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_only_publishers_decide(claim, writer, role):
    proposal, user = propose(claim, writer, criterion="Other."), UserFactory(**{role: True})
    for decision in (accept_proposal, decline_proposal):
        with pytest.raises(PermissionDenied):
            decision(proposal, by=user, now=LATER, reason="?")


def test_a_proposal_sent_back_keeps_why_and_leaves_the_record_as_it_was(claim, writer, publisher):
    proposal = propose(claim, writer, criterion="Other.")
    with pytest.raises(RuleViolation, match="Say why it is sent back"):
        decline_proposal(proposal, by=publisher, now=LATER, reason=" ")
    decline_proposal(proposal, by=publisher, now=LATER, reason="That cannot be measured.")
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decision_reason) == ("declined", "That cannot be measured.")
    assert stored(claim).criterion != "Other."
    assert pending_proposal(claim) is None


def test_only_its_writer_takes_a_proposal_back(claim, writer, publisher):
    proposal = propose(claim, writer, criterion="Other.")
    with pytest.raises(RuleViolation, match="Only its writer"):
        take_back_proposal(proposal, by=publisher, now=LATER)
    take_back_proposal(proposal, by=writer, now=LATER)
    assert pending_proposal(claim) is None


@pytest.mark.parametrize("decision", [accept_proposal, decline_proposal, take_back_proposal])
def test_a_proposal_is_decided_once(decision, claim, writer, publisher):
    proposal = propose(claim, writer, criterion="Other.")
    accept_proposal(proposal, by=publisher, now=LATER)
    reason = {} if decision is take_back_proposal else {"reason": "Again."}
    with pytest.raises(RuleViolation, match="decided already: accepted"):
        decision(proposal, by=writer, now=LATER, **reason)


def test_what_was_written_on_an_older_text_is_refused(claim, writer, publisher):
    proposal = propose(claim, writer, criterion="Other.")
    Claim.objects.filter(pk=claim.pk).update(proposition="Aid shrinks")
    known(claim)
    with pytest.raises(RuleViolation, match="has changed since this was written"):
        accept_proposal(proposal, by=publisher, now=LATER)
    assert stored(claim).criterion != "Other."


def test_a_withdrawn_record_takes_its_pending_proposals_along(claim, writer, grader, publisher):
    propose(claim, writer, criterion="Other.")
    propose(stored(claim), grader, criterion="Another.")
    withdraw_record(claim, by=publisher, now=LATER, reason="Wrong.")
    outcomes = {(each.outcome, each.decided_by) for each in Proposal.objects.all()}
    assert outcomes == {("dropped", writer), ("dropped", grader)}


def test_a_proposal_of_an_event_that_was_deleted_since_is_opened_without_it_and_not_accepted(
    writer, publisher
):
    report = ready(EvidenceFactory, published=True)
    origin = OriginFactory()
    propose(report, writer, origin=origin)
    origin.delete()
    draft = open_drafts(KINDS_BY_MODEL[type(report)], [report.pk], writer)[report.pk]
    again = stored(report)
    draft.lay_over(again)
    assert again.origin == stored(report).origin
    with pytest.raises(RuleViolation, match="was deleted since"):
        accept_proposal(draft.proposal, by=publisher, now=LATER)


def test_what_the_form_would_refuse_is_refused_on_acceptance_too(claim, writer, publisher):
    proposal = propose(claim, writer, quote="Words never said", notice=WRONG)
    with pytest.raises(RuleViolation, match=str(claim)):
        accept_proposal(proposal, by=publisher, now=LATER)
    assert stored(claim).quote == "increasing assistance"


# What needs no second person, but a reason


def test_a_speakers_name_changes_at_once_with_a_reason_that_readers_see(claim, writer):
    speaker = claim.statement.speaker
    speaker.name = "Dr. Somebody"
    with pytest.raises(RuleViolation, match="Say why it changes"):
        save(speaker, by=writer, now=NOW)
    save(speaker, by=writer, now=NOW, reason="She has a doctorate.")
    assert Entry.objects.filter(kind="speaker").last().told["reason"] == "She has a doctorate."


def test_a_source_that_nothing_published_refers_to_is_simply_changed(writer):
    source = SourceFactory()
    assert propose(source, writer, reason="", reliability="D") is None
    assert stored(source).reliability == "D"


def test_searches_and_notices_that_readers_saw_stay_as_they_were_written(claim, writer):
    note = claim.search_notes.first()
    note.outcome = "Nothing at all."
    with pytest.raises(RuleViolation, match="stays as it was written"):
        save(note, by=writer, now=NOW, reason="Shorter.")
