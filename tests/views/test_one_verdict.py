"""One string for one verdict, wherever it is said, and none that was said before."""

import csv
import io
import json
import re
from typing import cast
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from claims.actions.card_files import build_card
from claims.admin.list_columns import verdict_badge
from claims.domain.vocabulary import Settlement, State
from claims.ledger.versions import PublishedVersion, published_version
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.localized_wording import outcome_in_words
from claims.selectors.receipts import load_receipt
from claims.selectors.verdict_sentence import verdict_sentence
from tests.factories import NOW, UserFactory
from tests.people import signed_in
from tests.views.conftest import open_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

# As the verdicts were once said; no page, file or picture says them again.
RETIRED = {
    "en": re.compile(
        r"Conduct (mostly )?(matches|departs)|Conduct lies|Events (mostly )?(match|contradict) the prediction"
        r"|Events lie between|The ground (mostly )?matches|The ground lies|gone stale|Withdrawn by its speaker"
        r"|Too little evidence for a verdict|The evidence conflicts"
        r"|\b(mostly )?(contradicts|matches) (stays|becomes)|anything from"
    ),
    "ar": re.compile("غالبًا|بين بين|تقادمت|متقادمة|متضاربة|الواقع يناقض القول|السلوك|مبدئي"),
}
CHANGED = re.compile(
    "من «[^»]*» إلى «[^»]*»|[a-z ]+ becomes [a-z ]+"
)  # in notices, which stay as they were written


def is_retired(language, text):
    return RETIRED[language].search(CHANGED.sub("", text))


LISTS = [
    "/", "/claims/", "/claims/?state=mostly_contradicts", "/speakers/", "/speakers/antony-blinken/", "/compare/",
    "/statements/blinken-2021-10-13/", "/topics/humanitarian-aid/", "/places/syria/", "/search/?q=aid",
    "/corrections/", "/changes/", "/method/", "/sources/asharq-al-awsat/",
    "/evidence/resolution-2585-extends-corridor/",
]  # fmt: skip
languages = pytest.mark.parametrize("language", ["en", "ar"])


def scored(language):
    """Each published claim with its gap, its verdict and its sentence in the language."""
    for claim in Claim.objects.published().select_related("statement"):
        receipt = load_receipt(claim, NOW.date())
        with translation.override(language):
            sentence = verdict_sentence(receipt.counts, receipt.gap, claim.settlement_on(NOW.date()))
            verdict = outcome_in_words(claim, receipt.gap.state, NOW.date())
            yield claim, receipt.gap, verdict, str(sentence)


def plain(text):
    """Without the digits of a language, which pages draw as their readers write them."""
    return re.sub(r"[\d٠-٩]+", "0", " ".join(text.split()))


def fetch(address):
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.getvalue().decode()


@pytest.mark.parametrize("vocabulary", [State, Settlement])
@languages
def test_no_two_verdicts_are_said_alike(vocabulary, language):
    with translation.override(language):
        words = [gettext(term.label) for term in vocabulary]
    assert len(set(words)) == len(vocabulary)


@languages
def test_pages_say_the_verdict_and_its_sentence_in_its_one_string(language):
    for claim, gap, verdict, sentence in scored(language):
        page = open_page(f"/{language}/claims/{claim.slug}/")
        assert page.one("h2", id_="verdict").text == verdict.partition(" · ")[0]
        assert verdict.rpartition(" · ")[2] in page.one("section", "verdict").text
        embedded = open_page(f"/{language}/claims/{claim.slug}/embed/")
        assert embedded.one("p", "verdict-word").text.startswith(verdict)
        if gap.headline is not None:
            for shown in (page, embedded):
                assert plain(sentence) in plain(shown.main.text)
        for shown in (page, embedded, open_page(f"/{language}/claims/{claim.slug}/@1/")):
            assert not is_retired(language, shown.main.text)


@languages
def test_lists_and_filters_say_it_alike(language):
    page = open_page(f"/{language}/claims/")
    verdicts = {verdict for _claim, _gap, verdict, _sentence in scored(language)}
    for row in page.all("li", "claim-row"):
        assert any(verdict in row.text for verdict in verdicts)
    with translation.override(language):
        for state in {gap.state for _claim, gap, _verdict, _sentence in scored(language)}:
            assert gettext(state.label) in page.main.text
    for address in LISTS:
        shown = open_page(f"/{language}{address}")
        assert not is_retired(language, shown.main.text), address


@languages
def test_what_leaves_the_site_says_it_alike(language):
    for claim, gap, verdict, sentence in scored(language):
        page = open_page(f"/{language}/claims/{claim.slug}/")
        review = json.loads("".join(page.one("script", type_="application/ld+json").texts()))["reviewRating"]
        assert review["alternateName"].startswith(verdict)
        assert review["ratingExplanation"] == sentence
        (data,) = json.loads(fetch(f"/{language}/claims/{claim.slug}/dossier.json"))
        assert data["verdict"]["words"].startswith(verdict)
        assert data["verdict"]["sentence"] == sentence
        assert gap.state.value == data["now"]["state"]
        url = f"http://testserver/{language}/claims/{claim.slug}/"
        told = json.loads(Client().get("/oembed/", {"url": url}).content)
        assert f"— {verdict}" in told["title"]
        assert sentence in told["description"]


@languages
def test_cards_feeds_and_citations_say_it_alike(language):
    for claim in Claim.objects.published():
        shown = cast("PublishedVersion", published_version(claim.slug, 1, AsOfDay(NOW.date())))
        with translation.override(language):
            verdict = outcome_in_words(shown.claim, shown.gap.state, shown.gap.as_of)
            card = build_card(shown, language)
            settlement = shown.claim.settlement_on(shown.gap.as_of)
            sentence = str(verdict_sentence(shown.receipt.counts, shown.gap, settlement))
        assert card.verdict.startswith(verdict)
        assert shown.gap.headline is None or plain(card.sentence) == plain(sentence)
        assert verdict in fetch(f"/{language}/claims/{claim.slug}/@1/cite.txt")
        assert sentence in fetch(f"/{language}/claims/{claim.slug}/@1/cite.txt")
        feed = fetch(f"/{language}/claims/{claim.slug}/feed/")
        assert not is_retired(language, "".join(ET.fromstring(feed).itertext()))
        assert verdict in feed


@languages
def test_csv_says_it_alike(language):
    rows = list(csv.reader(io.StringIO(fetch(f"/{language}/claims.csv").removeprefix("\ufeff"))))
    cells = {cell for row in rows for cell in row}
    assert {verdict for _claim, _gap, verdict, _sentence in scored(language)} <= cells
    assert not any(is_retired(language, cell) for cell in cells)


@languages
def test_the_desk_says_it_alike(language):
    client = signed_in(UserFactory(chief=True))
    page = client.get("/admin/claims/claim/", headers={"accept-language": language}).content.decode()
    assert not is_retired(language, page)
    with translation.override(language):
        for claim in Claim.objects.published().select_related("gap"):
            assert gettext(State(claim.gap.state).label) in verdict_badge(claim.gap)


def test_commands_say_it_alike():
    for claim, _gap, verdict, sentence in scored("en"):
        out = io.StringIO()
        call_command("gap", claim.slug, stdout=out)
        told = " ".join(out.getvalue().split())
        assert f": {verdict}" in told
        assert sentence in told
        assert not is_retired("en", told)
