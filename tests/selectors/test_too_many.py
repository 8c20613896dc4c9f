from datetime import date

import pytest

from claims.models import Claim
from claims.selectors import claim_lists
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps, TooManyClaims
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


@pytest.fixture
def gaps(monkeypatch):
    monkeypatch.setattr(claim_lists, "MOST", 2)
    for said in ("2021", "2022", "2023"):
        ClaimFactory(published=True, statement__said_on=said)
    return lambda day: ClaimGaps(Claim.objects.published(), day)


def test_too_many_claims_of_another_day_come_in_the_order_of_their_words(gaps):
    past = gaps(AsOfDay(DAY, asked=True))
    assert list(past.sorted(past.claims, "widest")) == list(past.sorted(past.claims, "latest"))
    assert past.average(past.claims) is None
    assert past.states(past.claims) == {}


def test_choosing_among_too_many_by_verdict_is_refused_in_words(gaps, client):
    past = gaps(AsOfDay(DAY, asked=True))
    with pytest.raises(TooManyClaims, match="2 claims at a time"):
        past.with_states(past.claims, ["mixed"])
    response = client.get("/claims/", {"as_of": "2024-01-01", "state": "mixed"})
    assert response.status_code == 400
    assert "Choose a speaker, a topic or a place first" in response.content.decode()
    assert client.get("/claims/", {"as_of": "2024-01-01"}).status_code == 200
    assert client.get("/", {"as_of": "2024-01-01"}).status_code == 200


def test_fewer_after_choosing_are_scored_as_ever(gaps):
    past = gaps(AsOfDay(DAY, asked=True))
    early = past.claims.filter(statement__said_on="2021")
    assert past.states(early) == {"no_evidence": 1}
    assert past.average(early).left_out == 1
