"""The made-up archive for measuring: whole, the same for the same seed, and never mixed with real records unasked."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from claims.ledger.verification import ledger_faults
from claims.management.scale_archive import ScaleArchive
from claims.models import Claim, Evidence, Place, Rating, Statement
from claims.search.index import index_faults
from claims.selectors.gap_store import stale_gaps
from tests.factories import SpeakerFactory

pytestmark = pytest.mark.django_db

COMPARED = {
    Statement: ("slug", "text", "said_on", "speaker__name", "status"),
    Claim: ("slug", "proposition", "kind", "settled_as", "topics__slug"),
    Evidence: ("slug", "summary", "known", "event", "source__slug"),
    Rating: ("link__claim__slug", "link__evidence__slug", "rater__username", "stance"),
}


def seed(*args):
    out = StringIO()
    call_command("seed_scale", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def made_records(seed):
    """The records of a small archive, which is not kept."""
    with transaction.atomic():
        list(ScaleArchive(20, seed).store())
        found = {
            model: sorted(map(str, model.objects.values_list(*names))) for model, names in COMPARED.items()
        }
        transaction.set_rollback(True)
    return found


def test_the_archive_is_scored_searchable_and_in_the_ledger():
    assert "Stored 40 claims" in seed("--claims", "40")
    assert Claim.objects.count() == 40
    assert list(ledger_faults()) == []
    assert list(stale_gaps(Claim.objects.all())) == []
    assert index_faults() == []


def test_each_span_stands_in_the_words_of_its_statement():
    seed("--claims", "20")
    assert all(claim.statement.holds(claim.quote) for claim in Claim.objects.select_related("statement"))


def test_the_records_are_the_same_for_the_same_seed():
    first = made_records(seed=5)
    assert first[Rating]
    assert made_records(seed=5) == first
    assert made_records(seed=6) != first


@pytest.mark.parametrize(
    "record", [SpeakerFactory, lambda: Place.objects.create(name="Aleppo", latitude=36, longitude=37)]
)
def test_a_site_with_records_is_left_alone_unless_asked(record):
    record()
    with pytest.raises(CommandError, match="has records already"):
        seed("--claims", "2")
    assert "Stored 2 claims" in seed("--claims", "2", "--beside-existing")


def test_the_same_archive_is_not_stored_twice():
    seed("--claims", "2", "--seed", "9")
    with pytest.raises(CommandError, match="seed 9 already"):
        seed("--claims", "2", "--seed", "9", "--beside-existing")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--claims", "0"), "--claims: give a number"),
        (("--claims", "2", "--seed", "-1"), "--seed: give a whole number"),
    ],
)
def test_numbers_out_of_range_are_refused(args, message):
    with pytest.raises(CommandError, match=message):
        seed(*args)
