"""Steps that the lists take with many records at once: each claim that they turn gets one notice, or none is taken."""

import pytest

from claims.ledger.verification import ledger_faults
from claims.models import Claim, ClaimGap, Correction, Entry, Evidence
from tests.actions.desk import contradicted, known, stored
from tests.factories import EvidenceFactory, EvidenceLinkFactory

from .posting import choose, listing, looked_at, post, text

NOTICE = {"notice_kind": "update", "notice": "New reports say otherwise."}


def words(response):
    return " ".join(text(response).split())


def reports_of(claim):
    return [link.evidence for link in claim.links.select_related("evidence").order_by("pk")]


def news_that_turns(claim):
    """Reports in review that turn the claim's verdict more than once, if they are published one after the other."""
    reports = EvidenceFactory.create_batch(16, in_review=True)
    for report in reports:
        EvidenceLinkFactory(claim=claim, evidence=report, stance=2)
    return known(claim) and reports


BATCHES = {"publish": news_that_turns, "withdraw": reports_of}


@pytest.fixture(params=BATCHES)
def batch(request, db):
    """A step, a claim that it turns, and the reports with which it does."""
    step, claim = request.param, contradicted(reports=1 if request.param == "publish" else 8)
    if step == "publish":
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
        known(claim)
    return step, claim, BATCHES[step](claim)


def statuses(reports):
    return set(Evidence.objects.filter(pk__in=[each.pk for each in reports]).values_list("status", flat=True))


def test_a_claim_that_several_records_turn_gets_one_notice_for_all_of_them(batch, publisher):
    step, claim, reports = batch
    before = ClaimGap.objects.get(claim=claim).state
    choose(publisher, reports, step, **NOTICE)
    assert statuses(reports) == {"published" if step == "publish" else "withdrawn"}
    notice = claim.corrections.get()
    assert notice.what_was_wrong == "New reports say otherwise."
    after = ClaimGap.objects.get(claim=claim).state
    assert after != before
    assert Entry.objects.filter(kind="correction").count() == 1
    assert not list(ledger_faults())


def test_without_the_notice_that_they_owe_nothing_is_done_and_the_reason_is_kept(batch, publisher):
    step, _claim, reports = batch
    before, entries = statuses(reports), Entry.objects.count()
    answer = words(choose(publisher, reports, step, reason="Read them all."))
    assert "the notice that they will read" in answer
    assert "Read them all." in answer
    assert statuses(reports) == before
    assert Entry.objects.count() == entries


def test_each_claim_that_turns_has_a_notice_of_its_own(publisher):
    claims = [contradicted(), contradicted()]
    choose(publisher, [report for claim in claims for report in reports_of(claim)], "withdraw", **NOTICE)
    assert {claim.corrections.count() for claim in claims} == {1}


def test_what_is_refused_is_said_and_the_others_are_done_with_one_notice(batch, publisher):
    step, claim, reports = batch
    chosen = {"action": f"{step}_selected", "_selected_action": [each.pk for each in reports]}
    seen = looked_at(post(publisher, listing(Evidence), chosen))
    Evidence.objects.filter(pk=reports[-1].pk).update(summary="Other words.")
    answer = words(post(publisher, listing(Evidence), {**chosen, **seen, "reason": "Read it.", **NOTICE}))
    assert "“Other words.” has changed since you looked" in answer
    assert stored(reports[-1]).status == reports[-1].status
    assert statuses(reports[:-1]) == {"published" if step == "publish" else "withdrawn"}
    assert claim.corrections.count() == 1


def test_statements_that_are_withdrawn_together_owe_no_two_equal_notices(publisher):
    statements = [claim.statement for claim in (contradicted(), contradicted())]
    choose(publisher, statements, "withdraw", **NOTICE)
    assert Claim.objects.published().count() == 0
    assert not Correction.objects.exists()
