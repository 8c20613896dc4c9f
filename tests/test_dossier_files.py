"""The files of the Syria dossier give the table of results before any database holds them."""

from datetime import date

import pytest

from claims.domain.dossier import score_dossier
from claims.domain.vocabulary import State
from tests.dossier_records import dossiers_from_files, read_fields, read_table

TABLE = read_table()


@pytest.fixture(scope="module")
def dossiers():
    return dossiers_from_files()


@pytest.mark.parametrize("row", TABLE, ids=[f"{row['claim']} {row['day']}" for row in TABLE])
def test_the_files_give_the_table(dossiers, row):
    if row["state"] == "uncheckable":
        return
    gap = score_dossier(dossiers[row["claim"]], date.fromisoformat(row["day"]))
    assert (gap.state, gap.gap is None) == (State(row["state"]), row["gap"] is None)
    assert gap.gap is None or gap.gap == pytest.approx(row["gap"], abs=0.0501)


def test_each_answer_has_at_most_forty_words_in_both_languages():
    for claim in read_fields("claims"):
        for answer in (claim["answer"], claim["translations"]["ar"]["answer"]):
            assert 0 < len(answer.split()) <= 40, claim["slug"]


def test_each_report_can_be_followed():
    for report in read_fields("evidence"):
        assert report.get("url") or report.get("reference") or report.get("no_address_reason"), report["slug"]


def test_what_readers_see_is_in_arabic():
    told = {
        "claims": (
            "proposition", "quote", "governing_words", "criterion", "answer", "uncheckable_reason", "settlement",
        ),
        "evidence": ("summary", "detail", "reference"),
        "sources": ("name", "reliability_scope", "reliability_reason"),
        "links": ("rationale", "distinct_reason"),
        "searches": ("sought", "where", "outcome"),
        "origins": ("name",),
        "places": ("name",),
        "speakers": ("name", "about"),
        "roles": ("title",),
        "statements": ("title", "occasion", "text", "reported_text"),
        "about": ("text",),
    }  # fmt: skip
    for name, fields in told.items():
        for row in read_fields(name):
            arabic = row.get("translations", {}).get("ar", {})
            in_arabic = {"text"} if row.get("original_language") == "ar" else set()
            told_in_english = {field for field in fields if row.get(field)}
            assert told_in_english == (arabic.keys() - {"by"}) | in_arabic, row
