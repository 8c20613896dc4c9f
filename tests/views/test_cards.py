"""A card's address: drawn once, kept in a file, one a version and language; gone with its claim."""

import errno
from datetime import timedelta
from typing import cast

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from django.utils import translation

from claims.actions import (
    accept_suppression,
    card_files,
    request_suppression,
    rescore_claims,
    withdraw_record,
)
from claims.domain.vocabulary import SuppressionGround
from claims.ledger.versions import PublishedVersion, published_version
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from tests.actions.desk import contradicted
from tests.factories import NOW, EvidenceFactory, EvidenceLinkFactory, StatementFactory, UserFactory
from tracker import settings as site_settings

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _no_cards(settings, tmp_path):
    """On a disk, as the site keeps them; everywhere else the tests' cards are in memory."""
    site = site_settings.STORAGES["default"]
    files = {**site, "OPTIONS": {**site["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": files}


@pytest.fixture
def claim():
    return contradicted(proposition="Aid is growing")


def files(claim):
    try:
        return sorted(default_storage.listdir(f"cards/{claim.slug}")[1])
    except FileNotFoundError:
        return []


def fetched(claim, number=1, language="en", status=200):
    answer = Client().get(f"/{language}/claims/{claim.slug}/@{number}/card.png")
    assert answer.status_code == status
    return answer


def taken_out(words):
    chief, second = UserFactory(chief=True), UserFactory(chief=True)
    asked = request_suppression(
        text=words, ground=SuppressionGround.SAFETY, reason="A life.", by=chief, now=NOW
    )
    accept_suppression(asked, by=second, now=LATER)


def test_a_card_may_be_shown_on_any_site(claim):
    answer = fetched(claim)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    assert answer.content.startswith(b"\x89PNG")


def test_a_cached_card_is_asked_for_again_within_the_hour_so_that_none_outlives_its_words(claim):
    answer = fetched(claim)
    assert answer.headers["Cache-Control"] == "public, max-age=3600, must-revalidate"
    address, known = f"/en/claims/{claim.slug}/@1/card.png", {"If-None-Match": answer.headers["ETag"]}
    assert Client().get(address, headers=known).status_code == 304
    taken_out("increasing assistance")
    assert Client().get(address, headers=known).status_code == 200


def test_it_is_drawn_once_and_then_served_from_its_file(claim, monkeypatch):
    first = fetched(claim).content
    assert len(files(claim)) == 1
    monkeypatch.setattr(card_files, "draw_card_png", None)
    assert fetched(claim).content == first


def test_each_language_has_its_own(claim):
    assert fetched(claim).content != fetched(claim, language="ar").content
    assert [name.split("-")[1] for name in files(claim)] == ["ar", "en"]


def test_a_file_that_is_not_whole_is_not_served(claim):
    whole = fetched(claim).content
    (name,) = files(claim)
    default_storage.delete(f"cards/{claim.slug}/{name}")
    with default_storage.open(f"cards/{claim.slug}/{name}", "wb") as file:
        file.write(whole[:1000])
    for _ in range(2):
        assert fetched(claim).content == whole
    assert files(claim) == [name]


def test_however_it_is_asked_for_a_version_has_one_file_a_language(claim):
    for query in ("", "?as_of=2026-11-22", "?lens=anything", "?x=1", "?x=2"):
        assert Client().get(f"/en/claims/{claim.slug}/@1/card.png{query}").status_code == 200
        Client().head(f"/en/claims/{claim.slug}/@1/card.png{query}")
    assert len(files(claim)) == 1


def test_a_card_in_a_new_look_takes_the_place_of_the_old(claim, monkeypatch):
    fetched(claim)
    (name,) = files(claim)
    monkeypatch.setattr(card_files, "CARD_LOOK", "another")
    fetched(claim)
    assert len(files(claim)) == 1
    assert files(claim) != [name]


def test_where_nothing_can_be_written_a_card_is_drawn_each_time(claim, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert fetched(claim).content == fetched(claim).content
    assert files(claim) == []


def test_two_that_draw_at_once_write_one_file(claim):
    whole = fetched(claim).content
    (name,) = files(claim)
    assert default_storage.save(f"cards/{claim.slug}/{name}", ContentFile(whole)).endswith(name)
    assert files(claim) == [name]


def test_both_languages_are_drawn_when_what_the_site_says_changes(claim, django_capture_on_commit_callbacks):
    for _ in range(2):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    with django_capture_on_commit_callbacks(execute=True):
        rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=NOW.date(), now=LATER)
    assert [name.split("-")[:2] for name in files(claim)] == [["2", "ar"], ["2", "en"]]


def test_of_many_claims_at_once_none_is_drawn_before_it_is_asked_for(
    claim, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(card_files, "MOST_AT_ONCE", 0)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    with django_capture_on_commit_callbacks(execute=True):
        rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=LATER)
    assert files(claim) == []


def test_a_card_that_cannot_be_drawn_undoes_no_change(claim, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(card_files, "draw_card_png", None)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    with django_capture_on_commit_callbacks(execute=True):
        rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=LATER)
    assert claim.snapshots.count() == 2


def test_the_card_of_what_is_withdrawn_is_gone_and_its_file_deleted(
    claim, django_capture_on_commit_callbacks
):
    fetched(claim)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_record(claim, by=UserFactory(chief=True), now=LATER, reason="It could not be confirmed.")
    assert files(claim) == []
    fetched(claim, status=410)
    assert Client().get(f"/claims/{claim.slug}/card.png").status_code == 410


def test_withdrawing_the_statement_takes_the_cards_of_its_claims(claim, django_capture_on_commit_callbacks):
    fetched(claim)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_record(claim.statement, by=UserFactory(chief=True), now=LATER, reason="Never said.")
    assert files(claim) == []
    fetched(claim, status=410)


def test_a_text_that_is_taken_out_leaves_every_card(claim, django_capture_on_commit_callbacks):
    before = fetched(claim).content
    with django_capture_on_commit_callbacks(execute=True):
        taken_out("increasing assistance")
    assert files(claim) == []
    assert fetched(claim).content != before


def test_no_folder_keeps_the_name_of_what_was_taken_out(claim, django_capture_on_commit_callbacks):
    fetched(claim)
    assert default_storage.exists("cards/aid-is-growing")
    with django_capture_on_commit_callbacks(execute=True):
        taken_out("Aid is growing")
    assert not default_storage.exists("cards/aid-is-growing")


def test_card_png_leads_to_the_card_of_the_version_that_stands(claim):
    answer = Client().get(f"/claims/{claim.slug}/card.png")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"http://testserver/en/claims/{claim.slug}/@1/card.png"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (
        Client()
        .get(f"/ar/claims/{claim.slug}/card.png")
        .headers["Location"]
        .startswith("http://testserver/ar/")
    )
    past = Client().get(f"/claims/{claim.slug}/card.png?as_of=2026-11-22").headers["Location"]
    assert past.endswith("/@1/card.png?as_of=2026-11-22")


@pytest.mark.parametrize("path", ["@2/card.png", "@0/card.png", "card.png?as_of=2026-11-20"])
def test_where_no_version_is_there_is_no_card(claim, path):
    assert Client().get(f"/claims/{claim.slug}/{path}").status_code == 404


def test_a_card_says_nothing_of_a_number_without_a_verdict():
    claim = contradicted(reports=1)
    with translation.override("en"):
        card = card_files.build_card(
            cast("PublishedVersion", published_version(claim.slug, 1, AsOfDay(NOW.date()))), "en"
        )
    assert card.sentence.startswith("1 event against, none for, reported by one publisher only.")
    assert card.bar.needle is None
    assert card.verdict == "Too little evidence"
    assert "Gap" not in card.sentence


@pytest.mark.parametrize(("language", "named"), [("ar", True), ("en", False)])
def test_a_card_with_translated_words_says_who_translated_them(language, named):
    claim = contradicted(translations={"ar": {"quote": "زيادة المساعدات", "by": "A. T."}})
    with translation.override(language):
        card = card_files.build_card(
            cast("PublishedVersion", published_version(claim.slug, 1, AsOfDay(NOW.date()))), language
        )
    assert ("A. T." in card.who.text) is named


def test_a_card_of_reported_words_says_so():
    statement = StatementFactory(published=True, said_on="2021", reporting="reported")
    claim = contradicted(statement=statement)
    with translation.override("en"):
        card = card_files.build_card(
            cast("PublishedVersion", published_version(claim.slug, 1, AsOfDay(NOW.date()))), "en"
        )
    assert "2021, not word for word" in card.who.text


def test_where_machines_share_a_database_no_file_holds_the_text_of_a_card(settings, claim):
    """A suppression reaches the files of one machine, so that the others must have none."""
    settings.STORE_CARDS = False
    assert fetched(claim).content.startswith(b"\x89PNG")
    assert files(claim) == []
