"""What is missing before a record can be published, said so that it can be mended."""

import pytest
from django.core.exceptions import ValidationError

from claims.models import Evidence, Statement
from claims.selectors.readiness import readiness_items
from tests.factories import ClaimFactory, EvidenceFactory, SearchNoteFactory, StatementFactory

pytestmark = pytest.mark.django_db


def complete(**fields):
    """A claim that lacks nothing but what the test takes from it."""
    claim = ClaimFactory(**{"statement": StatementFactory(published=True), **fields})
    SearchNoteFactory(claim=claim)
    SearchNoteFactory(claim=claim, against=True)
    return claim


def undone(record):
    return [item.field for item in readiness_items(record) if not item.done]


@pytest.mark.parametrize("factory", [complete, EvidenceFactory, StatementFactory])
def test_a_published_record_lacks_nothing(factory):
    assert undone(factory(published=True)) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"quote": ""}, ["quote"]),
        ({"quote": "Words that nobody said"}, ["quote"]),
        ({"criterion": ""}, ["criterion"]),
        ({"quote": "", "criterion": ""}, ["quote", "criterion"]),
        ({"criterion": "", "uncheckable_reason": "Too vague."}, []),
        ({"answer": ""}, ["answer"]),
        ({"answer": "word " * 41}, ["answer"]),
        ({"answer": "word " * 40}, []),
        ({"kind": "denial"}, ["governing_words"]),
        ({"kind": "denial", "governing_words": "three things … increasing assistance"}, ["governing_words"]),
        ({"governing_words": "four things … increasing assistance"}, ["quote"]),
    ],
)
def test_a_claim_needs_its_span_and_what_would_settle_it(change, fields):
    assert undone(complete(**change)) == fields


@pytest.mark.parametrize("variant", [{}, {"withdrawn": True}])
def test_a_claim_needs_its_statement_published(variant):
    assert undone(complete(statement=StatementFactory(**variant))) == ["statement"]


def test_evidence_needs_a_grade_and_a_source():
    assert undone(EvidenceFactory(ungraded=True)) == ["credibility"]
    assert undone(Evidence(summary="Trucks crossed", url="https://reports.example")) == [
        "credibility",
        "source",
    ]


NOWHERE = {"url": "", "reference": "", "no_address_reason": ""}


def test_evidence_says_where_it_can_be_read():
    assert undone(EvidenceFactory(**NOWHERE)) == ["url"]
    assert undone(EvidenceFactory(**NOWHERE | {"reference": "   "})) == ["url"]


@pytest.mark.parametrize(
    "said",
    [
        {"url": "https://reports.example/1"},
        {"reference": "An-Nahar, 3 May 2014, page 7"},
        {"no_address_reason": "Its witness would be in danger."},
    ],
)
def test_an_address_a_reference_or_a_reason_is_enough(said):
    assert undone(EvidenceFactory(**NOWHERE | said)) == []


def test_what_was_published_without_stays_so_but_takes_nothing_away():
    older = EvidenceFactory(published=True, **NOWHERE)
    older.clean()
    report = EvidenceFactory(published=True)
    report.url = ""
    with pytest.raises(ValidationError, match="A published report keeps its address"):
        report.clean()
    report.reference = "An-Nahar, 3 May 2014, page 7"
    report.clean()


def test_a_statement_needs_words_and_a_source():
    assert undone(Statement(title="Remarks")) == ["text", "source"]


def test_every_item_says_what_to_do_about_a_field_that_the_form_has():
    for record in (ClaimFactory(), EvidenceFactory(), StatementFactory()):
        for item in readiness_items(record):
            assert item.label[0].islower()
            assert item.sentence.endswith(".")
            assert item.field in {field.name for field in type(record)._meta.get_fields()}


def test_a_claim_needs_a_search_for_either_side():
    """The score cannot see what nobody looked for."""
    claim = ClaimFactory(statement=StatementFactory(published=True))
    assert undone(claim) == ["search_notes", "search_notes"]
    SearchNoteFactory(claim=claim)
    assert undone(claim) == ["search_notes"]
    SearchNoteFactory(claim=claim, against=True)
    assert undone(claim) == []
