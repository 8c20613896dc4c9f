"""The edges of the states, by example: chance seldom hits them exactly."""

from dataclasses import replace
from datetime import date

import pytest

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Gap, Link, score_dossier
from claims.domain.vocabulary import ClaimKind, Directness, Reliability

from .strategies import link

DAY = date(2021, 10, 13)
# Masses that one link can have, by grade; all known on the very day of the score.
GRADES = {1.0: "A1", 0.75: "B1", 0.5625: "B2", 0.5: "C1", 0.25: "D1", 0.1875: "D2", 0.125: "D3", 0.0625: "D4"}


def scored(*masses: float) -> Gap:
    """Each of a happening and from a publisher of its own; a negative one supports."""
    links = [link(str(i), -2 if mass > 0 else 2, grade=GRADES[abs(mass)]) for i, mass in enumerate(masses)]
    return score_dossier(Dossier(ClaimKind.FACT, links=tuple(links)), DAY)


@pytest.mark.parametrize(
    ("masses", "gap", "state"),
    [
        ([-1, -1, -1], 20, "matches"),
        ([-1, -1, -0.75, -0.1875], 20.2532, "mostly_matches"),
        ([-0.75, -0.25, -0.0625, 0.25, 0.125], 40, "mostly_matches"),
        ([-0.75, -0.25, -0.0625, 0.25, 0.1875], 41.0714, "mixed"),
        ([0.75, 0.25, 0.0625, -0.25, -0.1875], 58.9286, "mixed"),
        ([0.75, 0.25, 0.0625, -0.25, -0.125], 60, "mostly_contradicts"),
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
        ([0.75, 0.25, -0.25, -0.1875], "mixed"),  # less than half a unit on one side: no conflict
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
        ([0.75, 0.25, -0.25], "mostly_contradicts"),
        ([0.75, 0.1875, 0.125, -0.25], "insufficient"),  # all but one too small for a source
        ([0.75, 0.1875, -0.1875], "insufficient"),  # a whole unit, but not on one side
        ([1, -0.25], "insufficient"),  # two publishers, but one on the side that prevails
        ([1, 0.25, -0.25], "mostly_contradicts"),
    ],
)
def test_a_verdict_takes_one_unit_and_two_publishers_on_its_own_side(masses: list[float], state: str) -> None:
    answer = scored(*masses)
    assert answer.state == state
    assert (answer.headline is None) == (state in {"no_evidence", "insufficient"})


def fact(*links: Link) -> Gap:
    return score_dossier(Dossier(ClaimKind.FACT, links=links), DAY)


def test_two_reports_of_one_publisher_are_one_source_and_count_one_unit() -> None:
    answer = fact(link("a", -2, publisher="daily"), link("b", -2, publisher="daily"))
    assert (answer.events_against, answer.publishers_against, answer.contradicting) == (2, 1, 1)
    assert answer.state == "insufficient"
    assert [part.counted for part in answer.links.values()] == [0.5, 0.5]


def test_two_publishers_of_one_happening_are_two_sources_and_count_it_once() -> None:
    answer = fact(link("a", -2, origin="strike"), link("b", -2, origin="strike"))
    assert (answer.events_against, answer.publishers_against, answer.contradicting) == (1, 2, 1)
    assert (answer.state, answer.gap) == ("mostly_contradicts", pytest.approx(200 / 3))
    assert [part.counted for part in answer.links.values()] == [0.5, 0.5]


def test_what_a_second_publisher_confirms_is_not_limited() -> None:
    """Three happenings by one publisher: 1; each with a B1 report by another: 3 · .75 + what only the first adds."""
    told = [link(f"a{n}", -2, origin=f"o{n}", publisher="daily") for n in range(3)]
    confirmed = [link(f"b{n}", -2, grade="B1", origin=f"o{n}", publisher=f"other {n}") for n in range(3)]
    assert fact(*told).contradicting == 1
    assert fact(*told, *confirmed).contradicting == 3
    assert fact(*told, confirmed[0]).contradicting == 1.75
    parts = fact(*told, confirmed[0]).links
    assert parts["a0"].counted == pytest.approx(0.75 + 0.25 / 2.25)
    assert parts["a1"].counted == pytest.approx(1 / 2.25)
    assert parts["b0"].counted == 0


def test_each_side_has_a_limit_of_its_own_for_a_publisher() -> None:
    stances = (-2, -2, 2, 2, 2)
    answer = fact(*(link(str(n), stance, publisher="daily") for n, stance in enumerate(stances)))
    assert (answer.contradicting, answer.supporting, answer.publishers) == (1, 1, 1)
    assert answer.state == "insufficient"  # and no conflict: it is one publisher


def test_two_publishers_that_differ_conflict_though_neither_side_has_two() -> None:
    answer = fact(link("a", -2, publisher="daily"), link("b", 2, publisher="agency"))
    assert (answer.publishers_against, answer.publishers_for, answer.publishers) == (1, 1, 2)
    assert answer.state == "conflicting"


def test_a_publisher_on_both_sides_is_one_of_each_and_one_of_both_together() -> None:
    answer = fact(*(link(str(n), stance, publisher="daily") for n, stance in enumerate((-2, 2))))
    assert (answer.publishers_against, answer.publishers_for, answer.publishers) == (1, 1, 1)


