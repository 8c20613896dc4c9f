"""The Syria dossier for tests: loaded once a module, and gone after it."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

FIXTURE = Path(__file__).parent.parent / "fixtures" / "syria.json"
RECORDS = json.loads(FIXTURE.read_text(encoding="utf-8"))

CLAIMS = [
    "humanitarian-access-expanded",
    "campaign-against-isis-sustained",
    "assad-held-to-account-by-sanctions",
    "local-ceasefires-hold",
    "violence-kept-down",
    "humanitarian-assistance-increased",
    "military-effort-confined-to-terrorist-threats",
    "political-settlement-advanced",
    "no-support-for-normalisation",
    "no-sanction-lifted",
    "reconstruction-still-opposed",
    "us-forces-stay-east-of-the-euphrates",
    "isis-networks-in-idlib-dismantled",
    "better-prepared-against-isis",
    "intelligence-rebuilt-against-sleeper-cells",
    "borders-controlled-with-neighbours",
    "extremist-propaganda-countered",
    "supportive-environments-dismantled",
    "isis-turns-to-city-attacks",
    "isis-kept-out-of-cities",
    "isis-exhausted-and-without-territory",
]
C = dict(enumerate(CLAIMS, start=1))  # by their number in the dossier


def load_for_a_module(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Use as `loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)`, with `django_db` tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", FIXTURE, verbosity=0)
        yield
        transaction.set_rollback(True)
