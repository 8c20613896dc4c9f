"""While `rescore` has not run, a list, its filters, its order and its rows say the same: what is stored."""

import csv

import pytest
from django.utils import translation

from claims.domain.vocabulary import State
from claims.drawing.gap_bar import draw_gap_bar
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.templatetags.row_tags import row_sentence
from tests.factories import NOW, ClaimFactory, ClaimGapFactory

pytestmark = pytest.mark.django_db

STORED = {
    "state": "contradicts", "gap": 91.0, "low": 81.0, "high": 97.0, "tentative": False, "contradicting": 6.0,
    "supporting": 0.0, "publishers_against": 3, "publishers_for": 0, "publishers": 3, "events_against": 4,
    "events_for": 0, "headline": 91.0, "doubt": 16.0,
}  # fmt: skip


@pytest.fixture
def outdated():
    """A claim without evidence that an older release, with other rules, has scored as contradicted."""
    return ClaimGapFactory(claim=ClaimFactory(published=True, slug="outdated"), **STORED).claim


def row_of(claim):
    gaps = ClaimGaps(Claim.objects.published(), AsOfDay(NOW.date()))
    [row] = gaps.listed([claim.pk])
    return row


def test_a_row_shows_the_figures_that_its_list_is_filtered_by(outdated):
    row = row_of(outdated)
    assert (row.gap.state, row.gap.headline, row.gap.low, row.gap.high) == (
        State.CONTRADICTS,
        91.0,
        81.0,
        97.0,
    )
    with translation.override("en"):
        said = str(row_sentence(row))
    assert (
        said
        == "4 events against, none for, reported by 3 publishers. Gap 91 of 100. It may lie between 81 and 97."
    )


def test_its_bar_is_as_long_as_its_figures(outdated):
    row = row_of(outdated)
    bar = draw_gap_bar(row.dossier, row.gap)
    assert [block.side for block in bar.blocks] == ["contradicting"]
    assert bar.unknown.end == pytest.approx(100)


def test_figures_of_a_release_that_counted_no_events_do_not_become_no_evidence(outdated):
    ClaimGapFactory._meta.model.objects.update(events_against=None, events_for=None, publishers=None)
    with translation.override("en"):
        assert str(row_sentence(row_of(outdated))) == "Gap 91 of 100. It may lie between 81 and 97."


def test_pages_and_files_agree_with_their_filter(client, outdated):
    for query in ("state=contradicts", "gap_min=90", "sort=widest"):
        page = client.get(f"/en/claims/?{query}").content.decode()
        assert "No report that we found" not in page
        assert "Gap 91 of 100" in page
    [row] = csv.DictReader(client.get("/claims.csv?state=contradicts").getvalue().decode().splitlines())
    assert row["state"] == "contradicts"
    assert client.get("/en/claims/?state=no_evidence").content.decode().count('class="claim-row"') == 0
