"""What `gap` prints of a claim that was settled, and of one that cannot be checked."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from tests.actions.desk import contradicted
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def printed(claim, *options):
    out = StringIO()
    call_command("gap", claim.slug, *options, stdout=out)
    return out.getvalue()


def test_what_cannot_be_checked_has_its_reason_and_no_number():
    claim = contradicted(uncheckable_reason="Too vague.", answer="Aid fell.")
    text = printed(claim)
    assert "Cannot be checked." in text
    assert "It has no score: Too vague." in text
    assert "When it was said" not in text
    data = json.loads(printed(claim, "--json"))
    assert (data["state"], data["gap"], data["uncheckable"]) == ("uncheckable", None, "Too vague.")
    assert data["answer"] == "Aid fell."


def test_a_settlement_is_told_from_its_day_on():
    claim = contradicted(
        kind="commitment", valid_until="2023", settled_as="broken", settled_on=date(2024, 2, 3),
        settled_by=UserFactory(publisher=True), settlement="None came.",
    )  # fmt: skip
    assert "Settled on 3 February 2024: Broken. None came." in " ".join(printed(claim).split())
    assert "Settled" not in printed(claim, "--as-of", "2024-02-02")
    data = json.loads(printed(claim, "--json"))
    assert data["settlement"] == {"as": "broken", "on": "2024-02-03", "reason": "None came."}
