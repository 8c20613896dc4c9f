"""“Graded and published by one person; not reviewed.” wherever a reader can meet a record: on a site with SINGLE_EDITOR
on, and for a marked record when it is off.
"""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from claims.actions.card_files import build_card
from claims.ledger.versions import published_version
from claims.models import Claim, Evidence, Statement
from claims.selectors.as_of_days import parse_as_of_day
from tests.actions.desk import contradicted, known, noted
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory

pytestmark = pytest.mark.django_db

WORDS = "Graded and published by one person; not reviewed."
ARABIC = "قيّمه ونشره شخص واحد، ولم يراجعه أحد."


@pytest.fixture
def claim():
    return contradicted()


@pytest.fixture
def marked():
    """A published claim that one person published alone, with its statement, a report and the link."""
    claim = ClaimFactory(published=True, by_one_person=True)
    noted(claim)
    report = EvidenceFactory(published=True, by_one_person=True)
    EvidenceLinkFactory(claim=claim, evidence=report, stance=-2, by_one_person=True)
    Statement.objects.update(by_one_person=True)
    known(claim)
    return Claim.objects.get(pk=claim.pk)


def outputs(claim):
    """The address of each kind of output that tells of the claim or its parts."""
    slug = claim.slug
    entry = claim.snapshots.latest("number")
    return [
        claim.get_absolute_url(), claim.statement.get_absolute_url(), Evidence.objects.first().get_absolute_url(),
        reverse("claims"), reverse("embed", args=[slug]), reverse("feed"), reverse("claim-feed", args=[slug]),
        reverse("changes"), reverse("changes-feed"), reverse("claim-dossier", args=[slug]),
        reverse("speaker", args=[claim.statement.speaker.slug]), reverse("pin", args=[slug, entry.number]),
        *(reverse("cite", args=[slug, entry.number, form]) for form in ("txt", "bib", "ris", "json")),
        reverse("oembed") + f"?url={claim.get_absolute_url()}", reverse("claims-csv"), reverse("evidence-csv"),
    ]  # fmt: skip


def body(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.getvalue().decode() if answer.streaming else answer.content.decode()
    return json.dumps(answer.json(), ensure_ascii=False) if "json" in answer["Content-Type"] else text


def test_each_kind_of_output_says_it_of_a_marked_record(client, marked):
    assert [address for address in outputs(marked) if WORDS not in body(client, address)] == []


def test_and_of_any_record_on_a_site_with_the_setting_on(client, claim, settings):
    settings.SINGLE_EDITOR = True
    assert [address for address in outputs(claim) if WORDS not in body(client, address)] == []


def test_none_says_it_of_what_two_people_agreed_to(client, claim):
    assert [address for address in outputs(claim) if WORDS in body(client, address)] == []


def test_on_a_site_with_the_setting_on_every_page_has_the_banner(client, claim, settings):
    settings.SINGLE_EDITOR = True
    pages = ("home", "claims", "speakers", "topics", "places", "sources", "method", "corrections", "changes", "data",
             "about", "privacy", "search", "compare")  # fmt: skip
    assert [page for page in pages if WORDS not in body(client, reverse(page))] == []


def test_it_stands_in_the_data_for_search_engines_and_in_the_description(client, marked):
    page = body(client, marked.get_absolute_url())
    review = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert WORDS in review["reviewRating"]["ratingExplanation"]
    assert WORDS in page.split('property="og:description"')[1].split(">")[0]


def test_it_stands_on_the_card_and_in_arabic(client, marked):
    number = marked.snapshots.latest("number").number
    shown: Any = published_version(marked.slug, number, parse_as_of_day(""))
    assert build_card(shown, "en").one_person == WORDS
    with translation.override("ar"):
        assert build_card(shown, "ar").one_person == ARABIC
    assert ARABIC in body(client, f"/ar{marked.get_absolute_url()}")


def test_no_figures_of_agreement_where_one_person_may_grade_alone(client, claim, settings):
    settings.SINGLE_EDITOR = True
    page = body(client, reverse("method"))
    assert "there are no second grades to agree with" in " ".join(page.split())
    assert "Krippendorff" not in page
