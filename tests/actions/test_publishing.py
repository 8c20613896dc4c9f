"""The way to the public and back: who may, what must be there, and what is kept of each decision."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from claims.actions import Refused, publish, rate, withdraw
from claims.models import Claim
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
RECORDS = [StatementFactory, ClaimFactory, EvidenceFactory]
every_record = pytest.mark.parametrize("factory", RECORDS, ids=lambda each: each._meta.model.__name__)


@pytest.fixture
def publisher():
    return UserFactory(publisher=True)


def ready(factory, **fields):
    if factory is ClaimFactory:
        fields["statement"] = StatementFactory(published=True)
    return factory(**fields)


def stored(record):
    return type(record).objects.get(pk=record.pk)


@every_record
def test_a_publisher_shows_a_record_to_everyone(factory, publisher):
    record = ready(factory)
    publish(record, by=publisher, now=NOW)
    after = stored(record)
    assert (after.status, after.published_by, after.published_at, after.changed_at) == (
        "published", publisher, NOW, NOW,
    )  # fmt: skip
    assert record in type(record).objects.published()


@every_record
@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_reporters_and_editors_may_neither_publish_nor_withdraw(factory, role):
    user = UserFactory(**{role: True})
    with pytest.raises(PermissionDenied, match="ask a publisher"):
        publish(ready(factory), by=user, now=NOW)
    with pytest.raises(PermissionDenied, match="ask a publisher"):
        withdraw(factory(published=True), by=user, reason="Wrong.", now=NOW)


def test_who_may_publish_claims_only_publishes_nothing_else():
    from django.contrib.auth.models import Permission

    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="publish_claim"))
    publish(ready(ClaimFactory), by=user, now=NOW)
    with pytest.raises(PermissionDenied):
        publish(EvidenceFactory(), by=user, now=NOW)
    with pytest.raises(PermissionDenied):
        withdraw(ClaimFactory(published=True), by=user, reason="Wrong.", now=NOW)


def test_everything_that_is_missing_is_said_at_once(publisher):
    claim = ClaimFactory(quote="", criterion="")
    with pytest.raises(Refused) as refused:
        publish(claim, by=publisher, now=NOW)
    for words in ("Copy the span", "Publish its statement first.", "Write what would settle it."):
        assert words in str(refused.value)
    assert stored(claim).status == "draft"


def test_a_span_that_no_longer_stands_in_the_words_is_missing(publisher):
    claim = ClaimFactory(statement=StatementFactory(published=True, text="Other words."))
    with pytest.raises(Refused, match="Copy the span"):
        publish(claim, by=publisher, now=NOW)


def test_evidence_is_graded_before_it_is_published(publisher):
    with pytest.raises(Refused, match="Grade the credibility"):
        publish(EvidenceFactory(ungraded=True), by=publisher, now=NOW)


@every_record
def test_nothing_is_published_twice(factory, publisher):
    with pytest.raises(Refused, match="published already"):
        publish(factory(published=True), by=publisher, now=NOW)


@every_record
def test_a_withdrawn_record_keeps_who_when_and_why(factory, publisher):
    record = factory(published=True)
    withdraw(record, by=publisher, reason="  The source took it back. ", now=LATER)
    after = stored(record)
    assert (after.status, after.withdrawn_by, after.withdrawn_at, after.withdrawal_reason) == (
        "withdrawn", publisher, LATER, "The source took it back.",
    )  # fmt: skip
    assert after.published_at == NOW
    assert record not in type(record).objects.published()


@every_record
@pytest.mark.parametrize("reason", ["", " \n"])
def test_nothing_is_withdrawn_without_a_reason(factory, reason, publisher):
    record = factory(published=True)
    with pytest.raises(Refused, match="Say why"):
        withdraw(record, by=publisher, reason=reason, now=NOW)
    assert stored(record).status == "published"


@every_record
@pytest.mark.parametrize("variant", [{}, {"withdrawn": True}], ids=["draft", "withdrawn"])
def test_only_what_is_published_is_withdrawn(factory, variant, publisher):
    with pytest.raises(Refused, match="nothing to withdraw"):
        withdraw(factory(**variant), by=publisher, reason="Wrong.", now=NOW)


@every_record
def test_what_was_withdrawn_may_be_published_again_and_is_whole(factory, publisher):
    record = ready(factory)
    publish(record, by=publisher, now=NOW)
    withdraw(record, by=publisher, reason="Wrong.", now=NOW)
    publish(record, by=publisher, now=LATER)
    after = stored(record)
    assert (after.status, after.published_at) == ("published", LATER)
    assert (after.withdrawn_at, after.withdrawn_by, after.withdrawal_reason) == (None, None, "")


def test_a_claim_is_public_only_while_its_statement_is(publisher):
    claim = ClaimFactory(published=True)
    withdraw(claim.statement, by=publisher, reason="Never said.", now=NOW)
    assert not Claim.objects.published().exists()
    publish(claim.statement, by=publisher, now=NOW)
    assert Claim.objects.published().get() == claim


def test_what_changed_behind_a_withdrawn_statement_is_kept_once_it_is_public_again(publisher):
    link = EvidenceLinkFactory(published=True, stance=-2)
    statement, claim = link.claim.statement, link.claim
    withdraw(statement, by=publisher, reason="Under review.", now=NOW)
    rate(link, by=publisher, stance=2, now=NOW)
    assert not claim.snapshots.exists()
    publish(statement, by=publisher, now=NOW)
    assert claim.snapshots.get().gap == claim.gap.gap


def test_a_decision_is_taken_on_the_record_as_it_is_stored(publisher):
    """Whoever decides on a copy that was read earlier neither loses an edit nor decides twice."""
    record, copy = (statement := StatementFactory()), stored(statement)
    record.title = "Remarks, corrected"
    record.save()
    publish(copy, by=publisher, now=NOW)
    assert stored(record).title == "Remarks, corrected"
    with pytest.raises(Refused, match="published already"):
        publish(record, by=publisher, now=NOW)
