"""Krippendorff's alpha over first grades: against a second computation, and None wherever there is no answer."""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.selectors.agreement import FirstRating, agreement_by_month, krippendorff_alpha, measure_agreement
from claims.selectors.as_of_days import AsOfDay
from tests.factories import NOW, EvidenceLinkFactory, RatingFactory, UserFactory

stances = st.integers(-2, 2)
graded = st.lists(st.lists(stances, min_size=2, max_size=4), min_size=2, max_size=8)


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


@given(graded)
def test_it_is_what_the_book_computes(units):
    if len({stance for unit in units for stance in unit}) == 1:
        assert krippendorff_alpha(units) is None
    else:
        assert krippendorff_alpha(units) == pytest.approx(by_the_book(units), abs=1e-9)


def test_it_is_the_example_of_the_textbook():
    """Four coders, twelve units, grades 1 to 5, ordinal: 0.815 (Krippendorff 2011, section D)."""
    coders = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]
    units = [
        [int(grade) - 3 for grade in unit if grade != "."]
        for unit in zip(*map(str.split, coders), strict=True)
    ]
    pairable = [unit for unit in units if len(unit) > 1]
    assert krippendorff_alpha(pairable) == pytest.approx(0.815, abs=0.0005)


@given(st.lists(st.tuples(stances, st.integers(2, 4)), min_size=2, max_size=8))
def test_full_agreement_is_one(units):
    same = [[stance] * n for stance, n in units]
    if len({stance for stance, _ in units}) > 1:
        assert krippendorff_alpha(same) == pytest.approx(1)


@given(graded)
def test_neither_the_order_of_links_nor_of_editors_matters(units):
    turned = [unit[::-1] for unit in reversed(units)]
    assert (
        krippendorff_alpha(turned) == pytest.approx(krippendorff_alpha(units))
        if krippendorff_alpha(units) is not None
        else krippendorff_alpha(turned) is None
    )


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([[2, -2]], "one report says nothing"),
        ([[2, 2], [2, 2], [2, 2]], "all grades are the same"),
    ],
)
def test_where_it_is_undefined_there_is_no_number_and_a_reason(units, words):
    rows = [
        FirstRating(link, editor, stance, datetime(2026, 11, 3, tzinfo=UTC))
        for link, unit in enumerate(units)
        for editor, stance in enumerate(unit)
    ]
    for row in measure_agreement(rows):
        assert row.alpha is None
        assert words in row.why


def test_a_link_belongs_to_the_month_in_which_its_second_editor_graded_it():
    def at(month):
        return datetime(2026, month, 3, tzinfo=UTC)

    rows = [
        FirstRating(1, 1, 2, at(8)),
        FirstRating(1, 2, 2, at(10)),
        FirstRating(1, 3, 1, at(11)),
        FirstRating(2, 1, 0, at(9)),
    ]
    october, whole = measure_agreement(rows)
    assert (october.month, october.links, october.ratings, october.editors) == (date(2026, 10, 1), 1, 2, 2)
    assert (whole.month, whole.links) == (None, 1)


def test_nothing_graded_twice_is_no_row_at_all():
    assert measure_agreement([FirstRating(1, 1, 2, NOW)]) == []


# From the database ---------------------------------------------------------------------------------------------------


def link(*firsts, at=NOW, **fields):
    made = EvidenceLinkFactory(**(fields or {"published": True}))
    for first in firsts:
        RatingFactory(link=made, stance=1, first_stance=first, rated_at=at, first_rated_at=at)
    return made


@pytest.mark.django_db
def test_first_grades_count_and_second_thoughts_do_not():
    link(2, -2), link(2, 2), link(-2, -2)
    whole = agreement_by_month(AsOfDay(NOW.date()))[-1]
    assert (whole.links, whole.ratings) == (3, 6)
    assert whole.alpha == pytest.approx(by_the_book([[2, -2], [2, 2], [-2, -2]]))


@pytest.mark.django_db
def test_what_is_not_public_or_graded_once_is_left_out():
    link(2, 2, claim=EvidenceLinkFactory().claim)
    link(2)
    assert agreement_by_month(AsOfDay(NOW.date())) == []


@pytest.mark.django_db
def test_later_grades_are_not_known_on_an_earlier_day():
    early, late = datetime(2026, 10, 5, 12, tzinfo=UTC), datetime(2026, 11, 5, 12, tzinfo=UTC)
    link(2, 2, at=early), link(-2, -2, at=early), link(0, 2, at=late)
    assert [row.month for row in agreement_by_month(AsOfDay(date(2026, 10, 31), asked=True))] == [
        date(2026, 10, 1),
        None,
    ]
    assert [row.month for row in agreement_by_month(AsOfDay(NOW.date()))] == [
        date(2026, 11, 1),
        date(2026, 10, 1),
        None,
    ]
    assert agreement_by_month(AsOfDay(NOW.date()))[0].alpha is None


@pytest.mark.django_db
def test_editors_are_counted_once():
    one, other = UserFactory.create_batch(2, editor=True)
    for _ in range(3):
        made = EvidenceLinkFactory(published=True)
        for rater in (one, other):
            RatingFactory(link=made, rater=rater, rated_at=NOW)
    assert agreement_by_month(AsOfDay(NOW.date()))[-1].editors == 2


def test_a_third_grade_which_may_not_be_blind_is_left_out():
    day = datetime(2026, 10, 1, tzinfo=UTC)
    two = [FirstRating(link, editor, stance, day) for link, stance in ((1, 2), (2, -2)) for editor in (1, 2)]
    third = [FirstRating(1, 3, -2, day.replace(day=9))]
    assert measure_agreement(two + third) == measure_agreement(two)
