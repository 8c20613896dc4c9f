"""The benchmark runs, and its second spelling of the method agrees with the first; no test asserts a time."""

import numpy as np
import pytest

from claims.domain.gap import score_claims

from . import method


def test_the_naive_scoring_agrees_with_the_arrays() -> None:
    claims, links = method.dossiers(2_000)
    answer = score_claims(claims, links)
    assert method.differ(answer, method.naive(claims, links)) < 1e-9
    assert 0 < np.isnan(answer.gap).sum() < len(claims)


def test_the_check_sees_a_difference() -> None:
    claims, links = method.dossiers(200)
    wrong = [(50.0, *row[1:]) for row in method.naive(claims, links)]
    assert method.differ(score_claims(claims, links), wrong) > 1


def test_a_table_of_ratios_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(method, "SAMPLE", 100)
    method.main((200, 400))
    heading = capsys.readouterr().out.splitlines()
    assert len(heading) == 4
    assert "naive ÷ arrays" in heading[1]
