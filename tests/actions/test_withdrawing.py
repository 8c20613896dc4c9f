"""Withdrawn with a reason that stays, and taken up again by the same way as any draft."""

from datetime import timedelta

import pytest

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    grade_links,
    publish_record,
    reopen_record,
    save,
    submit_for_review,
    withdraw_record,
)
from claims.domain.vocabulary import CorrectionKind
from claims.models import Claim
from tests.actions.desk import RECORDS, contradicted, ready, stored
from tests.factories import NOW, ClaimFactory, StatementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
every_record = pytest.mark.parametrize("factory", RECORDS, ids=lambda each: each._meta.model.__name__)


@every_record
def test_a_withdrawn_record_keeps_who_when_and_why(factory, publisher):
    record = ready(factory, published=True)
    withdraw_record(record, by=publisher, reason="  The source took it back. ", now=LATER)
    after = stored(record)
    assert (after.status, after.withdrawn_by, after.withdrawn_at, after.withdrawal_reason) == (
        "withdrawn", publisher, LATER, "The source took it back.",
    )  # fmt: skip
    assert after.published_at == NOW
    assert record not in type(record).objects.published()


@every_record
def test_what_was_withdrawn_is_taken_up_reviewed_and_published_whole(factory, writer, publisher):
    record = ready(factory, published=True)
    withdraw_record(record, by=publisher, reason="Wrong.", now=NOW)
    reopen_record(record, by=writer, reason="A recording was found.", now=NOW)
    submit_for_review(record, by=writer, now=NOW)
    publish_record(record, by=publisher, now=LATER, reason="It holds.")
    after = stored(record)
    assert (after.status, after.published_at) == ("published", LATER)
    assert (after.withdrawn_at, after.withdrawn_by, after.withdrawal_reason) == (None, None, "")


def test_a_record_taken_up_again_is_not_published_by_who_wrote_it_anew(writer, publisher):
    record = ready(StatementFactory, withdrawn=True)
    reopen_record(record, by=writer, reason="A recording was found.", now=NOW)
    save(record, by=publisher, now=LATER)
    submit_for_review(record, by=writer, now=LATER)
    with pytest.raises(RuleViolation, match="second person"):
        publish_record(record, by=publisher, now=LATER, reason="It holds.")


@every_record
def test_a_record_taken_up_again_is_written_as_freely_as_any_draft_but_for_its_address(factory, writer):
    record = ready(factory, withdrawn=True)
    reopen_record(record, by=writer, reason="A recording was found.", now=NOW)
    save(record, by=writer, now=LATER)
    record.slug = "elsewhere"
    with pytest.raises(RuleViolation, match="its web address stays"):
        save(record, by=writer, now=LATER)


def test_a_claim_is_public_only_while_its_statement_is(writer, publisher):
    claim = ready(ClaimFactory, published=True)
    withdraw_record(claim.statement, by=publisher, reason="Never said.", now=NOW)
    assert not Claim.objects.published().exists()
    reopen_record(claim.statement, by=writer, reason="It was said.", now=NOW)
    submit_for_review(claim.statement, by=writer, now=NOW)
    publish_record(claim.statement, by=publisher, now=NOW, reason="It was said.")
    assert Claim.objects.published().get() == claim


def test_a_decision_is_taken_on_the_record_as_it_is_stored(writer, publisher):
    """Whoever decides on a copy that was read earlier neither loses an edit nor decides twice."""
    record = ready(StatementFactory, in_review=True)
    copy = stored(record)
    record.title = "Remarks, corrected"
    save(record, by=writer, now=NOW)
    publish_record(copy, by=publisher, now=NOW, reason="Checked.")
    assert stored(record).title == "Remarks, corrected"
    with pytest.raises(RuleViolation, match="published already"):
        publish_record(record, by=publisher, now=NOW, reason="Checked.")


# What it moves


def test_a_withdrawn_report_that_moves_a_state_owes_a_notice(publisher):
    claim = contradicted()
    report = claim.links.first().evidence
    with pytest.raises(RuleViolation, match="Write the notice that they will read"):
        withdraw_record(report, by=publisher, reason="Made up.", now=NOW)
    assert stored(report).is_published
    void = CorrectionNotice(CorrectionKind.VOID, "The report was made up.")
    withdraw_record(report, by=publisher, reason="Made up.", now=NOW, notice=void)
    notice = claim.corrections.get()
    assert (notice.kind, notice.what_was_wrong) == ("void", "The report was made up.")
    assert "Mostly contradicted becomes" in notice.effect


def test_a_withdrawn_report_that_moves_no_state_owes_none(publisher):
    claim = contradicted(reports=4)
    withdraw_record(claim.links.first().evidence, by=publisher, reason="Made up.", now=NOW)
    assert not claim.corrections.exists()


def test_a_withdrawn_claim_owes_none_beside_its_reason(publisher):
    claim = contradicted()
    withdraw_record(claim, by=publisher, reason="Never said.", now=NOW)
    assert not claim.corrections.exists()


def test_what_changed_behind_a_withdrawn_statement_is_kept_once_it_is_public_again(writer, publisher):
    claim = contradicted(reports=4)
    snapshots, link = claim.snapshots.count(), claim.links.first()
    withdraw_record(claim.statement, by=publisher, reason="Under review.", now=NOW)
    for person in (UserFactory(editor=True), UserFactory(editor=True), UserFactory(editor=True)):
        grade_links({link: 2}, by=person, now=NOW)
    assert claim.snapshots.count() == snapshots
    reopen_record(claim.statement, by=writer, reason="It was said.", now=NOW)
    submit_for_review(claim.statement, by=writer, now=NOW)
    publish_record(claim.statement, by=publisher, now=NOW, reason="It was said.")
    claim.gap.refresh_from_db()
    assert claim.snapshots.last().gap == claim.gap.gap
    assert claim.snapshots.count() == snapshots + 1
