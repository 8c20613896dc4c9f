"""The desk in Arabic: chosen by a link, entered in Arabic, and its lines in the order in which one reads them."""

import pytest

from claims.models import Claim, Evidence, Statement
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory, SearchNoteFactory

from .posting import address, listing

pytestmark = pytest.mark.django_db


def in_arabic(client, where):
    answer = client.get(f"/ar{where}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_page_leads_to_the_same_in_the_other_language(editor, client):
    where = listing(Claim)
    assert f'href="/en{where}" hreflang="en" lang="en">English' in in_arabic(editor, where)
    assert f'href="/ar{where}" hreflang="ar" lang="ar">' in editor.get(f"/en{where}").content.decode()
    assert 'href="/en/admin/login/" hreflang="en" lang="en">English' in in_arabic(client, "/admin/login/")


def test_the_way_to_the_site_keeps_the_language(editor):
    assert '<a href="/ar/">' in in_arabic(editor, listing(Claim))


@pytest.mark.parametrize("model", [Statement, Evidence])
def test_words_are_taken_to_be_in_the_language_of_the_desk(editor, model):
    where = listing(model, "add")
    assert editor.get(f"/ar{where}").context["adminform"].form["language"].value() == "ar"
    assert editor.get(f"/en{where}").context["adminform"].form["language"].value() == "en"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "واحد من الادعاءات"), (2, "اثنان من الادعاءات"), (3, "3 من الادعاءات")]
)
def test_a_list_says_how_many_it_holds(editor, number, words):
    ClaimFactory.create_batch(number)
    assert words in in_arabic(editor, listing(Claim))


def test_names_in_other_letters_are_set_apart_from_the_dates_beside_them(editor):
    """Otherwise a browser takes the day that follows for a part of the name, and shows it on the other side."""
    link = EvidenceLinkFactory(evidence=EvidenceFactory(source__name="Enab Baladi"))
    note = SearchNoteFactory(claim=link.claim)
    page = in_arabic(editor, address(link.claim))
    assert f"<bdi>{link.claim.statement.speaker}</bdi>، " in page
    assert "<bdi>Enab Baladi</bdi>" in page
    assert f"كتبه <bdi>{note.searched_by}</bdi>، " in page
