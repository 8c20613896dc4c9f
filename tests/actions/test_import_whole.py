"""An import is whole or not there, also if it is broken off or meets another one, and a row costs few queries."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import import_table, table_imports
from claims.ingest.table_files import read_table
from claims.ingest.table_kinds import TABLE_KINDS
from claims.models import ClaimGap, DeskStep, Evidence, EvidenceLink, ImportedRow, TableImport
from tests import factories as f


def reports(n):
    lines = [f"r{at},Truck {at} crossed,2021-01-01,watch" for at in range(n)]
    return "\n".join(["id,summary,known,source", *lines]).encode()


def enter(by, content, kind="evidence"):
    return import_table(read_table(content), TABLE_KINDS[kind], by=by, now=f.NOW)


@pytest.fixture
def ann():
    f.SourceFactory(slug="watch")
    return f.UserFactory(editor=True)


@pytest.mark.django_db
def test_broken_off_at_the_last_moment_it_leaves_nothing(ann, monkeypatch):
    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(table_imports, "rescore_claim_keys", stop)
    with pytest.raises(KeyboardInterrupt):
        enter(ann, reports(20))
    assert not any(model.objects.exists() for model in (Evidence, ImportedRow, TableImport, DeskStep))


@pytest.mark.django_db
def test_a_row_costs_less_than_a_query(ann):
    enter(ann, reports(1))
    with CaptureQueriesContext(connection) as few:
        enter(ann, reports(200))
    with CaptureQueriesContext(connection) as again:
        enter(ann, reports(200))
    assert len(few) < 100
    assert len(again) < 30


@pytest.mark.django_db
def test_links_of_many_reports_to_one_claim_are_scored_once(ann, monkeypatch):
    claim = f.ClaimFactory(slug="open")
    enter(ann, reports(50))
    scored = []
    score = table_imports.rescore_claim_keys

    def score_and_tell(keys, now):
        scored.append(keys)
        score(keys, now)

    monkeypatch.setattr(table_imports, "rescore_claim_keys", score_and_tell)
    links = "\n".join(["claim,evidence", *(f"open,r{at}" for at in range(50))])
    enter(ann, links.encode(), "links")
    assert scored == [{claim.pk}]
    assert EvidenceLink.objects.count() == 50
    assert ClaimGap.objects.get(claim=claim).state == "no_evidence"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
def test_two_at_once_enter_each_row_once(ann):
    counts, failures = [], []

    def work():
        try:
            counts.append(enter(ann, reports(100)).counts)
        except Exception as error:  # the test judges it
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sorted(each["new"] for each in counts) == [0, 100]
    assert Evidence.objects.count() == 100
