"""A verdict that a new method moved or took away says so on its page, never in silence."""

import pytest

from claims.models import MethodChange, Snapshot
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.method_moves import find_method_move
from tests.actions.desk import known
from tests.factories import NOW, EvidenceLinkFactory, SnapshotFactory

pytestmark = pytest.mark.django_db
TODAY = AsOfDay(NOW.date())


@pytest.fixture
def claim():
    """Scored by the present method: too little evidence."""
    claim = known(EvidenceLinkFactory(published=True, stance=-2)).claim
    assert claim.snapshots.get().state == "insufficient"
    return claim


def by_earlier_method(claim, **figures):
    """A version that stands before those of the claim, which are numbered anew."""
    newest = Snapshot.objects.filter(claim=claim).order_by("-number").first().number
    return SnapshotFactory(claim=claim, number=newest + 1, method="gap-beta/1.0", **figures)


def test_a_verdict_that_is_gone_is_named_with_its_number(claim):
    by_earlier_method(claim, state="mostly_contradicts", gap=71.4)
    move = find_method_move(claim, TODAY)
    assert (move.before.state, move.gap_before, move.after.state, move.gap_after) == (
        "mostly_contradicts", 71.4, "insufficient", None,
    )  # fmt: skip


def test_what_readers_see_no_difference_of_is_not_named(claim):
    by_earlier_method(claim, state="insufficient", gap=61.0)
    assert find_method_move(claim, TODAY) is None


def test_a_claim_that_was_never_scored_otherwise_has_no_move(claim):
    assert find_method_move(claim, TODAY) is None
    assert not MethodChange.objects.exists()


def test_the_page_says_what_it_read_until_the_method_changed(claim, client):
    by_earlier_method(claim, state="mostly_contradicts", gap=71.4)
    page = client.get(claim.get_absolute_url(), follow=True).content.decode()
    text = " ".join(page.split())
    assert "Before the change: Mostly contradicted (71). By the new method: Too little evidence." in text
    assert "Later changes" not in text
