"""The index holds what is public, whole and nothing else, however it was written."""

import json

import pytest
from django.core.management import call_command
from django.db import connection, models

from claims.actions import accept_suppression, reopen_record, request_suppression, withdraw_record
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim, Evidence, Place, Role, Source, Speaker, Statement, Topic
from claims.search import count_hits_by_kind, parse_query, search_records
from claims.search.index import build_search_index
from claims.search.index_sources import SEARCHED_KINDS, SOURCE_TABLES
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    PlaceFactory,
    RoleFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
    UserFactory,
)
from tests.syria import FIXTURE

pytestmark = pytest.mark.django_db
needs_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone remakes tables")
MODELS = [Claim, Statement, Evidence, Speaker]


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def documents():
    rows = run("SELECT kind, record_id, day, title, body FROM claims_document")
    return {(kind, key): (day, title, body) for kind, key, day, title, body in rows}


def anew():
    """What the index would be if it were made now."""
    before = documents()
    build_search_index()
    after = documents()
    return before, after


def found(words):
    return {row for model in MODELS for row in search_records(model.objects.all(), parse_query(words))}


@pytest.fixture
def whole():
    """A published record of each kind, and the texts around."""
    claim = ClaimFactory(published=True, proposition="Kappa one")
    RoleFactory(speaker=claim.statement.speaker, title="Kappa role")
    claim.topics.add(TopicFactory(name="Kappa topic"))
    PlaceFactory(name="Kappa place")
    return claim, EvidenceFactory(published=True, summary="Kappa report")


# However it was written


def test_a_dossier_that_was_loaded_is_indexed_as_if_made_now():
    call_command("loaddata", FIXTURE, verbosity=0)
    before, after = anew()
    assert before == after
    kinds = [kind for kind, _ in after]
    assert kinds.count("claim") == Claim.objects.published().count() > 20
    assert kinds.count("evidence") == Evidence.objects.published().count() > 40


CHANGES = [
    lambda claim, report: Claim.objects.update(proposition="Sigma two"),
    lambda claim, report: Statement.objects.update(title="Sigma title", text="Sigma increasing assistance"),
    lambda claim, report: Speaker.objects.update(name="Sigma name"),
    lambda claim, report: Role.objects.update(title="Sigma office", translations={"ar": {"title": "سيغما"}}),
    lambda claim, report: Source.objects.update(name="Sigma press"),
    lambda claim, report: Topic.objects.update(name="Sigma topic", about="Sigma about"),
    lambda claim, report: Place.objects.update(name="Sigma place", translations={"ar": {"name": "سيغما"}}),
    lambda claim, report: Place.objects.all().delete(),
    lambda claim, report: Evidence.objects.update(detail="Sigma detail", known="2020"),
    lambda claim, report: Statement.objects.update(speaker=SpeakerFactory(name="Sigma other")),
    lambda claim, report: Statement.objects.update(said_on="2020-02"),
    lambda claim, report: Role.objects.update(speaker=SpeakerFactory()),
    lambda claim, report: Role.objects.all().delete(),
    lambda claim, report: Claim.objects.update(status="draft"),
    lambda claim, report: Statement.objects.update(status="draft"),
    lambda claim, report: Claim.objects.bulk_create(
        [Claim(statement=claim.statement, proposition="Sigma bulk", kind="fact", slug="sigma")]
    ),
    lambda claim, report: Claim.objects.bulk_update([claim], ["quote"]) and None,
    lambda claim, report: run("UPDATE claims_claim SET quote = 'sigma raw'"),
    lambda claim, report: run("DELETE FROM claims_evidence"),
    lambda claim, report: claim.delete(),
    lambda claim, report: Claim.objects.update(translations={"ar": {"proposition": "سيغما", "by": "x"}}),
    lambda claim, report: Claim.objects.update(translations=["no", {"kind": ["of"]}, "translation"]),
    lambda claim, report: Claim.objects.update(translations={"ar": "neither"}),
]


@pytest.mark.parametrize("change", CHANGES)
def test_no_way_of_writing_leaves_it_stale(whole, change):
    claim, report = whole
    change(claim, report)
    before, after = anew()
    assert before == after


