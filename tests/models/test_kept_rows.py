"""The rows by which lists filter, sort and count are what the records give, however these were written."""

import pytest
from django.db import connection, transaction

from claims.domain.vocabulary import Status
from claims.models import (
    Claim,
    ClaimCount,
    ClaimGap,
    PublicClaim,
    PublicClaimTopic,
    Speaker,
    Statement,
    Topic,
)
from claims.models.kept_rows import FEEDS, build_kept_rows, drop_kept_rows, kept_row_faults
from claims.models.public_claim import NEVER, Scope
from tests.factories import (
    ClaimFactory,
    ClaimGapFactory,
    PlaceFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
needs_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def claim():
    """A public claim with a verdict, about a topic and a place that lie within others; beside another claim."""
    claim = ClaimFactory(published=True, kind="fact", answer="It came.", statement__said_on="2021-03")
    ClaimGapFactory(claim=claim, state="mixed", headline=50.0, doubt=80.0)
    claim.topics.add(TopicFactory(name="Inner", parent=TopicFactory(name="Outer")))
    claim.places.add(PlaceFactory(parent=PlaceFactory()))
    ClaimFactory(published=True).topics.add(claim.topics.get())
    return claim


def test_a_row_holds_what_lists_read(claim):
    row = PublicClaim.objects.get(claim=claim)
    assert (row.kind, row.state, row.headline, row.doubt) == ("fact", "mixed", 50.0, 80.0)
    assert (row.speaker, row.standing) == (claim.statement.speaker, claim.statement.speaker.standing)
    assert (str(row.said_on), row.known_from, row.moved_on) == ("2021-03", "2021-03-31", NEVER)
    assert (row.has_answer, row.is_unscored, row.tentative) == (True, False, claim.gap.tentative)


def test_a_claim_is_about_what_its_topics_lie_within(claim):
    rows = PublicClaimTopic.objects.filter(claim=claim.pk)
    assert sorted(rows.values_list("node__name", flat=True)) == ["Inner", "Outer"]


def test_the_counts_tell_how_many_claims_of_a_topic_have_a_verdict(claim):
    counts = ClaimCount.objects.filter(scope=Scope.TOPIC, node=Topic.objects.get(name="Outer").pk)
    assert sorted(counts.values_list("state", "claims", "scored", "headlines")) == [
        ("", 1, 0, 0),
        ("mixed", 1, 1, 50_000_000),
    ]


@pytest.mark.parametrize("status", [each for each in Status if each != Status.PUBLISHED])
@pytest.mark.parametrize("model", [Claim, Statement])
def test_what_is_not_public_has_no_row(claim, model, status):
    """Written past the actions and the constraints that they meet, as the triggers alone see it."""
    row = claim if model is Claim else claim.statement
    gone = {"withdrawn_at": row.published_at, "withdrawn_by": row.published_by, "withdrawal_reason": "?"}
    model.objects.filter(pk=row.pk).update(
        status=status, submitted_at=row.published_at, submitted_by=row.published_by, **gone
    )
    assert not PublicClaim.objects.filter(claim=claim).exists()
    assert not PublicClaimTopic.objects.filter(claim=claim.pk).exists()
    assert list(kept_row_faults()) == []


CHANGES = {
    "a kind": lambda claim: Claim.objects.update(kind="denial"),
    "an answer": lambda claim: Claim.objects.filter(pk=claim.pk).update(answer=""),
    "a position": lambda claim: Claim.objects.update(position=7),
    "another statement": lambda claim: Claim.objects.filter(pk=claim.pk).update(
        statement=StatementFactory(published=True)
    ),
    "a date": lambda claim: Statement.objects.update(said_on="2020"),
    "another speaker": lambda claim: Statement.objects.update(speaker=SpeakerFactory(standing="expert")),
    "a standing": lambda claim: Speaker.objects.update(standing="armed_group"),
    "a gap": lambda claim: ClaimGap.objects.update(gap=60.5, headline=60.5, moved_on="2026-01-02"),
    "no verdict": lambda claim: ClaimGap.objects.update(state="stale", headline=None, doubt=None),
    "no gap": lambda claim: ClaimGap.objects.all().delete(),
    "a topic": lambda claim: claim.topics.add(TopicFactory()),
    "no topic": lambda claim: claim.topics.clear(),
    "no place": lambda claim: claim.places.clear(),
    "a topic that moves out": lambda claim: Topic.objects.update(parent=None),
    "a topic that moves in": lambda claim: Topic.objects.filter(parent=None).update(
        parent=TopicFactory(parent=TopicFactory())
    ),
    "a claim that goes": lambda claim: claim.delete(),
    "raw SQL": lambda claim: run("UPDATE claims_claim SET kind = 'priority'"),
    "rows that are deleted in SQL": lambda claim: run("DELETE FROM claims_claim_topics"),
    "many new claims": lambda claim: Claim.objects.bulk_create(
        Claim(statement=claim.statement, proposition=f"No {n}", kind="fact", slug=f"no-{n}") for n in range(9)
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_way_of_writing_leaves_a_row_behind(claim, change):
    CHANGES[change](claim)
    assert list(kept_row_faults()) == []
    build_kept_rows()
    assert list(kept_row_faults()) == []


def test_a_change_that_is_undone_leaves_the_rows_as_they_were(claim):
    with transaction.atomic():
        Claim.objects.update(kind="denial")
        transaction.set_rollback(True)
    assert PublicClaim.objects.get(claim=claim).kind == "fact"
    assert list(kept_row_faults()) == []


@needs_postgresql
@pytest.mark.parametrize("table", ["claims_claim_topics", "claims_claimgap", "claims_claim CASCADE"])
def test_emptying_a_table_empties_what_came_of_it(claim, table):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL empties no table of which it has something to check
    run(f"TRUNCATE {table}")
    assert list(kept_row_faults()) == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE claims_publicclaim SET kind = 'denial'", "claims_publicclaim: the row (claim_id "),
        ("DELETE FROM claims_publicclaimtopic", "is missing"),
        ("UPDATE claims_claimcount SET claims = claims + 1", "claims_claimcount: the row (scope "),
    ],
)
def test_the_check_names_each_row_that_somebody_changed_by_hand(claim, damage, words):
    run(damage)
    assert any(words in fault for fault in kept_row_faults())
    build_kept_rows()
    assert list(kept_row_faults()) == []


def test_rows_are_made_for_the_records_of_before_an_upgrade(claim):
    drop_kept_rows()
    Claim.objects.update(kind="denial")
    assert PublicClaim.objects.get(claim=claim).kind == "fact"
    build_kept_rows()
    assert PublicClaim.objects.get(claim=claim).kind == "denial"


def test_each_column_that_feeds_the_rows_exists():
    with connection.cursor() as cursor:
        for table, (columns, _concerned) in FEEDS.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")
