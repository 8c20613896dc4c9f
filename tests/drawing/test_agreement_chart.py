"""Agreement is drawn where there is a number, against its thresholds, and its line has a gap where there is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.drawing.agreement_chart import AGREEMENT_HEIGHT, MAX_MONTHS, draw_agreement_chart
from tests.domain.strategies import law

THRESHOLDS = (0.667, 0.8)
alphas = st.none() | st.floats(-1, 1)


def month(n: int) -> date:
    return date(2020 + n // 12, n % 12 + 1, 1)


def months(values):
    return [(month(n), value) for n, value in enumerate(values)]


@law
@given(st.lists(alphas, min_size=1, max_size=40))
def test_each_month_with_a_number_has_a_dot_within_the_frame_both_ways_round(values):
    chart = draw_agreement_chart(months(values)[::-1], THRESHOLDS)
    known = [(m, alpha) for m, alpha in months(values)[-MAX_MONTHS:] if alpha is not None]
    if chart is None:
        assert not known
        return
    assert [(dot.month, dot.alpha) for dot in chart.dots] == known
    for each in (chart, chart.mirrored()):
        assert all(0 <= dot.x <= 100 and 0 <= dot.y <= AGREEMENT_HEIGHT for dot in each.dots)
        assert all(0 <= line.at <= AGREEMENT_HEIGHT for line in each.lines)
    assert [dot.x for dot in chart.mirrored().mirrored().dots] == pytest.approx([dot.x for dot in chart.dots])


@law
@given(st.lists(st.floats(0.7, 1), min_size=1, max_size=12))
def test_what_is_above_a_threshold_stands_above_its_line(values):
    chart = draw_agreement_chart(months(values), THRESHOLDS)
    assert chart is not None
    lines = {line.text: line.at for line in chart.lines if line.kind == "threshold"}
    assert set(lines) == {"0.667", "0.8"}
    for dot in chart.dots:
        assert dot.y <= lines["0.667"]
        assert (dot.y <= lines["0.8"] + 0.01) == (dot.alpha >= 0.8 - 1e-4)


def test_a_month_without_a_number_parts_the_line():
    chart = draw_agreement_chart(months([0.9, 0.8, None, 0.7, 0.6]), THRESHOLDS)
    assert chart is not None
    assert len(chart.strokes) == 2
    apart = draw_agreement_chart([(month(0), 0.9), (month(2), 0.8)], THRESHOLDS)
    assert apart is not None
    assert apart.strokes == []


def test_less_than_chance_has_room_below_nought():
    chart = draw_agreement_chart(months([0.5, -0.4]), THRESHOLDS)
    assert chart is not None
    nought = next(line for line in chart.lines if line.text == "0")
    assert chart.dots[1].y == AGREEMENT_HEIGHT > nought.at
    assert "−0.4" in {line.text for line in chart.lines}


def test_one_month_is_a_dot_and_none_is_no_chart():
    chart = draw_agreement_chart([(month(3), 0.9)], THRESHOLDS)
    assert chart is not None
    assert ([dot.x for dot in chart.dots], [tick.day for tick in chart.days]) == ([50], [month(3)])
    assert draw_agreement_chart([(month(3), None)], THRESHOLDS) is None
    assert draw_agreement_chart([], THRESHOLDS) is None


def test_of_many_months_the_latest_are_drawn():
    chart = draw_agreement_chart(months([0.9] * (MAX_MONTHS + 1)), THRESHOLDS)
    assert chart is not None
    assert (len(chart.dots), chart.cut, chart.dots[0].month) == (MAX_MONTHS, True, month(1))
