"""The feeds of everything, a topic, a speaker and a claim: what was published, what moved, where we were wrong."""

from datetime import timedelta

import pytest
from django.test import Client

from claims.actions import rescore_claims, withdraw_record
from claims.models import Claim, Entry
from tests.actions.desk import contradicted, known
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, TopicFactory, UserFactory
from tests.views.test_feeds import ATOM, feed, items, text, told

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def claim():
    claim = contradicted(proposition="Aid is growing")
    claim.topics.add(TopicFactory(name="Aid"))
    return known(claim)  # its topic is entered too, which is no news


def feeds(claim):
    return [
        "/feed/",
        f"/claims/{claim.slug}/feed/",
        f"/speakers/{claim.statement.speaker.slug}/feed/",
        f"/topics/{claim.topics.get().slug}/feed/",
    ]


def supported(claim):
    for _ in range(2):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=NOW.date(), now=LATER)


def titles(address):
    return [text(item, "title") for item in items(address)]


def test_each_tells_what_was_published_with_its_verdict_then_and_now(claim):
    other = contradicted(proposition="Another claim")
    for address in feeds(claim):
        (item,) = [item for item in items(address) if "Aid is growing" in text(item, "title")]
        assert text(item, "title") == "Aid is growing — published: Mostly contradicted (tentative)"
        assert told(item) == [
            "Aid is growing",
            f"{claim.statement.speaker.name}, 13 October 2021: “… increasing assistance”",
            "Mostly contradicted (tentative)",
            (
                "2 events against, none for, reported by 2 publishers, each event by only one. "
                "Gap 75 of 100; with so little evidence it may lie between 37 and 100."
            ),
            "When it was said: No evidence yet → now: 75",
        ]
        assert item.find(f"{ATOM}link").attrib["href"] == f"http://testserver/claims/{claim.slug}/@1/"
    assert any("Another" in title for title in titles("/feed/"))
    for address in feeds(claim)[1:]:
        assert not any("Another" in title for title in titles(address))
    assert other.pk


def test_a_moved_verdict_is_news_and_a_published_one_stays_what_it_was(claim):
    supported(claim)
    for address in feeds(claim):
        assert titles(address) == [
            "Aid is growing — changed: 75.0 → 50.0, Mostly contradicted becomes Evidence conflicts",
            "Aid is growing — published: Mostly contradicted (tentative)",
        ]


def test_a_snapshot_that_moves_nothing_that_readers_see_is_no_news(claim):
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=0)
    rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=NOW.date(), now=LATER)
    assert claim.snapshots.count() == 2
    assert len(titles("/feed/")) == 1


def test_a_correction_is_news_with_what_was_wrong(claim):
    from claims.actions.correction_notices import CorrectionNotice, publish_correction
    from claims.domain.vocabulary import CorrectionKind

    notice = CorrectionNotice(CorrectionKind.CORRECTION, "The day was wrong.")
    publish_correction(claim, notice, lambda: "From mixed.", by=UserFactory(chief=True), now=LATER)
    for address in feeds(claim):
        item = items(address)[0]
        assert text(item, "title") == "Aid is growing — correction"
        assert told(item)[:2] == ["The day was wrong.", "From mixed."]
        assert told(item)[-1] == "When it was said: No evidence yet → now: 75"


def test_ids_are_the_entries_own_whatever_the_language_and_the_day(claim):
    entry = Entry.objects.filter(kind="claim", subject=claim.slug).order_by("number").first()
    ids = {
        text(items(address)[0], "id") for address in (*feeds(claim), "/ar/feed/", "/feed/?as_of=2026-11-22")
    }
    assert len(ids) == 1
    assert ids.pop().startswith("urn:uuid:" + entry.hash[:8])


def test_each_says_where_it_is_what_page_it_follows_and_in_which_language(claim):
    for address in feeds(claim):
        for prefix, language in (("", "en"), ("/ar", "ar")):
            root = feed(prefix + address)
            links = {link.attrib["rel"]: link.attrib["href"] for link in root.findall(f"{ATOM}link")}
            assert links["self"] == f"http://testserver{prefix}{address}"
            assert links["alternate"] == f"http://testserver{prefix}{address.removesuffix('feed/')}"
            assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language


def test_pages_say_where_their_feed_is(look, claim):
    for address in feeds(claim):
        page = look(address.removesuffix("feed/"))
        links = [link.attributes["href"] for link in page.all("link", type_="application/atom+xml")]
        assert links == [address]
        assert address in [a.attributes["href"] for a in page.all("a")]


def test_a_past_days_feed_ends_with_it(claim):
    supported(claim)
    assert items("/feed/?as_of=2026-11-21") == []
    assert len(items("/feed/?as_of=2026-11-22")) == 2
    (link,) = items("/feed/?as_of=2026-11-22")[0].findall(f"{ATOM}link")
    assert link.attrib["href"].endswith("/@2/?as_of=2026-11-22")
    assert Client().get("/feed/?as_of=soon").status_code == 400


def test_what_is_not_public_has_no_feed_and_is_in_none(claim):
    addresses = feeds(claim)
    withdraw_record(claim, by=UserFactory(chief=True), now=LATER, reason="It could not be confirmed.")
    assert items("/feed/") == []
    for address in [*addresses[2:], "/claims/never-was/feed/", "/topics/none/feed/"]:
        assert Client().get(address).status_code == 404


def test_in_arabic_its_figures_and_marks_are_arabic_and_official_words_stay(claim):
    supported(claim)
    moved, published = items(f"/ar/claims/{claim.slug}/feed/")
    assert "٧٥٫٠ ← ٥٠٫٠" in text(moved, "title")
    _claim, said, _verdict, _sentence, numbers = told(published)
    assert said.endswith("، ١٣ تشرين الأول/أكتوبر ٢٠٢١: “… increasing assistance”")
    assert '<span lang="en" dir="ltr">“… increasing' in text(published, "summary")
    assert numbers.endswith("← الآن: ٧٥")


def test_news_that_is_told_of_a_claim_cannot_be_html():
    claim = contradicted(proposition="<b>Bold</b>", quote="increasing assistance")
    speaker = claim.statement.speaker
    speaker.name = "A <script>alert(1)</script> B"
    speaker.save()
    (item,) = items("/feed/")
    assert told(item)[0] == "<b>Bold</b>"
    assert told(item)[1].startswith("A <script>alert(1)</script> B")
    assert "<script>" not in text(item, "summary")


def test_at_most_fifty_and_no_control_character():
    ClaimFactory.create_batch(52, published=True, proposition="Be\x07ll \ufffe & <b>bold</b>")
    contradicted()
    told = titles("/feed/")
    assert len(told) == 50
    assert "Bell  & <b>bold</b> — published: No evidence yet" in told
