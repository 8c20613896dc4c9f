"""The factors of a report's mass, multiplied, are its mass to the bit."""

from datetime import date
from math import isinf

import pytest
from hypothesis import given

from claims.domain.dossier import Dossier, score_dossier
from claims.domain.gap import MASS_GRAIN
from claims.domain.mass_products import mass_product
from claims.domain.vocabulary import ClaimKind, Directness
from tests.domain.strategies import as_of_days, dossiers, law, link


@law
@given(dossiers(), as_of_days)
def test_multiplied_and_rounded_as_the_method_says_the_factors_are_the_mass(
    dossier: Dossier, as_of: date
) -> None:
    gap = score_dossier(dossier, as_of)
    for each in dossier.links:
        if gap.links[each.id].visible:
            found = mass_product(dossier, each, as_of)
            quality = found.reliability * found.credibility * found.directness * found.interest
            mass = found.stance * quality * found.recency
            assert round(mass / MASS_GRAIN) * MASS_GRAIN == gap.links[each.id].mass
            assert found.age >= 0


@law
@given(dossiers(), as_of_days)
def test_recency_is_one_halving_a_half_life_and_one_for_what_does_not_age(
    dossier: Dossier, as_of: date
) -> None:
    for each in dossier.links:
        if each.visible_from <= as_of:
            found = mass_product(dossier, each, as_of)
            assert found.ages != isinf(dossier.half_life)
            expected = 2 ** -(found.age / found.half_life) if found.ages else 1
            assert found.recency == pytest.approx(expected, rel=1e-14)


def test_an_example() -> None:
    report = link("a", -1, -2, grade="B2", directness=Directness.INDIRECT, event="2020-12-31")
    found = mass_product(Dossier(ClaimKind.PRIORITY, links=(report,)), report, date(2021, 12, 31))
    assert (found.stance, found.reliability, found.credibility) == (0.75, 0.75, 0.75)
    assert (found.directness, found.age, found.recency) == (0.5, 365, 0.5)
    assert found.interest == 1


def test_an_interested_report_counts_half() -> None:
    report = link("a", -2, directness=Directness.DECISIVE, interested=True)
    found = mass_product(Dossier(ClaimKind.FACT, links=(report,)), report, date(2021, 12, 31))
    assert (found.directness, found.interest) == (4, 0.5)
