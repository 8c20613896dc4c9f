"""A desk of one: what SINGLE_EDITOR permits, the mark that it leaves, and what stands once the setting is off again."""

import pytest
from django.db import IntegrityError, transaction

from claims.actions import (
    RuleViolation,
    accept_proposal,
    accept_suppression,
    grade_links,
    publish_dossier,
    publish_record,
    request_suppression,
    submit_for_review,
)
from claims.domain.vocabulary import Outcome, SuppressionGround
from claims.ledger.verification import ledger_faults
from claims.models import Claim, Entry, EvidenceLink, Proposal, Suppression
from tests.actions.desk import known, propose, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SearchNoteFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]


@pytest.fixture
def alone():
    return UserFactory(chief=True)


@pytest.fixture
def desk_of_one(settings):
    settings.SINGLE_EDITOR = True


def drafted(by):
    """A statement with a claim, two reports and searches, all of one person's hand, graded by them."""
    own = {"created_by": by, "changed_by": by}
    statement = StatementFactory(**own)
    claim = ClaimFactory(statement=statement, **own)
    SearchNoteFactory(claim=claim, searched_by=by)
    SearchNoteFactory(claim=claim, against=True, searched_by=by)
    links = [EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(**own), **own) for _ in range(2)]
    grade_links(dict.fromkeys(links, -2), by=by, now=NOW)
    return statement


def publish_alone(by):
    statement = drafted(by)
    publish_dossier(statement, by=by, now=NOW, reason="Checked.")
    return Claim.objects.get(statement=statement)


def last_form(record, kind):
    return Entry.objects.filter(kind=kind, subject=record).order_by("-number").first().told["record"]


def test_without_the_setting_nobody_publishes_what_they_wrote(alone):
    statement = drafted(alone)
    submit_for_review(statement, by=alone, now=NOW)
    with pytest.raises(RuleViolation, match="A second person publishes it"):
        publish_record(statement, by=alone, now=NOW, reason="Checked.")


@pytest.mark.usefixtures("desk_of_one")
def test_with_it_one_person_publishes_a_dossier_and_all_of_it_is_marked(alone):
    claim = publish_alone(alone)
    links = EvidenceLink.objects.all()
    records = [claim, claim.statement, *links, *(link.evidence for link in links)]
    assert all(stored(record).by_one_person for record in records)
    assert claim.gap.contradicting > 0, "one grading counts"
    assert last_form(claim.slug, "claim")["by_one_person"] is True
    assert last_form(claim.statement.slug, "statement")["by_one_person"] is True
    assert last_form(f"{claim.slug}/{links[0].evidence.slug}", "link")["by_one_person"] is True


def test_it_only_permits_what_two_people_do_stays_unmarked(settings, alone, publisher):
    settings.SINGLE_EDITOR = True
    statement = ready(StatementFactory, in_review=True)
    publish_record(statement, by=publisher, now=NOW, reason="Checked.")
    assert not stored(statement).by_one_person
    assert "by_one_person" not in last_form(statement.slug, "statement")


def test_off_again_what_stands_stands_and_new_things_need_two(settings, alone):
    settings.SINGLE_EDITOR = True
    claim = publish_alone(alone)
    before = claim.gap.contradicting
    settings.SINGLE_EDITOR = False
    known(claim)
    claim = stored(claim)
    assert claim.is_published
    assert claim.by_one_person
    assert claim.gap.contradicting == before
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True))
    known(claim)
    grade_links({link: -2}, by=alone, now=NOW)
    assert not stored(link).by_one_person
    assert link not in EvidenceLink.objects.public()


def test_a_grading_from_before_publication_does_not_count_alone_once_it_is_off(settings, alone, publisher):
    """The mark comes with the publication, not with the grading."""
    settings.SINGLE_EDITOR = True
    statement = drafted(alone)
    settings.SINGLE_EDITOR = False
    for record in (statement, *(link.evidence for link in EvidenceLink.objects.all()), Claim.objects.get()):
        record.refresh_from_db()
        submit_for_review(record, by=alone, now=NOW)
        publish_record(record, by=publisher, now=NOW, reason="Checked.")
    assert not EvidenceLink.objects.public()
    assert not Claim.objects.get().by_one_person


