"""`/claims/…/@3/`: for ever what the site said then, from the ledger, whatever became of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from claims.actions import (
    CorrectionNotice,
    accept_proposal,
    accept_suppression,
    request_suppression,
    rescore_claims,
    withdraw_record,
)
from claims.domain.dossier_inputs import dossier_from_inputs, inputs_of_dossier
from claims.domain.gap import METHOD_VERSION
from claims.domain.methods import score_by_method
from claims.domain.vocabulary import CorrectionKind, SuppressionGround
from claims.models import Claim, Entry, Snapshot
from tests.actions.desk import contradicted, propose
from tests.factories import NOW, EvidenceFactory, EvidenceLinkFactory, UserFactory
from tests.views.conftest import open_page
from tests.views.page import labels_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)
NOTICE = CorrectionNotice(CorrectionKind.CORRECTION, "We had it wrong.")


def main_of(address):
    """The page but for the banner, which speaks of today."""
    return re.sub(
        r'<aside class="correction pinned".*?</aside>', "", open_page(address).source, flags=re.DOTALL
    )


@pytest.fixture
def claim():
    return contradicted(proposition="Aid is growing")


def supported(claim):
    """Two reports for the words, and a second snapshot."""
    for _ in range(2):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=NOW.date(), now=LATER)
    return claim


def reworded(record, **changes):
    proposal = propose(record, UserFactory(editor=True), notice=NOTICE, **changes)
    accept_proposal(proposal, by=UserFactory(chief=True), now=LATER)


def test_it_shows_the_words_the_verdict_and_the_receipt_of_its_snapshot(claim):
    page = open_page(f"/claims/{claim.slug}/@1/")
    assert page.one("h1").text == "Aid is growing"
    assert page.one("h2", id_="verdict").text == "Mostly contradicted"
    assert labels_of(page.one("svg", "bar-page")) == ["75"]
    assert page.one("table", "receipt").one("tfoot").text.endswith("75.00")
    entry = Entry.objects.get(subject=f"{claim.slug}@1")
    assert entry.hash in page.one("dl", "seal").text
    assert f"/changes/{entry.number}/" in [a.attributes["href"] for a in page.all("a")]


def test_nothing_of_it_but_the_banner_changes_when_the_site_says_something_else(claim):
    address = f"/claims/{claim.slug}/@1/"
    before, banner = main_of(address), open_page(address).one("aside", "pinned").text
    assert "This is what this site has said since 22 November 2026" in banner
    supported(claim)
    reworded(claim, proposition="Aid is not growing", criterion="Another one.")
    reworded(claim.statement, title="Other remarks")
    report = claim.links.order_by("pk").first().evidence
    reworded(report, summary="Otherwise")
    assert main_of(address) == before
    banner = open_page(address).one("aside", "pinned").text
    assert "This is what stood here on 22 November 2026, until a later version of that day." in banner
    assert "Now it says: Evidence conflicts, 50." in banner


def test_versions_lead_to_the_one_before_the_one_after_and_to_today(claim):
    supported(claim)
    first, second = (open_page(f"/claims/{claim.slug}/@{n}/") for n in (1, 2))
    assert first.one("a", rel="next").attributes["href"] == f"/claims/{claim.slug}/@2/"
    assert second.one("a", rel="prev").attributes["href"] == f"/claims/{claim.slug}/@1/"
    assert not first.all("a", rel="prev")
    assert not second.all("a", rel="next")
    for page in (first, second):
        assert claim.get_absolute_url() in [
            a.attributes["href"] for a in page.one("aside", "pinned").all("a")
        ]


def test_new_words_are_a_new_version_although_no_figure_moved(claim):
    reworded(claim, proposition="Aid is not growing")
    assert claim.snapshots.count() == 2
    assert open_page(f"/claims/{claim.slug}/@1/").one("h1").text == "Aid is growing"
    assert open_page(f"/claims/{claim.slug}/@2/").one("h1").text == "Aid is not growing"
    assert "version 2" in open_page(claim.get_absolute_url()).one("details", id_="cite").text
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=LATER + timedelta(hours=1))
    assert claim.snapshots.count() == 2


def test_what_was_scored_before_it_was_entered_has_the_words_that_were_entered_first(claim):
    words = Entry.objects.get(kind="claim", subject=claim.slug)
    assert words.number > Entry.objects.get(subject=f"{claim.slug}@1").number
    assert open_page(f"/claims/{claim.slug}/@1/").one("h1").text == "Aid is growing"


@pytest.mark.usefixtures("syria")
def test_every_snapshot_of_the_dossier_gives_its_stored_figures_from_its_own_inputs():
    snapshots = Snapshot.objects.select_related("claim")
    assert snapshots.count() > 20
    assert {snapshot.method for snapshot in snapshots} == {"gap-beta/1.0", METHOD_VERSION}
    for snapshot in snapshots:
        gap = score_by_method(snapshot.method, dossier_from_inputs(snapshot.inputs), snapshot.as_of)
        names = ("gap", "low", "high", "state", "tentative", "contradicting", "supporting")
        assert [getattr(gap, name) for name in names] == [getattr(snapshot, name) for name in names]
        assert inputs_of_dossier(dossier_from_inputs(snapshot.inputs), snapshot.as_of) == snapshot.inputs
        page = open_page(f"/claims/{snapshot.claim.slug}/@{snapshot.number}/")
        if gap.gap is not None:
            assert page.one("table", "receipt").one("tfoot").text.endswith(f"{snapshot.gap:.2f}")
        assert "does not give them" not in page.source
        assert ("scored by an earlier method" in page.main.text) == (snapshot.method != METHOD_VERSION)
        assert snapshot.method in page.one("dl", "seal").text


def test_a_snapshot_of_another_method_keeps_its_figures_and_claims_no_receipt(claim, monkeypatch):
    monkeypatch.setattr("claims.domain.gap.PRIOR_MASS", 2.0)
    page = open_page(f"/claims/{claim.slug}/@1/")
    assert page.one("h2", id_="verdict").text == "Mostly contradicted"
    assert "2 events against, none for" in page.one("p", "sentence").text
    assert "Gap 75 of 100" in page.one("p", "sentence").text
    assert f"The method {METHOD_VERSION}, as this software has it, does not give them" in page.main.text
    assert not page.all("table", "receipt")


@pytest.mark.parametrize("number", ["0", "2", "99", str(10**18)])
def test_a_version_that_never_was_is_not_found(claim, number):
    assert Client().get(f"/claims/{claim.slug}/@{number}/").status_code == 404


def test_of_a_claim_that_was_withdrawn_no_version_is_shown_but_why(claim):
    withdraw_record(claim, by=UserFactory(chief=True), now=LATER, reason="It could not be confirmed.")
    page = open_page(f"/claims/{claim.slug}/@1/", 410)
    assert "It could not be confirmed." in page.main.text
    assert "is increasing assistance" not in page.source


def test_of_a_report_that_was_withdrawn_the_figures_stay_and_the_words_go():
    claim = contradicted(reports=3)
    report = claim.links.order_by("pk").first().evidence
    withdraw_record(report, by=UserFactory(chief=True), now=LATER, reason="Forged.", notice=NOTICE)
    page = open_page(f"/claims/{claim.slug}/@1/")
    assert report.summary not in page.source
    assert "a report that has been withdrawn since" in page.one("table", "receipt").text
    assert page.one("table", "receipt").one("tfoot").text.endswith("80.00")


def test_text_that_was_taken_out_is_shown_as_taken_out(claim):
    asked = request_suppression(
        text="Aid is growing",
        ground=SuppressionGround.SAFETY,
        reason="A life.",
        by=UserFactory(chief=True),
        now=LATER,
    )
    accept_suppression(asked, by=UserFactory(chief=True), now=LATER)
    claim.refresh_from_db()
    page = open_page(f"/claims/{claim.slug}/@1/")
    assert "Aid is growing" not in page.source
    assert page.one("h1").text.startswith("[taken out:")


def test_on_a_past_day_only_what_had_been_taken_by_then_is_there(claim):
    address = f"/claims/{claim.slug}/@1/"
    assert Client().get(f"{address}?as_of=2026-11-21").status_code == 404
    assert Client().get(f"{address}?as_of=2026-11-22").status_code == 200
    assert Client().get(f"{address}?as_of=soon").status_code == 400


def test_hidden_claims_have_no_versions():
    claim = contradicted()
    Claim.objects.filter(pk=claim.pk).update(status="draft")
    never = Client().get("/claims/never-was/@1/")
    hidden = Client().get(f"/claims/{claim.slug}/@1/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content.replace(claim.slug.encode(), b"never-was") == never.content
