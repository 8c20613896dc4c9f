"""A claim's line says what its gaps say, and stays within its frame."""

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, score_dossier
from claims.domain.history import gap_line_days
from claims.domain.vocabulary import ClaimKind
from claims.drawing.gap_bar import MirrorableDrawing
from claims.drawing.gap_line import (
    GAP_LINE_HEIGHT,
    REPORT_STRIP_Y,
    STRONG_REPORT_LENGTH,
    GapLineChart,
    draw_gap_line,
)
from claims.drawing.time_axis import DayEvent
from tests.domain.strategies import as_of_days, days, dossiers, law, link

LATE = date(2026, 1, 1)


def draw(dossier: Dossier, start: date, as_of: date, *events: DayEvent) -> GapLineChart | None:
    gap = score_dossier(dossier, as_of)
    names = {each.id: f"report {each.id}" for each in dossier.links}
    return draw_gap_line(dossier, gap, gap_line_days(dossier, start, as_of), names, events)


def drawn(dossier: Dossier, start: date, as_of: date = LATE, *events: DayEvent) -> GapLineChart:
    picture = draw(dossier, start, as_of, *events)
    assert picture is not None
    return picture


def strokes(picture: GapLineChart) -> list[tuple[tuple[float, float], ...]]:
    return sorted((path.points for path in [*picture.firm, *picture.thin]), key=lambda points: points[0][0])


@law
@given(dossiers(), days, as_of_days)
def test_everything_on_the_line_is_within_its_frame_mirrored_too(
    dossier: Dossier, start: date, as_of: date
) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    for each in (picture, picture.mirrored()):
        marks = [*each.reports, *each.days, *each.flags]
        assert all(-1e-9 <= mark.x <= 100 + 1e-9 for mark in marks)
        for path in [each.band, *each.firm, *each.thin]:
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
    assert (found[-1] in [path.points for path in picture.thin]) == (gap.headline is None)


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
        assert levels[x][0] - 0.01 <= y <= levels[x][1] + 0.01 or x < 100


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
    picture = drawn(dossier, date(2021, 1, 1))
    (thin,), (firm,) = picture.thin, picture.firm
    assert thin.points[0] == thin.points[1]  # from no number there is nothing to rise from
    assert thin.points[0][0] > 0
    assert firm.points[0] == thin.points[-1]
    assert firm.points[1][1] < firm.points[0][1]


def test_one_day_is_no_line() -> None:
    assert draw(Dossier(ClaimKind.FACT), LATE, LATE) is None


def test_one_day_is_no_line_even_of_words_that_had_lapsed_by_then() -> None:
    assert draw(Dossier(ClaimKind.FACT, PartialDate.parse("2025")), LATE, LATE) is None


def test_a_claim_that_has_lapsed_is_drawn_little_beyond_its_last_report() -> None:
    report = link("a", -2, event="2021-12-01", known="2022-03-01")
    until = DayEvent(date(2021, 12, 31), "speaks until", "until")
    today = DayEvent(LATE, "today", "as-of")
    picture = drawn(
        Dossier(ClaimKind.COMMITMENT, PartialDate.parse("2021"), (report,)),
        date(2021, 1, 1),
        LATE,
        until,
        today,
    )
    assert date(2022, 3, 1) < picture.end < date(2022, 4, 15)
    assert [flag.text for flag in picture.flags] == ["speaks until"]


def test_a_claim_that_is_still_open_is_drawn_to_the_day_itself() -> None:
    for until in (None, PartialDate.parse("2030")):
        ends = DayEvent(date(2030, 12, 31), "speaks until", "until")
        picture = drawn(Dossier(ClaimKind.COMMITMENT, until), date(2021, 1, 1), LATE, ends)
        assert (picture.end, picture.flags) == (LATE, [])


def test_the_words_above_the_plot_have_as_much_height_as_they_need() -> None:
    start = date(2021, 1, 1)
    assert drawn(Dossier(ClaimKind.FACT), start).above == 0
    one = drawn(Dossier(ClaimKind.FACT), start, LATE, DayEvent(start, "said", "said"))
    both = drawn(
        Dossier(ClaimKind.FACT), start, LATE, *(DayEvent(start, "x" * 30, name) for name in ("a", "b"))
    )
    assert 0 < one.above < both.above
    assert both.whole - both.above == one.whole - one.above
    assert all(-both.above <= flag.top < flag.y < 0 for flag in both.flags)
