"""Points have one sign wherever they are said: + moves the gap up, against the claim, and − moves it down, for it."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client

from tests.actions.desk import contradicted
from tests.factories import EvidenceFactory, EvidenceLinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """A claim with a verdict and reports on both sides."""
    found = contradicted()
    EvidenceLinkFactory(claim=found, evidence=EvidenceFactory(published=True), stance=2)
    return found


def sides_of(page):
    return {side: page.one("div", side) for side in ("contradicting", "supporting")}


def test_on_the_page_points_against_the_claim_have_a_plus_and_points_for_it_a_minus(look, claim):
    sides = sides_of(look(claim.get_absolute_url()))
    for side, sign in (("contradicting", "+"), ("supporting", "−")):
        points = [each.text for each in sides[side].all("span") if "points" in each.classes]
        assert points
        assert all(text.startswith(sign) for text in points), points


def test_the_file_and_the_command_have_the_signs_of_the_page(claim):
    text = b"".join(Client().get("/evidence.csv").streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["stance"] for row in rows} == {"strongly_contradicts", "strongly_supports"}
    signs = {(row["stance"].endswith("contradicts"), float(row["points"]) > 0) for row in rows}
    assert signs == {(True, True), (False, False)}
    out = io.StringIO()
    call_command("gap", claim.slug, "--json", stdout=out)
    parts = json.loads(out.getvalue())["links"]
    assert {row["report"]: float(row["points"]) for row in rows} == {
        key: pytest.approx(part["contribution"], rel=1e-5) for key, part in parts.items()
    }


def test_no_page_gives_a_stance_the_sign_that_its_points_do_not_have(look, claim):
    for address in (claim.get_absolute_url(), f"{claim.get_absolute_url()}@1/", "/method/"):
        text = look(address).main.text
        assert "−−" not in text
        assert "++" not in text
        assert not any(f": {sign}{n}," in text for sign in "−+" for n in (1, 2))
