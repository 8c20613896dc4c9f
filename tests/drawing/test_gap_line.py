"""A claim's line says what its gaps say, and stays within its frame."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Link, score_dossier
from claims.domain.gap_steps import quiet_periods
from claims.domain.history import gap_line_days
from claims.domain.vocabulary import ClaimKind
from claims.drawing.gap_bar import MirrorableDrawing
from claims.drawing.gap_line import (
    GAP_LINE_HEIGHT,
    REPORT_STRIP_Y,
    STRONG_REPORT_LENGTH,
    GapLineChart,
    draw_gap_line,
    last_day_shown,
)
from claims.drawing.time_axis import DayEvent
from tests.domain.strategies import as_of_days, days, dossiers, law, link

LATE = date(2026, 1, 1)
TWO = (
    link("a", -2, known="2021-05-01", publisher="a"),
    link("b", -2, known="2021-09-01", publisher="b"),
)


def draw(dossier: Dossier, start: date, as_of: date, *events: DayEvent) -> GapLineChart | None:
    gap = score_dossier(dossier, as_of)
    names = {each.id: f"report {each.id}" for each in dossier.links}
    line = gap_line_days(dossier, start, as_of)
    quiet = quiet_periods(dossier, start, last_day_shown(dossier, line))
    return draw_gap_line(dossier, gap, line, names, events, quiet)


def drawn(dossier: Dossier, start: date, as_of: date = LATE, *events: DayEvent) -> GapLineChart:
    picture = draw(dossier, start, as_of, *events)
    assert picture is not None
    return picture


def strokes(picture: GapLineChart) -> list[tuple[tuple[float, float], ...]]:
    return sorted((path.points for path in picture.strokes), key=lambda points: points[0][0])


@law
@given(dossiers(), days, as_of_days)
def test_everything_on_the_line_is_within_its_frame_mirrored_too(
    dossier: Dossier, start: date, as_of: date
) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    for each in (picture, picture.mirrored()):
        marks = [*each.reports, *each.days, *each.flags, *each.periods]
        assert all(-1e-9 <= mark.x <= 100 + 1e-9 for mark in marks)
        for path in [each.band, *each.strokes]:
            assert all(-1e-9 <= x <= 100 + 1e-9 and 0 <= y <= GAP_LINE_HEIGHT for x, y in path.points)
    assert same(picture.mirrored().mirrored(), picture)


def same(one: MirrorableDrawing, other: MirrorableDrawing) -> bool:
    """Equal but for what a float loses on the way there and back."""
    return str(places(one)) == str(places(other))


def places(part: Any) -> Any:
    if isinstance(part, float):
        return round(part, 6) + 0.0
    if isinstance(part, MirrorableDrawing):
        return {name: places(each) for name, each in vars(part).items()}
    return [places(each) for each in part] if isinstance(part, list | tuple) else part


@law
@given(dossiers(), days, as_of_days)
def test_the_line_has_no_hole_and_ends_at_the_gap(dossier: Dossier, start: date, as_of: date) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    gap = score_dossier(dossier, as_of)
    found = strokes(picture)
    for one, next_ in pairwise(found):
        assert one[-1][0] == next_[0][0]
    if gap.gap is None:
        assert not found or found[-1][-1][0] < 100
        return
    x, y = found[-1][-1]
    assert x == 100
    assert abs(y - GAP_LINE_HEIGHT * (1 - gap.gap / 100)) < 0.011
    assert [path.thin for path in picture.strokes if path.points][-1] == (gap.headline is None)


@law
@given(dossiers(), days, as_of_days)
def test_the_line_runs_within_its_band(dossier: Dossier, start: date, as_of: date) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    half = len(picture.band.points) // 2
    tops, bottoms = picture.band.points[:half], picture.band.points[half:][::-1]
    assert all(top[0] == bottom[0] and top[1] <= bottom[1] for top, bottom in zip(tops, bottoms, strict=True))
    assert (tops[0][0], tops[-1][0]) == (0, 100)
    levels = {x: (top, bottom) for (x, top), (_, bottom) in zip(tops, bottoms, strict=True)}
    for points in strokes(picture):
        x, y = points[-1]
        top, bottom = levels.get(x, (0.0, float(GAP_LINE_HEIGHT)))  # silence may end where the band goes on
        assert top - 0.01 <= y <= bottom + 0.01 or x < 100


@law
@given(dossiers(), days, as_of_days)
def test_every_report_with_weight_has_its_tick_on_its_side(
    dossier: Dossier, start: date, as_of: date
) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    gap = score_dossier(dossier, as_of)
    weighed = [each for each in dossier.links if gap.links[each.id].mass]
    assert sorted(
        (t.label, t.side, abs(t.y - REPORT_STRIP_Y) == STRONG_REPORT_LENGTH) for t in picture.reports
    ) == sorted(
        (f"report {e.id}", "contradicting" if e.x < 0 else "supporting", abs(e.x) == 1) for e in weighed
    )
    assert all((t.y < REPORT_STRIP_Y) == (t.side == "contradicting") for t in picture.reports)
    assert [tick.day for tick in picture.reports] == sorted(tick.day for tick in picture.reports)
    spots = [(tick.day, tick.side, tick.dx) for tick in picture.reports]
    assert len(spots) == len(set(spots))  # none hides another of its day


def test_a_step_rises_from_where_the_line_stood_and_in_the_style_of_what_it_leads_to() -> None:
    dossier = Dossier(
        ClaimKind.FACT, links=(link("a", -2, known="2021-05-01"), link("b", -2, known="2021-09-01"))
    )
    picture = drawn(dossier, date(2021, 1, 1), date(2022, 1, 1))
    thin, firm = picture.strokes
    assert (thin.thin, firm.thin) == (True, False)
    assert thin.points[0] == thin.points[1]  # from no number there is nothing to rise from
    assert thin.points[0][0] > 0
    assert firm.points[0] == thin.points[-1]
    assert firm.points[1][1] < firm.points[0][1]


def test_one_day_is_no_line() -> None:
    assert draw(Dossier(ClaimKind.FACT), LATE, LATE) is None


def test_one_day_is_no_line_even_of_words_that_had_lapsed_by_then() -> None:
    assert draw(Dossier(ClaimKind.FACT, PartialDate.parse("2025")), LATE, LATE) is None


def test_fewer_than_two_different_figures_are_no_line() -> None:
    start = date(2021, 1, 1)
    assert draw(Dossier(ClaimKind.FACT), start, LATE) is None
    one = link("a", -2, known="2021-05-01")
    assert draw(Dossier(ClaimKind.FACT, links=(one,)), start, LATE) is None
    assert draw(Dossier(ClaimKind.FACT, links=TWO), start, LATE)


def test_the_chart_ends_with_the_claims_last_day_or_the_last_report_about_its_time() -> None:
    def end_of(*links: Link) -> date:
        until = DayEvent(date(2021, 12, 31), "judged up to", "until")
        today = DayEvent(LATE, "today", "as-of")
        dossier = Dossier(ClaimKind.COMMITMENT, PartialDate.parse("2021"), links)
        picture = drawn(dossier, date(2021, 1, 1), LATE, until, today)
        assert [flag.text for flag in picture.flags] == ["judged up to"]
        return picture.end

    assert end_of(*TWO) == date(2021, 12, 31)
    later = link("later", 2, event="2021-12-01", known="2022-03-01", publisher="z")
    assert end_of(*TWO, later) == date(2022, 3, 1)


def test_a_claim_that_is_still_open_is_drawn_to_the_day_itself() -> None:
    for until in (None, PartialDate.parse("2030")):
        ends = DayEvent(date(2030, 12, 31), "judged up to", "until")
        picture = drawn(Dossier(ClaimKind.COMMITMENT, until, TWO), date(2021, 1, 1), LATE, ends)
        assert (picture.end, picture.flags) == (LATE, [])


def test_a_year_without_a_new_report_is_drawn_as_silence_and_a_step_never_is() -> None:
    picture = drawn(Dossier(ClaimKind.FACT, links=TWO), date(2021, 1, 1))
    first, second, quiet = picture.strokes
    assert [stroke.quiet for stroke in (first, second, quiet)] == [False, False, True]
    assert picture.has_quiet
    assert {x for x, _ in second.points} == {second.points[0][0]}  # the step alone
    assert {y for _, y in quiet.points} == {second.points[-1][1]}
    assert not drawn(Dossier(ClaimKind.FACT, links=TWO), date(2021, 1, 1), date(2022, 6, 1)).has_quiet


def test_a_report_known_by_its_month_has_a_bar_as_long_as_the_month() -> None:
    month = link("month", 1, known="2022-03", publisher="z")
    picture = drawn(Dossier(ClaimKind.FACT, links=(*TWO, month)), date(2021, 1, 1), date(2023, 1, 1))
    [bar] = picture.periods
    whole = (picture.end - picture.start).days
    assert bar.side == "supporting"
    assert bar.width == pytest.approx(100 * 30 / whole)
    [mark] = [each for each in picture.reports if each.side == "supporting"]
    assert bar.end == pytest.approx(mark.x)


def test_the_words_above_the_plot_have_as_much_height_as_they_need() -> None:
    start, dossier = date(2021, 1, 1), Dossier(ClaimKind.FACT, links=TWO)
    assert drawn(dossier, start).above == 0
    one = drawn(dossier, start, LATE, DayEvent(start, "said", "said"))
    both = drawn(dossier, start, LATE, *(DayEvent(start, "x" * 30, name) for name in ("a", "b")))
    assert 0 < one.above < both.above
    assert both.whole - both.above == one.whole - one.above
    assert all(-both.above <= flag.top < flag.y < 0 for flag in both.flags)
