import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

BASE_DIR = Path(__file__).resolve().parents[2]
VECTORS = BASE_DIR / "tests/domain/method-vectors.json"
LINK = {
    "id": "L0",
    "stances": [-2],
    "reliability": "B",
    "credibility": 2,
    "directness": "direct",
    "known": "2021-10-13",
}
DOSSIER = {"as_of": "2021-12-31", "claim": {"kind": "fact"}, "links": [LINK, LINK | {"id": "L1"}]}


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """As a newcomer's shell would, with nothing at all in the environment."""
    command = [sys.executable, "-W", "error", str(BASE_DIR / "manage.py"), "score_dossier", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd="/", env={}, check=False)


def near(wanted: Any) -> Any:
    return pytest.approx(wanted, rel=0, abs=1e-9)


def score(*arguments: Any, **options: Any) -> Any:
    out = io.StringIO()
    call_command("score_dossier", *arguments, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "dossiers.json"
    path.write_text(json.dumps([DOSSIER]))
    return path


def test_the_vectors_go_in_and_their_answers_come_out_without_environment_or_database() -> None:
    done = run(str(VECTORS))
    assert (done.returncode, done.stderr) == (0, b"")
    results = json.loads(done.stdout)
    for result, vector in zip(results, json.loads(VECTORS.read_bytes()), strict=True):
        expect = vector["expect"]
        assert result.keys() == {*expect, "as_of", "links"}
        assert result.pop("as_of") == vector["dossier"]["as_of"]
        assert result.pop("links").keys() == {link["id"] for link in vector["dossier"]["links"]}
        assert result.pop("contributions") == near(expect.pop("contributions"))
        assert result.pop("state") == expect.pop("state")
        assert result == {key: value if value is None else near(value) for key, value in expect.items()}


def test_standard_input_is_read_for_a_dash() -> None:
    done = run("-", "--as-of", "1 November 2021", stdin=json.dumps([DOSSIER]).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["as_of"] == "2021-11-01"


def test_bad_input_prints_no_result_says_all_that_is_wrong_and_exits_2() -> None:
    bad = DOSSIER | {"links": [LINK | {"credibility": 7, "known": "2021-13"}]}
    done = run("-", stdin=json.dumps([DOSSIER, bad]).encode())
    assert (done.returncode, done.stdout) == (2, b"")
    words = done.stderr.decode()
    assert 'dossier 1, link 0 ("L0"), credibility: 7 is none of the choices' in words
    assert 'dossier 1, link 0 ("L0"), known: “2021-13” is not in the calendar.' in words
    assert "2 problems; nothing was scored." in words
    assert "Traceback" not in words


@pytest.mark.parametrize("arguments", [[], ["/nowhere.json"]])
def test_a_call_that_cannot_work_prints_no_result_and_exits_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_a_result_says_what_each_link_did(file: Path) -> None:
    [result] = score(str(file))
    assert result["contributions"] == {"L0": 28.125 / 3.125, "L1": 28.125 / 3.125}
    assert result["links"]["L0"] == {
        "visible": True,
        "mass": 0.5625,
        "counted": 0.5625,
        "contribution": 28.125 / 3.125,
        "gap_without": 100 * 1.5625 / 2.5625,
        "state_without": "insufficient",
    }


def test_a_result_says_how_many_publishers_each_side_has(tmp_path: Path) -> None:
    links = [
        LINK | {"publisher": "daily"},
        LINK | {"id": "L1", "publisher": "daily"},
        LINK | {"id": "L2", "publisher": "agency"},
        LINK | {"id": "L3", "stances": [2]},
        LINK | {"id": "L4", "stances": [2], "interested": True},
    ]
    path = tmp_path / "dossiers.json"
    path.write_text(json.dumps([DOSSIER | {"links": links}]))
    [result] = score(str(path))
    assert result["N"] == {"against": 2, "for": 1}
    assert (result["S"], result["R"]) == (1.5625, 0.84375)


def test_a_link_that_counts_nothing_is_among_the_links_but_not_the_contributions(file: Path) -> None:
    [result] = score(str(file), "--as-of=2020-01-01")
    assert (result["gap"], result["state"], result["contributions"]) == (None, "no_evidence", {})
    assert [link["visible"] for link in result["links"].values()] == [False, False]


def test_numbers_are_printed_to_the_last_digit(file: Path) -> None:
    [result] = score(str(file))
    assert result["gap"] == 100 * 2.125 / 3.125
    out = io.StringIO()
    call_command("score_dossier", str(file), stdout=out)
    assert repr(result["low"]) in out.getvalue()


@pytest.mark.parametrize(
    ("day", "problem"),
    [("2021-10", "2021-10 is not one day"), ("", "A date is missing"), ("2021-02-30", "not in the calendar")],
)
def test_a_day_that_is_none_is_refused_in_words(file: Path, day: str, problem: str) -> None:
    with pytest.raises(CommandError, match=problem) as error:
        score(str(file), as_of=day)
    assert error.value.returncode == 2


@pytest.mark.parametrize("path", ["a\0b", "/", "x" * 10_000])
def test_a_path_that_cannot_be_read_is_refused_in_words(path: str) -> None:
    with pytest.raises(CommandError, match="cannot be read") as error:
        score(path)
    assert error.value.returncode == 2


def test_one_problem_is_not_called_problems(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(CommandError, match="1 problem; nothing was scored"):
        score(str(tmp_path / "bad.json"))
