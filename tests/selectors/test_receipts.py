"""The receipt: every row with its part in the gap, adding up before the reader's eyes."""

from datetime import date
from decimal import Decimal

import pytest

from claims.domain.evidence_counts import EvidenceCounts
from claims.selectors.receipts import load_receipt
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RatingFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def claim():
    return ClaimFactory(published=True, statement__said_on="2021-10-13")


def report(claim, stance, slug="", **fields):
    evidence = EvidenceFactory(published=True, slug=slug, **fields)
    return EvidenceLinkFactory(claim=claim, evidence=evidence, stance=stance)


def slugs(rows):
    return [row.grades.id for row in rows]


def number(points):
    return Decimal(points.replace("−", "-"))


def test_fifty_and_the_points_of_the_rows_make_the_gap(claim):
    for n, stance in enumerate([-2, -1, 2, -2, 1, -1, 0]):
        report(claim, stance, credibility=1 + n % 4, source=SourceFactory(reliability="ABC"[n % 3]))
    shown = load_receipt(claim, TODAY)
    assert sum((number(row.points) for row in shown.rows), Decimal(50)) == Decimal(f"{shown.gap.gap:.2f}")


def test_each_row_is_on_the_side_of_its_stance_and_the_latest_comes_first(claim):
    for slug, stance, known in [("a", -2, "2022"), ("b", -1, "2023"), ("c", 2, "2022"), ("d", 0, "2022")]:
        report(claim, stance, slug, known=known)
    shown = load_receipt(claim, TODAY)
    assert slugs(shown.contradicting) == ["b", "a"]
    assert slugs(shown.supporting) == ["c"]
    assert slugs(shown.context) == ["d"]
    assert slugs(shown.rows)[-1] == "d"
    assert set(slugs(shown.weighed)) == {"a", "b", "c"}


def test_rows_come_heaviest_first(claim):
    for slug, credibility in [("light", 4), ("heavy", 1), ("middling", 2)]:
        report(claim, -2, slug, credibility=credibility)
    assert slugs(load_receipt(claim, TODAY).rows) == ["heavy", "middling", "light"]


def test_an_echo_is_shown_and_adds_nothing(claim):
    wire = OriginFactory()
    report(claim, -2, "first", origin=wire)
    report(claim, -2, "echo", origin=wire, credibility=3)
    first, echo = load_receipt(claim, TODAY).rows
    assert (first.is_echo, echo.is_echo) == (False, True)
    assert echo.score.mass > 0
    assert echo.points == "0.00"
    assert first.origin == echo.origin


def test_events_are_counted_once_on_each_side_with_their_publishers(claim):
    wire = OriginFactory()
    for stance, origin in [(-2, wire), (-2, wire), (-1, None), (2, wire)]:
        report(claim, stance, origin=origin)
    shown = load_receipt(claim, TODAY)
    assert shown.counts == EvidenceCounts(against=2, for_=1, publishers=4, of_one_publisher=2)


def test_what_was_published_later_does_not_exist_in_it(claim):
    report(claim, -2, "then", known="2021-10-31", event="2021-10-20")
    report(claim, -2, "later", known="2021-11-01", event="2021-10-20")
    shown = load_receipt(claim, date(2021, 10, 31))
    assert slugs(shown.rows) == ["then"]
    assert slugs(shown.late) == []
    assert list(shown.labels) == ["then"]
    assert shown.gap.events_against == 1


def test_what_happened_after_the_words_had_lapsed_is_shown_as_late():
    claim = ClaimFactory(published=True, valid_until="2021-12-31")
    report(claim, -2, "in-time", event="2021-12-31", known="2022-02")
    report(claim, -2, "too-late", event="2022-01-01", known="2022-02")
    shown = load_receipt(claim, TODAY)
    assert (slugs(shown.rows), slugs(shown.late)) == (["in-time"], ["too-late"])
    assert shown.late[0].points == "0.00"
    assert set(shown.labels) == {"in-time", "too-late"}


def test_an_announced_event_waits_for_its_day(claim):
    report(claim, -2, "announced", known="2021-11-01", event="2022-03")
    assert slugs(load_receipt(claim, date(2022, 3, 30)).rows) == []
    assert slugs(load_receipt(claim, date(2022, 3, 31)).rows) == ["announced"]


@pytest.mark.parametrize(("stances", "shown"), [([-2, -1], -1), ([2, 2, -2], 2), ([1, 0], 1)])
def test_a_row_shows_the_milder_stance_where_the_median_lies_between(claim, stances, shown):
    link = report(claim, None)
    for each in stances:
        RatingFactory(link=link, stance=each)
    (row,) = load_receipt(claim, TODAY).rows
    assert row.stance == shown == link.stance


def test_when_it_was_said_nothing_later_was_known(claim):
    report(claim, -2, known="2021-10-12", event="2021-10-01")
    report(claim, -2, known="2021-10-14", event="2021-10-01")
    shown = load_receipt(claim, TODAY)
    assert (shown.said.as_of, shown.said.events_against, shown.gap.events_against) == (
        date(2021, 10, 13),
        1,
        2,
    )
    assert [gap.as_of for gap in shown.line] == [date(2021, 10, 13), date(2021, 10, 14), TODAY]


def test_on_a_day_before_the_words_the_line_is_that_day(claim):
    shown = load_receipt(claim, date(2021, 1, 1))
    assert [gap.as_of for gap in shown.line] == [shown.said.as_of] == [date(2021, 1, 1)]


def test_it_says_what_the_verdict_hangs_on(claim):
    for slug in ("a", "b"):
        report(claim, -2, slug, source=SourceFactory(slug=f"publisher-of-{slug}"))
    shown = load_receipt(claim, TODAY)
    assert slugs(shown.hinges_on) == ["a", "b"]
    assert shown.one_publisher_row.grades.publisher == "publisher-of-a"
    assert [source.slug for source in shown.publishers_it_hangs_on] == ["publisher-of-a", "publisher-of-b"]
    assert shown.widest in shown.rows


def test_it_hangs_on_nothing_where_there_is_enough(claim):
    for _ in range(6):
        report(claim, -2)
    shown = load_receipt(claim, TODAY)
    assert (shown.hinges_on, shown.one_publisher_row) == ([], None)


def test_an_empty_receipt_is_whole(claim):
    shown = load_receipt(claim, TODAY)
    assert (shown.rows, shown.late, shown.widest, shown.one_publisher_row, shown.hinges_on) == (
        [],
        [],
        None,
        None,
        [],
    )
    assert shown.gap.gap is None


def test_a_longer_receipt_costs_no_more_queries(claim, django_assert_num_queries):
    for n in (1, 8):
        for _ in range(n):
            report(claim, -2)
        with django_assert_num_queries(4):
            shown = load_receipt(claim, TODAY)
            assert [(row.stance, row.link.evidence.source.name) for row in shown.rows]
