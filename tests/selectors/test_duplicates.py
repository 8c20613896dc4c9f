"""Records that may be one entered twice."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import accept_suppression, request_suppression
from claims.domain.vocabulary import SuppressionGround
from claims.ingest.fixture_file import fixture_fields
from claims.models import Evidence, Source, Speaker
from claims.models.comparison_key import comparison_key
from claims.selectors.duplicates import double_counted, double_counts_among, find_twins, twin_pairs
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    SourceFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def grounds(record):
    return [(twin.record, [ground.value for ground in twin.grounds]) for twin in find_twins(record)]


def test_the_same_address_whatever_tracks_it():
    first = EvidenceFactory(url="https://www.reports.example/1/?utm_source=x")
    second = EvidenceFactory(url="http://reports.example/1#top")
    EvidenceFactory(url="https://reports.example/2")
    assert grounds(second) == [(first, ["address"])]
    assert grounds(first) == [(second, ["address"])]


def test_the_same_words_whatever_their_accents_case_and_marks():
    first = EvidenceFactory(summary="Café in “Aleppo” hit; three killed.")
    assert grounds(EvidenceFactory.build(summary="CAFE in Aleppo hit, three killed")) == [(first, ["words"])]
    arabic = EvidenceFactory(summary="عبرت الشاحنات من باب الهوى")
    assert grounds(EvidenceFactory(summary="عَبَرت الشّاحنات من باب الهوى.")) == [(arabic, ["words"])]


def test_the_same_publisher_day_and_place_also_where_one_carries_the_other():
    agency, place = SourceFactory(), PlaceFactory()
    first = EvidenceFactory(source=agency, place=place, event="2021-11-01")
    carried = EvidenceFactory(source=SourceFactory(), relays=agency, place=place, event="2021-11-01")
    assert grounds(carried) == [(first, ["occasion"])]


@pytest.mark.parametrize(
    "other", [{"event": "2021-11-02"}, {"event": "2021-11"}, {"place": None}, {"source": None}]
)
def test_another_day_place_or_publisher_is_no_twin(other):
    same = {"source": SourceFactory(), "place": PlaceFactory(), "event": "2021-11-01"}
    EvidenceFactory(**same)
    if "source" in other:
        other = {"source": SourceFactory()}
    assert not find_twins(EvidenceFactory(**same | other))


def test_a_month_is_no_day():
    same = {"source": SourceFactory(), "place": PlaceFactory(), "event": "2021-11"}
    EvidenceFactory(**same)
    assert not find_twins(EvidenceFactory(**same))


def test_what_was_withdrawn_is_no_twin():
    EvidenceFactory(withdrawn=True, url="https://reports.example/1")
    assert not find_twins(EvidenceFactory(url="https://reports.example/1"))


def test_speakers_and_sources_of_one_name_also_in_translation():
    blinken = SpeakerFactory(name="Antony Blinken", translations={"ar": {"name": "أنتوني بلينكن", "by": "X"}})
    assert grounds(SpeakerFactory(name="antony  BLINKEN")) == [(blinken, ["name"])]
    assert blinken in [twin for twin, _grounds in grounds(SpeakerFactory(name="انتوني بلينكن"))]
    SourceFactory(name="Antony Blinken")
    assert len(find_twins(blinken)) == 2
    assert not find_twins(SourceFactory(name="Another"))


def test_pairs_name_each_later_record_beside_the_first():
    first, second, third = (EvidenceFactory(url="https://reports.example/1") for _ in range(3))
    EvidenceFactory()
    pairs = twin_pairs(Evidence, {first.pk, second.pk, third.pk})
    assert [(record, twin.record) for record, twin in pairs] == [(second, first), (third, first)]
    assert [record for record, _twin in twin_pairs(Evidence, {third.pk})] == [third]
    assert twin_pairs(Speaker, set()) == twin_pairs(Source, set()) == []


def test_a_report_counts_once_a_claim_until_an_editor_says_that_they_differ():
    claim, same = ClaimFactory(), {"url": "https://reports.example/1"}
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(**same))
    EvidenceLinkFactory(evidence=EvidenceFactory(**same))
    assert not double_counted(link)
    other = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(**same))
    assert [twin.record for twin in double_counted(other)] == [link.evidence]
    other.distinct_reason = "One page tells of two strikes."
    assert not double_counted(other)
    other.save()
    assert not double_counted(link)


# What it costs --------------------------------------------------------------------------------------------------------

INDEXES = ("evidence_by_address", "evidence_by_words", "evidence_by_occasion")


@pytest.fixture
def report():
    """One of many reports, with all that twins are found by."""
    EvidenceFactory.create_batch(20)
    return EvidenceFactory(url="https://of-its-own.example/1", event="2021-11-01", place=PlaceFactory())


def plan(sql):
    """How the database would read its tables if they were too large to be read as a whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_no_save_reads_every_report(report):
    with CaptureQueriesContext(connection) as asked:
        find_twins(report)
    plans = [plan(query["sql"]) for query in asked]
    assert len(plans) == len(INDEXES)
    for found in plans:
        assert any(name in found for name in INDEXES)
        assert "SCAN claims_evidence" not in found
        assert "Seq Scan" not in found
    assert all(any(name in found for found in plans) for name in INDEXES)


