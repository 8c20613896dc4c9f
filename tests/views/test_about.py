"""The page about the site."""

import pytest

from tests.actions.desk import contradicted
from tests.factories import AboutFactory
from tests.views.conftest import open_page

pytestmark = pytest.mark.django_db


def test_a_new_site_says_only_what_is_so():
    page = open_page("/en/about/")
    assert page.one("h1").text == "About this site"
    assert "Who runs this site" not in page.source
    assert "How corrections work" in page.source


def test_it_shows_what_editors_published_in_the_language_of_the_page():
    AboutFactory(
        subject="run", published=True, text="Three editors.\n\nSee https://a.example/.",
        translations={"ar": {"text": "ثلاثة محررين.", "by": "A"}},
    )  # fmt: skip
    source = open_page("/en/about/").source
    assert "<p>Three editors.</p>" in source
    assert 'href="https://a.example/"' in source
    assert "ثلاثة محررين." in open_page("/ar/about/").source


@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_what_is_not_published_does_not_exist(state):
    AboutFactory(subject="run", text="Three editors.", **state)
    assert "Three editors." not in open_page("/en/about/").source


def test_before_its_publication_it_said_nothing():
    AboutFactory(subject="run", published=True, text="Three editors.")
    assert "Three editors." not in open_page("/en/about/?as_of=2020-01-01").source


def test_every_page_leads_to_it():
    assert "/en/about/" in open_page("/en/method/").source


@pytest.mark.parametrize("contact", ["desk@example.org", "https://example.org/contact"])
def test_a_review_names_the_contact_of_its_author(settings, contact):
    settings.SITE_CONTACT = contact
    claim = contradicted()
    review = (
        open_page(f"/en/claims/{claim.slug}/").source.split("application/ld+json")[1].split("</script>")[0]
    )
    assert contact in review
