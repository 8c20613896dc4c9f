"""The gap when it was said beside the gap now: on a list's rows, in a claim's data and on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from claims.ingest.dossier_json import read_dossiers
from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import NOW
from tests.syria import CLAIMS

pytestmark = pytest.mark.django_db
on_syria = pytest.mark.usefixtures("syria")

C6 = CLAIMS[5]


@pytest.mark.parametrize("path", ["/claims/", "/speakers/antony-blinken/", "/topics/humanitarian-aid/"])
def test_a_row_says_both_where_they_differ_and_no_number_where_there_was_no_verdict(look_again, path):
    rows = look_again(path).all("li", "claim-row")
    assert rows
    for row in rows:
        slug = row.one("h3").one("a").attributes["href"].split("/")[2]
        shown = load_receipt(Claim.objects.get(slug=slug), NOW.date())
        said, now = (
            each and ("no verdict" if each.headline is None else f"{each.headline:.0f}")
            for each in (shown.said, shown.gap)
        )
        if shown.said is None or said == now:
            assert "when said" not in row.text
        else:
            assert f"when said: {said} → now: {now}" in row.text


@on_syria
def test_on_another_day_it_is_that_day_and_on_the_day_itself_nothing(look_again):
    text = look_again("/claims/?as_of=2021-10-31").main.text
    assert "→ on this day: " in text
    assert "→ now: " not in text
    on_the_day = look_again("/statements/blinken-2021-10-13/?as_of=2021-10-13")
    assert "when said:" not in on_the_day.main.text


@on_syria
@pytest.mark.parametrize("slug", CLAIMS)
def test_the_data_say_both_beside_the_inputs_which_can_still_be_scored(slug):
    shown = load_receipt(Claim.objects.get(slug=slug), NOW.date())
    answer = Client().get(f"/claims/{slug}/dossier.json").content
    [told] = json.loads(answer)
    assert told["said"] == (shown.said and shown.said.as_json())
    assert told["now"] == shown.gap.as_json()
    assert (told["now"]["gap"] is None) == (shown.gap.headline is None)
    assert len(read_dossiers(answer)) == 1


@on_syria
def test_the_command_says_both():
    shown = load_receipt(Claim.objects.get(slug=C6), NOW.date())
    text, data = StringIO(), StringIO()
    call_command("gap", C6, stdout=text)
    call_command("gap", C6, "--json", stdout=data)
    assert f"No evidence yet; on 22 November 2026: {shown.gap.gap:.2f}." in text.getvalue()
    assert json.loads(data.getvalue())["said"] == shown.said.as_json()