def test_what_it_costs_does_not_grow(report, django_assert_num_queries):
    link = EvidenceLinkFactory(evidence=report)
    for _ in range(5):
        EvidenceLinkFactory(claim=link.claim)
    with django_assert_num_queries(len(INDEXES)):
        assert not find_twins(report)
    with django_assert_num_queries(len(INDEXES)):
        assert not double_counted(link)
    with django_assert_num_queries(
        2 + len(INDEXES) + 1
    ):  # the link's ends, the keys, the links that hold them
        assert not double_counts_among([link.pk], {link.pk})
    with django_assert_num_queries(1 + len(INDEXES)):
        assert not twin_pairs(Evidence, {report.pk})


# The keys -------------------------------------------------------------------------------------------------------------


def test_every_way_of_storing_stores_the_keys(report):
    other = EvidenceFactory(url="https://other.example/", summary="Other words")
    other.url, other.summary = report.url, report.summary
    other.save(update_fields=["url", "summary"])
    stored = dict(Evidence.objects.values_list("pk", "address_key"))
    assert stored[other.pk] == stored[report.pk] != ""
    copy = Evidence(slug="copy", summary=report.summary, source=report.source, known="2021-11-01")
    Evidence.objects.bulk_create([copy])
    assert Evidence.objects.filter(words_key=report.words_key).count() == 3


def test_a_text_that_is_suppressed_takes_its_key_with_it():
    report, (one, other) = (
        EvidenceFactory(summary="Abu Fulan crossed"),
        UserFactory.create_batch(2, publisher=True),
    )
    ground, why = SuppressionGround.SAFETY, "It endangers somebody."
    asked = request_suppression(text="Abu Fulan", by=one, now=NOW, ground=ground, reason=why)
    accept_suppression(asked, by=other, now=NOW)
    summary, key = Evidence.objects.values_list("summary", "words_key").get(pk=report.pk)
    assert key == comparison_key("words", summary) != report.words_key


def test_a_file_of_records_neither_holds_nor_sets_a_key(report):
    told = serializers.serialize("json", [report])
    assert "_key" not in told
    report.delete()
    for row in serializers.deserialize("json", told):
        row.save()
    assert Evidence.objects.filter(address_key=report.address_key, words_key=report.words_key).exists()
    assert "address_key" not in fixture_fields(Evidence)


def test_the_migration_fills_the_keys_of_what_was_there_in_batches(report, monkeypatch):
    migration = import_module("claims.migrations.0017_twin_keys")
    monkeypatch.setattr(migration, "BATCH", 2)
    right = list(Evidence.objects.order_by("pk").values_list("pk", "address_key", "words_key"))
    Evidence.objects.update(address_key="", words_key="")
    migration.fill_keys(apps, SimpleNamespace(connection=connection))
    assert list(Evidence.objects.order_by("pk").values_list("pk", "address_key", "words_key")) == right


def test_a_change_of_the_rules_needs_a_migration_that_fills_the_keys_again():
    """If this fails, write one as `0017_twin_keys`: stored keys follow the rules of the day on which they were made."""
    assert (
        comparison_key("address", "http://www.Reports.example/A/?b=1&utm_source=x")
        == "273a431af7b82d02162f51aac4d365d5"
    )
    assert comparison_key("words", "Café in “Aleppo” hit; الأسد") == "f55ab2e568dba744ca4af0a3b7730491"
    assert comparison_key("words", " … ") == ""
