"""Records whose addresses are in Arabic letters: every page, file and feed, and what other spellings lead to."""

import json
from unicodedata import normalize
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.actions import merge_records, withdraw_record
from claims.models import OldAddress, Speaker
from tests.actions.desk import contradicted, known
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

SLUG = "زادت-المساعدة-إلى-سوريا"
PATH = f"/claims/{quote(SLUG)}/"


@pytest.fixture
def claim():
    statement = StatementFactory(
        published=True, title="كلمة في دمشق", speaker=SpeakerFactory(name="أحمد السيّد")
    )
    claim = contradicted(statement=statement, proposition="زادت المساعدة إلى سوريا")
    claim.topics.add(TopicFactory(name="المساعدات"))
    return known(claim)


def get(path, status=200):
    answer = Client().get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer


def location(path):
    answer = get(path, 301)
    assert answer.headers["Location"].isascii()
    return unquote(answer.headers["Location"])


def test_the_address_is_in_the_letters_of_the_title(claim):
    assert claim.slug == SLUG
    assert claim.get_absolute_url() == PATH


@pytest.mark.parametrize(
    "rest",
    ["", "dossier.json", "@1/", "embed/", "@1/embed/", "@1/card.png", "@1/cite.txt", "@1/cite.json", "feed/"],
)
@pytest.mark.parametrize("language", ["", "/en", "/ar"])
def test_everything_below_a_claim_opens_under_its_address(claim, rest, language):
    get(f"{language}{PATH}{rest}")


def test_the_pages_of_other_records_open_too(claim):
    for record in (claim.statement, claim.statement.speaker, claim.topics.get()):
        assert not record.slug.isascii()
        get(record.get_absolute_url())
    for kind in ("speakers", "topics"):
        for slug in Speaker.objects.values_list("slug", flat=True) if kind == "speakers" else ["المساعدات"]:
            get(f"/{kind}/{quote(slug)}/feed/")
    get(f"/report-an-error/claim/{quote(SLUG)}/")
    get(f"/changes/?record=claim:{quote(SLUG)}")
    get(f"/claims/?speaker={quote(claim.statement.speaker.slug)}")
    get(f"{PATH}?without={quote('مصدر')}")


def test_feeds_and_the_sitemap_hold_addresses_in_ascii(claim):
    for path in ("/ar/feed/", f"/ar{PATH}feed/", "/sitemap-claim.xml"):
        root = ET.fromstring(get(path).content)
        links = [
            each.get("href") or each.text or ""
            for each in root.iter()
            if each.tag.endswith(("link", "loc", "}id"))
        ]
        assert any(quote(SLUG) in link for link in links), path
        assert all(link.isascii() for link in links), path


@pytest.mark.parametrize(
    "url", [f"http://testserver/ar{PATH}", f"/claims/{SLUG}/", f"/claims/{normalize('NFD', SLUG)}/@1/"]
)
def test_oembed_reads_the_address_encoded_or_not(claim, url):
    data = json.loads(get(f"/oembed/?url={quote(url)}").content)
    assert quote(SLUG) in data["html"]


def test_a_file_is_named_by_the_address(claim):
    answer = get(f"{PATH}@1/cite.bib")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(SLUG)}-1.bib"
    key = answer.content.decode().splitlines()[0]
    assert key.startswith("@misc{claim-ledger-entry-")
    assert key.isascii()


def test_cards_are_kept_in_a_folder_with_a_plain_name(claim, settings, tmp_path):
    settings.STORE_CARDS = True
    options = {"location": tmp_path}
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    get(f"{PATH}@1/card.png")
    [folder] = [path.name for path in (tmp_path / "cards").iterdir()]
    assert folder.isascii()
    assert len(folder) == 64


def test_the_data_name_the_claim_in_its_own_letters(claim):
    assert SLUG in get(f"{PATH}dossier.json").content.decode()


# Other spellings


@pytest.mark.parametrize(
    "written",
    [
        normalize("NFD", SLUG),
        SLUG.replace("المساعدة", "المُساعَدة"),
        f"\u200f{SLUG}",
        SLUG.replace("سوريا", "ســوريا"),
    ],
)
@pytest.mark.parametrize("rest", ["", "@1/cite.bib", "embed/", "feed/", "?as_of=2026-11-20"])
def test_another_spelling_leads_to_the_address(claim, written, rest):
    assert location(f"/ar/claims/{quote(written)}/{rest}") == f"/ar/claims/{SLUG}/{rest}"


def test_capitals_lead_to_the_address_and_addresses_with_capitals_stay(db):
    reports = [EvidenceFactory(published=True, slug=slug) for slug in ("bridge-open", "Cars-Crossed")]
    assert location("/evidence/Bridge-OPEN/") == reports[0].get_absolute_url()
    get("/evidence/Cars-Crossed/")


def test_where_another_spelling_leads_does_not_tell_what_is_there(db):
    draft = EvidenceFactory(slug="draft")
    for slug in (draft.slug, "nothing"):
        answer = get(f"/evidence/{slug.upper()}/", 301)
        assert answer.headers["Location"] == f"/evidence/{slug}/"
        assert answer.headers["Cache-Control"] == "no-cache"
        get(f"/evidence/{slug}/", 404)


@pytest.mark.parametrize(
    "written",
    [
        "p\u0430ul",
        "%D8",
        "%ff%fe",
        "a%00b",
        "\u200f",
        "ا" * 400,
        "%25D8%25B2",
        "a%20b",
        "\ud800".encode(errors="surrogatepass"),
    ],
)
@pytest.mark.parametrize("kind", ["claims", "evidence", "speakers", "places"])
def test_what_is_no_address_is_refused_in_words(db, kind, written):
    path = f"/{kind}/{written if isinstance(written, str) and '%' in written else quote(written)}/"
    answer = Client().get(path)
    assert answer.status_code in (400, 404)
    assert "</h1>" in answer.content.decode()


def test_the_address_of_a_merged_record_leads_on_in_any_spelling(claim):
    gone, kept = SpeakerFactory(name="السيد أحمد"), claim.statement.speaker
    old = gone.slug
    merge_records(kept, gone, by=UserFactory(publisher=True), now=NOW, reason="One person.")
    assert OldAddress.objects.get().leads_to == kept.slug
    assert (
        location(f"/ar/speakers/{quote(old)}/?as_of=2026-11-20")
        == f"/ar/speakers/{kept.slug}/?as_of=2026-11-20"
    )
    assert location(f"/speakers/{quote(normalize('NFD', old))}/feed/") == f"/speakers/{old}/feed/"
    assert location(f"/speakers/{quote(old)}/feed/") == f"/speakers/{kept.slug}/feed/"


def test_a_withdrawn_record_says_so_under_its_address(claim):
    withdraw_record(claim, by=UserFactory(publisher=True), now=NOW, reason="It was not said.")
    get(PATH, 410)
    get(f"{PATH}embed/", 410)


def test_two_pages_with_one_address_are_stored_apart(claim):
    other = ClaimFactory(published=True, statement=claim.statement, proposition="زادت المساعدة إلى سوريا")
    assert other.slug == f"{SLUG}-2"
    first = get(PATH)
    assert Client().get(PATH, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    known(other)
    assert get(other.get_absolute_url()).headers["ETag"] != first.headers["ETag"]
