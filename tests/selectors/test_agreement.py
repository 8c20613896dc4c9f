"""How far editors agree, from the counts of each day that grading and `rescore` keep."""

from datetime import UTC, date, datetime

import pytest

from claims.actions import grade_links, withdraw_record
from claims.actions.agreement_counts import rebuild_agreement
from claims.models import AgreementDay
from claims.selectors.agreement import agreement_by_month
from claims.selectors.as_of_days import AsOfDay
from tests.domain.test_agreement import by_the_book
from tests.factories import NOW, EvidenceLinkFactory, RatingFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = AsOfDay(NOW.date())


def link(*firsts, at=NOW, **fields):
    made = EvidenceLinkFactory(**(fields or {"published": True}))
    for first in firsts:
        RatingFactory(link=made, stance=1, first_stance=first, rated_at=at, first_rated_at=at)
    return made


def agreement(day=TODAY):
    rebuild_agreement()
    return agreement_by_month(day)


def test_first_grades_count_and_second_thoughts_do_not():
    link(2, -2), link(2, 2), link(-2, -2)
    whole = agreement()[-1]
    assert (whole.links, whole.ratings) == (3, 6)
    assert whole.alpha == pytest.approx(by_the_book([[2, -2], [2, 2], [-2, -2]]))


def test_what_is_not_public_or_graded_once_is_left_out():
    link(2, 2, claim=EvidenceLinkFactory().claim)
    link(2)
    assert agreement() == []


def test_later_grades_are_not_known_on_an_earlier_day():
    early, late = datetime(2026, 10, 5, 12, tzinfo=UTC), datetime(2026, 11, 5, 12, tzinfo=UTC)
    link(2, 2, at=early), link(-2, -2, at=early), link(0, 2, at=late)
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert [row.month for row in agreement(AsOfDay(date(2026, 10, 31), asked=True))] == [october, None]
    assert [row.month for row in agreement()] == [november, october, None]
    assert agreement()[0].alpha is None
    # Within a month too.
    assert [row.month for row in agreement(AsOfDay(date(2026, 11, 4), asked=True))] == [october, None]


def test_editors_are_counted_once():
    one, other = UserFactory.create_batch(2, editor=True)
    for _ in range(3):
        made = EvidenceLinkFactory(published=True)
        for rater in (one, other):
            RatingFactory(link=made, rater=rater, rated_at=NOW)
    assert agreement()[-1].editors == 2


def test_a_third_grade_which_may_not_be_blind_is_left_out():
    link(2, 2), link(-2, -2)
    two = agreement()
    RatingFactory(link=link(0, 0), stance=-2, first_stance=-2, first_rated_at=NOW.replace(year=2027))
    assert agreement()[-1].links == two[-1].links + 1
    assert [row.month for row in agreement(AsOfDay(date(2027, 12, 31)))] == [date(2026, 11, 1), None]


def test_a_link_belongs_to_the_month_in_which_its_second_editor_graded_it():
    made = link(2, at=datetime(2026, 8, 3, tzinfo=UTC))
    RatingFactory(link=made, stance=2, first_stance=2, first_rated_at=datetime(2026, 10, 3, tzinfo=UTC))
    assert [row.month for row in agreement()] == [date(2026, 10, 1), None]


@pytest.mark.parametrize(
    ("units", "words"), [([(2, -2)], "one report says nothing"), ([(2, 2)] * 3, "all grades are the same")]
)
def test_where_it_is_undefined_there_is_no_number_and_a_reason(units, words):
    for unit in units:
        link(*unit)
    for row in agreement():
        assert row.alpha is None
        assert words in row.why


def test_grading_keeps_the_counts_up_to_date():
    made = EvidenceLinkFactory(published=True)
    for rater, stance in zip(UserFactory.create_batch(2, editor=True), (2, 1), strict=True):
        grade_links({made: stance}, by=rater, now=NOW)
    assert AgreementDay.objects.get().counts == {(1, 2): 1}


def test_what_is_withdrawn_leaves_the_counts():
    made, _other = link(2, 1), link(2, 2)
    rebuild_agreement()
    withdraw_record(made.claim, by=UserFactory(publisher=True), now=NOW, reason="It was not said.")
    assert AgreementDay.objects.get().counts == {(2, 2): 1}
