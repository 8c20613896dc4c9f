"""Which claims the home page tells first: all sides, firm before tentative, answered, clear, newest."""

from datetime import date

import pytest

from claims.actions import rescore_claims
from claims.domain.vocabulary import Act, State
from claims.domain.workflow import PublishingCheck
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import Claim
from claims.selectors import claim_lists
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.findings import (
    MOST_FINDINGS,
    FindingCandidate,
    choose_example,
    choose_findings,
    pick_findings,
)
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, SourceFactory


def candidate(key, state, *, tentative=False, has_answer=True):
    return FindingCandidate(key, state, tentative, has_answer)


def picked(*candidates):
    return [each.key for each in pick_findings(candidates)]


def test_one_claim_of_each_side_is_told_contradicted_first():
    assert picked(
        candidate(1, State.MATCHES),
        candidate(2, State.CONTRADICTS),
        candidate(3, State.CONTRADICTS),
        candidate(4, State.CONFLICTING, tentative=True),
    ) == [2, 4, 1]


def test_firm_comes_before_tentative_then_answered_then_clear_then_the_newest():
    newest_first = [
        candidate(1, State.CONTRADICTS, tentative=True),
        candidate(2, State.CONTRADICTS, has_answer=False),
        candidate(3, State.MOSTLY_CONTRADICTS),
        candidate(4, State.CONTRADICTS),
        candidate(5, State.CONTRADICTS),
    ]
    assert picked(*newest_first) == [4, 5, 3]
    assert picked(*newest_first[:2]) == [2, 1]


def test_a_side_without_claims_leaves_its_place_to_the_others():
    assert picked(*(candidate(n, State.MATCHES) for n in range(5))) == [0, 1, 2]
    assert picked(candidate(1, State.MOSTLY_MATCHES), candidate(2, State.MIXED)) == [2, 1]
    assert picked() == []


def report(claim, stance):
    for _ in range(6):
        evidence = EvidenceFactory(published=True, source=SourceFactory(reliability="A"))
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=stance)


@pytest.fixture
def world(db):
    """A claim contradicted, one supported, one without a verdict."""
    contradicted, supported, _bare = ClaimFactory.create_batch(3, published=True)
    report(contradicted, -2)
    report(supported, 2)
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    return contradicted, supported


def gaps_on(day, *, asked=True):
    return ClaimGaps(Claim.objects.published(), AsOfDay(day, asked=asked))


def test_the_store_and_the_computation_of_a_past_day_choose_the_same(world):
    keys = [claim.pk for claim in world]
    assert choose_findings(gaps_on(NOW.date(), asked=False)) == keys
    assert choose_findings(gaps_on(NOW.date())) == keys
    assert choose_findings(gaps_on(date(2021, 11, 1))) == []
    assert len(keys) < MOST_FINDINGS


def test_of_too_many_claims_of_another_day_none_is_told(world, monkeypatch):
    monkeypatch.setattr(claim_lists, "MOST", 2)
    assert choose_findings(gaps_on(NOW.date())) == []


def test_the_example_has_a_written_test_and_is_firm_if_any_is(world):
    gaps = gaps_on(NOW.date(), asked=False)
    rows = gaps.listed([claim.pk for claim in world])
    assert not rows[0].gap.tentative
    assert choose_example(rows, gaps.day) is rows[0]
    rows[0].claim.criterion = ""
    assert choose_example(rows, gaps.day) is rows[1]
    assert choose_example([], gaps.day) is None


def test_of_firm_examples_one_whose_test_was_applied_comes_first(world):
    gaps = gaps_on(NOW.date(), asked=False)
    rows = gaps.listed([claim.pk for claim in world])
    why = ChangeReason(act=Act.PUBLISH, now=NOW, checks=[PublishingCheck.CRITERION])
    append_entries([rows[1].claim], why)
    assert choose_example(rows, gaps.day) is rows[1]
