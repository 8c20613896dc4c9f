"""A report that would count twice on a claim is refused until an editor says why it is another."""

import pytest

from claims.actions import RuleViolation, save
from claims.models import Entry, EvidenceLink
from tests.actions.desk import known, propose
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

ADDRESS = "https://reports.example/1"


def twin_link(link, **fields):
    evidence = known(EvidenceFactory(published=True, url=f"{ADDRESS}?utm_source=x"))
    return EvidenceLink(claim=link.claim, evidence=evidence, rationale="It happened.", **fields)


@pytest.fixture
def link():
    evidence = EvidenceFactory(published=True, url=ADDRESS)
    return known(EvidenceLinkFactory(claim=ClaimFactory(published=True), evidence=evidence, stance=-2))


def test_a_second_link_with_the_same_report_is_refused(link, writer):
    with pytest.raises(RuleViolation, match="the same address"):
        save(twin_link(link), by=writer, now=NOW)
    assert EvidenceLink.objects.count() == 1


def test_said_to_be_another_it_is_stored_and_readers_can_read_why(link, writer):
    other = twin_link(link, distinct_reason="One page tells of two strikes.")
    save(other, by=writer, now=NOW)
    for rater in (writer, link.evidence.published_by):
        other.ratings.create(rater=rater, stance=-2)
    known(other)
    told = Entry.objects.filter(kind="link", subject=f"{link.claim.slug}/{other.evidence.slug}").latest(
        "number"
    )
    assert told.told["record"]["distinct_reason"] == "One page tells of two strikes."


def test_the_reason_is_not_taken_away_again(link, writer):
    other = twin_link(link, distinct_reason="One page tells of two strikes.")
    save(other, by=writer, now=NOW)
    other.distinct_reason = ""
    with pytest.raises(RuleViolation, match="the same address"):
        save(other, by=writer, now=NOW)


def test_links_that_were_there_before_stay_and_are_changed_as_ever(link, writer):
    older = twin_link(link)
    older.save()
    older.rationale = "It happened there."
    save(older, by=writer, now=NOW)
    assert EvidenceLink.objects.get(pk=older.pk).rationale == "It happened there."
    assert propose(link, writer, rationale="It happened then.")
