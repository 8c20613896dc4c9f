"""A fixture with faults is refused in words that name each of them, and nothing of it is stored."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims.actions import record_outside_changes
from claims.ledger.verification import ledger_faults
from claims.models import Claim, Evidence, Rating, Speaker
from tests import factories as f
from tests.commands.bridge_dossier import BLOCK, bridge, drafts, fields_of, renamed
from tests.commands.fixture_files import check, dump, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


# The dossier of the document -----------------------------------------------------------------------------------------


def test_the_dossier_of_the_document_loads_and_has_a_verdict(folder):
    out = check(folder, BLOCK, "loaddata")
    assert "Scored 1 claim(s)" in out
    assert Claim.objects.published().get().gap.state == "mostly_contradicts"
    assert not list(ledger_faults())


def test_a_check_without_faults_stores_nothing(folder):
    assert check(folder, BLOCK) == "17 record(s) and no fault; nothing was stored.\n"
    assert not Claim.objects.exists()
    assert not User.objects.exists()


def test_the_order_of_the_records_does_not_matter(folder):
    check(folder, bridge()[::-1], "loaddata")
    assert Rating.objects.count() == 4


def test_a_file_may_be_edited_and_loaded_again(folder):
    check(folder, bridge(), "loaddata")
    check(folder, bridge("claims.speaker", {"about": "Elected in 2023."}), "loaddata")
    assert Speaker.objects.get().about == "Elected in 2023."
    assert Evidence.objects.count() == 2


def test_drafts_need_no_accounts(folder):
    check(folder, drafts(), "loaddata")
    assert set(Claim.objects.values_list("status", flat=True)) == {"draft"}


def test_dates_that_are_rarely_meant_are_named_and_refuse_nothing(folder):
    out = check(folder, bridge("claims.evidence", {"event": "2190-02-01", "known": "2190-01-01"}))
    assert ": It is published after today, so it counts from that day on. Is the date right?" in out
    assert ": The event is after the publication of its report. Are both dates right?" in out
    assert "no fault; nothing was stored" in out


# One thing wrong -----------------------------------------------------------------------------------------------------

REFUSED = {
    "a grading by nobody": (
        [*drafts(), {"model": "claims.rating",
                     "fields": {"link": ["bridge-open", "cars-turned-back"], "rater": ["carl"], "stance": 1}}],
        ["mine.json, record 10 (rating), field rater: There is no account “carl”, neither in the file"],
    ),
    "an address of its own for nothing": (
        renamed(bridge("claims.evidence", without=["slug"]), "cars-turned-back", ""),
        ["mine.json, record 12 (evidencelink), field evidence: “[\"\"]” names no record. Give the piece of"],
    ),
    "one grading": (
        bridge()[:-1],
        ["mine.json, evidencelink “bridge-open/ferry-still-needed”, field ratings: Claim and report are published"],
    ),
    "published by its writer": (
        bridge("claims.evidence", {"published_by": ["ann"]}),
        ["mine.json, evidence “cars-turned-back”, field published_by: One person enters a record (created_by)"],
    ),
    "approved by its writer": (
        bridge("claims.statement", {"approved_by": ["ann"]}),
        ["mine.json, statement “mayor-2025-05-02”, field approved_by: Say who wrote the text as it stands"],
    ),
    "an address that runs a script": (
        bridge("claims.evidence", {"url": "javascript:alert(1)"}),
        ["mine.json, evidence “cars-turned-back”, field url: A web address begins with http:// or https://."],
    ),
    "a slug with a space": (
        renamed(bridge(), "cars-turned-back", "Voitures refoulées"),
        ["mine.json, evidence “Voitures refoulées”, field slug: An address holds letters and digits of any"],
    ),
    "words that nobody said": (
        bridge("claims.claim", {"quote": "The tunnel is open"}),
        ["mine.json, claim “bridge-open”, field quote: These words do not stand in the statement."],
    ),
    "a long answer": (
        bridge("claims.claim", {"answer": "word " * 41}),
        ["mine.json, claim “bridge-open”, field answer: At most 40 words; these are 41."],
    ),
    "no answer": (
        bridge("claims.claim", without=["answer"]),
        ["mine.json, claim “bridge-open”, field answer: Write what happened, in at most 40 words"],
    ),
    "a draft of a statement": (
        bridge("claims.statement", {"status": "draft"}),
        ["mine.json, claim “bridge-open”, field statement: Publish its statement first."],
    ),
    "a clause that context settles": (
        bridge("claims.rating", {"stance": 0, "decisive_clause": "Cars cross it."}),
        ["mine.json, rating “bridge-open/cars-turned-back/ann”, field decisive_clause: “Police turned cars back"],
    ),
    "a place that could endanger somebody": (
        [*bridge("claims.evidence", {"risk": "withheld", "place": ["quay"]}),
         {"model": "claims.place", "fields": {"slug": "quay", "name": "The quay"}}],
        ["mine.json, evidence “cars-turned-back”, field place: Readers would see “quay”. Put it into exact_place, and"],
    ),
    "no grade": (
        bridge("claims.evidence", without=["credibility"]),
        ["mine.json, evidence “cars-turned-back”, field credibility: A published report keeps its credibility grade."],
    ),
    "a grade without a reason": (
        bridge("claims.source", without=["reliability_reason"]),
        ["mine.json, source “city-radio”, field reliability_reason: Say why it earns this grade"],
    ),
    "an unknown choice": (
        bridge("claims.claim", {"kind": "opinion"}),
        ["mine.json, claim “bridge-open”, field kind: “opinion” is none of its values. Choose among: priority,"],
    ),
    "an unknown status": (
        bridge("claims.claim", {"status": "public"}),
        ["mine.json, claim “bridge-open”, field status: “public” is none of its values. Choose among: draft,"],
    ),
    "an unknown kind of record": (
        [*bridge(), {"model": "claims.speeker", "fields": {"slug": "x", "name": "X"}}],
        ["mine.json, record 18, field model: There is no kind of record “claims.speeker”. Do you mean"],
    ),
    "an unknown field": (
        bridge("claims.claim", {"proposal": "x"}),
        ["mine.json, claim “bridge-open”, field proposal: There is no field of this name. Do you mean “proposition”?"],
    ),
    "a missing field": (
        bridge("claims.statement", without=["said_on"]),
        ["mine.json, statement “mayor-2025-05-02”, field said_on: It is missing: said on."],
    ),
    "a missing reference": (
        bridge("claims.statement", without=["speaker"]),
        ["mine.json, statement “mayor-2025-05-02”, field speaker: It is missing: speaker."],
    ),
    "a number for a text": (
        bridge("claims.speaker", {"about": 5}),
        ["mine.json, speaker “mayor”, field about: “5” is no text. Put it between quotation marks."],
    ),
    "a date that is none": (
        bridge("claims.evidence", {"known": "soon"}),
        ["mine.json, evidence “cars-turned-back”, field known: “soon” is not a date."],
    ),
    "a reference to nothing": (
        bridge("claims.claim", {"statement": ["mayor-2025-05-03"]}),
        ["mine.json, claim “bridge-open”, field statement: There is no statement “mayor-2025-05-03”, "],
    ),
    "a reference that is an object": (
        bridge("claims.statement", {"place": {"slug": "quay"}}),
        ["mine.json, statement “mayor-2025-05-02”, field place: “{\"slug\": \"quay\"}” names no record."],
    ),
    "topics that are no list": (
        bridge("claims.claim", {"topics": "bridges"}),
        ["mine.json, claim “bridge-open”, field topics: “bridges” is not a list of records"],
    ),
    "a translation by nobody": (
        bridge("claims.speaker", {"translations": {"ar": {"name": "رئيس البلدية"}}}),
        ["mine.json, speaker “mayor”: Say who translated it: readers see the name."],
    ),
    "NUL": (
        bridge("claims.speaker", {"name": "The\x00mayor"}),
        ["mine.json, speaker “mayor”, field name: It holds a character that no database can store."],
    ),
    "twice the same": (
        [*bridge(), *bridge()[2:3]],
        ["mine.json, speaker “mayor”: It is there twice: see record 3. Take one of them out."],
    ),
    "a place within itself": (
        [*bridge(), {"model": "claims.place", "fields": {"slug": "quay", "name": "The quay", "parent": ["quay"]}}],
        ["mine.json, place “quay”, field parent: It leads back to the record itself, by way of “quay”."],
    ),
    "half a pair of coordinates": (
        [*bridge(), {"model": "claims.place", "fields": {"slug": "quay", "name": "The quay", "latitude": "35.1"}}],
        ["mine.json, place “quay”, field latitude: Give both, latitude from −90 to 90"],
    ),
    "a bare record": ([*bridge(), "mayor"], ["mine.json, record 18: A record is an object with “model” and “fields”"]),
    "a field outside": (
        [*bridge(), {"model": "claims.topic", "slug": "aid", "fields": {"slug": "aid", "name": "Aid"}}],
        ["mine.json, record 18, field slug: There is no “slug” beside “fields”. Move it into “fields”."],
    ),
    "no list": ({"model": "claims.topic"}, ["mine.json: It does not hold a list."]),
    "nothing": ([], ["mine.json: It holds no records."]),
    "a missing comma": (
        BLOCK.replace("},\n", "}\n", 1),
        ["mine.json: This is not JSON: Expecting ',' delimiter in line 3, column 1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("records", "lines"), REFUSED.values(), ids=REFUSED)
def test_is_refused_in_one_sentence(folder, records, lines):
    found = faults(folder, records)
    assert len(found) == len(lines), found
    for line, start in zip(found, lines, strict=True):
        assert line.startswith(start)


def test_loaddata_refuses_the_same_in_the_same_words(folder):
    records = bridge("claims.claim", {"quote": "The tunnel is open"})
    assert faults(folder, records, "loaddata") == faults(folder, records)


def test_all_faults_are_named_at_once(folder):
    records = bridge("claims.claim", {"quote": "The tunnel is open"}, without=["answer"])
    fields_of(records, "claims.statement")["published_by"] = ["ann"]
    fields_of(records, "claims.evidence")["url"] = "ftp://city-radio.example"
    records = [record for record in records if record["model"] != "claims.searchnote"]
    assert [line.partition(": ")[0].removeprefix("mine.json, ") for line in faults(folder, records)] == [
        "statement “mayor-2025-05-02”, field published_by",
        "claim “bridge-open”, field quote",
        "claim “bridge-open”, field answer",
        "claim “bridge-open”, field search_notes",
        "evidence “cars-turned-back”, field url",
    ]


# What stands as it was ------------------------------------------------------------------------------------------------


@pytest.fixture
def older_dump(folder):
    """A dump of a site that published a claim before answers were asked for, with a link that waits for a grading."""
    with transaction.atomic():
        check(folder, bridge(), "loaddata")
        Claim.objects.update(answer="")
        Rating.objects.last().delete()
        record_outside_changes(now=f.NOW, reason="As of old.", with_gone=True)
        older = dump()
        transaction.set_rollback(True)
    return older


def test_what_was_published_before_stands_and_is_listed(folder, older_dump):
    out = check(folder, older_dump)
    assert "claim “bridge-open”, field answer: Write what happened" in out
    assert "evidencelink “bridge-open/ferry-still-needed”, field ratings: Claim and report" in out
    assert "(published before; it stands as it was)" in out
    assert "2 thing(s) that were published before" in check(folder, older_dump, "loaddata")
    assert not list(ledger_faults())


def test_what_the_file_changes_of_it_meets_all_rules(folder, older_dump):
    fields_of(older_dump, "claims.claim")["criterion"] = "Lorries cross it, too."
    assert [line.partition(": ")[0] for line in faults(folder, older_dump)] == [
        "mine.json, claim “bridge-open”, field answer",
        "mine.json, evidencelink “bridge-open/ferry-still-needed”, field ratings",
    ]
