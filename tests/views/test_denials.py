"""Whoever meets a denial on another site reads that it is one: its sentence leads, its quotation keeps “not”."""

import json
import re
from typing import cast
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import translation

from claims.actions.card_files import build_card
from claims.domain.vocabulary import ClaimKind
from claims.ledger.versions import PublishedVersion, VersionRef, published_version, version_on_day
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.localized_wording import quoted_span
from tests.factories import NOW
from tests.views.test_feeds import ATOM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

NEGATION = {
    "en": re.compile(r"\b(not|no|never|nor|neither|without|nothing|none)\b|n[’']t\b", re.IGNORECASE),
    "ar": re.compile(r"(?<!\w)[وف]?(لا|لم|لن|ليس|ليست|غير|دون|ما|عدم)(?!\w)"),
}
languages = pytest.mark.parametrize("language", ["en", "ar"])


def denials():
    found = list(Claim.objects.published().filter(kind=ClaimKind.DENIAL.value))
    assert len(found) >= 3
    return found


def negated(text, language):
    assert NEGATION[language].search(text), text
    return True


def in_head(page):
    return {
        node.attributes.get("property", node.attributes.get("name")): node.attributes.get("content", "")
        for node in page.all("meta")
    }


@languages
def test_a_card_leads_with_the_claim_and_quotes_its_negation(language):
    for claim in denials():
        day = AsOfDay(NOW.date())
        pin = cast("VersionRef", version_on_day(claim, day))
        shown = cast("PublishedVersion", published_version(claim.slug, pin.number, day))
        with translation.override(language):
            card = build_card(shown, language)
            assert card.claim.text == shown.claim.shown().text
        assert negated(card.claim.text, language)
        assert negated(card.quote.text, language)


@languages
def test_an_embedded_claim_leads_with_its_sentence_and_quotes_its_negation(look_again, language):
    for claim in denials():
        page = look_again(f"/{language}/claims/{claim.slug}/embed/")
        heading, quotation = page.one("h1").text, page.one("p", "quote").text
        assert negated(heading, language)
        assert negated(quotation, language)
        text = page.main.text
        assert text.index(heading) < text.index(quotation) < text.index(page.one("p", "verdict-word").text)


@languages
def test_a_preview_of_a_page_keeps_the_negation_in_title_and_description(look_again, language):
    for claim in denials():
        head = in_head(look_again(f"/{language}/claims/{claim.slug}/"))
        for name in ("og:title", "og:description", "description", "og:image:alt"):
            assert negated(head[name], language)
        with translation.override(language):
            assert negated(quoted_span(claim, 260).text, language)


@languages
def test_oembed_names_the_claim_first_and_quotes_its_negation(language):
    for claim in denials():
        url = f"http://testserver/{language}/claims/{claim.slug}/"
        told = json.loads(Client().get("/oembed/", {"url": url}).content)
        with translation.override(language):
            assert told["title"].startswith(claim.shown().text)
        assert negated(told["title"], language)
        assert negated(told["description"], language)


@languages
def test_a_feed_names_the_claim_first_and_quotes_its_negation(language):
    for claim in denials():
        answer = Client().get(f"/{language}/claims/{claim.slug}/feed/")
        for item in ET.fromstring(answer.content).findall(f"{ATOM}entry"):
            title = cast("str", item.findtext(f"{ATOM}title"))
            with translation.override(language):
                assert title.startswith(claim.shown().text)
            said = re.findall("<p[^>]*>(.*?)</p>", item.findtext(f"{ATOM}summary") or "")
            headed = next(n for n, part in enumerate(said) if part.startswith("<b>"))
            assert negated(re.sub("<[^>]+>", "", said[headed + 1]), language)


def test_a_sentence_without_a_negation_is_found_out():
    assert not NEGATION["en"].search("… or lifted a single sanction on Syria")
    assert not NEGATION["ar"].search("رفع عقوبة واحدة عن سوريا")
