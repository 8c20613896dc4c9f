"""150 dossiers whose exact answers an independent implementation computed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.domain.dossier import Dossier, Gap, score_days, score_dossier, score_dossiers
from claims.ingest.dossier_json import read_dossiers

FILE = Path(__file__).with_name("method-vectors.json")
CASES = [(case.dossier, case.as_of) for case in read_dossiers(FILE.read_bytes())]
EXPECTED: list[dict[str, Any]] = [vector["expect"] for vector in json.loads(FILE.read_bytes())]
TOGETHER = score_dossiers(CASES)
ROWS = range(len(CASES))


def agree(answer: Gap, expect: dict[str, Any]) -> None:
    publishers = {"against": answer.publishers_against, "for": answer.publishers_for}
    assert (answer.state, answer.tentative, publishers) == (expect["state"], expect["tentative"], expect["N"])
    numbers = [answer.gap, answer.low, answer.high, answer.contradicting, answer.supporting]
    for number, wanted in zip(
        numbers, [expect[key] for key in ("gap", "low", "high", "S", "R")], strict=True
    ):
        assert number == (None if wanted is None else pytest.approx(wanted, rel=0, abs=1e-9))


def agree_on_links(answer: Gap, expect: dict[str, Any]) -> None:
    contributions = {key: link.contribution for key, link in answer.links.items() if link.contribution}
    assert contributions.keys() == expect["contributions"].keys()
    assert contributions == pytest.approx(expect["contributions"], rel=0, abs=1e-9)


def test_there_are_150_vectors() -> None:
    assert len(CASES) == len(EXPECTED) == 150


@pytest.mark.parametrize("row", ROWS)
def test_a_dossier_scored_among_the_others_agrees(row: int) -> None:
    agree(TOGETHER[row], EXPECTED[row])
    agree_on_links(TOGETHER[row], EXPECTED[row])


@pytest.mark.parametrize("row", ROWS)
def test_a_dossier_scored_alone_is_the_same_to_the_bit(row: int) -> None:
    assert score_dossier(*CASES[row]) == TOGETHER[row]


@pytest.mark.parametrize("row", ROWS)
def test_a_dossier_scored_over_many_days_agrees_on_its_day(row: int) -> None:
    dossier, as_of = CASES[row]
    before, answer, after = score_days(dossier, [date(2019, 1, 1), as_of, date(2030, 1, 1)])
    agree(answer, EXPECTED[row])
    assert (before.as_of, answer.as_of, after.as_of) == (date(2019, 1, 1), as_of, date(2030, 1, 1))


def test_no_claim_at_all_is_no_score_at_all() -> None:
    assert score_dossiers([]) == []
    assert score_days(CASES[0][0], []) == []


def test_a_dossier_without_links_has_no_number() -> None:
    answer = score_dossier(Dossier(CASES[0][0].kind), date(2021, 10, 13))
    assert (answer.gap, answer.low, answer.high, answer.headline, answer.state) == (None,) * 4 + (
        "no_evidence",
    )
