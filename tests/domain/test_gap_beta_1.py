"""What was published by gap-beta/1.0 can be recomputed: the 150 answers of that method, unchanged."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims.domain.methods import METHODS, score_by_method
from claims.ingest.dossier_json import read_dossiers

FILE = Path(__file__).with_name("method-vectors-1.0.json")
CASES = read_dossiers(FILE.read_bytes())
EXPECTED: list[dict[str, Any]] = [vector["expect"] for vector in json.loads(FILE.read_bytes())]


@pytest.mark.parametrize("row", range(len(EXPECTED)))
def test_a_dossier_scored_by_the_first_method_agrees(row: int) -> None:
    case, expect = CASES[row], EXPECTED[row]
    gap = score_by_method("gap-beta/1.0", case.dossier, case.as_of)
    assert (gap.state, gap.tentative) == (expect["state"], expect["tentative"])
    numbers = {"gap": gap.gap, "low": gap.low, "high": gap.high, "S": gap.contradicting, "R": gap.supporting}
    for name, number in numbers.items():
        wanted = expect[name]
        assert number == (None if wanted is None else pytest.approx(wanted, rel=0, abs=1e-9))
    contributions = {key: part.contribution for key, part in gap.links.items() if part.contribution}
    assert contributions == pytest.approx(expect["contributions"], rel=0, abs=1e-9)


@pytest.mark.parametrize("row", range(0, len(EXPECTED), 10))
def test_what_is_left_without_a_report_is_the_score_of_the_rest(row: int) -> None:
    dossier, as_of = CASES[row].dossier, CASES[row].as_of
    gap = score_by_method("gap-beta/1.0", dossier, as_of)
    for link in dossier.links:
        links = tuple(each for each in dossier.links if each is not link)
        rest = score_by_method("gap-beta/1.0", replace(dossier, links=links), as_of)
        assert (gap.links[link.id].gap_without, gap.links[link.id].state_without) == (rest.gap, rest.state)


def test_methods_stand_in_the_order_of_their_days() -> None:
    days = [method.released_on for method in METHODS]
    assert days == sorted(days)
    assert len({method.name for method in METHODS}) == len(METHODS)
