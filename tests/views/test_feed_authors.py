"""A feed says whom to write to: its author is the newsroom, with its page, and its e-mail address if it has one."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.actions import withdraw_record
from claims.models import Claim
from tests.actions.desk import contradicted
from tests.factories import NOW, UserFactory
from tests.views.test_feeds import ATOM

pytestmark = pytest.mark.django_db

ABOUT = "http://testserver/en/about/"
FEEDS = ["feed/", "corrections/feed/", "changes/feed/", "claims/{0.slug}/feed/", "withdrawn"]
CONTACTS = {
    "": {"name": "Words & Ground", "uri": ABOUT},
    "desk@example.org": {"name": "Words & Ground", "email": "desk@example.org", "uri": ABOUT},
    "https://example.org/@desk": {"name": "Words & Ground", "uri": "https://example.org/@desk"},
}


@pytest.fixture(params=FEEDS)
def path(request):
    claim = contradicted()
    if request.param == "withdrawn":
        withdraw_record(Claim.objects.get(), by=UserFactory(chief=True), now=NOW, reason="Never said.")
        return f"claims/{claim.slug}/feed/"
    return request.param.format(claim)


def author_of(path):
    root = ET.fromstring(Client().get(f"/en/{path}").content)
    return {each.tag.removeprefix(ATOM): each.text for each in root.find(f"{ATOM}author")}


@pytest.mark.parametrize("contact", CONTACTS)
def test_the_author_is_the_newsroom(path, contact, settings):
    settings.SITE_CONTACT = contact
    assert author_of(path) == CONTACTS[contact]


def test_a_feed_names_the_licence(path, settings):
    settings.SITE_LICENCE = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    root = ET.fromstring(Client().get(f"/en/{path}").content)
    assert root.find(f"{ATOM}rights").text == settings.SITE_LICENCE
