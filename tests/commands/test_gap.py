"""A claim's receipt on the command line: it adds up, agrees with the selector, and never looks ahead."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.management.commands.score_dossier import gap_as_json
from claims.models import Claim
from claims.selectors.receipts import load_receipt
from tests.factories import ClaimFactory, EvidenceLinkFactory, RatingFactory
from tests.syria import load_for_a_module

pytestmark = pytest.mark.django_db
VECTORS = Path(__file__).parent.parent / "domain" / "method-vectors.json"


loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


def run(*args):
    out = StringIO()
    call_command("gap", *args, stdout=out)
    return out.getvalue()


def refusal(*args):
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == 2
    return str(refused.value)


def published():
    return Claim.objects.select_related("statement")


def points(text):
    return [float(match.replace("−", "-")) for match in re.findall(r"(?m)^ *([+−]?\d+\.\d\d)  ", text)]


@pytest.mark.parametrize(
    ("day", "least"), [("2021-12-31", 7), ("2023-12-31", 9), ("2025-05-15", 9), (None, 20)]
)
def test_every_receipt_adds_up_from_fifty_to_its_gap(day, least):
    added = 0
    for claim in published():
        if day and claim.statement.said_on.last.isoformat() > day:
            continue
        column = points(run(claim.slug, *(["--as-of", day] if day else [])))
        if len(set(column)) <= 1:  # no number: at most the noughts of what is only context
            assert set(column) <= {0}, claim.slug
            continue
        start, *parts, gap = column
        assert round(start + sum(parts), 2) == gap, claim.slug
        added += start == 50
    assert added >= least


def test_the_figures_are_those_of_the_selector_to_the_last_digit():
    for claim in published():
        told = json.loads(run(claim.slug, "--json"))
        gap = load_receipt(claim, timezone.localdate()).gap
        expected = json.loads(json.dumps(gap_as_json(gap)))
        links = expected.pop("links")
        assert told.items() >= expected.items(), claim.slug
        for key, link in told["links"].items():
            assert link.items() >= links[key].items(), (claim.slug, key)


def test_json_has_the_field_names_of_the_method_vectors():
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert set(vectors[0]["expect"]) <= set(json.loads(run("no-sanction-lifted", "--json")))


def test_what_was_not_known_on_the_day_is_not_told():
    told = json.loads(run("no-sanction-lifted", "--as-of", "2021-10-31", "--json"))
    assert told["as_of"] == "2021-10-31"
    assert set(told["links"]) == {
        "samer-foz-companies-delisted",
        "samer-foz-companies-delisted-second-report",
        "samer-foz-companies-delisted-from-the-notice",
        "us-backs-gas-through-syria",
    }


def test_the_words_the_speaker_and_the_verdict_stand_above_the_figures():
    text = run("local-ceasefires-hold", "--as-of", "2021-10-31")
    assert "“… sustaining local ceasefires, which are in place in different parts of the country”" in text
    assert "Antony Blinken, US Secretary of State · 13 October 2021 · Washington" in text
    assert "As known on 31 October 2021: Evidence conflicts (tentative)." in text
    assert "gap 57.32, likely range (90 % interval) 20.25 to 90.21" in text
    assert "When it was said, 13 October 2021: No evidence yet; on 31 October 2021: " in text


def test_it_says_what_the_verdict_hangs_on():
    text = run("no-sanction-lifted")
    assert "Without any one of these the verdict would be another:" in text
    assert (
        "Without everything that US Federal Register (govinfo.gov) reports the verdict would be another."
        in text
    )
    assert "It depends on no single report." in run("humanitarian-assistance-increased")


def test_an_echo_and_what_came_after_the_term_are_told_and_not_counted():
    text = run("no-sanction-lifted")
    assert re.search(r"(?m)^ *0\.00 .*\(same event, not counted again\)$", text)
    assert "Not counted, as the claim is judged from 20 January 2021 up to 8 December 2024:" in text
    assert "(30 June 2025)" in text


def test_without_evidence_there_is_no_number():
    asked = ("campaign-against-isis-sustained", "--as-of", "2021-10-13")
    text = run(*asked)
    assert "There is no number" in text
    assert points(text) == []
    assert json.loads(run(*asked, "--json"))["gap"] is None


def test_what_cannot_be_checked_has_no_number_but_the_reason():
    text = run("isis-turns-to-city-attacks")
    assert "As known on" in text
    assert ": Cannot be checked." in text
    assert "It has no score: It says only that something could happen" in text
    assert "gap" not in text
    assert set(points(text)) == {0}
    assert json.loads(run("isis-turns-to-city-attacks", "--json"))["gap"] is None


def test_too_little_evidence_shows_its_number_in_the_working_only():
    text = run("intelligence-rebuilt-against-sleeper-cells")
    assert "Too little evidence." in text
    assert "(calculated, but too little evidence to publish)" in text
    assert "tentative" not in text


def test_reported_words_are_not_put_in_quotation_marks():
    text = run("isis-kept-out-of-cities")
    assert text.startswith("… to keep the group from")
    assert "reported, not word for word" in text


def test_an_unknown_claim_is_refused_with_those_that_are_near():
    assert "humanitarian-assistance-increased" in refusal("humanitarian-asistance-incresed")
    assert "no-sanction-lifted" in refusal("sanction")


@pytest.mark.parametrize("slug", ["", " ", "no such claim", "\udcff", "\x00", "x" * 500, "../etc"])
def test_what_can_be_no_address_is_refused(slug):
    assert "No claim has the address" in refusal(slug)


@pytest.mark.parametrize("day", ["", "soon", "2021-02-30", "2021", "2021-10", "10/31/2021"])
def test_what_is_no_day_is_refused(day):
    assert "--as-of" in refusal("no-sanction-lifted", f"--as-of={day}")


def test_a_day_to_come_is_refused():
    assert "has not come yet" in refusal("no-sanction-lifted", "--as-of", "2999-01-01")


def test_a_day_before_the_words_is_refused():
    assert "2021-10-13" in refusal("no-sanction-lifted", "--as-of", "2021-10-12")
    assert run("no-sanction-lifted", "--as-of", "2021-10-13")


def test_a_draft_is_shown_and_called_one():
    claim = ClaimFactory(statement__said_on="2021-10-13")
    RatingFactory(link=EvidenceLinkFactory(claim=claim, evidence__known="2021-11-02"), stance=-2)
    text = run(claim.slug)
    assert text.startswith("NOT PUBLISHED (draft): readers do not see this claim.")
    assert "There is no number" in text  # its evidence is a draft as well


def test_a_published_claim_of_a_draft_statement_is_not_called_published():
    claim = ClaimFactory(published=True, statement__status="draft", statement__said_on="2021-10-13")
    assert run(claim.slug).startswith("NOT PUBLISHED (its statement: draft)")


def test_from_python_a_date_is_a_day():
    out = StringIO()
    call_command("gap", "no-sanction-lifted", as_of=date(2021, 10, 31), stdout=out)
    assert "As known on 31 October 2021" in out.getvalue()
