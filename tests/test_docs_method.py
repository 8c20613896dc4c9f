"""The method in plain words says nothing that the code does not do: its example and its tables are run."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from claims.domain.dossier import Gap, score_dossier
from claims.domain.gap import (
    CREDIBILITY_WEIGHT,
    DIRECTNESS_WEIGHT,
    HALF_LIFE_DAYS,
    METHOD_VERSION,
    RELIABILITY_WEIGHT,
)
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability, Stance, State
from claims.ingest.dossier_json import read_dossiers

TEXT = (Path(__file__).resolve().parent.parent / "docs/method.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line[:1] == "|"
]
DOSSIER, RESULT = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def answer() -> Gap:
    [case] = read_dossiers(f"[{DOSSIER}]".encode())
    return score_dossier(case.dossier, case.as_of)


def table(heading: str) -> list[list[str]]:
    """The rows below the heading, as far as the next one's rule."""
    start = next(i for i, row in enumerate(ROWS) if row[0] == heading) + 2
    rules = [i for i, row in enumerate(ROWS) if row[0] == "---" and i > start]
    return ROWS[start : (rules[0] - 1 if rules else None)]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_the_examples_result_is_what_the_method_gives(answer: Gap) -> None:
    said = json.loads(RESULT)
    shown: dict[str, Any] = {
        "gap": answer.gap,
        "low": answer.low,
        "high": answer.high,
        "state": answer.state,
        "tentative": answer.tentative,
        "S": answer.contradicting,
        "R": answer.supporting,
        "N": {"against": answer.publishers_against, "for": answer.publishers_for},
    }
    assert said == {key: round(each, 4 if key in "SR" else 2) if isinstance(each, float) else each
                    for key, each in shown.items()}  # fmt: skip


def test_the_examples_table_is_what_the_method_gives(answer: Gap) -> None:
    rows = table("report")
    assert [row[0] for row in rows] == list(answer.links)
    for name, weights, *numbers in rows:
        link = answer.links[name]
        assert link.gap_without is not None
        shown = [link.mass, round(link.contribution, 2), round(link.gap_without, 2)]
        assert [number(each) for each in numbers] == shown
        assert ("×" in weights) == link.visible


def test_the_weights_in_the_table_multiply_to_the_mass() -> None:
    for _, weights, mass, *_ in table("report"):
        if "×" in weights:
            product = 1.0
            for weight in weights.split("×"):
                product *= float(weight)
            assert product == float(mass)


def test_the_example_in_prose_names_the_same_figures(answer: Gap) -> None:
    assert f"S = 0.75 + 0.5625 = {answer.contradicting}" in TEXT
    assert f"R = {answer.supporting}, and the gap is 100 × 2.3125 ÷ 3.5 = {answer.gap:.2f}" in TEXT
    points = [round(link.contribution, 2) for link in answer.links.values() if link.contribution]
    signs = [f"{'−' if each < 0 else '+'} {abs(each):.2f}" for each in points]
    assert f"50 {' '.join(signs)}" in TEXT


def test_the_grades_have_the_labels_and_weights_of_the_code() -> None:
    grades = table("reliability")
    assert [row[:2] for row in grades] == [
        [f"{each} {each.label}", f"{RELIABILITY_WEIGHT[each]:g}"] for each in Reliability
    ]
    assert [row[2:] for row in grades] == [
        [f"{each.value} {each.label}", f"{CREDIBILITY_WEIGHT[each]:g}"] for each in Credibility
    ]
    assert table("directness") == [[each.label, f"{DIRECTNESS_WEIGHT[each]:g}"] for each in Directness]
    stances = [row[:2] for row in table("stance")]
    assert stances == [
        [f"{each.value} {each.label}".replace("-", "−"), f"{abs(each) / 2:g}"] for each in Stance
    ]


def test_the_half_lives_and_the_methods_name_are_those_of_the_code() -> None:
    prose = " ".join(TEXT.split())
    assert f"{HALF_LIFE_DAYS[ClaimKind.PRIORITY]:g} days for a priority" in prose
    assert f"{HALF_LIFE_DAYS[ClaimKind.CONDITION]:g} days for a condition" in prose
    assert HALF_LIFE_DAYS.keys() == {ClaimKind.PRIORITY, ClaimKind.CONDITION}
    assert f"`{METHOD_VERSION}`" in TEXT


def test_every_state_is_explained() -> None:
    assert [row[0] for row in table("state")] == [state.label for state in State]


def test_the_method_is_told_in_180_lines() -> None:
    assert len(TEXT.splitlines()) <= 180
