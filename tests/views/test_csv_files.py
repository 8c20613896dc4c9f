"""The list as CSV: its own filters and order, only what is public, no formula, and a bounded number of queries."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.views import csv_files
from claims.views.csv_columns import CLAIM_COLUMNS, REPORT_COLUMNS
from claims.views.csv_files import safe_cell
from tests.actions.desk import contradicted
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory

pytestmark = pytest.mark.django_db


def rows(address):
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_taken_for_a_formula_and_numbers_stay_numbers(start):
    assert safe_cell(f"{start}cmd") == f"'{start}cmd"
    assert safe_cell(-1.5) == "-1.5"


def test_the_file_keeps_the_filters_and_holds_nothing_unpublished():
    claim = ClaimFactory(published=True, kind="fact", proposition='=HYPERLINK("x") "quoted"\n, next')
    ClaimFactory()
    ClaimFactory(withdrawn=True)
    (row,) = rows("/en/claims.csv")
    assert (row["claim"], row["text"]) == (claim.slug, f"'{claim.proposition}")
    assert tuple(row) == tuple(CLAIM_COLUMNS)
    assert rows("/en/claims.csv?kind=denial") == []


def test_a_report_has_a_row_for_each_claim_and_a_lone_grading_none():
    claim = contradicted()
    lone = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True))
    found = rows("/en/evidence.csv")
    assert {row["claim"] for row in found} == {claim.slug}
    assert lone.evidence.slug not in {row["report"] for row in found}
    assert tuple(found[0]) == tuple(REPORT_COLUMNS)


@pytest.mark.parametrize(("name", "columns"), [("claims", CLAIM_COLUMNS), ("evidence", REPORT_COLUMNS)])
def test_the_page_about_data_says_in_a_sentence_what_each_column_holds(look, name, columns):
    contradicted()
    page = look("/data/")
    place = [each.text for each in page.all("h3")].index(f"{name}.csv")
    told = page.all("dl", "columns-list")[place]
    names, meanings = [each.text for each in told.all("dt")], [each.text for each in told.all("dd")]
    assert names == list(rows(f"/{name}.csv")[0]) == list(columns)
    assert all(meaning.endswith(".") for meaning in meanings)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("path", ["/claims.csv", "/evidence.csv"])
def test_a_wrong_filter_or_day_is_refused_as_text(path):
    for query in ("gap_min=x", "as_of=soon", "speaker=nobody"):
        response = Client().get(f"{path}?{query}")
        assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("path", ["/claims.csv", "/evidence.csv"])
def test_more_claims_cost_no_more_queries(path):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            rows(path)
        return len(captured)

    contradicted()
    few = asked()
    ClaimFactory.create_batch(8, published=True)
    assert asked() == few


def test_the_list_names_its_file_with_the_same_filters(look):
    ClaimFactory(published=True)
    (link,) = look("/en/claims/?kind=fact&page=1").all("link", type_="text/csv")
    assert link.attributes["href"] == "/en/claims.csv?kind=fact"


def test_each_batch_costs_the_same_and_no_row_costs_a_query(monkeypatch):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            rows("/claims.csv")
        return len(captured)

    ClaimFactory.create_batch(12, published=True)
    one = asked()
    monkeypatch.setattr(csv_files, "AT_ONCE", 6)
    two = asked()
    monkeypatch.setattr(csv_files, "AT_ONCE", 4)
    assert asked() - two == two - one
    assert two - one <= 8


# Whether a copy is still good


def tag(address, **headers):
    answer = Client().get(address, headers=headers)
    return answer.headers["ETag"]


@pytest.mark.parametrize("path", ["/en/claims.csv", "/en/evidence.csv"])
def test_an_unchanged_file_is_not_sent_again(path):
    contradicted()
    with CaptureQueriesContext(connection) as asked:
        again = Client().get(path, headers={"If-None-Match": tag(path)})
    assert (again.status_code, again.content) == (304, b"")
    assert not [query for query in asked if "claims_rating" in query["sql"]]


@pytest.mark.parametrize("path", ["/en/claims.csv", "/en/evidence.csv", "/en/claims.csv?as_of=2026-11-22"])
def test_a_public_change_gives_the_file_another_tag(path):
    contradicted()
    before = tag(path)
    assert tag(path) == before
    contradicted()
    assert tag(path) != before


def test_files_that_differ_have_different_tags():
    contradicted()
    paths = ["/en/claims.csv", "/ar/claims.csv", "/en/evidence.csv", "/en/claims.csv?kind=fact"]
    days = ["/en/claims.csv?as_of=2026-11-22", "/en/claims.csv?as_of=2026-11-23"]
    assert len({tag(path) for path in [*paths, *days]}) == 6
    assert tag("/claims.csv", accept_language="en") != tag("/claims.csv", accept_language="ar")
