"""The whole life of a claim by three people, and the ledger that tells of it."""

from datetime import timedelta

import pytest

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    grade_links,
    preview_acceptance,
    publish_record,
    save,
    submit_for_review,
    withdraw_record,
)
from claims.domain.vocabulary import CorrectionKind
from claims.ledger.verification import ledger_faults
from claims.models import Claim, Entry, Evidence, EvidenceLink, SearchNote, Statement
from tests.actions.desk import pending
from tests.factories import (
    NOW,
    PlaceFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return UserFactory(editor=True), UserFactory(editor=True), UserFactory(publisher=True)


def lived(cast):
    """A statement, its claim and one report, written by one, graded by two, published by a third."""
    writer, grader, publisher = cast
    statement = Statement(
        title="Remarks", speaker=SpeakerFactory(), said_on="2021-10-13", source=SourceFactory(),
        text="We are keeping violence down.",
    )  # fmt: skip
    save(statement, by=writer, now=NOW)
    claim = Claim(
        statement=statement, proposition="Violence is kept down", kind="fact", criterion="Deaths, by month.",
        quote="keeping violence down", answer="Deaths fell.",
    )  # fmt: skip
    save(claim, by=writer, now=NOW, many={"topics": [TopicFactory()], "places": [PlaceFactory()]})
    for side in ("supporting", "contradicting"):
        note = SearchNote(claim=claim, side=side, sought="x", where="y", outcome="z", searched_on=NOW.date())
        save(note, by=writer, now=NOW)
    links = []
    for n in range(3):
        report = Evidence(
            summary=f"Shelling {n}", known="2021-10-20", source=SourceFactory(), credibility=1,
            url=f"https://a.example/{n}",
        )  # fmt: skip
        save(report, by=writer, now=NOW)
        link = EvidenceLink(claim=claim, evidence=report)
        save(link, by=writer, now=NOW)
        links.append(link)
    grade_links(dict.fromkeys(links, -2), by=writer, now=NOW)
    grade_links(dict.fromkeys(links, -2), by=grader, now=NOW)
    records: list[Claim | Evidence | Statement] = [statement, *(link.evidence for link in links), claim]
    for record in records:
        submit_for_review(record, by=writer, now=NOW)
        publish_record(record, by=publisher, now=NOW, reason="Checked.")
    return claim, links


def test_what_three_people_did_verifies(cast):
    claim, _links = lived(cast)
    assert not list(ledger_faults())
    assert claim.gap.state == "contradicts"
    assert Entry.objects.count() > 10


def test_a_revision_waits_then_replaces(cast):
    writer, _grader, publisher = cast
    lived(cast)
    claim = Claim.objects.get()
    claim.proposition = "Violence is being kept down"
    save(claim, by=writer, now=NOW, reason="Closer to the words.")
    assert Claim.objects.get().proposition == "Violence is kept down"
    proposal = pending(claim)
    with pytest.raises(RuleViolation, match="second person"):
        accept_proposal(proposal, by=writer, now=NOW)
    accept_proposal(proposal, by=publisher, now=NOW + timedelta(hours=1))
    assert Claim.objects.get().proposition == "Violence is being kept down"
    assert not list(ledger_faults())


def test_moving_a_state_owes_a_notice(cast):
    writer, _grader, publisher = cast
    claim, links = lived(cast)
    source = links[0].evidence.source
    for link in links[:2]:
        source = link.evidence.source
        source.reliability, source.reliability_reason = "E", "It made it up."
        save(source, by=writer, now=NOW, reason="It made it up.")
        proposal = pending(source)
        moved, objections = preview_acceptance(proposal, now=NOW)
        assert not objections
        if moved and any(move.turns_verdict for move in moved):
            with pytest.raises(RuleViolation, match="notice"):
                accept_proposal(proposal, by=publisher, now=NOW)
            accept_proposal(
                proposal, by=publisher, now=NOW,
                notice=CorrectionNotice(CorrectionKind.CORRECTION, "We trusted a source that made it up."),
            )  # fmt: skip
            break
        accept_proposal(proposal, by=publisher, now=NOW)
    correction = claim.corrections.get()
    assert "becomes" in correction.effect
    assert not list(ledger_faults())
    withdraw_record(claim, by=publisher, now=NOW, reason="The words were another's.")
    assert not list(ledger_faults())


def test_a_row_changed_behind_the_ledger_is_named(cast):
    claim, _links = lived(cast)
    Claim.objects.filter(pk=claim.pk).update(criterion="Something else.")
    (fault,) = ledger_faults()
    assert "criterion" in str(fault)
    assert claim.slug in str(fault)
