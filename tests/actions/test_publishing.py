"""The way to the public and back: who may, what must be there, a second person, and what is kept of each decision."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from claims.actions import (
    RuleViolation,
    publish_record,
    reopen_record,
    return_to_writer,
    save,
    submit_for_review,
    withdraw_record,
)
from claims.actions.step_batches import ACTIONS
from claims.admin.publishing import WORDS, _step_done_message
from claims.domain.vocabulary import Status, Step
from claims.domain.workflow import STATUS_TRANSITIONS, PublishingCheck, steps_from_status
from claims.models import DeskStep, Entry
from tests.actions.desk import RECORDS, known, ready, stored
from tests.factories import NOW, ClaimFactory, EvidenceFactory, StatementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
every_record = pytest.mark.parametrize("factory", RECORDS, ids=lambda each: each._meta.model.__name__)
without_reason = pytest.mark.parametrize("reason", ["", " \n"])


def in_status(factory, status):
    """A complete record of that status, known to the ledger where readers saw it."""
    return ready(factory, **({} if status is Status.DRAFT else {status.value: True}))


# Each step of one record, with the scoring and the notice that it may owe.
TAKEN_ALONE = {
    Step.SUBMIT: submit_for_review,
    Step.RETURN: return_to_writer,
    Step.PUBLISH: publish_record,
    Step.WITHDRAW: withdraw_record,
    Step.REOPEN: reopen_record,
}


def take(step, record, by, reason="Checked."):
    TAKEN_ALONE[step](record, by=by, now=LATER, reason=reason)


# The table of steps


@every_record
@pytest.mark.parametrize("step", STATUS_TRANSITIONS)
@pytest.mark.parametrize("status", Status)
def test_each_step_leads_from_its_statuses_and_from_no_other(factory, step, status, publisher):
    record = in_status(factory, status)
    if step in steps_from_status(status):
        take(step, record, publisher)
        assert stored(record).status == STATUS_TRANSITIONS[step].target
    else:
        with pytest.raises(
            RuleViolation, match=r"only what|only a draft|send it to review first|published already"
        ):
            take(step, record, publisher)
        assert stored(record).status == status


@every_record
@pytest.mark.parametrize("step", [step for step, each in STATUS_TRANSITIONS.items() if each.needs_reason])
@without_reason
def test_what_needs_a_reason_is_refused_without_one(factory, step, reason, publisher):
    (source,) = STATUS_TRANSITIONS[step].sources
    record = in_status(factory, source)
    with pytest.raises(RuleViolation, match=r"Say why|Tick what you checked"):
        take(step, record, publisher, reason)
    assert stored(record).status == source


def test_each_step_has_its_action_and_its_words_and_each_status_a_way_on():
    assert STATUS_TRANSITIONS.keys() == ACTIONS.keys() == WORDS.keys()
    assert all(_step_done_message(step, 2) for step in STATUS_TRANSITIONS)
    assert all(steps_from_status(status) for status in Status)


def test_only_sending_to_review_needs_no_reason():
    assert [step for step, each in STATUS_TRANSITIONS.items() if not each.needs_reason] == [Step.SUBMIT]


@every_record
def test_each_step_is_remembered_on_the_desk_with_its_reason(factory, writer, publisher):
    record = ready(factory)
    submit_for_review(record, by=writer, now=NOW)
    publish_record(record, by=publisher, now=LATER, reason=" Checked. ")
    steps = DeskStep.objects.filter(record_id=record.pk, kind=record._meta.model_name).order_by("pk")
    assert list(steps.values_list("step", "by", "reason")) == [
        ("submit", writer.pk, ""), ("publish", publisher.pk, "Checked."),
    ]  # fmt: skip


# Who may


@every_record
@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_reporters_and_editors_may_neither_publish_nor_withdraw(factory, role):
    user = UserFactory(**{role: True})
    with pytest.raises(PermissionDenied, match="ask a publisher"):
        publish_record(ready(factory, in_review=True), by=user, now=NOW, reason="Checked.")
    with pytest.raises(PermissionDenied, match="ask a publisher"):
        withdraw_record(ready(factory, published=True), by=user, reason="Wrong.", now=NOW)


@every_record
@pytest.mark.parametrize("step", STATUS_TRANSITIONS)
def test_whoever_has_no_part_in_the_desk_takes_no_step(factory, step):
    (source,) = STATUS_TRANSITIONS[step].sources
    record = in_status(factory, source)
    with pytest.raises(PermissionDenied):
        take(step, record, UserFactory())
    assert stored(record).status == source


def test_who_may_publish_claims_only_publishes_nothing_else():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="publish_claim"))
    publish_record(ready(ClaimFactory, in_review=True), by=user, now=NOW, reason="Checked.")
    with pytest.raises(PermissionDenied):
        publish_record(EvidenceFactory(in_review=True), by=user, now=NOW, reason="Checked.")
    with pytest.raises(PermissionDenied):
        withdraw_record(ready(ClaimFactory, published=True), by=user, reason="Wrong.", now=NOW)


# To review and back


@every_record
def test_what_is_sent_to_review_keeps_who_and_when_and_stays_unseen(factory, writer):
    record = ready(factory)
    submit_for_review(record, by=writer, now=LATER)
    after = stored(record)
    assert (after.status, after.submitted_by, after.submitted_at) == ("in_review", writer, LATER)
    assert record not in type(record).objects.published()
    assert not Entry.objects.filter(subject=record.slug).exists()


@every_record
def test_a_writer_may_take_what_is_in_review_back(factory, writer):
    record = ready(factory)
    submit_for_review(record, by=writer, now=NOW)
    return_to_writer(record, by=writer, now=LATER, reason="I forgot the source.")
    assert stored(record).status == "draft"


def test_everything_that_is_missing_is_said_at_once_and_not_before_publication(writer, publisher):
    claim = known(ClaimFactory(quote="", criterion=""))
    submit_for_review(claim, by=writer, now=NOW)
    with pytest.raises(RuleViolation) as refused:
        publish_record(claim, by=publisher, now=NOW, reason="Checked.")
    for words in (
        "Copy the span", "Publish its statement first.", "Write how this is tested.",
        "Note a search for supporting", "Note a search for contradicting",
    ):  # fmt: skip
        assert words in str(refused.value)
    assert stored(claim).status == "in_review"


def test_a_span_that_no_longer_stands_in_the_words_is_missing(publisher):
    claim = ready(ClaimFactory, in_review=True)
    type(claim.statement).objects.update(text="Other words.")
    claim.statement.refresh_from_db()
    known(claim)
    with pytest.raises(RuleViolation, match="Copy the span"):
        publish_record(claim, by=publisher, now=NOW, reason="Checked.")


@pytest.mark.parametrize("side", ["supporting", "contradicting"])
def test_a_claim_without_a_search_for_either_side_is_not_published(side, publisher):
    claim = ready(ClaimFactory, in_review=True)
    claim.search_notes.filter(side=side).delete()
    with pytest.raises(RuleViolation, match=f"Note a search for {side} evidence"):
        publish_record(claim, by=publisher, now=NOW, reason="Checked.")


def test_evidence_is_graded_before_it_is_published(publisher):
    with pytest.raises(RuleViolation, match="Grade the credibility"):
        publish_record(
            EvidenceFactory(in_review=True, ungraded=True), by=publisher, now=NOW, reason="Checked."
        )


# A second person


@every_record
def test_a_second_person_shows_a_record_to_everyone(factory, publisher):
    record = ready(factory, in_review=True)
    publish_record(record, by=publisher, now=LATER, reason="Checked against the recording.")
    after = stored(record)
    assert (after.status, after.published_by, after.approved_by, after.published_at) == (
        "published", publisher, publisher, LATER,
    )  # fmt: skip
    assert record in type(record).objects.published()
    entry = Entry.objects.get(act="publish")
    assert (entry.subject, entry.account) == (record.slug, publisher)
    assert entry.told["reason"] == "Checked against the recording."


@every_record
def test_what_was_checked_is_kept_as_data_and_is_reason_enough(factory, publisher):
    record = ready(factory, in_review=True)
    publish_record(record, by=publisher, now=LATER, checks=[PublishingCheck.WORDS])
    entry = Entry.objects.get(act="publish")
    assert (entry.told["checks"], entry.told["reason"]) == (["words"], "")
    assert not any("checks" in other.told for other in Entry.objects.exclude(pk=entry.pk))


def test_without_checks_the_entry_holds_none(publisher):
    publish_record(ready(EvidenceFactory, in_review=True), by=publisher, now=LATER, reason="Checked.")
    assert "checks" not in Entry.objects.get(act="publish").told


@pytest.mark.parametrize(
    ("factory", "fields", "check", "words"),
    [
        (EvidenceFactory, {}, PublishingCheck.COPY, "has no archived copy"),
        (StatementFactory, {}, PublishingCheck.COPY, "has no archived copy"),
        (EvidenceFactory, {}, PublishingCheck.CRITERION, "has no written test"),
    ],
)
def test_nobody_has_checked_what_is_not_there(factory, fields, check, words, publisher):
    record = ready(factory, in_review=True, **fields)
    with pytest.raises(RuleViolation, match=words):
        publish_record(record, by=publisher, now=LATER, reason="Checked.", checks=[check])
    assert stored(record).status == "in_review"


@every_record
@pytest.mark.parametrize("part", ["created_by", "changed_by"])
def test_nobody_publishes_what_they_entered_or_changed_last(factory, part, publisher):
    record = ready(factory, in_review=True, **{part: publisher})
    with pytest.raises(RuleViolation, match="A second person publishes it"):
        publish_record(record, by=publisher, now=NOW, reason="Checked.")
    assert stored(record).status == "in_review"


@every_record
def test_nobody_publishes_what_they_changed_in_between(factory, writer, publisher):
    """Neither the first nor the last hand, but one of them."""
    record = ready(factory, created_by=writer, changed_by=writer)
    for hand in (publisher, writer):
        save(record, by=hand, now=NOW)
    submit_for_review(record, by=writer, now=NOW)
    assert publisher.pk not in (stored(record).created_by_id, stored(record).changed_by_id)
    with pytest.raises(RuleViolation, match="in whole or in part"):
        publish_record(record, by=publisher, now=NOW, reason="Checked.")
    publish_record(record, by=UserFactory(publisher=True), now=NOW, reason="Checked.")


@every_record
def test_whoever_sends_in_a_draft_that_names_no_writer_stands_for_it(factory, publisher):
    record = ready(factory, created_by=None, changed_by=None)
    submit_for_review(record, by=publisher, now=NOW)
    with pytest.raises(RuleViolation, match="second person"):
        publish_record(record, by=publisher, now=NOW, reason="Checked.")
    publish_record(record, by=UserFactory(publisher=True), now=NOW, reason="Checked.")


@every_record
def test_whoever_sent_it_to_review_may_publish_it_if_another_wrote_it(factory, writer, publisher):
    record = ready(factory, created_by=writer, changed_by=writer)
    submit_for_review(record, by=publisher, now=NOW)
    publish_record(record, by=publisher, now=NOW, reason="Checked.")


def test_a_chief_is_nobodys_second_person_but_others():
    """All the permissions there are do not make one person two."""
    chief = UserFactory(chief=True)
    with pytest.raises(RuleViolation, match="second person"):
        publish_record(
            ready(StatementFactory, in_review=True, created_by=chief), by=chief, now=NOW, reason="Mine."
        )


@every_record
def test_the_database_refuses_a_lone_publisher_too(factory):
    record = ready(factory, in_review=True)
    alone = {
        "status": "published", "published_at": NOW, "published_by": F("created_by"), "approved_by": F("created_by"),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="by_a_second_person"), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**alone)
