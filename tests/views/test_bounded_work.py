"""Every public address does bounded work: with 100,000 ratings, no request reads them all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.agreement_counts import rebuild_agreement
from claims.models import EvidenceLink, Grading, Rating
from claims.selectors import claim_lists, ground_reports
from tests.factories import NOW, ClaimFactory, EvidenceFactory, UserFactory

CLAIMS, REPORTS, GRADERS = 500, 100, 2
MANY = CLAIMS * REPORTS * GRADERS // 4
ADDRESSES = [
    "/en/method/", "/en/method/?as_of=2026-11-20", "/en/", "/en/?as_of=2026-11-20", "/en/claims/",
    "/en/claims/?sort=widest&state=no_evidence", "/en/speakers/", "/en/topics/", "/en/places/", "/en/sources/",
    "/en/search/?q=bridge", "/en/changes/", "/en/corrections/", "/en/compare/", "/en/about/", "/en/data/",
    "/sitemap.xml", "/changes.json",
]  # fmt: skip
READS_RATINGS = re.compile("claims_(rat|grad)ing")
# A plan of SQLite that reads a whole table. PostgreSQL chooses by the sizes of the tables.
READS_ALL_RATINGS = re.compile(r"SCAN (claims_(rat|grad)ing|\w+ USING INDEX (rat|grad)ing_\w+)")


@pytest.fixture(autouse=True)
def _records_are_very_many(monkeypatch):
    """More than one page reads: it reads the ratings of so many claims or reports and no more."""
    monkeypatch.setattr(claim_lists, "MOST", CLAIMS // 5)
    monkeypatch.setattr(ground_reports, "MOST_REPORTS", REPORTS // 5)


@pytest.fixture
def hundred_thousand_ratings(db):
    claims = ClaimFactory.create_batch(CLAIMS, published=True)
    reports = EvidenceFactory.create_batch(REPORTS, published=True)
    editors = UserFactory.create_batch(GRADERS, editor=True)
    links = EvidenceLink.objects.bulk_create(
        [EvidenceLink(claim=claim, evidence=report) for claim in claims for report in reports],
        batch_size=5000,
    )
    graded = [
        (link, editor, stance)
        for n, link in enumerate(links)
        for editor, stance in zip(editors, (n % 5 - 2, n % 3 - 1), strict=True)
    ]
    Rating.objects.bulk_create(
        [
            Rating(link=link, rater=editor, stance=stance, rated_at=NOW, first_rated_at=NOW)
            for link, editor, stance in graded
        ],
        batch_size=5000,
    )
    Grading.objects.bulk_create(
        [Grading(link=link, rater=editor, stance=stance, graded_at=NOW) for link, editor, stance in graded],
        batch_size=5000,
    )
    rebuild_agreement()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return links


def answers_about_ratings(asked, explain=""):
    """The answers to the queries over the ratings, or to how they are made."""
    with connection.cursor() as cursor:
        for query in asked:
            if READS_RATINGS.search(query["sql"]):
                cursor.execute(explain + query["sql"])
                yield cursor.fetchall()


def reads_all(asked):
    if connection.vendor == "sqlite":
        plans = answers_about_ratings(asked, "EXPLAIN QUERY PLAN ")
        return any(READS_ALL_RATINGS.search(str(row[-1])) for plan in plans for row in plan)
    return sum(len(rows) for rows in answers_about_ratings(asked)) > MANY


def test_no_address_reads_all_ratings(client, hundred_thousand_ratings):
    found = []
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200
        if reads_all(asked):
            found.append(address)
    assert found == []


def test_the_page_of_the_method_reads_a_row_for_each_day_and_no_rating(client, hundred_thousand_ratings):
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/en/method/?as_of=2026-11-22").content.decode()
    assert not any(READS_RATINGS.search(query["sql"]) for query in asked)
    assert re.search("50.?000", page)
