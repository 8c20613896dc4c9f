"""Lists: what needs attention at a glance, and no query for each row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import (
    Claim,
    Correction,
    Evidence,
    Origin,
    Place,
    Proposal,
    Snapshot,
    Source,
    Speaker,
    Statement,
    Suppression,
    Topic,
)
from tests.factories import (
    AboutFactory,
    ClaimFactory,
    ClaimGapFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    ReplyFactory,
    RevisionFactory,
    RoleFactory,
    SearchNoteFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    SuppressionFactory,
    TopicFactory,
)

from .posting import address, listing, text


def grown(rows):
    """A little of everything."""
    for n in range(rows):
        claim = ClaimFactory(published=True, criterion=f"To see {n}.")
        claim.topics.add(TopicFactory(parent=TopicFactory()))
        claim.places.add(PlaceFactory(parent=PlaceFactory()))
        evidence = EvidenceFactory(published=True, origin=OriginFactory(), place=PlaceFactory())
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2)
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(ungraded=True))
        ClaimGapFactory(claim=claim)
        SnapshotFactory(claim=claim, number=1)
        CorrectionFactory(claim=claim)
        RoleFactory(speaker=claim.statement.speaker)
        RevisionFactory(claim=claim)
        SuppressionFactory()


def queries_of(client, url):
    client.get(url)  # what is asked once a process is not asked for rows
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(caught)


# One of each is the look-up of a second factor, of whoever signs in.
PINNED = {
    Claim: 9, Statement: 9, Evidence: 8, Source: 7, Speaker: 7, Origin: 7, Topic: 7, Place: 7, Correction: 7,
    Snapshot: 7, Proposal: 13, Suppression: 7,
}  # fmt: skip


@pytest.mark.parametrize("model", PINNED, ids=lambda model: model.__name__)
def test_no_list_asks_more_of_the_database_as_it_grows(publisher, model):
    grown(2)
    few = queries_of(publisher, listing(model))
    grown(4)
    assert queries_of(publisher, listing(model)) == few <= PINNED[model]


def crowded(rows):
    statement = StatementFactory(published=True)
    claims = ClaimFactory.create_batch(rows, statement=statement)
    for claim in claims:
        ClaimGapFactory(claim=claim)
    for _ in range(rows):
        EvidenceLinkFactory(claim=claims[0], stance=-2)
        SearchNoteFactory(claim=claims[0])
    evidence = EvidenceFactory()
    for claim in claims:
        EvidenceLinkFactory(claim=claim, evidence=evidence, stance=1)
    return statement, claims[0], evidence


# The statement is published: one query for the editor's own proposal of it, one for those of its claims. The claim and
# the report are drafts: one query for who sent them back.
@pytest.mark.parametrize(
    ("which", "most"), [(0, 16), (1, 27), (2, 15)], ids=["statement", "claim", "evidence"]
)
def test_no_form_asks_more_of_the_database_as_its_rows_grow(editor, which, most):
    few = queries_of(editor, address(crowded(2)[which]))
    assert queries_of(editor, address(crowded(7)[which])) == few <= most


def test_a_claim_without_a_verdict_shows_a_dash_and_no_number(editor):
    ClaimGapFactory(claim=ClaimFactory(), gap=51.7)
    page = text(editor.get(listing(Claim)))
    assert '<td class="field-gap_number">—</td>' in page
    assert "Too little evidence" in page
    assert "51.7" not in page
    assert ">52<" not in page


def test_a_claim_that_was_never_scored_is_listed_all_the_same(editor):
    ClaimFactory()
    assert '<td class="field-gap_number">—</td>' in text(editor.get(listing(Claim)))


def test_the_lists_say_what_needs_attention(editor):
    claim = ClaimFactory(criterion="")
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(ungraded=True))
    page = text(editor.get(listing(Claim)))
    for words in ("how this is tested", "1 stance", "1 grade", "1 draft"):
        assert f'<span class="desk-need">{words}</span>' in page
    assert '<span class="desk-need">no grade</span>' in text(editor.get(listing(Evidence)))
    StatementFactory()
    assert '<span class="desk-need">claims</span>' in text(editor.get(listing(Statement)))


@pytest.mark.parametrize(
    ("value", "found"),
    [("criterion", 1), ("evidence", 2), ("stance", 1), ("grade", 1), ("span", 0), ("nonsense", 3), ("", 3)],
)
def test_the_list_of_claims_narrows_to_what_can_be_mended(editor, value, found):
    ClaimFactory(criterion="")
    ClaimFactory()
    EvidenceLinkFactory(evidence=EvidenceFactory(ungraded=True))
    answer = editor.get(listing(Claim), {"needs": value})
    assert answer.context["cl"].result_count == found


@pytest.mark.parametrize("model", PINNED, ids=lambda model: model.__name__)
def test_every_list_can_be_searched_and_counted_by_its_filters(publisher, model):
    grown(1)
    assert publisher.get(listing(model), {"q": "a", "_facets": "True"}).status_code == 200


@pytest.mark.parametrize("maker", [
    StatementFactory, ClaimFactory, EvidenceFactory, ReplyFactory, AboutFactory, SourceFactory, SpeakerFactory,
], ids=lambda maker: maker._meta.model.__name__)  # fmt: skip
def test_a_list_narrows_to_what_i_entered_and_to_what_nobody_here_did(maker, editor, colleague):
    colleague.user.is_active = False
    colleague.user.save()
    own, orphan, loaded = maker(created_by=editor.user), maker(created_by=colleague.user), maker()
    for value, expected in {
        "me": {own},
        "nobody": {orphan, loaded},
        "nonsense": {own, orphan, loaded},
    }.items():
        answer = editor.get(listing(maker._meta.model), {"entered": value})
        assert set(answer.context["cl"].result_list) == expected


def test_claims_are_found_by_their_words_and_their_speaker(editor):
    claim = ClaimFactory(proposition="Aid is increased", statement__speaker__name="Antony Blinken")
    ClaimFactory(proposition="Something else")
    for words in ("aid increased", "blinken"):
        assert list(editor.get(listing(Claim), {"q": words}).context["cl"].result_list) == [claim]


def test_a_source_says_where_it_is_used(editor):
    EvidenceFactory(source=SourceFactory(unjudged=True))
    page = text(editor.get(listing(Source)))
    assert '<td class="field-used">1</td>' in page
    assert '<span class="desk-need">a grade</span>' in page


@pytest.fixture
def passed_on():
    """A report of an agency, graded A, that a paper graded D only carries."""
    agency = SourceFactory(name="The agency", reliability="A")
    paper = SourceFactory(name="The paper", reliability="D")
    return EvidenceFactory(published=True, source=paper, relays=agency, credibility=2)


def test_a_report_that_is_passed_on_stands_in_the_list_with_its_publisher_and_the_grade_of_that(
    editor, passed_on
):
    row = text(editor.get(listing(Evidence))).partition("result_list")[2]
    assert "The agency (carried by The paper)" in row
    assert ">A2</abbr>" in row
    assert "D2" not in row


def test_beside_its_claim_it_has_the_publisher_and_grade_that_readers_see(editor, passed_on):
    claim = ClaimFactory()
    EvidenceLinkFactory(claim=claim, evidence=passed_on, stance=-2)
    page = " ".join(text(editor.get(address(claim))).split())
    assert "<bdi>The agency</bdi>, carried by The paper" in page
    assert ">A2</abbr>" in page
    assert ">D2</abbr>" not in page
