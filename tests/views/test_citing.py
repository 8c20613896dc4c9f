"""“Cite this”: a version of the page in four forms, in the reader's language."""

import json

import pytest
from django.test import Client

from claims.actions import withdraw_record
from claims.models import Entry
from tests.actions.desk import contradicted
from tests.domain.test_citation import read_bibtex, read_ris, unlatex
from tests.factories import NOW, ClaimFactory, UserFactory
from tests.views.conftest import open_page

pytestmark = pytest.mark.django_db

FORMS = {
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
TITLE = "Mostly contradicted (tentative): “Aid & <b>money</b> are growing” (Speaker %, 13 October 2021)"


@pytest.fixture
def claim():
    return contradicted(proposition="Aid & <b>money</b> are growing")


def title(claim):
    return TITLE.replace("Speaker %", claim.statement.speaker.name)


def fetched(claim, form, language="en"):
    answer = Client().get(f"/{language}/claims/{claim.slug}/@1/cite.{form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{FORMS[form]}; charset=utf-8"
    assert not answer.cookies
    return answer


def address(claim, language="en"):
    return f"http://testserver/{language}/claims/{claim.slug}/@1/"


def test_the_page_offers_the_words_to_copy_and_a_link_to_each_form(claim):
    cite = open_page(claim.get_absolute_url()).one("details", id_="cite")
    entry = Entry.objects.get(subject=f"{claim.slug}@1")
    assert cite.one("p", "citation").text == (
        f"Words & Ground. {title(claim)}. Version 1, 22 November 2026. {address(claim)}. "
        f"2 events against, none for, reported by 2 publishers, each event by only one. "
        f"Gap 75 of 100; with so little evidence it may lie between 37 and 100. "
        f"Ledger entry {entry.number}, SHA-256 {entry.hash}."
    )
    links = [a.attributes["href"] for a in cite.all("a")]
    assert links == [f"/claims/{claim.slug}/@1/", *(f"/claims/{claim.slug}/@1/cite.{form}" for form in FORMS)]
    assert fetched(claim, "txt").content.decode() == cite.one("p", "citation").text + "\n"


def test_each_form_names_the_version_with_its_own_address(claim):
    _kind, _key, fields = read_bibtex(fetched(claim, "bib").content.decode())
    assert unlatex(fields["title"][1:-1]) == title(claim)
    assert fields["url"] == address(claim)
    fields = read_ris(fetched(claim, "ris").content.decode())
    assert (fields["TI"], fields["UR"]) == (title(claim), address(claim))
    (item,) = json.loads(fetched(claim, "json").content)
    assert (item["title"], item["URL"], item["language"]) == (title(claim), address(claim), "en")


def test_files_have_names_of_their_own(claim):
    for form in ("bib", "ris", "json"):
        named = fetched(claim, form).headers["Content-Disposition"]
        assert named == f'attachment; filename="{claim.slug}-1.{form}"'


def test_an_arabic_readers_citation_leads_to_the_arabic_page(claim):
    (item,) = json.loads(fetched(claim, "json", "ar").content)
    assert (item["URL"], item["language"]) == (address(claim, "ar"), "ar")
    assert "الفجوة 75 من 100؛ ولقلة الأدلة قد تقع بين 37 و100. قيد السجل العام " in item["note"]


def test_without_a_verdict_no_number_is_cited():
    claim = contradicted(reports=1)
    text = fetched(claim, "txt").content.decode()
    assert "Too little evidence" in text
    assert "Gap " not in text


@pytest.mark.parametrize("form", ["exe", "bibtex", "TXT"])
def test_other_forms_are_not_found(claim, form):
    assert Client().get(f"/claims/{claim.slug}/@1/cite.{form}").status_code == 404


def test_what_is_withdrawn_is_not_cited(claim):
    withdraw_record(claim, by=UserFactory(chief=True), now=NOW, reason="It could not be confirmed.")
    assert Client().get(f"/claims/{claim.slug}/@1/cite.bib").status_code == 410


def test_before_the_first_version_there_is_nothing_to_cite(claim):
    page = open_page(f"{claim.get_absolute_url()}?as_of=2026-11-20")
    assert not page.all("details", id_="cite")
    assert not open_page(ClaimFactory(published=True).get_absolute_url()).all("details", id_="cite")