def test_a_second_grading_takes_the_mark_off_the_link_and_publishing_anew_off_the_claim(
    settings, alone, publisher
):
    settings.SINGLE_EDITOR = True
    claim = publish_alone(alone)
    settings.SINGLE_EDITOR = False
    with pytest.raises(RuleViolation, match="Grade it first"):
        publish_record(stored(claim), by=publisher, now=NOW, reason="Checked.")
    links = list(EvidenceLink.objects.all())
    grade_links(dict.fromkeys(links, -2), by=publisher, now=NOW)
    assert not any(stored(link).by_one_person for link in links)
    first = stored(claim).published_at
    publish_record(stored(claim), by=publisher, now=NOW, reason="Checked.")
    assert not stored(claim).by_one_person
    assert stored(claim).published_at == first
    told = [entry.told["record"].get("by_one_person") for entry in Entry.objects.filter(kind="claim")]
    assert told == [True, None], "the ledger keeps the earlier entry"


def test_whoever_published_it_alone_does_not_take_the_mark_off(settings, alone):
    settings.SINGLE_EDITOR = True
    statement = publish_alone(alone).statement
    with pytest.raises(RuleViolation, match="published already"):
        publish_record(stored(statement), by=alone, now=NOW, reason="Again.")


def test_gradings_that_readers_saw_one_of_are_not_counted_as_agreement(settings, alone, publisher):
    from claims.models import AgreementDay

    settings.SINGLE_EDITOR = True
    publish_alone(alone)
    settings.SINGLE_EDITOR = False
    grade_links(dict.fromkeys(EvidenceLink.objects.all(), -2), by=publisher, now=NOW)
    assert not AgreementDay.objects.exists()


def test_its_writer_accepts_a_proposal_only_with_the_setting_and_it_is_marked(settings, alone):
    claim = ready(ClaimFactory, published=True)
    proposal = propose(claim, alone, answer="No truck crossed.")
    with pytest.raises(RuleViolation, match="A second person has to accept it"):
        accept_proposal(proposal, by=alone, now=NOW)
    settings.SINGLE_EDITOR = True
    accept_proposal(proposal, by=alone, now=NOW)
    assert Proposal.objects.get().by_one_person
    assert stored(claim).by_one_person
    assert last_form(claim.slug, "claim")["by_one_person"] is True


def test_a_suppression_likewise_and_the_ledger_tells(settings, alone):
    asked = request_suppression(
        text="Umm Khalid", ground=SuppressionGround.SAFETY, reason="She is in danger.", by=alone, now=NOW
    )
    with pytest.raises(RuleViolation, match="A second person has to decide"):
        accept_suppression(asked, by=alone, now=NOW)
    settings.SINGLE_EDITOR = True
    accept_suppression(asked, by=alone, now=NOW)
    assert Suppression.objects.get().by_one_person
    assert last_form("change-1", "suppression")["by_one_person"] is True


def test_the_database_takes_one_person_only_with_the_mark(alone):
    statement = known(StatementFactory(published=True))
    rows = type(statement).objects.filter(pk=statement.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(published_by=statement.created_by)
    proposal = propose(statement, alone, title="Other remarks")
    rows = Proposal.objects.filter(pk=proposal.pk)
    decided = {"decided_by": alone, "decided_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(outcome=Outcome.ACCEPTED, **decided)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(outcome=Outcome.DECLINED, by_one_person=True, **decided)


def test_a_mark_that_is_wiped_from_the_row_is_named(settings, alone):
    settings.SINGLE_EDITOR = True
    claim = publish_alone(alone)
    source = EvidenceLink.objects.first()
    with transaction.atomic():
        EvidenceLink.objects.filter(pk=source.pk).update(by_one_person=False)
        assert any(claim.slug in fault.record for fault in ledger_faults())
        transaction.set_rollback(True)
