"""The kept counts tell what counting the claims would."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from claims import filters
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from tests.syria import load_for_a_module

pytestmark = pytest.mark.django_db
loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)
FACETS = {
    "speaker": "statement__speaker",
    "standing": "statement__speaker__standing",
    "state": "gap__state",
    "kind": "kind",
    "topic": "",
    "place": "",
}


def counted(query, is_kept, monkeypatch):
    monkeypatch.setattr(filters, "are_all_known", lambda day: is_kept)
    gaps = ClaimGaps(Claim.objects.published(), AsOfDay(timezone.localdate()))
    chosen = filters.ClaimFilter(QueryDict(query), gaps=gaps)
    average = chosen.average
    found = {name: chosen.counts(name, column) for name, column in FACETS.items()}
    return found, (average.counted, average.left_out, average.uncheckable), average.mean


@pytest.mark.parametrize("query", ["", "kind=fact", "state=contradicts&state=mixed&standing=official"])
def test_facets_and_average_are_those_of_the_claims(query, monkeypatch):
    kept, in_all, mean = counted(query, True, monkeypatch)
    assert kept["kind"]
    assert (kept, in_all) == counted(query, False, monkeypatch)[:2]
    assert mean == pytest.approx(counted(query, False, monkeypatch)[2], abs=1e-5)
