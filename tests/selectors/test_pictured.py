"""What a speaker's page draws: the same from the store and computed, bounded, and nothing where it can't be known."""

import pytest

from claims.actions import rescore_claims
from claims.domain.vocabulary import State
from claims.models import Claim, Topic
from claims.selectors import claim_lists
from claims.selectors import speaker_charts as module
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.speaker_charts import claims_to_draw, topic_standings, verdict_counts
from tests.factories import NOW
from tests.syria import load_for_a_module

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


@pytest.fixture(scope="module", autouse=True)
def scored(loaded, django_db_blocker):
    with django_db_blocker.unblock():
        rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)


def blinken(*, asked=False):
    claims = Claim.objects.published().filter(statement__speaker__slug="antony-blinken")
    return ClaimGaps(claims, AsOfDay(TODAY, asked=asked))


def pictured_rows(found):
    return [
        (group.topic, claim.pk, gap.headline, gap.low, gap.state)
        for group in found.topics
        for claim, gap in group.rows
    ]


def test_each_claim_stands_once_with_its_gap_the_same_from_the_store_and_computed():
    stored, counted = claims_to_draw(blinken()), claims_to_draw(blinken(asked=True))
    assert pictured_rows(stored) == pictured_rows(counted)
    assert (len(pictured_rows(stored)), stored.count, stored.cut) == (12, 12, False)


def test_no_more_claims_are_drawn_than_have_room_the_latest_said(monkeypatch):
    monkeypatch.setattr(module, "MOST_DOTS", 4)
    found = claims_to_draw(blinken())
    assert (len(pictured_rows(found)), found.cut) == (4, True)


def test_the_verdicts_are_counted_once_a_claim_the_same_from_the_store_and_computed():
    assert verdict_counts(blinken()) == verdict_counts(blinken(asked=True))
    assert sum(verdict_counts(blinken()).values()) == 12


def test_a_topics_states_are_the_same_from_the_store_and_computed_and_add_up():
    stored, counted = topic_standings(blinken()), topic_standings(blinken(asked=True))
    assert [(row.topic, row.states) for row in stored.rows] == [
        (row.topic, row.states) for row in counted.rows
    ]
    for row in stored.rows:
        claims = blinken().claims.filter(topics=row.topic)
        assert sum(row.states.values()) == claims.count()
        assert row.states == {State(state): claims.filter(gap__state=state).count() for state in row.states}
    assert {row.topic for row in stored.rows} == set(Topic.objects.filter(claims__in=blinken().claims))


def test_topics_with_the_most_claims_come_first_and_the_rest_are_counted(monkeypatch):
    whole = topic_standings(blinken())
    sizes = [sum(row.states.values()) for row in whole.rows]
    assert sizes == sorted(sizes, reverse=True)
    monkeypatch.setattr(module, "MOST_TOPICS", 2)
    few = topic_standings(blinken())
    assert (few.rows, few.more) == (whole.rows[:2], len(whole.rows) - 2)


def test_claims_without_a_topic_have_a_row_of_their_own_at_the_end():
    claim = blinken().claims.first()
    claim.topics.clear()
    assert topic_standings(blinken()).rows[-1].topic is None


def test_of_too_many_claims_of_another_day_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr(claim_lists, "MOST", 3)
    assert claims_to_draw(blinken(asked=True)) is None
    assert topic_standings(blinken(asked=True)) is None
    assert verdict_counts(blinken(asked=True)) == {}
