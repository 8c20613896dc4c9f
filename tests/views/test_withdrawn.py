"""What was withdrawn answers 410 at every address below it, in the form that was asked for. It names what was
withdrawn, when and why. What held a text that was taken out is not named."""

import json
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.actions import (
    accept_suppression,
    reopen_record,
    request_suppression,
    save,
    withdraw_record,
)
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim, Entry
from tests.actions.desk import contradicted, known
from tests.factories import NOW, EvidenceFactory, UserFactory
from tests.views.conftest import open_page
from tests.views.test_feeds import ATOM, text, told

pytestmark = pytest.mark.django_db

REASON = "It <could> not be confirmed."
PAGES = ["", "@1/", "embed/", "@1/embed/"]
TEXTS = ["card.png", "@1/card.png", *(f"@1/cite.{form}" for form in ("txt", "bib", "ris", "json"))]
BELOW = [*PAGES, *TEXTS, "feed/", "dossier.json"]
SENTENCES = {
    "claim": "This claim was withdrawn on 22 November 2026.",
    "statement": "The statement that this claim was taken from was withdrawn on 22 November 2026.",
}
SAID = {"en": "Aid is growing", "ar": "المساعدات في ازدياد"}


@pytest.fixture
def claim():
    translated = {"ar": {"proposition": SAID["ar"], "by": "A. Translator"}}
    return contradicted(proposition=SAID["en"], translations=translated)


@pytest.fixture(params=["claim", "statement"])
def withdrawn(request, claim):
    """A claim that was withdrawn itself, or with the statement that it was taken from; and what was withdrawn."""
    withdraw(claim if request.param == "claim" else claim.statement)
    return claim, request.param


def withdraw(record):
    withdraw_record(record, by=UserFactory(chief=True), now=NOW, reason=REASON)


def suppress(text):
    asked = request_suppression(
        text=text, ground=SuppressionGround.SAFETY, reason="A life.", by=UserFactory(chief=True), now=NOW
    )
    accept_suppression(asked, by=UserFactory(chief=True), now=NOW)


def gone(address):
    answer = Client().get(address)
    assert answer.status_code == 410
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "increasing assistance" not in answer.content.decode()  # the quotation
    return answer


def gone_page(address):
    gone(address)
    return open_page(address, 410)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_the_claim_its_speaker_the_day_and_the_reason(withdrawn, path):
    claim, which = withdrawn
    page = gone_page(f"/en/claims/{claim.slug}/{path}")
    words = page.one("main").text
    assert page.one("h1").text == "Withdrawn"
    for each in (SAID["en"], claim.statement.speaker.name, f"{SENTENCES[which]} Reason: {REASON}"):
        assert each in words


def test_a_page_names_the_claim_in_the_readers_language(withdrawn):
    claim, _which = withdrawn
    words = gone_page(f"/ar/claims/{claim.slug}/").one("main").text
    assert SAID["ar"] in words
    assert SAID["en"] not in words


def test_a_page_of_a_claim_leads_to_its_history_in_the_ledger(withdrawn):
    claim, _which = withdrawn
    link = gone_page(f"/en/claims/{claim.slug}/").one("main").all("a")[-1]
    assert link.attributes["href"] == f"/en/changes/?record=claim%3A{claim.slug}"
    open_page(link.attributes["href"])


def test_a_statement_is_named_with_its_speaker(claim):
    statement = claim.statement
    withdraw(statement)
    words = gone_page(f"/en/statements/{statement.slug}/").one("main").text
    for each in (
        statement.title,
        statement.speaker.name,
        "This statement was withdrawn on 22 November 2026.",
    ):
        assert each in words


def test_a_report_is_named_with_its_publisher():
    report = known(EvidenceFactory(published=True, summary="A bridge was hit"))
    withdraw(report)
    words = gone_page(f"/en/evidence/{report.slug}/").one("main").text
    for each in ("A bridge was hit", report.source.name, "This report was withdrawn on 22 November 2026."):
        assert each in words


def test_what_editors_write_after_the_withdrawal_is_not_public(claim):
    """The page says what readers once saw, and not the draft that it became again."""
    writer = UserFactory(chief=True)
    withdraw(claim)
    reopen_record(claim, by=writer, reason="A recording was found.", now=NOW)
    claim.proposition = "A secret draft"
    save(claim, by=writer, now=NOW)
    words = gone_page(f"/en/claims/{claim.slug}/").one("main").text
    assert SAID["en"] in words
    assert "secret" not in words


# In other forms


@pytest.mark.parametrize("path", TEXTS)
def test_an_image_or_a_file_is_two_lines_of_text(withdrawn, path):
    claim, which = withdrawn
    answer = gone(f"/en/claims/{claim.slug}/{path}")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    named = f"{claim.statement.speaker.name}: {SAID['en']}"
    assert answer.content.decode() == f"{named}\n{SENTENCES[which]} Reason: {REASON}\n"


def data_of(claim, which):
    return {
        "kind": "claim", "text": SAID["en"],
        "speaker": {"id": claim.statement.speaker.slug, "name": claim.statement.speaker.name},
        "withdrawn": NOW.isoformat(), "withdrawn_kind": which, "reason": REASON,
    }  # fmt: skip


