"""Words of which not even the month is known have no figure of when they were said."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from claims.actions import rescore_claims
from claims.domain.dates import PartialDate
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.localized_wording import said_and_now_text
from claims.selectors.receipts import load_receipt
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def undated():
    """A claim of words “in 2021”, that everything before 2026 contradicts."""
    statement = StatementFactory(published=True, said_on="2021")
    claim = ClaimFactory(published=True, statement=statement)
    for _ in range(3):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True, known="2021-06"), stance=-2)
    rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=NOW.date(), now=NOW)
    return claim


@pytest.mark.parametrize("path", [
    "/claims/{}/", "/claims/{}/embed/", "/claims/", "/", "/feed/",
])  # fmt: skip
def test_words_without_a_known_month_have_no_figure_of_when_they_were_said(undated, path):
    answer = Client().get(f"/en{path.format(undated.slug)}")
    assert answer.status_code == 200
    page = answer.content.decode().lower()
    assert "when it was said" not in page
    assert "when said:" not in page


def test_neither_have_its_data_its_card_its_command_and_the_mean(undated):
    shown = load_receipt(undated, NOW.date())
    assert shown.said is None
    [told] = json.loads(Client().get(f"/claims/{undated.slug}/dossier.json").content)
    assert told["said"] is None
    gaps = ClaimGaps(Claim.objects.filter(pk=undated.pk), AsOfDay(NOW.date()))
    assert gaps.listed([undated.pk])[0].said is None
    lines = b"".join(Client().get("/en/claims.csv").streaming_content).decode()
    [row] = [row for row in csv.DictReader(StringIO(lines)) if row["claim"] == undated.slug]
    assert (row["state_when_said"], row["gap_when_said"]) == ("", "")
    text, data = StringIO(), StringIO()
    call_command("gap", undated.slug, stdout=text)
    call_command("gap", undated.slug, "--json", stdout=data)
    assert "It was said in 2021: on no known day or month" in text.getvalue()
    assert json.loads(data.getvalue())["said"] is None
    assert said_and_now_text(None, shown.gap.state, shown.gap.headline) == ""


def test_words_of_a_known_month_have_a_figure():
    assert PartialDate.parse("2025-05").is_within_a_month
    assert PartialDate.parse("2025-05-03/2025-05-09").is_within_a_month
    assert not PartialDate.parse("2025-04-20/2025-05-15").is_within_a_month
    assert not PartialDate.parse("2025").is_within_a_month
