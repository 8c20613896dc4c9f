"""A dossier is sent to review, and published, all of it or nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from claims.actions import (
    CorrectionNotice,
    DossierRefusal,
    RuleViolation,
    publish_dossier,
    publish_record,
    return_dossier,
    return_to_writer,
    submit_dossier,
)
from claims.domain.vocabulary import CorrectionKind
from claims.domain.workflow import PublishingCheck
from claims.models import Claim, DeskStep, Entry, Evidence, Statement
from claims.selectors.statement_dossiers import load_statement_dossier
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SearchNoteFactory,
    StatementFactory,
    UserFactory,
)

from .desk import contradicted, known, noted, stored

pytestmark = pytest.mark.django_db


def dossier(writer, **state):
    """A complete statement with two claims, one of which says the other again, and three reports."""
    by = {"created_by": writer, "changed_by": writer}
    statement = StatementFactory(**by, **state)
    later, earlier = ClaimFactory.create_batch(2, statement=statement, **by, **state)
    Claim.objects.filter(pk=later.pk).update(repeats=earlier)
    reports = EvidenceFactory.create_batch(3, **by, **state)
    for claim in (later, earlier):
        noted(claim)
        for report in reports[:2]:
            EvidenceLinkFactory(claim=claim, evidence=report, stance=-2, created_by=writer)
    EvidenceLinkFactory(claim=later, evidence=reports[2], created_by=writer)
    return statement


def states(statement):
    claims = Claim.objects.filter(statement=statement)
    reports = Evidence.objects.filter(links__claim__in=claims)
    return {row.status for row in (stored(statement), *claims, *reports)}


def test_all_drafts_go_to_review_in_one_step_complete_or_not(writer):
    statement = dossier(writer)
    Claim.objects.filter(statement=statement).update(answer="", criterion="")
    sent = submit_dossier(statement, by=writer, now=NOW)
    assert len(sent) == 6
    assert states(statement) == {"in_review"}


def test_all_that_is_in_review_is_published_in_one_step_and_each_has_its_entry(writer, publisher):
    statement = dossier(writer)
    submit_dossier(statement, by=writer, now=NOW)
    published = publish_dossier(statement, by=publisher, now=NOW, reason="Read it all.")
    assert len(published) == 6
    assert states(statement) == {"published"}
    entries = Entry.objects.filter(act="publish")
    assert {entry.subject for entry in entries} == {record.slug for record in published}
    assert all(entry.told["reason"] == "Read it all." for entry in entries)


def test_what_is_withdrawn_or_published_already_or_of_another_stays_as_it_is(writer, publisher):
    statement = dossier(writer)
    gone = ClaimFactory(statement=statement, withdrawn=True)
    other = ClaimFactory()
    EvidenceLinkFactory(claim=gone, evidence=(gone_report := EvidenceFactory(withdrawn=True)))
    submit_dossier(statement, by=writer, now=NOW)
    assert [stored(row).status for row in (gone, gone_report, other)] == ["withdrawn", "withdrawn", "draft"]
    with pytest.raises(RuleViolation, match="Nothing of this dossier is a draft"):
        submit_dossier(statement, by=writer, now=NOW)


def test_what_one_record_lacks_stops_all_and_each_reason_is_said(writer, publisher):
    statement = dossier(writer, in_review=True)
    Claim.objects.filter(statement=statement).update(answer="")
    Evidence.objects.filter(pk=Evidence.objects.first().pk).update(credibility=None)
    with pytest.raises(DossierRefusal) as refused:
        publish_dossier(statement, by=publisher, now=NOW, reason="Read it all.")
    words = " ".join(refused.value.refusals)
    assert len(refused.value.refusals) == 3
    assert "Grade the credibility" in words
    assert words.count("Write what happened") == 2
    assert "Publish its statement first" not in words
    assert states(statement) == {"in_review"}
    assert not Entry.objects.filter(act="publish").exists()


PARTS = {
    "statement": lambda s, by: Statement.objects.filter(pk=s.pk).update(changed_by=by),
    "claim": lambda s, by: Claim.objects.filter(pk=s.claims.first().pk).update(created_by=by),
    "report": lambda s, by: Evidence.objects.filter(pk=Evidence.objects.last().pk).update(created_by=by),
    "link": lambda s, by: (
        s.claims.first().links.filter(evidence=Evidence.objects.first()).update(created_by=by)
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_nobody_publishes_a_dossier_of_which_they_wrote_a_part(part, writer, publisher):
    statement = dossier(writer, in_review=True)
    PARTS[part](statement, publisher)
    with pytest.raises(DossierRefusal, match="You wrote"):
        publish_dossier(statement, by=publisher, now=NOW, reason="Read it all.")
    assert states(statement) == {"in_review"}


def test_a_search_note_counts_as_a_part_too(writer, publisher):
    from claims.actions import save

    statement = dossier(writer, in_review=True)
    note = SearchNoteFactory.build(
        claim=statement.claims.first(), where="Another archive", searched_by=publisher
    )
    save(note, by=publisher, now=NOW)
    with pytest.raises(DossierRefusal, match="You wrote"):
        publish_dossier(statement, by=publisher, now=NOW, reason="Read it all.")


def test_who_may_not_publish_one_of_the_kinds_publishes_nothing(writer):
    statement = dossier(writer, in_review=True)
    with pytest.raises(PermissionDenied):
        publish_dossier(statement, by=UserFactory(editor=True), now=NOW, reason="Read it all.")
    assert states(statement) == {"in_review"}


def test_a_tick_is_entered_for_the_records_that_have_what_was_checked(writer, publisher):
    statement = dossier(writer, in_review=True)
    Evidence.objects.filter(pk=Evidence.objects.first().pk).update(archived_url="https://copy.example/1")
    ticked = [PublishingCheck.WORDS, PublishingCheck.CRITERION, PublishingCheck.COPY]
    publish_dossier(statement, by=publisher, now=NOW, checks=ticked)
    told = {
        entry.kind: entry.told["checks"] for entry in Entry.objects.filter(act="publish").order_by("-number")
    }
    assert told["claim"] == ["words", "criterion"]
    assert told["statement"] == ["words"]
    assert told["evidence"] == ["words", "copy"]


# Sent back ----------------------------------------------------------------------------------------------------------


def test_all_that_is_in_review_goes_back_in_one_step_with_the_reason_of_each(writer, publisher):
    statement = dossier(writer, in_review=True)
    returned = return_dossier(statement, by=publisher, now=NOW, reason="Name the month.")
    assert len(returned) == 6
    assert states(statement) == {"draft"}
    steps = DeskStep.objects.filter(step="return")
    assert {(step.kind, step.record_id) for step in steps} == {
        (row._meta.model_name, row.pk) for row in returned
    }
    assert {(step.by, step.reason) for step in steps} == {(publisher, "Name the month.")}


def test_what_is_public_stays_and_what_was_a_draft_is_not_sent_back(writer, publisher):
    statement = dossier(writer, in_review=True)
    publish_record(stored(statement), by=publisher, now=NOW, reason="Read it.")
    draft, entries = ClaimFactory(statement=statement), Entry.objects.count()
    returned = return_dossier(statement, by=publisher, now=NOW, reason="Name the month.")
    assert stored(statement).status == "published"
    assert draft not in returned
    assert len(returned) == 5
    assert Entry.objects.count() == entries


def test_without_a_reason_nothing_goes_back(writer, publisher):
    statement = dossier(writer, in_review=True)
    with pytest.raises(RuleViolation, match="Say why"):
        return_dossier(statement, by=publisher, now=NOW, reason=" ")
    assert states(statement) == {"in_review"}


def test_what_fails_for_one_record_sends_nothing_back(writer, publisher, monkeypatch):
    statement = dossier(writer, in_review=True)
    last = load_statement_dossier(statement).records[-1]

    def refuse_last(record, **given):
        if record == last:
            raise RuleViolation("Not this one.")
        return_to_writer(record, **given)

    monkeypatch.setattr("claims.actions.dossier_handover.return_to_writer", refuse_last)
    with pytest.raises(RuleViolation, match="Not this one"):
        return_dossier(statement, by=publisher, now=NOW, reason="Name the month.")
    assert states(statement) == {"in_review"}
    assert not DeskStep.objects.filter(step="return").exists()


def test_where_nothing_is_in_review_nothing_goes_back(writer, publisher):
    with pytest.raises(RuleViolation, match="Nothing of this dossier is in review, so nothing was sent back"):
        return_dossier(dossier(writer), by=publisher, now=NOW, reason="Name the month.")


# Several reports of one dossier that turn one claim -----------------------------------------------------------------


def conflicting():
    claim = contradicted(reports=1)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True, credibility=1), stance=2)
    return known(claim)


def dossier_that_turns(claim, writer):
    """A dossier whose reports also bear on a published claim, and turn its verdict one after the other."""
    by = {"created_by": writer, "changed_by": writer, "in_review": True}
    statement = StatementFactory(**by)
    own = ClaimFactory(statement=statement, **by)
    noted(own)
    for report in EvidenceFactory.create_batch(16, credibility=1, **by):
        for each in (own, claim):
            EvidenceLinkFactory(claim=each, evidence=report, stance=2, created_by=writer)
    return statement


def test_a_claim_that_several_reports_turn_gets_one_notice_for_the_step(writer, publisher):
    claim = conflicting()
    statement = dossier_that_turns(claim, writer)
    notice = CorrectionNotice(CorrectionKind.UPDATE, "New reports have come.")
    publish_dossier(statement, by=publisher, now=NOW, reason="Read it all.", notice=notice)
    assert [told.what_was_wrong for told in claim.corrections.all()] == ["New reports have come."]
    assert Entry.objects.filter(kind="correction").count() == 1


def test_without_the_notice_nothing_of_it_is_published(writer, publisher):
    statement = dossier_that_turns(conflicting(), writer)
    with pytest.raises(DossierRefusal, match="the notice that they will read"):
        publish_dossier(statement, by=publisher, now=NOW, reason="Read it all.")
    assert states(statement) == {"in_review"}
