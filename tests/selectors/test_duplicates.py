"""Records that may be one entered twice."""

import pytest

from claims.models import Evidence, Source, Speaker
from claims.selectors.duplicates import double_counted, find_twins, twin_pairs
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    SourceFactory,
    SpeakerFactory,
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