def test_data_is_data(withdrawn):
    claim, which = withdrawn
    answer = gone(f"/claims/{claim.slug}/dossier.json")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank", "title": "Gone", "status": 410, "detail": f"{SENTENCES[which]} Reason: {REASON}",
        **data_of(claim, which),
    }  # fmt: skip


def test_a_feed_is_a_feed_with_the_withdrawal_as_its_only_news(withdrawn):
    claim, which = withdrawn
    answer = gone(f"/en/claims/{claim.slug}/feed/")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    (item,) = ET.fromstring(answer.content).findall(f"{ATOM}entry")
    assert text(item, "title") == f"Withdrawn: {SAID['en']}"
    assert told(item) == [claim.statement.speaker.name, SENTENCES[which], f"Reason: {REASON}"]


def test_oembed_says_so_in_both_its_forms(withdrawn):
    claim, which = withdrawn
    address = f"/oembed/?url=/en/claims/{claim.slug}/"
    assert json.loads(gone(address).content) == data_of(claim, which)
    root = ET.fromstring(gone(f"{address}&format=xml").content)
    found = {child.tag: child.text for child in root}
    assert (found["text"], found["withdrawn"], found["reason"]) == (SAID["en"], NOW.isoformat(), REASON)
    assert root.find("speaker/name").text == claim.statement.speaker.name


# A version


def test_a_version_keeps_its_title_day_and_hash(withdrawn):
    claim, which = withdrawn
    entry = Entry.objects.get(kind="snapshot", subject=f"{claim.slug}@1")
    words = gone_page(f"/en/claims/{claim.slug}/@1/").one("main").text
    assert SENTENCES[which] in words
    assert (
        f"Version 1, published on 22 November 2026: ledger entry {entry.number}, SHA-256 {entry.hash}"
        in words
    )


def test_a_version_is_named_as_it_was_worded_then(claim):
    claim.proposition = "Aid is shrinking"
    claim.save()
    known(claim)
    withdraw(claim)
    assert SAID["en"] in gone_page(f"/en/claims/{claim.slug}/@1/").one("main").text
    assert "Aid is shrinking" in gone_page(f"/en/claims/{claim.slug}/").one("main").text


@pytest.mark.parametrize("path", ["@2/", "@2/embed/", "@2/card.png", "@2/cite.txt", "@1/?as_of=2026-11-21"])
def test_a_version_that_there_never_was_or_not_yet_is_not_found(withdrawn, path):
    assert Client().get(f"/claims/{withdrawn[0].slug}/{path}").status_code == 404


# On a past day


def test_a_past_day_says_that_it_is_withdrawn_on_that_day_too(withdrawn):
    claim, which = withdrawn
    words = gone_page(f"/en/claims/{claim.slug}/?as_of=2026-11-20").one("main").text
    assert f"{SENTENCES[which]} It is not shown for earlier days either." in words
    assert "earlier days" not in gone_page(f"/en/claims/{claim.slug}/").one("main").text


def test_a_day_before_it_was_said_does_not_say_what_was_said_later(withdrawn):
    claim, _which = withdrawn
    answer = Client().get(f"/claims/{claim.slug}/?as_of=2021-01-01")
    assert answer.status_code == 404
    assert SAID["en"] not in answer.content.decode()


# What was taken out


@pytest.mark.parametrize("path", BELOW)
@pytest.mark.parametrize("is_withdrawn_first", [True, False])
def test_nothing_is_named_of_a_withdrawn_claim_from_which_a_text_was_taken_out(
    claim, path, is_withdrawn_first
):
    """Not in its words, nor in its speaker's name: what is left would say what was taken out."""
    steps = [lambda: withdraw(Claim.objects.get()), lambda: suppress("growing")]
    for step in steps if is_withdrawn_first else reversed(steps):
        step()
    words = unescape(unescape(gone(f"/en/claims/{Claim.objects.get().slug}/{path}").content.decode()))
    assert REASON in words
    for secret in ("Aid is", "growing", claim.statement.speaker.name, "SHA-256"):
        assert secret not in words


def test_a_claim_is_not_named_after_its_speakers_name_was_taken_out(claim):
    withdraw(claim)
    suppress(claim.statement.speaker.name)
    words = gone(f"/en/claims/{claim.slug}/").content.decode()
    assert SAID["en"] not in words
    assert "taken out" not in words


@pytest.mark.parametrize("path", BELOW)
def test_an_address_that_held_a_text_which_was_taken_out_is_found_no_more(path):
    """To say more of it, the site would have to keep the address, and with it the text."""
    claim = contradicted(proposition="Kumquat is growing")
    assert "kumquat" in claim.slug
    suppress("Kumquat")
    assert Client().get(f"/claims/{claim.slug}/{path}").status_code == 404
    now = Client().get(f"/claims/{Claim.objects.get().slug}/{path}", follow=True)
    assert now.status_code == 200
    assert b"umquat" not in now.content
