"""The token of the records: another after each write to any table of the app, and the same while nothing is written."""

import pytest
from django.db import connection, transaction

from claims.models import Claim, Topic
from claims.models.data_version import data_version, watched_tables
from tests.factories import ClaimFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db

TRIGGERS = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_version_%'",
    "postgresql": "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_version'",
}


def query(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_every_table_of_the_app_is_watched():
    tables = {model._meta.db_table for model in (Claim, Topic, Claim.topics.through)}
    assert tables <= set(watched_tables())
    assert {table for (table,) in query(TRIGGERS[connection.vendor])} == set(watched_tables())


def test_each_write_gives_another_token_whoever_makes_it():
    topic, claim = TopicFactory(), ClaimFactory()
    seen = [data_version()]
    for write in (
        lambda: Topic.objects.filter(pk=topic.pk).update(name="Aid"),
        lambda: claim.topics.add(topic),
        lambda: query("UPDATE claims_topic SET name = 'Borders'"),
        claim.topics.clear,
        topic.delete,
    ):
        write()
        seen.append(data_version())
    assert len(set(seen)) == len(seen)


def test_reading_and_accounts_leave_the_token():
    topic = TopicFactory()
    before = data_version()
    topic.refresh_from_db()
    UserFactory()
    assert data_version() == before


def test_a_write_that_is_undone_leaves_the_token_and_the_next_gives_a_new_one():
    before = data_version()
    with transaction.atomic():
        TopicFactory()
        undone = data_version()
        transaction.set_rollback(True)
    assert data_version() == before
    TopicFactory()
    assert data_version() not in {before, undone}
