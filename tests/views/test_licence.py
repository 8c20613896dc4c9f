"""The licence that the operator set: named wherever the site's own texts and figures are taken from; else nowhere."""

import json

import pytest

from tests.actions.desk import contradicted
from tests.views.test_feeds import ATOM, feed

pytestmark = pytest.mark.django_db

URL = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def _licensed(settings):
    settings.SITE_LICENCE = f"CC BY 4.0 {URL}"


@pytest.mark.usefixtures("_licensed")
def test_every_page_names_it_at_its_foot(look):
    (link,) = look("/").one("footer").all("a", href=URL)
    assert (link.text, link.attributes["rel"]) == ("CC BY 4.0", "license noopener external")


def test_without_the_setting_nothing_is_claimed(look):
    page = look("/")
    assert "icen" not in page.one("footer").text
    assert "Our texts" not in page.one("footer").text


@pytest.mark.usefixtures("_licensed")
def test_feeds_data_and_the_review_name_it(look, client):
    claim = contradicted()
    assert feed("/feed/").find(f"{ATOM}rights").text == f"CC BY 4.0 {URL}"
    (data,) = client.get(f"/claims/{claim.slug}/dossier.json").json()
    assert data["licence"] == {"name": "CC BY 4.0", "url": URL}
    (review,) = look(f"/claims/{claim.slug}/").all("script", type="application/ld+json")
    assert json.loads("".join(review.texts()))["license"] == URL


def test_without_it_feeds_data_and_the_review_name_none(look, client):
    claim = contradicted()
    assert feed("/feed/").find(f"{ATOM}rights") is None
    assert client.get(f"/claims/{claim.slug}/dossier.json").json()[0]["licence"] is None
    assert '"license"' not in look(f"/claims/{claim.slug}/").source
