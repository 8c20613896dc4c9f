"""What was withdrawn answers 410 at every address below it, in the form that was asked for, with its day and reason
alone; and what held a text that was taken out is as if it had never been."""

import json
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.actions import accept_suppression, request_suppression, withdraw_record
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim
from tests.actions.desk import contradicted
from tests.factories import NOW, UserFactory
from tests.views.test_feeds import ATOM, text, told

pytestmark = pytest.mark.django_db

REASON = "It <could> not be confirmed."
PAGES = ["", "@1/", "embed/", "@1/embed/"]
TEXTS = ["card.png", "@1/card.png", *(f"@1/cite.{form}" for form in ("txt", "bib", "ris", "json"))]
BELOW = [*PAGES, *TEXTS, "feed/", "dossier.json"]


@pytest.fixture(params=["claim", "statement"])
def slug(request):
    """Of a claim that was withdrawn, or the statement that it was drawn from."""
    claim = contradicted(proposition="Aid is growing")
    withdrawn = claim if request.param == "claim" else claim.statement
    withdraw_record(withdrawn, by=UserFactory(chief=True), now=NOW, reason=REASON)
    return claim.slug


def gone(address):
    answer = Client().get(address)
    assert answer.status_code == 410
    assert not answer.cookies
    for secret in ("Aid is growing", "increasing assistance"):
        assert secret not in answer.content.decode()
    return answer


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_a_page(slug, path):
    answer = gone(f"/en/claims/{slug}/{path}")
    assert "taken back on 22 November 2026: It &lt;could&gt; not be confirmed." in answer.content.decode()


@pytest.mark.parametrize("path", TEXTS)
def test_a_picture_or_a_file_is_a_line_of_text(slug, path):
    answer = gone(f"/en/claims/{slug}/{path}")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == f"What stood here was taken back on 22 November 2026: {REASON}\n"


def test_data_is_data(slug):
    data = json.loads(gone(f"/claims/{slug}/dossier.json").content)
    assert data == {"withdrawn": NOW.isoformat(), "reason": REASON}


def test_a_feed_is_a_feed_with_the_reason_as_its_only_news(slug):
    answer = gone(f"/en/claims/{slug}/feed/")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    (item,) = ET.fromstring(answer.content).findall(f"{ATOM}entry")
    assert (text(item, "title"), told(item)) == ("Withdrawn", [REASON])


def test_oembed_says_so_in_both_its_forms(slug):
    address = f"/oembed/?url=/en/claims/{slug}/"
    assert json.loads(gone(address).content) == {"withdrawn": NOW.isoformat(), "reason": REASON}
    root = ET.fromstring(gone(f"{address}&format=xml").content)
    assert [(child.tag, child.text) for child in root] == [("withdrawn", NOW.isoformat()), ("reason", REASON)]


@pytest.mark.parametrize("path", BELOW)
def test_an_address_that_held_a_text_which_was_taken_out_is_found_no_more(path):
    """To say more of it, the site would have to keep the address, and with it the text."""
    claim = contradicted(proposition="Kumquat is growing")
    assert "kumquat" in claim.slug
    asked = request_suppression(
        text="Kumquat", ground=SuppressionGround.SAFETY, reason="A life.", by=UserFactory(chief=True), now=NOW
    )
    accept_suppression(asked, by=UserFactory(chief=True), now=NOW)
    assert Client().get(f"/claims/{claim.slug}/{path}").status_code == 404
    now = Client().get(f"/claims/{Claim.objects.get().slug}/{path}", follow=True)
    assert now.status_code == 200
    assert b"umquat" not in now.content
