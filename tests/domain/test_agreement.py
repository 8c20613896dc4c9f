"""Krippendorff's alpha over pairs of grades: against two other computations, and None wherever there is no answer."""

from collections import Counter, defaultdict
from itertools import permutations

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.agreement import krippendorff_alpha

stances = st.integers(-2, 2)
units_of_two = st.lists(st.tuples(stances, stances), min_size=2, max_size=30)


def alpha_of(units):
    return krippendorff_alpha(Counter(tuple(sorted(unit)) for unit in units))


def by_the_book(units):
    """Krippendorff's own steps: the matrix of coincidences, its margins, and the ordinal metric between two values.

    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections C and D.
    """
    pairs = defaultdict(float)
    for unit in units:
        for one, other in permutations(unit, 2):
            pairs[one, other] += 1 / (len(unit) - 1)
    margin = dict.fromkeys(range(-2, 3), 0.0)
    for (one, _other), n in pairs.items():
        margin[one] += n
    total = sum(margin.values())

    def metric(one, other):
        low, high = sorted((one, other))
        return (sum(margin[g] for g in range(low, high + 1)) - (margin[low] + margin[high]) / 2) ** 2

    observed = sum(n * metric(one, other) for (one, other), n in pairs.items()) / total
    expected = sum(
        margin[one] * (margin[other] - (one == other)) * metric(one, other)
        for one in margin
        for other in margin
    ) / (total * (total - 1))
    return 1 - observed / expected


@given(units_of_two)
def test_it_is_what_the_book_and_a_library_compute(units):
    if len({stance for unit in units for stance in unit}) == 1:
        assert alpha_of(units) is None
        return
    assert alpha_of(units) == pytest.approx(by_the_book(units), abs=1e-9)
    editors = list(zip(*units, strict=True))
    library = krippendorff.alpha(editors, value_domain=range(-2, 3), level_of_measurement="ordinal")
    assert alpha_of(units) == pytest.approx(library, abs=1e-9)


@given(st.lists(stances, min_size=2, max_size=8))
def test_full_agreement_is_one(values):
    if len(set(values)) > 1:
        assert alpha_of([(value, value) for value in values]) == pytest.approx(1)


@pytest.mark.parametrize("units", [[], [(2, -2)], [(2, 2)] * 3])
def test_where_it_is_undefined_there_is_no_number(units):
    assert alpha_of(units) is None
