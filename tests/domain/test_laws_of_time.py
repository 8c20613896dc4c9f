"""Laws of time: no look-ahead, and ageing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, score_dossier
from claims.domain.vocabulary import ClaimKind, Directness

from .strategies import days, dossiers, law, level, link, whole, with_links

AGEING = (ClaimKind.PRIORITY, ClaimKind.CONDITION)
GRAINS = 1e-3  # each mass is rounded to 2⁻²⁰, worth 50 × 2⁻²¹ points at most
later_by = st.integers(0, 2500).map(timedelta)


def in_sight(dossier: Dossier, as_of: date) -> Dossier:
    return with_links(dossier, tuple(link for link in dossier.links if link.visible_from <= as_of))


@law
@given(dossiers(), days)
def test_the_score_as_of_a_day_is_that_of_a_database_cut_off_at_that_day(
    dossier: Dossier, as_of: date
) -> None:
    cut = with_links(dossier, tuple(link for link in dossier.links if link.known.last <= as_of))
    full, then = score_dossier(dossier, as_of), score_dossier(cut, as_of)
    assert whole(full) == whole(then)
    assert {key: full.links[key] for key in then.links} == then.links
    assert not any(part.visible or part.mass for key, part in full.links.items() if key not in then.links)


@law
@given(dossiers(), days)
def test_what_happens_later_does_not_count_yet(dossier: Dossier, as_of: date) -> None:
    assert whole(score_dossier(in_sight(dossier, as_of), as_of)) == whole(score_dossier(dossier, as_of))


@law
@given(dossiers(), days)
def test_what_happened_before_the_words_speak_or_after_says_nothing(dossier: Dossier, as_of: date) -> None:
    within = with_links(dossier, tuple(link for link in dossier.links if speaks_for(dossier, link.event_day)))
    whole_time = replace(within, valid_from=None)
    assert whole(score_dossier(dossier, as_of)) == whole(score_dossier(within, as_of))
    assert whole(score_dossier(dossier, as_of)) == whole(score_dossier(whole_time, as_of))


def speaks_for(dossier: Dossier, day: date) -> bool:
    start, end = dossier.valid_from, dossier.valid_until
    return (start is None or start.first <= day) and (end is None or day <= end.last)


@law
@given(dossiers(AGEING), days, later_by)
def test_ageing_only_lowers_masses(dossier: Dossier, as_of: date, later: timedelta) -> None:
    dossier = replace(in_sight(dossier, as_of), valid_until=None)  # open-ended, and nothing new comes
    before, after = score_dossier(dossier, as_of), score_dossier(dossier, as_of + later)
    assert all(after.links[key].mass <= part.mass for key, part in before.links.items())
    assert after.contradicting <= before.contradicting
    assert after.supporting <= before.supporting
    assert after.publishers_against <= before.publishers_against
    assert after.publishers_for <= before.publishers_for
    assert after.publishers <= before.publishers


@law
@given(dossiers(AGEING), days, later_by)
def test_ageing_only_widens_doubt_where_no_publisher_reaches_its_limit(
    dossier: Dossier, as_of: date, later: timedelta
) -> None:
    """What a limit holds back steps in as the rest fades, so that one side may fade alone."""
    free = tuple(
        replace(each, publisher=None, directness=Directness.DIRECT) for each in in_sight(dossier, as_of).links
    )
    dossier = replace(dossier, valid_until=None, links=free)
    before, after = score_dossier(dossier, as_of), score_dossier(dossier, as_of + later)
    assert abs(level(after) - 50) <= abs(level(before) - 50) + GRAINS
    if before.low is None or before.high is None or after.low is None or after.high is None:
        assert after.gap is None
    else:
        assert after.high - after.low >= before.high - before.low - GRAINS


def test_a_limited_side_fades_later_than_one_without_a_limit() -> None:
    told = [link(f"told {n}", -2, known="2021-01-01", publisher="one") for n in range(4)]
    denied = [link(f"denied {n}", 2, known="2021-01-01") for n in range(2)]
    dossier = Dossier(ClaimKind.CONDITION, links=(*told, *denied))
    sums = [
        (gap.contradicting, gap.supporting)
        for gap in (score_dossier(dossier, date(2021, 1, 1) + timedelta(days)) for days in (0, 180, 360))
    ]
    assert sums == [(1, 2), (1, 1), (1, 0.5)]


@law
@given(dossiers(), days, later_by)
def test_what_does_not_age_stays_to_the_bit(dossier: Dossier, as_of: date, later: timedelta) -> None:
    dossier = in_sight(dossier, as_of)
    if dossier.kind not in AGEING or dossier.valid_until:
        before, after = score_dossier(dossier, as_of), score_dossier(dossier, as_of + later)
        assert (whole(after), after.links) == (whole(before), before.links)


def test_a_report_counts_half_after_its_half_life() -> None:
    dossier = Dossier(
        ClaimKind.CONDITION, links=(link("a", -2, known="2021-01-01"), link("b", -2, known="2021-01-01"))
    )
    assert score_dossier(dossier, date(2021, 6, 30)).contradicting == 1.0
    assert Dossier(ClaimKind.PRIORITY).half_life == 365


@pytest.mark.parametrize("kind", AGEING)
def test_words_with_a_last_day_are_judged_over_their_whole_time_and_do_not_age(kind: ClaimKind) -> None:
    links = (link("a", -2, known="2021-01-01"),)
    bounded = Dossier(kind, PartialDate.parse("2021"), links)
    assert score_dossier(bounded, date(2023, 1, 1)).contradicting == 1
    assert score_dossier(Dossier(kind, links=links), date(2023, 1, 1)).contradicting < 0.5


def test_an_announced_event_counts_from_the_end_of_its_period() -> None:
    dossier = Dossier(ClaimKind.FACT, links=(link("a", -2, known="2021-10", event="2022-03"),))
    assert score_dossier(dossier, date(2022, 3, 30)).gap is None
    assert score_dossier(dossier, date(2022, 3, 31)).gap is not None


def test_a_vague_event_reported_within_its_period_happened_by_the_day_of_the_report() -> None:
    report = link("a", -2, known="2021-10-13", event="2021")
    assert report.event_day == report.known_day == date(2021, 10, 13)


@pytest.mark.parametrize(("event", "counts"), [("2021-04-30", False), ("2021-05-01", True)])
def test_words_speak_from_the_first_day_of_valid_from(event: str, counts: bool) -> None:
    report = link("a", -2, known="2021-10-13", event=event)
    dossier = Dossier(ClaimKind.FACT, links=(report,), valid_from=PartialDate.parse("2021-05"))
    gap = score_dossier(dossier, date(2022, 1, 1))
    assert (gap.gap is not None, gap.links["a"].visible) == (counts, counts)


def test_what_happened_after_the_words_had_lapsed_says_nothing_of_them() -> None:
    report = link("a", -2, known="2022-02-01", event="2022-01-01")
    lapsed = Dossier(ClaimKind.COMMITMENT, PartialDate.parse("2021"), (report,))
    assert score_dossier(lapsed, date(2023, 1, 1)).gap is None


def test_enough_once_and_faded_since_is_stale_even_when_nothing_is_left() -> None:
    links = (link("a", -2, known="2001"), link("b", -2, known="2001"))
    gap = score_dossier(Dossier(ClaimKind.CONDITION, links=links), date(2023, 1, 1))
    assert (gap.state, gap.gap) == ("stale", None)


def test_what_faded_to_nothing_is_stale_without_any_one_of_its_reports() -> None:
    links = tuple(link(name, -2, known="2001") for name in ("a", "b", "c"))
    gap = score_dossier(Dossier(ClaimKind.CONDITION, links=links), date(2023, 1, 1))
    assert [(part.gap_without, part.state_without) for part in gap.links.values()] == [(None, "stale")] * 3


def test_without_its_newest_report_a_claim_is_stale_by_the_day_of_the_one_before() -> None:
    links = (*(link(name, -2, known="2021-01-01") for name in "ab"), link("c", 1, known="2021-12-31"))
    gap = score_dossier(Dossier(ClaimKind.CONDITION, links=links), date(2021, 12, 31))
    assert [(part.state_without) for part in gap.links.values()] == ["insufficient", "insufficient", "stale"]
    assert gap.state == "insufficient"


def test_what_never_had_a_verdict_is_not_called_stale() -> None:
    """On the day on which the second became known, the first had faded."""
    links = (link("a", -2, known="2020-01-01"), link("b", -2, known="2023-01-01", grade="C1"))
    dossier = Dossier(ClaimKind.CONDITION, links=links)
    assert score_dossier(dossier, date(2023, 1, 1)).state == "insufficient"
    assert score_dossier(dossier, date(2024, 1, 1)).state == "insufficient"


def test_a_stale_claim_is_stale_as_well_without_a_report_that_is_not_known_yet() -> None:
    links = (link("a", -2, known="2001"), link("b", -2, known="2001"), link("late", -2, known="2030"))
    gap = score_dossier(Dossier(ClaimKind.CONDITION, links=links), date(2023, 1, 1))
    assert (gap.state, gap.links["late"].state_without) == ("stale", "stale")
