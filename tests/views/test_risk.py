"""An exact place under a risk is nowhere that a reader can look: every public address is walked for its name,
its address and its point."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions import (
    accept_proposal,
    accept_suppression,
    record_outside_changes,
    request_suppression,
    rescore_claims,
    save,
)
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim, Evidence, Place
from tests.actions.desk import pending
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    UserFactory,
)
from tests.views.conftest import open_page
from tests.views.crawl import crawl

pytestmark = pytest.mark.django_db

EARLIER, LATER = NOW - timedelta(days=2), NOW - timedelta(hours=1)
NAME, SLUG, POINT = "Kafr Kryptonia", "kafr-kryptonia", ("35.1234", "35.12", "36.4321", "36.43")
CHOSEN = ["/changes/?page=1", "/places/?as_of=2026-11-21", "/claims/?q=trucks", "/?as_of=2026-11-21"]
DATA = ["/changes.json", "/changes/feed/", "/corrections/feed/"]


@pytest.fixture
def hidden():
    """The exact place, in a province of a country."""
    syria = PlaceFactory(name="Syria", country=True, latitude="35", longitude="38.5")
    idlib = PlaceFactory(
        name="Idlib governorate", kind="province", parent=syria, latitude="35.8", longitude="36.7"
    )
    return PlaceFactory(
        name=NAME, kind="site", parent=idlib, latitude="35.1234", longitude="36.4321", pk=990_017
    )


def report(place, **fields):
    evidence = EvidenceFactory(place=place, summary="Trucks were stopped", **fields)
    EvidenceLinkFactory(claim=ClaimFactory(published=True), evidence=evidence, stance=-2)
    return evidence


def told(now=EARLIER):
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=now)
    record_outside_changes(now=now, reason="Loaded.")


def answers():
    """All that readers can reach, as text, by its address."""
    walked = crawl(open_page, "/", leave_out=lambda page, way: "?" in way)
    walked |= {address: open_page(address) for address in [*CHOSEN, "/ar/places/"]}
    pages = {address: page.source for address, page in walked.items()}
    claim = Claim.objects.get()
    data = [*DATA, f"/claims/{claim.slug}/dossier.json"]
    data += [
        address.rstrip("/") + ".json"
        for address in pages
        if address.startswith("/changes/") and address[9:-1].isdigit()
    ]
    pages |= {address: Client().get(address).content.decode() for address in data}
    assert f"/evidence/{Evidence.objects.get().slug}/" in pages
    return pages


def naming(words=(NAME, SLUG, *POINT, "990017")):
    return {
        address: word for address, text in answers().items() for word in words if word.lower() in text.lower()
    }


def gone():
    for address in (f"/places/{SLUG}/", f"/en/places/{SLUG}/", f"/ar/places/{SLUG}/"):
        assert Client().get(address).status_code == 404


def change(evidence, by, reason="Somebody could be found by it.", **changes):
    for name, value in changes.items():
        setattr(evidence, name, value)
    save(evidence, by=by, now=LATER, reason=reason)


def decided(evidence):
    accept_proposal(pending(evidence), by=UserFactory(publisher=True), now=LATER)


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def test_a_report_entered_under_a_risk_never_names_its_place(hidden, editor):
    draft = report(hidden)
    change(draft, editor, risk="province")
    Evidence.objects.filter(pk=draft.pk).update(**published_by(editor))
    told()
    assert naming() == {}
    gone()
    page = open_page(f"/evidence/{draft.slug}/")
    assert "Idlib governorate" in page.source
    assert "shown coarsely, for somebody’s safety" in page.source
    assert "shown coarsely, for somebody’s safety" in open_page("/places/").source


def published_by(editor):
    return {
        "status": "published", "submitted_by": editor, "submitted_at": EARLIER, "published_at": EARLIER,
        "created_by": editor, "changed_by": editor, "published_by": (publisher := UserFactory(publisher=True)),
        "approved_by": publisher,
    }  # fmt: skip


def test_a_report_withheld_names_no_place_at_all(hidden, editor):
    draft = report(hidden)
    change(draft, editor, risk="withheld")
    Evidence.objects.filter(pk=draft.pk).update(**published_by(editor))
    told()
    assert naming((NAME, SLUG, *POINT, "Idlib", "Syria")) == {}
    gone()
    assert "place withheld, for somebody’s safety" in open_page(f"/evidence/{draft.slug}/").source


def test_a_proposal_of_a_risk_tells_readers_nothing_before_and_the_place_no_more_after(hidden, editor):
    published = report(hidden, published=True)
    told()
    change(published, editor, risk="country")
    assert "/places/" in naming((NAME,))  # proposed, and nothing more
    decided(published)
    gone()
    # What is left is its past, which the list of changes tells; see below.
    assert {address.split("/")[1] for address in naming()} <= {"changes", "changes.json"}


def test_a_raised_risk_with_its_suppression_leaves_the_place_nowhere(hidden, editor):
    published = report(hidden, published=True)
    told()
    change(published, editor, risk="province")
    decided(published)
    assert naming()
    asked = request_suppression(
        text=NAME, ground=SuppressionGround.SAFETY, reason="Somebody could be found by it.",
        by=UserFactory(publisher=True), now=LATER,
    )  # fmt: skip
    accept_suppression(asked, by=UserFactory(publisher=True), now=LATER)
    assert naming((NAME, SLUG)) == {}


def test_a_risk_raised_further_hides_what_was_shown_before(hidden, editor):
    draft = report(hidden)
    change(draft, editor, risk="province")
    Evidence.objects.filter(pk=draft.pk).update(**published_by(editor))
    told()
    change(Evidence.objects.get(pk=draft.pk), editor, risk="withheld")
    decided(draft)
    assert naming() == {}
    pages = answers()
    assert [address for address, text in pages.items() if "Idlib" in text and "/changes" not in address] == []


def test_a_lifted_risk_shows_the_place_again(hidden, editor):
    draft = report(hidden)
    change(draft, editor, risk="withheld")
    Evidence.objects.filter(pk=draft.pk).update(**published_by(editor))
    told()
    change(Evidence.objects.get(pk=draft.pk), editor, risk="none")
    assert naming() == {}  # proposed, and nothing more
    decided(draft)
    assert f"/evidence/{draft.slug}/" in naming((NAME,))
    assert open_page(f"/places/{SLUG}/").one("h1").text == NAME


def test_a_search_or_a_filter_for_the_exact_place_finds_nothing(hidden, editor):
    draft = report(hidden)
    change(draft, editor, risk="province")
    Evidence.objects.filter(pk=draft.pk).update(**published_by(editor))
    told()
    none = Client().get("/claims/", {"q": "no-such-word"}).content.decode()
    assert draft.summary not in none
    assert draft.summary not in Client().get("/claims/", {"q": "Kryptonia"}).content.decode()
    answer = Client().get("/claims/", {"place": SLUG})
    other = Client().get("/claims/", {"place": "no-such-place"})
    assert answer.status_code == other.status_code
    assert answer.content.decode().replace(SLUG, "no-such-place") == other.content.decode()
    assert Place.objects.filter(slug=SLUG).exists()
