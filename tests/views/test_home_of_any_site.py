"""The home page of any site: its own name and subject, its latest correction, little or nothing to tell; its menu."""

from datetime import date

import pytest

from tests.factories import ClaimFactory, CorrectionFactory, SpeakerFactory, StatementFactory

pytestmark = pytest.mark.django_db
OFFICIALS = "At Words & Ground we take what officials said"


def test_the_first_sentence_has_the_sites_own_name_and_subject(look, settings):
    ClaimFactory(published=True)
    assert f"{OFFICIALS}, one claim at a time" in look("/").main.text
    settings.SITE_NAME, settings.SITE_SUBJECT = "Example Watch", "Lebanon"
    first = look("/").one("p", "lead").text
    assert first.startswith(
        "At Example Watch we take what officials said about Lebanon, one claim at a time, and collect reports"
    )


def test_a_page_in_another_language_names_the_subject_as_the_catalogue_has_it(look, settings):
    settings.SITE_SUBJECT = "Places"
    assert "الأماكن" in look("/ar/").one("p", "lead").text


def test_it_says_that_others_are_quoted_too_where_they_are(look):
    expert = SpeakerFactory(standing="expert")
    ClaimFactory(published=True, statement=StatementFactory(published=True, speaker=expert))
    assert "we take what officials and others said" in look("/").main.text
    assert "and others" not in look("/?as_of=2001-01-01").main.text


def test_the_latest_correction_says_what_it_changed(look):
    claim = ClaimFactory(published=True)
    CorrectionFactory(
        claim=claim, corrected_on=date(2026, 3, 2), effect="60 → 52", what_was_wrong="Counted twice."
    )
    CorrectionFactory(claim=claim, corrected_on=date(2026, 3, 2), effect="", what_was_wrong="A letter.")
    CorrectionFactory(
        claim=claim, corrected_on=date(2026, 1, 1), effect="10 → 20", what_was_wrong="Long ago."
    )
    section = look("/").one("section", aria_labelledby="corrected")
    for words in ("2 March 2026.", "60 → 52", "Counted twice."):
        assert words in section.text
    assert claim.get_absolute_url() in [link.attributes["href"] for link in section.all("a")]
    assert "Long ago." in look("/?as_of=2026-02-01").main.text


def test_an_empty_site_says_that_it_has_no_claim_yet(look):
    page = look("/")
    assert "No claim yet." in page.main.text
    assert not page.all("nav", "verdict-counts")
    assert [h.text for h in page.all("h2")] == []


def test_a_site_with_one_claim_without_a_verdict_counts_it(look):
    ClaimFactory(published=True)
    page = look("/")
    assert "1 claim" in page.main.text
    assert not page.all("section", "findings")
    assert not page.all("section", "how-to-read")


@pytest.mark.parametrize(
    "path", ["/compare/", "/places/", "/sources/", "/corrections/", "/changes/", "/data/", "/about/"]
)
def test_the_menu_of_every_page_leads_to_all_parts_of_the_site(look, path):
    page = look("/method/?as_of=2026-01-01")
    menu = page.one("nav", aria_label="Main").one("details", "menu")
    assert f"{path}?as_of=2026-01-01" in [link.attributes["href"] for link in menu.all("a")]
