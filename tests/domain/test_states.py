"""The edges of the states, by example: chance seldom hits them exactly."""

from datetime import date

import pytest

from claims.domain.dossier import Dossier, Gap, score_dossier
from claims.domain.vocabulary import ClaimKind, Directness

from .strategies import link

DAY = date(2021, 10, 13)
# Masses that one link can have, by grade; all known on the very day of the score.
GRADES = {1.0: "A1", 0.75: "B1", 0.5625: "B2", 0.5: "C1", 0.25: "D1", 0.1875: "D2", 0.125: "D3", 0.0625: "D4"}


def scored(*masses: float) -> Gap:
    """Each from an origin of its own; a negative one supports."""
    links = [link(str(i), -2 if mass > 0 else 2, grade=GRADES[abs(mass)]) for i, mass in enumerate(masses)]
    return score_dossier(Dossier(ClaimKind.FACT, links=tuple(links)), DAY)


@pytest.mark.parametrize(
    ("masses", "gap", "state"),
    [
        ([-1, -1, -1], 20, "matches"),
        ([-1, -1, -0.75, -0.1875], 20.2532, "mostly_matches"),
        ([-0.75, -0.125, 0.25], 40, "mostly_matches"),
        ([-0.75, -0.0625, 0.25], 40.8163, "mixed"),
        ([0.75, 0.0625, -0.25], 59.1837, "mixed"),
        ([0.75, 0.125, -0.25], 60, "mostly_contradicts"),
        ([1, 1, 0.75, 0.1875], 79.7468, "mostly_contradicts"),
        ([1, 1, 1], 80, "contradicts"),
    ],
)
def test_bands_are_fifths_whose_edges_belong_to_the_outer_one(
    masses: list[float], gap: float, state: str
) -> None:
    answer = scored(*masses)
    assert (answer.gap, answer.state) == (pytest.approx(gap, abs=1e-4), state)


@pytest.mark.parametrize(
    ("masses", "state"),
    [
        ([0.5, -0.5], "conflicting"),
        ([0.75, -0.25, -0.1875], "mixed"),  # less than half a unit on one side: no conflict
        ([1, 1, 1, -1], "conflicting"),  # three against one is conflicting …
        ([1, 1, 1, 1, -1], "mostly_contradicts"),  # … four against one is not
        ([1, 0.5, -0.5], "conflicting"),
        ([1, 0.5, 0.0625, -0.5], "mostly_contradicts"),
        ([-1, -1, -1, 1], "conflicting"),
        ([-1, -1, -1, -1, 1], "mostly_matches"),
    ],
)
def test_evidence_conflicts_from_half_a_unit_and_a_quarter_of_all_on_each_side(
    masses: list[float], state: str
) -> None:
    assert scored(*masses).state == state


@pytest.mark.parametrize(
    ("masses", "state"),
    [
        ([], "no_evidence"),
        ([1], "insufficient"),
        ([0.5, 0.25, 0.1875], "insufficient"),
        ([0.5625, 0.5625], "mostly_contradicts"),  # two B2 reports pass
        ([0.25, 0.25], "insufficient"),  # two C3 do not
        ([0.5, 0.5], "mostly_contradicts"),
    ],
)
def test_a_verdict_takes_one_unit_from_two_origins(masses: list[float], state: str) -> None:
    answer = scored(*masses)
    assert answer.state == state
    assert (answer.headline is None) == (state in {"no_evidence", "insufficient"})


def test_two_reports_of_one_origin_are_one_source() -> None:
    links = link("a", -2, origin="wire"), link("b", -2, origin="wire")
    answer = score_dossier(Dossier(ClaimKind.FACT, links=links), DAY)
    assert (answer.origins, answer.state) == (1, "insufficient")


def test_an_origin_that_tells_for_and_against_is_one_origin_on_two_sides() -> None:
    links = link("for", 2, origin="inquiry"), link("against", -2, origin="inquiry")
    answer = score_dossier(Dossier(ClaimKind.FACT, links=links), DAY)
    assert (answer.contradicting, answer.supporting, answer.origins) == (1, 1, 1)
    assert answer.state == "insufficient"


def test_a_report_without_an_origin_shares_none_even_if_one_bears_its_name() -> None:
    links = link("wire", -2), link("a", -2, origin="wire"), link("", -2), link("b", -2, origin="")
    assert score_dossier(Dossier(ClaimKind.FACT, links=links), DAY).origins == 4


