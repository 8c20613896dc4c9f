"""What each page tells search engines and whoever shows a link to it."""

import json
import re

import pytest
from django.test import Client

from claims.models import Claim
from tests.actions.desk import contradicted
from tests.domain.test_claimreview import RULES, faults
from tests.views.conftest import open_page
from tests.views.test_every_page import ERRORS, PAGES

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def properties(page):
    return {
        node.attributes["property"]: node.attributes["content"]
        for node in page.all("meta")
        if "property" in node.attributes
    }


def canonical(page):
    return page.one("link", rel="canonical").attributes["href"]


def script(page):
    (node,) = page.all("script", type_="application/ld+json")
    return json.loads("".join(node.texts()))


@pytest.mark.usefixtures("syria")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_its_whole_address_and_where_its_other_languages_are(look_again, address):
    page = look_again(address)
    assert canonical(page) == f"{HOST}/en{address}"
    others = {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.all("link", rel="alternate")
        if "hreflang" in link.attributes
    }
    assert others == {
        "en": f"{HOST}/en{address}", "ar": f"{HOST}/ar{address}", "x-default": f"{HOST}{address}",
    }  # fmt: skip
    told = properties(page)
    assert told["og:url"] == canonical(page)
    assert page.title in {told["og:title"], f"{told['og:title']} · Words & Ground"}
    assert told["og:description"] == page.one("meta", name="description").attributes["content"]
    assert (told["og:site_name"], told["og:locale"], told["og:locale:alternate"]) == (
        "Words & Ground", "en_US", "ar_AR",
    )  # fmt: skip
    assert not page.all("meta", name="robots")


@pytest.mark.usefixtures("syria")
@pytest.mark.parametrize(("address", "status"), ERRORS)
def test_what_is_no_page_names_no_address_and_asks_not_to_be_found(look_again, address, status):
    page = look_again(address, status)
    assert not page.all("link", rel="canonical")
    assert page.one("meta", name="robots").attributes["content"] == "noindex"


def test_a_pages_variants_lead_to_the_page():
    claim = contradicted()
    address = claim.get_absolute_url()
    assert canonical(open_page(f"/ar{address}?as_of=2026-11-22")) == f"{HOST}/ar{address}"
    assert canonical(open_page(f"{address}@1/?as_of=2026-11-22")) == f"{HOST}/en{address}@1/"
    filtered = open_page("/claims/?q=aid&sort=doubt")
    assert canonical(filtered) == f"{HOST}/en/claims/"
    assert filtered.one("meta", name="robots").attributes["content"] == "noindex"


def test_the_second_page_of_a_list_is_its_own():
    for _ in range(26):
        contradicted(reports=0)
    assert canonical(open_page("/claims/?page=2")) == f"{HOST}/en/claims/?page=2"
    assert canonical(open_page("/claims/?page=1")) == f"{HOST}/en/claims/"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_claims_link_is_shown_with_its_card(language):
    claim = contradicted(proposition="Aid & <b>money</b> are “growing”")
    page = open_page(f"/{language}{claim.get_absolute_url()}")
    told = properties(page)
    assert told["og:title"] == claim.proposition
    assert told["og:type"] == "article"
    assert told["og:image"] == f"{HOST}/{language}/claims/{claim.slug}/@1/card.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == told["og:description"]
    assert page.one("meta", name="twitter:card").attributes["content"] == "summary_large_image"
    assert Client().get(told["og:image"].removeprefix(HOST)).headers["Content-Type"] == "image/png"


def test_other_pages_are_shown_without_a_picture():
    page = open_page("/method/")
    assert not [name for name in properties(page) if name.startswith("og:image")]
    assert page.one("meta", name="twitter:card").attributes["content"] == "summary"


def test_a_claims_page_holds_a_valid_review():
    claim = contradicted(proposition="Aid & <b>money</b> are growing")
    data = script(open_page(f"/en{claim.get_absolute_url()}"))
    assert list(faults(data, RULES)) == []
    assert data["url"] == f"{HOST}/en{claim.get_absolute_url()}"
    assert data["claimReviewed"] == "Aid & <b>money</b> are growing"
    assert data["reviewRating"]["ratingValue"] == 25
    assert data["reviewRating"]["ratingExplanation"] == (
        "2 events against, none for, reported by 2 publishers, each event by only one. "
        "Gap 75 of 100; with so little evidence it may lie between 37 and 100."
    )
    assert data["itemReviewed"]["author"] == {"@type": "Person", "name": claim.statement.speaker.name}
    arabic = script(open_page(f"/ar{claim.get_absolute_url()}"))
    assert list(faults(arabic, RULES)) == []
    assert arabic["inLanguage"] == "ar"


@pytest.mark.usefixtures("syria")
def test_every_review_of_the_dossier_is_valid(look_again):
    for claim in Claim.objects.published():
        page = look_again(f"/ar{claim.get_absolute_url()}")
        data = script(page)
        assert list(faults(data, RULES)) == []
        needles = [needle for bar in page.all("svg", "bar-page")[:1] for needle in bar.all("line", "needle")]
        assert ("ratingValue" in data["reviewRating"]) == bool(needles)


def test_a_past_day_and_what_has_no_verdict_give_no_rating():
    claim = contradicted(reports=1)
    assert script(open_page(claim.get_absolute_url()))["reviewRating"].keys() == {
        "@type",
        "alternateName",
        "ratingExplanation",
    }
    assert not open_page(f"{claim.get_absolute_url()}?as_of=2026-11-22").all("script")


def test_hostile_words_stay_in_the_script_element():
    claim = contradicted(proposition="</script><script>alert(1)</script> \u2028 <!--")
    source = open_page(claim.get_absolute_url()).source
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', source)
    assert json.loads(found)["claimReviewed"] == claim.proposition
