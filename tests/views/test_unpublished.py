"""What is not published does not exist for readers: beside a site, add drafts and withdrawn records of every kind, and
not a byte of any page changes."""

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions import reopen_record, rescore_claims, withdraw_record
from claims.models import Claim, Evidence, Statement
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
    UserFactory,
)
from tests.views.conftest import open_page
from tests.views.crawl import crawl

pytestmark = pytest.mark.django_db

HIDDEN = "Kryptonia"  # a word that stands in every hidden record and nowhere else


def score():
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=NOW)


@pytest.fixture
def site():
    """A small published site: one statement with a claim, two reports, and what they hang together with."""
    topic, place = TopicFactory(name="Aid"), PlaceFactory(name="Aleppo")
    statement = StatementFactory(published=True, title="Open remarks", place=place)
    RoleFactory(speaker=statement.speaker)
    claim = ClaimFactory(published=True, statement=statement, proposition="Aid is growing")
    claim.topics.add(topic)
    claim.places.add(place)
    origin = OriginFactory()
    for stance in (-2, 2, -1):
        evidence = EvidenceFactory(published=True, place=place, origin=origin if stance == 2 else None)
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=stance)
    score()
    return claim


def hide_beside(claim, status):
    """Everything that could betray a hidden record: twins of the public ones, tied to them wherever that can be."""
    statement = claim.statement
    hidden = {} if status == "draft" else {"withdrawn": True}
    report = claim.links.exclude(evidence__origin=None).get().evidence
    speaker = SpeakerFactory(name=f"{HIDDEN} speaker", armed_group=True)
    topic = TopicFactory(name=f"{HIDDEN} topic", parent=claim.topics.get())
    place = PlaceFactory(name=f"{HIDDEN} place", parent=claim.places.get())
    source = SourceFactory(name=f"{HIDDEN} source")
    words = {"text": f"{HIDDEN} is increasing assistance", "source": source, "place": place}
    records = {
        "statement": StatementFactory(title=f"{HIDDEN} remarks", speaker=speaker, **words, **hidden),
        "sister": StatementFactory(title=f"{HIDDEN} more", speaker=statement.speaker, **words, **hidden),
        "claim": ClaimFactory(statement=statement, proposition=f"{HIDDEN} claim", kind="denial", **hidden),
        "evidence": EvidenceFactory(summary=f"{HIDDEN} report", place=place, source=source, **hidden),
        "echo": EvidenceFactory(
            summary=f"{HIDDEN} echo", origin=report.origin, source=report.source, **hidden
        ),
    }
    # Published itself, drawn from a statement that is not: as hidden as that.
    orphan = ClaimFactory(
        published=True, statement=records["statement"], proposition=f"{HIDDEN} orphan", kind="fact"
    )
    for secret in (records["claim"], orphan):
        secret.topics.add(topic, claim.topics.get())
        secret.places.add(place, claim.places.get())
        SearchNoteFactory(claim=secret, outcome=f"{HIDDEN} outcome")
        CorrectionFactory(claim=secret, what_was_wrong=f"{HIDDEN} error")
        EvidenceLinkFactory(claim=secret, evidence=report, stance=2, rationale=f"{HIDDEN} rationale")
    for name in ("evidence", "echo"):
        EvidenceLinkFactory(claim=claim, evidence=records[name], stance=-2, rationale=f"{HIDDEN} rationale")
        CorrectionFactory(claim=None, evidence=records[name], what_was_wrong=f"{HIDDEN} error")
    CorrectionFactory(claim=None, statement=records["sister"], what_was_wrong=f"{HIDDEN} error")
    score()
    return [*records.values(), orphan, speaker, topic, place, source]


both_ways = pytest.mark.parametrize("status", ["draft", "withdrawn"])


def bodies():
    """Every page that can be reached, today and on a past day, and a search for the hidden word."""
    past = crawl(open_page, "/?as_of=2026-11-20", leave_out=lambda page, way: "as_of=2026-11-20" not in way)
    today = crawl(open_page, "/", leave_out=lambda page, way: "as_of=" in way)
    found = open_page(f"/claims/?q={HIDDEN}")
    return {address: page.source for address, page in {**past, **today, found.address: found}.items()}


@both_ways
def test_not_a_byte_of_any_page_changes_when_hidden_records_are_added(site, status):
    before = bodies()
    assert len(before) > 30
    hide_beside(site, status)
    after = bodies()
    assert after.keys() == before.keys()
    changed = [address for address in before if before[address] != after[address]]
    assert changed == []


def test_a_withdrawn_record_says_that_it_was_and_why_and_nothing_else(site):
    secrets = hide_beside(site, "withdrawn")
    told = [record for record in secrets if isinstance(record, Claim | Evidence | Statement)]
    assert len(told) == 6
    for record in told:
        answer = Client().get(record.get_absolute_url())
        assert answer.status_code == 410
        assert "The record could not be confirmed." in answer.content.decode()
        assert HIDDEN not in answer.content.decode()


def test_what_was_withdrawn_and_taken_up_again_still_says_so(site):
    publisher = UserFactory(publisher=True)
    withdraw_record(site, by=publisher, now=NOW, reason="The words were another’s.")
    reopen_record(site, by=publisher, now=NOW, reason="They may be right after all.")
    answer = Client().get(site.get_absolute_url())
    assert answer.status_code == 410
    assert "The words were another’s." in answer.content.decode()


def without_length(response):
    """The page names its own address, whose length the reader knows."""
    return {name: value for name, value in response.headers.items() if name not in {"Content-Length", "ETag"}}


@both_ways
def test_a_hidden_record_answers_like_one_that_never_was(site, status):
    secrets = hide_beside(site, status)
    if status == "withdrawn":
        secrets = [each for each in secrets if not isinstance(each, Claim | Evidence | Statement)]
    for record in secrets:
        address = record.get_absolute_url()
        missing = address.rsplit("/", 2)[0] + "/never-was/"
        for suffix in ("", "dossier.json") if isinstance(record, Claim) else ("",):
            hidden, never = Client().get(address + suffix), Client().get(missing + suffix)
            assert (hidden.status_code, never.status_code) == (404, 404), address
            assert hidden.content.replace(record.slug.encode(), b"never-was") == never.content
            assert without_length(hidden) == without_length(never)


@both_ways
def test_a_hidden_record_is_refused_as_a_choice_in_the_same_words(site, status):
    secrets = hide_beside(site, status)
    for record in secrets:
        name = record._meta.model_name
        if name in {"speaker", "topic", "place"}:
            hidden, never = (open_page(f"/claims/?{name}={slug}") for slug in (record.slug, "never-was"))
            assert hidden.source.replace(record.slug, "never-was") == never.source


@both_ways
def test_the_public_gap_is_not_moved_by_hidden_evidence(site, status):
    before = open_page(site.get_absolute_url()).one("span", "sum").text
    hide_beside(site, status)
    assert open_page(site.get_absolute_url()).one("span", "sum").text == before


def test_a_signed_in_editor_sees_the_same_pages_as_everyone(site, client, django_user_model):
    secrets = hide_beside(site, "draft")
    client.force_login(django_user_model.objects.create_superuser("root"))
    for record in secrets:
        assert client.get(record.get_absolute_url()).status_code == 404
    assert HIDDEN not in client.get("/").content.decode()


def test_withdrawing_a_claim_takes_it_off_every_page(site):
    address = site.get_absolute_url()
    open_page(address)
    withdraw_record(site, by=UserFactory(chief=True), reason="It could not be confirmed.", now=NOW)
    open_page(address, 410)
    assert not any(address in source for source in bodies().values())