@pytest.mark.parametrize(
    ("grade", "mass"),
    [
        ("A1", 1),
        ("B3", 0.375),
        ("C4", 0.125),
        ("D2", 0.1875),
        ("E1", 0),
        ("A5", 0),
        ("F1", 0.5),
        ("F6", 0.25),
    ],
)
def test_a_grade_weighs_the_product_of_its_two_scales(grade: str, mass: float) -> None:
    answer = score_dossier(Dossier(ClaimKind.FACT, links=(link("a", -2, grade=grade),)), DAY)
    assert answer.contradicting == mass


def test_a_verdict_that_rests_on_one_source_says_so() -> None:
    answer = scored(1, 0.25)
    assert answer.state == "mostly_contradicts"
    assert [part.state_without for part in answer.links.values()] == ["insufficient", "insufficient"]
    assert [part.gap_without for part in answer.links.values()] == pytest.approx([55.5556, 66.6667], abs=1e-4)


def test_the_next_echo_steps_in_when_an_origins_strongest_report_goes() -> None:
    links = link("strong", -2, origin="wire"), link("echo", -2, grade="B1", origin="wire"), link("other", -2)
    answer = score_dossier(Dossier(ClaimKind.FACT, links=links), DAY)
    assert answer.contradicting == 2
    assert answer.links["echo"].contribution == 0
    assert answer.links["strong"].gap_without == pytest.approx(100 * 2.75 / 3.75)
    assert answer.links["strong"].state_without == "mostly_contradicts"


def test_tentative_is_an_interval_that_holds_the_middle() -> None:
    assert scored(0.5, 0.5).tentative
    assert not scored(1, 1, 1, 1).tentative
    assert not scored(-1, -1, -1, -1).tentative


def test_a_side_without_evidence_leaves_the_interval_open_to_its_end() -> None:
    against, both = scored(1, 1), scored(1, -1)
    assert (against.low, against.high) == (pytest.approx(100 * 0.05 ** (1 / 3)), 100)
    assert both.low == pytest.approx(100 - both.high)


def test_reports_count_from_the_day_on_which_they_are_known() -> None:
    dossier = Dossier(
        ClaimKind.FACT, links=(link("a", -2, known="2021-10-13"), link("b", -2, known="2021-10"))
    )
    assert [score_dossier(dossier, date(2021, 10, day)).origins for day in (12, 13, 30, 31)] == [0, 1, 1, 2]


def test_what_happened_on_the_last_day_that_the_words_speak_for_counts() -> None:
    until = link(known="2021-10-13").known
    for event, counted in (("2021-10-13", 1), ("2021-10-14", 0)):
        report = link("a", -2, known="2021-12-01", event=event)
        assert score_dossier(Dossier(ClaimKind.FACT, until, (report,)), date(2022, 1, 1)).origins == counted


def test_directness_halves_by_steps_and_half_a_stance_counts_half() -> None:
    links = (
        *(link(of, -2, directness=of) for of in Directness),
        link("partly", -1),
        link("split", -2, -1, 0, 1),
    )
    parts = score_dossier(Dossier(ClaimKind.FACT, links=links), DAY).links
    assert [part.mass for part in parts.values()] == [1, 0.5, 0.25, 0.5, 0.25]


def test_no_contribution_is_minus_nothing() -> None:
    links = link("late", 2, known="2030"), link("context", 0), link("nobody rated")
    parts = score_dossier(Dossier(ClaimKind.FACT, links=links), DAY).links
    assert [str(part.contribution) for part in parts.values()] == ["0.0", "0.0", "0.0"]


def test_sums_of_faded_masses_are_exact_in_any_order() -> None:
    dates = [f"2021-{month:02}-{day:02}" for month in range(1, 10) for day in (3, 11, 17, 26)]
    links = [link(known, -2, grade="B2", known=known) for known in dates]
    orders = [links, links[::-1], links[::2] + links[1::2], links[18:] + links[:18]]
    sums = {
        score_dossier(Dossier(ClaimKind.CONDITION, links=tuple(each)), DAY).contradicting for each in orders
    }
    assert len(sums) == 1
    assert sums.pop() % 2**-20 == 0
