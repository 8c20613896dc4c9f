"""The method's answers in readers' words, and points that add up before their eyes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dossier import Dossier, Gap, score_dossier
from claims.domain.vocabulary import ClaimKind
from claims.domain.wording import nearest_stance, rests_on_little, round_to_sum, signed_points, whole_gap

from .strategies import as_of_days, dossiers, law


def gap_of(mass: float, *, tentative: bool) -> Gap:
    none = score_dossier(Dossier(ClaimKind.FACT), date(2026, 1, 1))
    return replace(none, contradicting=mass, tentative=tentative)


def number(points: str) -> Decimal:
    return Decimal(points.replace("−", "-"))


@law
@given(dossiers(), as_of_days)
def test_fifty_and_the_points_shown_make_the_gap_shown(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    parts = [part.contribution for part in gap.links.values()]
    for places in (0, 1, 2):
        shown = round_to_sum(gap.gap, parts, places)
        assert len(shown) == len(parts)
        if gap.gap is not None:
            assert sum(map(number, shown), Decimal(50)) == Decimal(f"{round(gap.gap, places):.{places}f}")


@law
@given(st.lists(st.floats(-20, 20), min_size=1, max_size=12))
def test_no_part_is_shown_more_than_one_unit_from_what_it_is(parts: list[float]) -> None:
    shown = round_to_sum(50 + sum(parts), parts)
    assert sum(map(number, shown), Decimal(50)) == Decimal(f"{50 + sum(parts):.2f}")
    for text, part in zip(shown, parts, strict=True):
        assert abs(float(number(text)) - part) <= 0.0151


def test_what_adds_nothing_is_never_rounded_into_something() -> None:
    thirds = [50 / 12] * 3
    assert sorted(round_to_sum(62.5, [0.0, *thirds, 0.0])) == ["+4.16", "+4.17", "+4.17", "0.00", "0.00"]


def test_without_a_gap_every_part_is_nothing() -> None:
    assert round_to_sum(None, [0.0, 0.0]) == ["0.00", "0.00"]
    assert round_to_sum(None, []) == round_to_sum(50.0, []) == []


@pytest.mark.parametrize(
    ("points", "places", "text"),
    [(12.34, 1, "+12.3"), (-12.34, 1, "−12.3"), (0.0, 1, "0.0"), (-0.04, 1, "0.0"), (0.04, 1, "0.0"),
     (-0.05, 2, "−0.05"), (-0.0, 2, "0.00"), (7.0, 0, "+7")],
)  # fmt: skip
def test_points_carry_their_sign_and_nothing_carries_none(points: float, places: int, text: str) -> None:
    assert signed_points(points, places) == text


def test_headlines_say_whole_numbers() -> None:
    assert [whole_gap(gap) for gap in (0.0, 49.6, 75.0, 100.0)] == ["0", "50", "75", "100"]


def test_little_evidence_is_tentative_and_weighs_less_than_twice_the_allowance_for_what_is_not_known() -> (
    None
):
    assert rests_on_little(gap_of(2.0, tentative=True))
    assert not rests_on_little(gap_of(4.0, tentative=True))
    assert not rests_on_little(gap_of(2.0, tentative=False))


@pytest.mark.parametrize(
    ("median", "shown"), [(0, 0), (0.5, 1), (-0.5, -1), (1.5, 1), (-1.5, -1), (2, 2), (-1, -1)]
)
def test_a_median_between_two_stances_shows_the_milder_but_keeps_its_side(median, shown):
    assert nearest_stance(median / 2) == shown
