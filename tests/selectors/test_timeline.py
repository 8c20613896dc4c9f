"""A dossier in time holds what readers may see of it as of the day, and no more than can be drawn."""

from datetime import date

import pytest

from claims.models import Claim
from claims.selectors import timeline as module
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.timeline import build_timeline
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def read(day=TODAY):
    return build_timeline(ClaimGaps(Claim.objects.published(), AsOfDay(day, asked=True)))


@pytest.fixture
def claim():
    return ClaimFactory(published=True)


def linked(claim, stance, **evidence):
    return EvidenceLinkFactory(
        claim=claim, evidence=EvidenceFactory(published=True, **evidence), stance=stance
    )


def test_it_holds_the_words_and_each_report_that_bears_on_them_on_the_day_it_became_known(claim):
    link = linked(claim, -2, known="2022-03")
    found = read()
    assert found.statements == [claim.statement]
    assert [(each.day, each.key, each.stance) for each in found.ground] == [
        (date(2022, 3, 31), link.evidence.slug, -2)
    ]
    assert found.reports == [(found.ground[0], link.evidence)]


def test_words_of_several_claims_stand_once_in_the_order_in_which_they_were_said(claim):
    ClaimFactory(published=True, statement=claim.statement)
    before = StatementFactory(published=True, said_on="2020-01")
    ClaimFactory(published=True, statement=before)
    assert read().statements == [before, claim.statement]


def test_a_report_on_two_claims_stands_once_a_side_as_strongly_as_it_ever_speaks(claim):
    weak, against = ClaimFactory(published=True), ClaimFactory(published=True)
    link = linked(weak, 1)
    EvidenceLinkFactory(claim=claim, evidence=link.evidence, stance=2)
    EvidenceLinkFactory(claim=against, evidence=link.evidence, stance=-1)
    assert [(each.side, each.stance) for each in read().ground] == [("contradicting", -1), ("supporting", 2)]


def test_what_is_context_unpublished_graded_by_one_or_of_later_is_not_there(claim):
    linked(claim, 0)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(), stance=-2)
    RatingFactory(link=EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True)))
    linked(claim, -2, known="2023-05-02", event="2023-05-01")
    linked(ClaimFactory(), 2)
    ClaimFactory(published=True, statement__said_on="2024-01-01", statement__published=True)
    found = read(date(2023, 5, 1))
    assert (found.ground, found.statements) == ([], [claim.statement])
    assert len(read(date(2023, 5, 2)).ground) == 1


def test_reports_that_are_too_many_to_draw_are_not_fetched(claim, monkeypatch):
    linked(claim, -2)
    monkeypatch.setattr(module, "MAX_TIMELINE_MARKS", 1)
    found = read()
    assert (len(found.ground), found.evidence, found.reports) == (1, {}, [])


def test_of_too_many_claims_it_takes_the_latest_said_and_says_so(claim, monkeypatch):
    later = ClaimFactory(published=True, statement__said_on="2023-01-01", statement__published=True)
    assert not read().cut
    monkeypatch.setattr(module, "MOST", 1)
    found = read()
    assert (found.cut, found.statements) == (True, [later.statement])