def test_a_report_for_the_words_is_no_second_source_against_them() -> None:
    answer = fact(link("a", -2, publisher="daily"), link("b", 1, grade="C1", publisher="agency"))
    assert (answer.publishers, answer.state) == (2, "insufficient")


def test_an_interested_report_counts_half_and_is_no_second_source() -> None:
    answer = fact(link("a", 2), link("b", 2, interested=True))
    assert (answer.supporting, answer.publishers_for, answer.state) == (1.5, 1, "insufficient")
    assert fact(link("a", 2), link("b", 2), link("c", 2, interested=True)).supporting == 2.5


def test_a_decisive_report_counts_four_times_once_a_second_publisher_confirms_it() -> None:
    decisive = link("a", -2, grade="B1", directness=Directness.DECISIVE, origin="raid")
    alone = fact(decisive)
    assert (alone.contradicting, alone.state) == (1, "insufficient")
    confirmed = fact(decisive, replace(decisive, id="b"))
    assert (confirmed.contradicting, confirmed.state) == (3, "contradicts")


def test_a_modest_report_is_a_source_until_a_sixteenth_is_left() -> None:
    links = tuple(link(name, -2, grade="D1", known="2021-01-01") for name in "ab")
    days = (date(2021, 1, 1), date(2021, 12, 27), date(2021, 12, 28))
    found = [score_dossier(Dossier(ClaimKind.CONDITION, links=links), day) for day in days]
    assert [gap.publishers_against for gap in found] == [2, 2, 0]
    assert fact(link("whisper", -2, grade="D2")).publishers_against == 0


def test_an_origin_that_tells_for_and_against_is_one_origin_on_two_sides() -> None:
    answer = fact(link("for", 2, origin="inquiry"), link("against", -2, origin="inquiry"))
    assert (answer.contradicting, answer.supporting) == (1, 1)
    assert (answer.events_against, answer.events_for, answer.publishers) == (1, 1, 2)
    assert answer.state == "conflicting"


def test_a_report_without_a_name_shares_none_even_if_another_bears_its_id() -> None:
    links = link("wire", -2), link("a", -2, origin="wire"), link("", -2), link("b", -2, origin="")
    assert fact(*links).events_against == 4
    links = link("wire", -2), link("a", -2, publisher="wire"), link("", -2), link("b", -2, publisher="")
    assert fact(*links).publishers_against == 4


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
    assert fact(link("a", -2, grade=grade)).contradicting == mass


def test_a_verdict_that_rests_on_one_source_says_so() -> None:
    answer = scored(1, 0.25)
    assert answer.state == "mostly_contradicts"
    assert [part.state_without for part in answer.links.values()] == ["insufficient", "insufficient"]
    assert [part.gap_without for part in answer.links.values()] == pytest.approx([55.5556, 66.6667], abs=1e-4)


def test_the_next_echo_steps_in_when_an_origins_strongest_report_goes() -> None:
    strong = link("strong", -2, origin="wire", publisher="agency")
    echo = replace(strong, id="echo", reliability=Reliability.B)
    answer = fact(strong, echo, link("other", -2))
    assert answer.contradicting == 2
    assert answer.links["echo"].contribution == 0
    assert answer.links["strong"].gap_without == pytest.approx(100 * 2.75 / 3.75)
    assert answer.links["strong"].state_without == "mostly_contradicts"


def test_the_next_publisher_steps_in_and_may_then_reach_its_limit() -> None:
    """Without a0, only the daily tells of it: 1 + .75 alone, of which 1 counts."""
    links = (
        link("a0", -2, origin="o0", publisher="agency"),
        link("b0", -2, grade="B1", origin="o0", publisher="daily"),
        link("b1", -2, publisher="daily"),
    )
    answer = fact(*links)
    assert answer.contradicting == 2
    assert answer.links["a0"].gap_without == pytest.approx(100 * 2 / 3)
    assert answer.links["b0"].gap_without == answer.gap


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
    counted = [score_dossier(dossier, date(2021, 10, day)).events_against for day in (12, 13, 30, 31)]
    assert counted == [0, 1, 1, 2]


def test_what_happened_on_the_first_and_the_last_day_that_the_words_speak_for_counts() -> None:
    claim = Dossier(
        ClaimKind.FACT, PartialDate.parse("2021-10-13"), valid_from=PartialDate.parse("2021-10-11")
    )
    for event, counted in (("2021-10-10", 0), ("2021-10-11", 1), ("2021-10-13", 1), ("2021-10-14", 0)):
        report = link("a", -2, known="2021-12-01", event=event)
        answer = score_dossier(replace(claim, links=(report,)), date(2022, 1, 1))
        assert answer.events_against == counted


def test_directness_halves_by_steps_below_decisive_and_half_a_stance_counts_half() -> None:
    links = (
        *(link(of, -2, directness=of) for of in Directness),
        link("partly", -1),
        link("split", -2, -1, 0, 1),
    )
    parts = fact(*links).links
    assert [part.mass for part in parts.values()] == [4, 1, 0.5, 0.25, 0.5, 0.25]


def test_no_contribution_is_minus_nothing() -> None:
    links = link("late", 2, known="2030"), link("context", 0), link("nobody rated")
    parts = fact(*links).links
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
