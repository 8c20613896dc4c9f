"""The movements of a month: the same from the store and computed, and silence only where nothing moved."""

from datetime import date, timedelta

import pytest

from claims.actions import rescore_claims
from claims.models import Claim
from claims.selectors import claim_lists
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.gap_movements import DAYS, MOST, movements_of_month
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory
from tests.syria import load_for_a_module

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


def moved(day, *, asked=True):
    gaps = ClaimGaps(Claim.objects.published(), AsOfDay(day, asked=asked))
    return movements_of_month(gaps, gaps.listed(gaps.sorted(gaps.claims, "moved")[:MOST]))


def report(claim, known):
    for _ in range(2):
        evidence = EvidenceFactory(published=True, known=known, event=known)
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2)


def test_a_month_with_movement_holds_each_with_its_two_ends():
    found = moved(date(2024, 12, 31))
    assert (found.since, found.until, found.count) == (date(2024, 12, 2), date(2024, 12, 31), 3)
    row, _second, _third = found.rows
    assert (row.claim.slug, row.moved_on) == ("campaign-against-isis-sustained", date(2024, 12, 31))
    assert (round(row.moved_from), round(row.moved_to)) == (28, 25)


def test_the_month_is_thirty_days_long_and_both_its_ends_count():
    last = date(2024, 8, 14)
    assert {row.moved_on for row in moved(last + timedelta(DAYS - 1)).rows} == {last}
    assert moved(last + timedelta(DAYS)).count == 0


def test_a_month_without_any_is_empty():
    found = moved(date(2024, 10, 31))
    assert (found.rows, found.count) == ([], 0)


def test_the_store_and_the_computation_agree_on_today():
    report(ClaimFactory(published=True), "2026-11-10")
    rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)
    stored, computed = moved(TODAY, asked=False), moved(TODAY)
    assert [row.claim for row in stored.rows] == [row.claim for row in computed.rows]
    assert (stored.count, stored.since) == (computed.count, computed.since)
    assert stored.rows[0].moved_from is None


def test_no_more_than_a_few_are_drawn_and_all_are_counted():
    for _ in range(MOST + 1):
        report(ClaimFactory(published=True), "2026-11-10")
    rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)
    found = moved(TODAY, asked=False)
    assert (len(found.rows), found.count) == (MOST, MOST + 1)


def test_of_too_many_claims_of_another_day_nothing_is_said(monkeypatch):
    monkeypatch.setattr(claim_lists, "MOST", 3)
    assert moved(date(2024, 12, 31)) is None
