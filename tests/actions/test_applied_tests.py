"""Whether a claim's written test was applied is told from what its publisher ticked."""

from datetime import timedelta

import pytest

from claims.actions import RuleViolation, accept_proposal, possible_checks_of_proposal
from claims.actions.publishing import publish_record
from claims.domain.workflow import PublishingCheck
from claims.selectors.applied_tests import time_test_was_applied
from claims.selectors.as_of_days import AsOfDay
from tests.actions.desk import propose, ready, stored
from tests.factories import NOW, ClaimFactory, EvidenceFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
TODAY = AsOfDay(LATER.date())


@pytest.fixture
def published(publisher):
    def publish(*checks, **fields):
        claim = ready(ClaimFactory, in_review=True, **fields)
        publish_record(claim, by=publisher, now=LATER, reason="Checked.", checks=checks)
        return claim

    return publish


def test_it_was_when_the_publisher_ticked_so(published):
    claim = published(PublishingCheck.WORDS, PublishingCheck.CRITERION)
    assert time_test_was_applied(claim, TODAY) == LATER


def test_nothing_is_on_record_when_they_ticked_something_else_or_nothing(published):
    assert time_test_was_applied(published(PublishingCheck.WORDS), TODAY) is None
    assert time_test_was_applied(published(), TODAY) is None


def test_a_test_that_was_worded_otherwise_then_is_another_test(published):
    claim = published(PublishingCheck.CRITERION)
    claim.criterion = "Another test."
    assert time_test_was_applied(claim, TODAY) is None


def test_it_was_when_whoever_accepted_a_revision_ticked_so(writer, publisher):
    claim = ready(ClaimFactory, published=True)
    proposal = propose(claim, writer, criterion="Month by month.")
    assert possible_checks_of_proposal(proposal) == [PublishingCheck.WORDS, PublishingCheck.CRITERION]
    accept_proposal(proposal, by=publisher, now=LATER, checks=[PublishingCheck.CRITERION])
    claim = stored(claim)
    assert time_test_was_applied(claim, TODAY) == LATER
    accept_proposal(propose(claim, writer, criterion="Day by day."), by=publisher, now=LATER)
    assert time_test_was_applied(stored(claim), TODAY) is None


def test_nobody_ticks_one_test_for_several_records_or_one_that_is_not_there(writer, publisher):
    claim = ready(ClaimFactory, published=True)
    together = []
    propose(claim.statement, writer, proposals=together, title="Other remarks")
    proposal = propose(claim, writer, proposals=together, criterion="Month by month.")
    assert possible_checks_of_proposal(proposal) == []
    with pytest.raises(RuleViolation, match="several records"):
        accept_proposal(proposal, by=publisher, now=LATER, checks=[PublishingCheck.CRITERION])
    report = ready(EvidenceFactory, published=True)
    alone = propose(report, writer, summary="Otherwise")
    with pytest.raises(RuleViolation, match="no written test"):
        accept_proposal(alone, by=publisher, now=LATER, checks=[PublishingCheck.CRITERION])


def test_a_past_day_does_not_know_of_it(published):
    claim = published(PublishingCheck.CRITERION)
    before = AsOfDay(NOW.date().replace(year=NOW.year - 1), asked=True)
    assert time_test_was_applied(claim, before) is None