def test_a_change_is_found_at_once_and_what_it_replaced_is_not(whole):
    claim, _ = whole
    Speaker.objects.update(name="Sigma name")
    assert found("sigma") == {claim, claim.statement, claim.statement.speaker}
    Claim.objects.update(proposition="Other words")
    assert claim not in found("kappa")


def test_an_index_made_again_twice_is_the_same(whole):
    assert anew() == anew()


@pytest.mark.parametrize("table", SOURCE_TABLES)
def test_the_columns_that_feed_it_are_columns_and_all_that_are_read(table):
    """A text that a kind reads is watched, or a change of it would pass by."""
    model = next(m for m in (*MODELS, Role, Source, Topic, Place) if m._meta.db_table == table)
    assert set(SOURCE_TABLES[table].columns) <= {field.column for field in model._meta.concrete_fields}
    aliases = {"claims_claim": "c", "claims_statement": "s", "claims_speaker": "p", "claims_evidence": "e",
               "claims_source": "o", "claims_role": "r", "claims_topic": "t", "claims_place": "l"}  # fmt: skip
    read = {
        text.column
        for kind in SEARCHED_KINDS.values()
        for text in (kind.title, *kind.body)
        if text.row == aliases[table]
    }
    assert read <= set(SOURCE_TABLES[table].columns)


# What is public, and nothing else


def hidden():
    draft = StatementFactory(title="Omega", speaker=SpeakerFactory(name="Omega speaker"))
    published = StatementFactory(published=True)
    return [
        draft,
        draft.speaker,
        ClaimFactory(statement=published, proposition="Omega draft"),
        ClaimFactory(statement=published, proposition="Omega withdrawn", withdrawn=True),
        ClaimFactory(published=True, statement=draft, proposition="Omega half published"),
        EvidenceFactory(summary="Omega report"),
        EvidenceFactory(summary="Omega in review", in_review=True),
    ]


def test_nothing_unpublished_is_in_it(whole):
    hidden()
    assert not [key for key, texts in documents().items() if "omega" in "".join(texts)]
    assert found("omega") == set()


def test_what_is_withdrawn_leaves_and_with_a_statement_go_its_claims(whole):
    claim, report = whole
    chief = UserFactory(chief=True)
    assert found("kappa") == {claim, report, claim.statement.speaker}
    withdraw_record(claim.statement, by=chief, now=NOW, reason="It was another’s.")
    assert found("kappa") == {report}
    withdraw_record(report, by=chief, now=NOW, reason="It was another’s.")
    reopen_record(report, by=chief, now=NOW, reason="Perhaps not.")
    assert {kind for kind, _key in documents()} == {"topic", "place"}  # nobody is shown those
    assert sum(count_hits_by_kind(parse_query("kappa"), NOW.date()).values()) == 0


def test_a_suppressed_text_leaves_every_part_of_the_index(whole):
    Claim.objects.update(criterion="Abu Fulan says so")
    Statement.objects.update(text="We are increasing assistance, says Abu Fulan.")
    assert len(found("fulan")) == 2
    asked = request_suppression(
        text="Abu Fulan",
        ground=SuppressionGround.SAFETY,
        reason="It endangers somebody.",
        by=UserFactory(publisher=True),
        now=NOW,
    )
    accept_suppression(asked, by=UserFactory(publisher=True), now=NOW)
    assert found("fulan") == set()
    assert "fulan" not in json.dumps(run("SELECT * FROM claims_document"), default=str)
    if connection.vendor == "sqlite":
        kept = run("SELECT block FROM claims_document_words_data")
        assert kept
        assert not [block for (block,) in kept if b"ulan" in block]


# Migrations


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_it_comes_back_after_a_migration_remade_a_table(whole):
    from claims.models.kept_rows import drop_kept_rows
    from claims.search.index import drop_search_index

    drop_search_index()
    drop_kept_rows()
    with connection.schema_editor() as editor:
        field = models.IntegerField(default=0)
        field.set_attributes_from_name("extra")
        field.model = Statement
        editor.add_field(Statement, field)  # with a default: SQLite makes the table anew
        editor.remove_field(Statement, field)
    Statement.objects.update(title="Sigma")
    call_command("migrate", "claims", verbosity=0)
    assert found("sigma")
    Statement.objects.update(title="Tau")
    assert not found("sigma")
    assert found("tau")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_an_empty_index(turn):
    assert documents() == {}
    ClaimFactory(published=True)
    assert len(documents()) == 3
