"""The change ledger as readers see it: its lines, its entries, its head, and that anyone can recompute it."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions import (
    accept_proposal,
    accept_suppression,
    grade_links,
    request_suppression,
    save,
    withdraw_record,
)
from claims.actions import record_outside_changes as adopted
from claims.domain.hash_chain import GENESIS_HASH, canonical_json, commitment_hash
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim, Entry, Evidence
from tests.actions.desk import contradicted, propose
from tests.actions.test_whole_life import lived
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


@pytest.fixture
def cast():
    rana = UserFactory(editor=True, first_name="Rana", last_name="Haddad")
    return rana, UserFactory(editor=True), UserFactory(publisher=True)


@pytest.fixture
def claim(cast):
    return lived(cast)[0]


def entry_of(kind, act, **fields):
    return Entry.objects.filter(kind=kind, act=act, **fields).latest("number")


def data(address):
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.json()


# The list ------------------------------------------------------------------------------------------------------------


def test_each_change_is_a_line_with_when_what_who_and_why_the_newest_first(look, claim, cast):
    page = look("/changes/")
    numbers = [int(row.one("p", "meta").one("a").text) for row in page.all("li", "report")]
    assert numbers == list(range(Entry.objects.count(), 0, -1))[:25]
    number = entry_of("claim", "publish").number
    row = next(row for row in page.all("li", "report") if row.one("p", "meta").one("a").text == str(number))
    assert "22 November 2026, 12:00 · published" in row.text
    assert "Violence is kept down" in row.text
    assert "Checked." in row.text
    assert claim.get_absolute_url() in [a.attributes["href"] for a in row.all("a")]


def test_the_head_stands_on_top_in_full(look, claim):
    last = Entry.objects.latest("number")
    assert look("/changes/").one("p", "hash").text == f"{last.number}:{last.hash}"


def test_an_empty_ledger_says_so_and_has_no_head(look):
    page = look("/changes/")
    assert not page.all("p", "hash")
    assert "Nothing of this kind has been entered yet." in page.main.text


def test_editors_are_known_by_their_names_and_never_by_what_they_sign_in_with(look, claim, cast):
    text = look("/changes/").source + look(entry_of("link", "grade").get_absolute_url()).source
    assert not any(user.username in text for user in cast)


def test_an_act_alone_can_be_asked_for(look, claim):
    rows = look("/changes/?act=score").all("li", "report")
    assert len(rows) == Entry.objects.filter(act="score").count() > 0
    assert "There is no such kind of change" in look("/changes/?act=whisper", 400).main.text


def test_a_claims_history_holds_its_scores_links_and_searches_and_nothing_else(look, claim):
    page = look(f"/changes/?record=claim:{claim.slug}")
    shown = {int(row.one("p", "meta").one("a").text) for row in page.all("li", "report")}
    kinds = {entry.kind for entry in Entry.objects.filter(number__in=shown)}
    assert kinds == {"claim", "link", "search", "snapshot"}
    ours = Entry.objects.filter(subject__startswith=claim.slug)
    assert shown == set(ours.values_list("number", flat=True))


@pytest.mark.parametrize(
    "record", ["claim:never-was", "person:x", "claim", ":", "claim:", "x" * 600, "snapshot:a@b"]
)
def test_a_record_that_the_ledger_does_not_tell_of_is_not_found_in_words(look, claim, record):
    page = look(f"/changes/?record={record}", 404)
    assert "The ledger of changes tells of no such record." in page.main.text


def test_a_draft_answers_like_a_record_that_never_was(look, claim, cast):
    draft = Claim(
        statement=claim.statement, proposition="Kryptonian plan", kind="fact", criterion="x", quote="keeping"
    )
    save(draft, by=cast[0], now=NOW)
    hidden, never = (look(f"/changes/?record=claim:{slug}", 404) for slug in (draft.slug, "never-was"))
    assert hidden.source.replace(draft.slug, "never-was") == never.source


def test_records_lead_to_their_history_and_only_those_that_have_one(look, claim, cast):
    for record in (claim, claim.statement, claim.statement.source, claim.links.first().evidence):
        ways = [a for a in look(record.get_absolute_url()).all("a") if a.text == "What changed here"]
        (way,) = ways
        assert look(way.attributes["href"]).all("li", "report")


def test_a_record_without_entries_has_no_link_to_a_history(look):
    from tests.factories import ClaimFactory

    assert "What changed here" not in look(ClaimFactory(published=True).get_absolute_url()).source


# The past ------------------------------------------------------------------------------------------------------------


def test_a_past_day_keeps_its_bytes_when_the_ledger_goes_on(claim, cast, monkeypatch):
    day = NOW.date().isoformat()
    addresses = [
        "/changes/",
        "/changes.json",
        "/changes/feed/",
        f"/changes/?record=claim:{claim.slug}",
        "/changes/3/",
    ]
    before = {path: _past(path, day) for path in addresses}
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    accept_proposal(propose(claim, cast[0], proposition="Violence is being kept down"), by=cast[2], now=LATER)
    assert Entry.objects.latest("number").at > NOW
    assert {path: _past(path, day) for path in addresses} == before


def _past(path, day):
    response = Client().get(f"{path}{'&' if '?' in path else '?'}as_of={day}")
    assert response.status_code == 200
    return response.content


def test_before_the_first_change_there_was_none(look, claim):
    assert (
        "Nothing of this kind had been entered by 21 November 2026."
        in look("/changes/?as_of=2026-11-21").main.text
    )
    assert (
        "By 21 November 2026 the ledger had no entry" in look("/changes/1/?as_of=2026-11-21", 404).main.text
    )
    assert data("/changes.json?as_of=2026-11-21") == {"head": None, "entries": [], "next": None}


# One change ----------------------------------------------------------------------------------------------------------


def test_a_revision_stands_beside_what_it_replaced_with_the_words_that_differ_marked(look, claim, cast):
    accept_proposal(propose(claim, cast[0], proposition="Violence is being kept down"), by=cast[2], now=NOW)
    page = look(entry_of("claim", "revise").get_absolute_url())
    (row,) = [row for row in page.one("table", "compared").all("tr")[1:] if "proposition" in row.text]
    assert row.one("ins").text.strip() == "being"
    assert not row.all("del")
    assert "Closer to the words." in page.main.text


def test_an_entry_opens_as_its_page_says(look, claim):
    entry = entry_of("claim", "publish")
    page = look(entry.get_absolute_url())
    shown = [each.text for each in [*page.all("dd", "hash"), *page.all("p", "hash")]]
    assert shown == [entry.hash, entry.previous, entry.digest, entry.nonce, entry.content]
    assert sha256((entry.nonce + entry.content).encode()).hexdigest() == entry.digest


def test_a_score_says_how_it_moved(look):
    claim = contradicted(reports=3)
    link = claim.links.first()
    for editor in UserFactory.create_batch(2, editor=True):
        grade_links({link: 2}, by=editor, now=NOW)
    scores = Entry.objects.filter(kind="snapshot").order_by("number")
    words = [look(entry.get_absolute_url()).main.one("b").text for entry in scores]
    assert words == [
        "Contradicted, 80.0",
        "80.0 → 80.0, still: Contradicted",
        "80.0 → 75.0, Contradicted becomes Mostly contradicted",
    ]


# What went -----------------------------------------------------------------------------------------------------------


def test_of_a_withdrawn_record_only_that_it_went_and_why_is_told(look, claim, cast):
    withdraw_record(claim, by=cast[2], now=NOW, reason="The words were another’s.")
    gone = entry_of("claim", "withdraw")
    assert "The words were another’s." in look(gone.get_absolute_url()).main.text
    for number in range(1, gone.number):
        page = look(f"/changes/{number}/")
        assert claim.proposition not in page.source
        assert claim.get_absolute_url() not in page.source
    published = look(entry_of("claim", "publish").get_absolute_url())
    assert "Withdrawn on 22 November 2026: The words were another’s." in published.main.text
    listed = look("/changes/").source
    assert claim.proposition not in listed
    assert claim.slug in listed
    assert "claim:" in listed


def test_a_withdrawn_records_content_is_in_no_export_and_the_chain_still_walks(claim, cast):
    withdraw_record(claim, by=cast[2], now=NOW, reason="The words were another’s.")
    assert claim.proposition not in Client().get("/changes.json?limit=1000").content.decode()
    assert claim.proposition not in Client().get("/changes/feed/").content.decode()
    walked(data("/changes.json?limit=1000")["entries"])


def test_a_suppression_says_on_what_ground_and_which_entries_it_emptied(look, claim, cast):
    chief = UserFactory(chief=True)
    asked = request_suppression(
        text="Shelling 1", ground=SuppressionGround.COURT, reason="Order 12/26.", by=chief, now=NOW
    )
    accept_suppression(asked, by=UserFactory(chief=True), now=NOW)
    page = look(entry_of("suppression", "suppress").get_absolute_url())
    assert "court order" in page.main.text
    assert "Order 12/26." in page.main.text
    emptied = entry_of("evidence", "publish", content__contains="taken out")
    assert f"/changes/{emptied.number}/" in page.source
    told = look(emptied.get_absolute_url())
    assert "Text was taken out of this entry later." in told.main.text
    assert "Shelling 1" not in told.source


# As data -------------------------------------------------------------------------------------------------------------


def walked(entries):
    """Recomputes the chain from the export alone; gives how many contents opened."""
    previous, opened = GENESIS_HASH, 0
    for each in entries:
        header = {name: each[name] for name in ("act", "at", "digest", "kind", "number", "previous")}
        assert each["previous"] == previous
        assert sha256(canonical_json(header).encode()).hexdigest() == each["hash"]
        if each["content"] is not None:
            assert commitment_hash(each["nonce"], each["content"]) == each["digest"]
            opened += 1
        previous = each["hash"]
    return opened


def test_anyone_can_recompute_the_chain_from_the_export_page_by_page(claim):
    entries, address = [], "/changes.json?limit=7"
    while address:
        part = data(address)
        entries, address = entries + part["entries"], part["next"]
    assert walked(entries) == len(entries) == Entry.objects.count()
    assert part["head"] == f"{entries[-1]['number']}:{entries[-1]['hash']}"


def test_one_entry_as_data_is_the_exports(claim):
    (entry,) = data("/changes.json?after=4&limit=1")["entries"]
    alone = data("/changes/5.json")
    assert alone.pop("head") == data("/changes.json")["head"]
    assert alone == entry
    assert Client().get("/changes/5000.json").status_code == 404


@pytest.mark.parametrize("query", ["after=x", "limit=-1", "after=1.5", "after=" + "9" * 50, "limit=%D9%A1"])
def test_a_number_that_is_none_is_refused_in_words(query):
    response = Client().get(f"/changes.json?{query}")
    assert response.status_code == 400
    assert "has to be a whole number" in response.json()["detail"]


def test_every_export_carries_the_head_of_its_day(claim):
    last = Entry.objects.latest("number")
    head = f"{last.number}:{last.hash}"
    for path in (f"{claim.get_absolute_url()}dossier.json", "/changes.json", "/changes/1.json"):
        response = Client().get(path)
        assert response.headers["X-Ledger-Head"] == head
        assert head in response.content.decode()
    before = Client().get(f"{claim.get_absolute_url()}dossier.json?as_of=2026-11-20")
    assert "X-Ledger-Head" not in before.headers
    assert json.loads(before.content)[0]["ledger_head"] is None


def test_what_is_imported_says_who_wrote_it_and_why(look):
    record = Evidence.objects.get(pk=contradicted().links.first().evidence_id)
    Evidence.objects.filter(pk=record.pk).update(detail="By hand.")
    adopted(now=NOW, reason="A slip mended by the operator.")
    page = look(Entry.objects.latest("number").get_absolute_url())
    assert "A slip mended by the operator." in page.main.text
    assert page.one("ins").text == "By hand."
