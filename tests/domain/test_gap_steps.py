"""The steps of a gap's line, what caused each, and the stretches without a new report."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, score_dossier
from claims.domain.gap_steps import (
    GapStep,
    find_gap_steps,
    largest_steps,
    quiet_periods,
    visible_period,
)
from claims.domain.history import gap_change_days, gap_line_days
from claims.domain.vocabulary import ClaimKind, Reliability

from .strategies import as_of_days, days, dossiers, law, link

START, LATE = date(2021, 1, 1), date(2026, 1, 1)


def steps(dossier: Dossier, start: date = START, as_of: date = LATE, most: int = 3) -> list[GapStep]:
    found = find_gap_steps(dossier, gap_line_days(dossier, start, as_of))
    return largest_steps(dossier, found, most)


@law
@given(dossiers(), days, as_of_days)
def test_each_step_is_what_the_score_does_on_its_day(dossier: Dossier, start: date, as_of: date) -> None:
    start = min(start, as_of)
    changes = gap_change_days(dossier, as_of)
    for step in find_gap_steps(dossier, gap_line_days(dossier, start, as_of)):
        for end in (step.before, step.after):
            assert end.gap == score_dossier(dossier, end.as_of).gap
        assert start <= step.before.as_of < step.after.as_of <= as_of
        inside = [day for day in changes if step.before.as_of < day <= step.after.as_of]
        assert inside == ([] if step.is_ageing else [step.after.as_of])


@law
@given(dossiers(), days, as_of_days)
def test_a_cause_became_visible_or_was_graded_anew_on_the_day_of_its_step(
    dossier: Dossier, start: date, as_of: date
) -> None:
    of_id = {each.id: each for each in dossier.links}
    for step in steps(dossier, min(start, as_of), as_of):
        assert all(of_id[key].visible_from == step.after.as_of for key in step.reports)
        assert bool(step.reports or step.regraded) != step.is_ageing


def test_the_largest_is_first_and_names_the_report_that_moves_it_most_its_way() -> None:
    dossier = Dossier(
        ClaimKind.FACT,
        links=(
            link("early", -2, known="2021-05-01", publisher="a"),
            link("small", 1, known="2022-02-01", publisher="b"),
            link("weak", -1, known="2023-03-01", publisher="c"),
            link("other way", 1, grade="C3", known="2023-03-01", publisher="d"),
            link("strong", -2, known="2023-03-01", publisher="e"),
        ),
    )
    first, *others = steps(dossier)
    assert first.after.as_of == date(2023, 3, 1)
    assert first.reports[:2] == ("strong", "weak")
    assert {step.after.as_of for step in others} == {date(2021, 5, 1), date(2022, 2, 1)}


def test_a_step_of_the_working_alone_is_behind_one_that_headlines_show() -> None:
    dossier = Dossier(
        ClaimKind.FACT,
        links=(
            link("first", -2, known="2021-05-01", publisher="a"),
            link("second", -1, grade="B2", known="2022-05-01", publisher="b"),
        ),
    )
    first, second = steps(dossier)
    assert (first.reports, first.moves_headline) == (("second",), True)
    assert (second.reports, second.moves_headline) == (("first",), False)
    assert second.size > first.after.gap - first.before.gap


def test_ageing_is_a_cause_of_its_own() -> None:
    reports = [link(name, -2, known="2021-02-01", publisher=name) for name in ("a", "b", "c")]
    first, second = steps(Dossier(ClaimKind.CONDITION, links=tuple(reports)))
    assert {first.is_ageing, second.is_ageing} == {True, False}
    [ageing] = [step for step in (first, second) if step.is_ageing]
    assert (ageing.before.as_of, ageing.after.as_of) == (date(2021, 2, 1), LATE)
    assert ageing.before.headline is not None
    assert ageing.after.headline is None
    assert not ageing.reports


def test_a_new_grade_of_a_publisher_is_told_from_a_new_report() -> None:
    was = ((date(2022, 1, 1), Reliability.D),)
    reports = [link(name, -2, known="2021-02-01", publisher=name) for name in "ab"]
    old = [replace(each, earlier_grades=was) for each in reports]
    found = steps(Dossier(ClaimKind.FACT, links=tuple(old)))
    [regrade] = [step for step in found if step.after.as_of == date(2022, 1, 1)]
    assert (regrade.reports, set(regrade.regraded)) == ((), {"a", "b"})


def test_a_change_that_no_whole_number_shows_is_no_step() -> None:
    many = [link(f"L{n}", -2, known="2021-02-01", publisher=f"p{n}") for n in range(40)]
    late = link("late", -1, grade="D4", directness=many[0].directness, known="2022-01-01", publisher="z")
    found = find_gap_steps(dossier := Dossier(ClaimKind.FACT, links=(*many, late)), line_of(dossier))
    assert [step.after.as_of for step in found] == [date(2021, 2, 1)]


def line_of(dossier: Dossier):
    return gap_line_days(dossier, START, LATE)


def test_a_year_without_a_new_report_is_silence_whether_it_counts_much_or_little() -> None:
    dossier = Dossier(
        ClaimKind.FACT,
        links=(
            link("a", -2, known="2021-03-01"),
            link("context", 0, known="2021-09-01"),
            link("b", 1, grade="D5", known="2022-06-01"),
            link("c", 1, known="2022-12-01"),
        ),
    )
    assert quiet_periods(dossier, START, date(2023, 11, 30)) == [(date(2021, 3, 1), date(2022, 6, 1))]
    assert quiet_periods(dossier, START, date(2023, 12, 1))[1:] == [(date(2022, 12, 1), date(2023, 12, 1))]


def test_a_report_about_a_time_that_the_claim_does_not_cover_does_not_break_the_silence() -> None:
    late = link("late", -2, event="2022-06-01", known="2022-06-01")
    assert quiet_periods(Dossier(ClaimKind.FACT, PartialDate.parse("2021"), (late,)), START, LATE) == [
        (START, LATE)
    ]


def test_a_report_counts_from_the_later_of_its_two_dates_said_as_precisely_as_it_is_known() -> None:
    assert str(visible_period(link("a", -2, event="2023-07", known="2023-06-13"))) == "2023-07"
    assert str(visible_period(link("a", -2, event="2023-05-01", known="2023-06"))) == "2023-06"
    assert str(visible_period(link("a", -2, known="2023"))) == "2023"
