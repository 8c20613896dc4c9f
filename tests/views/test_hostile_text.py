"""Whatever editors paste into any field, a page shows it as text: whole, escaped, and in its own direction."""

from urllib.parse import quote

import pytest
from django.db import models
from django.utils import timezone

from claims.actions import record_outside_changes, rescore_claims
from claims.models import Claim
from claims.models.fields import PartialDateField
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    RoleFactory,
    SearchNoteFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
)
from tests.views.conftest import open_page
from tests.views.crawl import crawl

pytestmark = pytest.mark.django_db

HOSTILE = {
    "markup": "<script>alert(1)</script></title></p></main><boo>x</boo><!-- {{ boo }}{% boo %}{# &lt;b&gt; %(boo)s",
    "attribute": '" onmouseover="boo" x=\'',
    "direction": "\u202eoob\u202c \u2066boo\u2069 \u200f وصلت الشاحنات 498 (boo) 🕊️🇸🇾",
    "long": "boo" * 60,
}
LEFT_OUT = ("as_of=", "/feed/", "/cite.", ".json", ".csv")  # and what is no page


@pytest.fixture(params=HOSTILE)
def words(request):
    return HOSTILE[request.param]


def filled(factory, words, **given):
    """A record whose every free text holds the words."""
    texts = {
        field.name: words[: field.max_length]
        for field in factory._meta.model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField | models.URLField | PartialDateField)
        and not field.choices
        and field.name not in {"language", "original_language", "withdrawal_reason", "settlement"}
    }
    return factory(**texts | given)


@pytest.fixture
def claim(words):
    """A site in which every field of every record is hostile."""
    speaker, source = filled(SpeakerFactory, words), filled(SourceFactory, words)
    filled(RoleFactory, words, speaker=speaker)
    place = filled(PlaceFactory, words, parent=filled(PlaceFactory, words))
    statement = filled(
        StatementFactory, words, published=True, speaker=speaker, source=source, place=place, original_language="ar",
        text=f"Before {words} after.",
    )  # fmt: skip
    claim = filled(ClaimFactory, words, published=True, statement=statement)
    claim.topics.add(filled(TopicFactory, words, parent=filled(TopicFactory, words)))
    claim.places.add(place)
    filled(SearchNoteFactory, words, claim=claim)
    for about in ({"claim": claim}, {"claim": None, "statement": statement}):
        filled(CorrectionFactory, words, **about)
    origin = filled(OriginFactory, words)
    for stance in (-2, 2, 0):
        report = filled(EvidenceFactory, words, published=True, source=source, place=place, origin=origin)
        filled(EvidenceLinkFactory, words, claim=claim, evidence=report, stance=stance)
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=NOW)
    record_outside_changes(now=NOW, reason="Loaded.")
    return claim


def injected_scripts(page):
    """All but data, and files of ours."""
    scripts = [each for each in page.all("script") if each.attributes.get("type") != "application/ld+json"]
    return [
        each for each in scripts if not each.attributes.get("src", "").startswith("/static/") or each.text
    ]


def test_hostile_words_in_every_field_are_shown_as_text_on_every_page(claim, words):
    pages = crawl(open_page, "/", leave_out=lambda page, way: any(part in way for part in LEFT_OUT))
    assert len(pages) > 20
    for address, page in pages.items():
        assert page.errors == [], address
        assert injected_scripts(page) == [], address
        assert not [node for node in page.walk() if "boo" in node.tag or "onmouseover" in node.attributes], (
            address
        )
    shown = open_page(claim.get_absolute_url())
    assert shown.one("h1").text == " ".join(words.split())
    assert shown.one("mark").text == " ".join(words.split())


def test_hostile_words_in_the_search_box_come_back_as_text(words):
    page = open_page(f"/claims/?q={quote(words)}")
    assert page.errors == []
    assert page.one("input", id_="find").attributes["value"] == words
    assert injected_scripts(page) == []


def test_words_of_another_language_say_which_and_run_their_own_way():
    statement = StatementFactory(
        published=True,
        text="The road is open.",
        original_text="الطريق مفتوح",
        original_language="ar",
        translator="A. T.",
    )
    claim = ClaimFactory(published=True, statement=statement, quote="road is open")
    page = open_page(statement.get_absolute_url())
    words, original = page.all("blockquote")
    assert (words.attributes["lang"], words.attributes["dir"]) == ("en", "ltr")
    assert (original.attributes["lang"], original.attributes["dir"]) == ("ar", "rtl")
    arabic = StatementFactory(published=True, language="ar", text="الطريق مفتوح")
    claim = ClaimFactory(published=True, statement=arabic, quote="الطريق")
    words = open_page(claim.get_absolute_url()).one("blockquote")
    assert (words.attributes["lang"], words.attributes["dir"]) == ("ar", "rtl")
    words = open_page(arabic.get_absolute_url()).one("blockquote")
    assert (words.attributes["lang"], words.attributes["dir"]) == ("ar", "rtl")
