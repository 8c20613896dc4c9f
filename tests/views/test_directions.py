"""A name in two scripts turns nothing beside it, and no character that turns text unseen gets into a name."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from claims.actions import card_files, record_outside_changes, rescore_claims
from claims.ledger.versions import published_version
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from tests.factories import NOW, ClaimFactory, SourceFactory, SpeakerFactory, StatementFactory

pytestmark = pytest.mark.django_db

NAME = "SANA (سانا)"
TURNED = "\u202eANAS\u202c"


@pytest.fixture
def claim():
    speaker = SpeakerFactory(name=NAME)
    return ClaimFactory(
        published=True, slug="named", proposition=f"{NAME} is open",
        statement=StatementFactory(published=True, speaker=speaker),
    )  # fmt: skip


def test_a_name_in_two_scripts_is_isolated_on_pages_and_in_titles(client, claim):
    page = client.get("/en/claims/named/").content.decode()
    assert f'<b><span dir="ltr">{NAME}</span></b>' in page
    assert f"<title>\u2068{NAME} is open\u2069 · " in page
    found = client.get("/en/claims/?q=open").content.decode()
    assert f'<span dir="ltr">{NAME}</span>' in found


def test_a_name_in_two_scripts_is_isolated_in_feeds(client, claim):
    feed = client.get(f"/en/speakers/{claim.statement.speaker.slug}/feed/").content.decode()
    assert f"\u2068{NAME}\u2069" in feed


@pytest.mark.parametrize("record", [SpeakerFactory, SourceFactory], ids=["speaker", "source"])
def test_a_name_that_turns_what_stands_beside_it_is_refused(record):
    with pytest.raises(ValidationError, match=r"U\+202C, U\+202E"):
        record.build(name=TURNED).full_clean()
    with pytest.raises(ValidationError, match=r"“name, ar”"):
        record.build(name="x", translations={"ar": {"name": TURNED, "by": "Desk"}}).full_clean()


def test_a_file_with_such_a_name_is_not_loaded(tmp_path):
    file = tmp_path / "named.json"
    file.write_text(json.dumps([{"model": "claims.speaker", "fields": {
        "slug": "turned", "name": TURNED, "nature": "person", "standing": "official"}}]))  # fmt: skip
    with pytest.raises(CommandError, match=r"U\+202C, U\+202E"):
        call_command("loaddata", str(file), verbosity=0)


def test_the_first_line_of_a_claim_keeps_its_order_in_both_directions(client, claim):
    for language in ("en", "ar"):
        page = client.get(f"/{language}/claims/named/").content.decode()
        assert f'dir="ltr">{NAME}</span></b>' in page


def test_a_name_in_two_scripts_is_isolated_in_descriptions_and_on_cards(client, claim):
    page = client.get("/en/claims/named/").content.decode()
    assert f"\u2068{NAME}\u2069, " in page
    claim.refresh_from_db()
    record_outside_changes(now=NOW, reason="made by the test")
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    shown = published_version("named", 1, AsOfDay(NOW.date()))
    assert shown is not None
    assert card_files.build_card(shown, "en").who.text.startswith(f"\u2068{NAME}\u2069 · ")
