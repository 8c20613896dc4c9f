"""The pictures say what the numbers say, and stay within their frame."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from claims.domain.charts import GUTTER, HEIGHT, Chart, bar, chart, plain
from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Link, score_dossier
from claims.domain.history import line
from claims.domain.vocabulary import Kind

from .strategies import as_of_days, days, dossiers, law, link

LATE = date(2026, 1, 1)


def draw(dossier: Dossier, start: date, as_of: date) -> Chart | None:
    gap = score_dossier(dossier, as_of)
    names = {each.id: f"report {each.id}" for each in dossier.links}
    return chart(dossier, gap, line(dossier, start, as_of), names)


def drawn(dossier: Dossier, start: date, as_of: date = LATE) -> Chart:
    picture = draw(dossier, start, as_of)
    assert picture is not None
    return picture


# The bar


@law
@given(dossiers(), as_of_days)
def test_the_blocks_of_the_bar_fill_it_side_by_side(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    picture = bar(dossier, gap)
    blocks = sorted([*picture.blocks, picture.unknown], key=lambda block: block.x)
    assert sum(block.width for block in blocks) == pytest.approx(100, abs=GUTTER * len(blocks))
    for one, next_ in pairwise(blocks):
        assert -1e-9 <= next_.x - (one.x + one.width) <= 2 * GUTTER + 1e-9
    assert blocks[0].x == pytest.approx(0)
    assert blocks[-1].x + blocks[-1].width == pytest.approx(100)
    order = ["contradicting", "unknown", "supporting"]
    assert [block.side for block in blocks] == sorted((block.side for block in blocks), key=order.index)


@law
@given(dossiers(), as_of_days)
def test_the_needle_stands_in_the_middle_of_what_is_not_known(dossier: Dossier, as_of: date) -> None:
    """The bar is the formula: everything to the left of the needle contradicts, or is half of the unknown."""
    gap = score_dossier(dossier, as_of)
    picture = bar(dossier, gap)
    assert picture.needle == gap.headline
    middle = picture.unknown.x + picture.unknown.width / 2
    assert middle == pytest.approx(50 if gap.gap is None else gap.gap)
    assert 0 <= picture.low <= middle + 1e-9 <= picture.high + 1e-9 <= 100 + 1e-9


def blocks(*links: Link) -> list[tuple[str, float]]:
    dossier = Dossier(Kind.FACT, links=links)
    picture = bar(dossier, score_dossier(dossier, LATE))
    return [(block.side, round(block.width + min(GUTTER, block.width / 3), 1)) for block in picture.blocks]


def test_an_origin_is_one_block_however_many_report_it() -> None:
    echoes = [link(name, -2, origin="wire") for name in "abc"]
    assert blocks(*echoes, link("own", 2)) == [("contradicting", 25.0), ("supporting", 25.0)]


def test_an_origin_may_stand_on_both_sides() -> None:
    assert blocks(link("a", -2, origin="census"), link("b", 2, origin="census")) == [
        ("contradicting", 25.0), ("supporting", 25.0),
    ]  # fmt: skip


def test_the_heaviest_stand_at_the_ends() -> None:
    found = blocks(link("a", -1), link("b", -2), link("c", 1), link("d", 2))
    assert found == [
        ("contradicting", 20.0), ("contradicting", 10.0), ("supporting", 10.0), ("supporting", 20.0),
    ]  # fmt: skip


def test_a_bar_of_nothing_is_all_unknown() -> None:
    dossier = Dossier(Kind.FACT)
    picture = bar(dossier, score_dossier(dossier, LATE))
    assert (picture.blocks, picture.unknown.width, picture.needle) == ([], 100, None)
    assert (picture.low, picture.high) == (0, 100)


@law
@given(dossiers(), as_of_days)
def test_a_bar_mirrored_twice_is_itself_and_once_is_the_bar_of_the_contrary(
    dossier: Dossier, as_of: date
) -> None:
    picture = bar(dossier, score_dossier(dossier, as_of))
    mirror, again = picture.mirrored(), picture.mirrored().mirrored()
    for one, there, back in zip(picture.blocks, mirror.blocks, again.blocks, strict=True):
        assert (there.x, there.end) == pytest.approx((100 - one.end, 100 - one.x))
        assert (back.x, back.width, back.side) == pytest.approx((one.x, one.width, one.side))
    assert (again.low, again.high, again.needle) == pytest.approx((picture.low, picture.high, picture.needle))
    assert mirror.needle is None or mirror.needle == pytest.approx(100 - picture.needle)
    assert all(-1e-9 <= part.x <= part.end <= 100 + 1e-9 for part in [*mirror.blocks, mirror.unknown])
    contrary = replace(dossier, links=tuple(flipped(each) for each in dossier.links))
    other = bar(contrary, score_dossier(contrary, as_of))
    assert mirror.unknown.x == pytest.approx(other.unknown.x)


def flipped(one: Link) -> Link:
    return replace(one, stances=tuple(-stance for stance in one.stances))


def test_the_number_over_the_needle_stays_within_the_bar() -> None:
    far = Dossier(Kind.FACT, links=tuple(link(str(n), -2) for n in range(40)))
    for dossier, anchor in ((far, "end"), (replace(far, links=tuple(map(flipped, far.links))), "start")):
        picture = bar(dossier, score_dossier(dossier, LATE))
        assert picture.anchor == picture.mirrored().anchor == anchor


@pytest.mark.parametrize(
    ("length", "text"), [(0, "0"), (100, "100"), (33.333333, "33.33"), (0.5, "0.5"), (-5.0, "-5")]
)
def test_a_length_is_written_in_few_signs(length: float, text: str) -> None:
    assert plain(length) == text


# The line


@law
@given(dossiers(), days, as_of_days)
def test_everything_on_the_line_is_within_its_frame(dossier: Dossier, start: date, as_of: date) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    marks = [*picture.ticks, *picture.years, picture.said, *([picture.ends] if picture.ends else [])]
    assert all(0 <= mark.x <= 100 for mark in marks)
    for segment in picture.segments:
        assert 0 <= segment.x <= segment.end <= 100
        assert segment.width == pytest.approx(segment.end - segment.x)
        assert 0 <= segment.top <= segment.top + segment.depth <= HEIGHT + 0.01
        assert segment.y is None or segment.top - 0.01 <= segment.y <= segment.top + segment.depth + 0.01


@law
@given(dossiers(), days, as_of_days)
def test_the_line_has_no_hole_and_ends_at_the_gap(dossier: Dossier, start: date, as_of: date) -> None:
    picture = draw(dossier, min(start, as_of), as_of)
    if picture is None:
        return
    assert picture.segments[0].x == 0
    for one, next_ in pairwise(picture.segments):
        assert one.end == next_.x
    assert picture.segments[-1].end == 100
    gap = score_dossier(dossier, as_of)
    last = picture.segments[-1]
    assert last.y == (None if gap.gap is None else pytest.approx(HEIGHT * (1 - gap.gap / 100), abs=0.01))
    assert last.thin == (gap.headline is None)


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
    assert sorted((t.label, t.side, t.strong) for t in picture.ticks) == sorted(
        (f"report {e.id}", "contradicting" if e.x < 0 else "supporting", abs(e.x) == 1) for e in weighed
    )
    assert [tick.day for tick in picture.ticks] == sorted(tick.day for tick in picture.ticks)


def test_a_step_rises_from_where_the_line_stood() -> None:
    dossier = Dossier(Kind.FACT, links=(link("a", -2, known="2021-05-01"), link("b", -2, known="2021-09-01")))
    first, second, third, _last = drawn(dossier, date(2021, 1, 1)).segments
    assert (first.y, first.rise) == (None, None)
    assert second.rise is None  # from no number there is nothing to rise from
    assert third.rise == (third.y, second.y)
    assert (second.thin, third.thin) == (True, False)


def test_one_day_is_no_line() -> None:
    assert draw(Dossier(Kind.FACT), LATE, LATE) is None


def test_one_day_is_no_line_even_of_words_that_had_lapsed_by_then() -> None:
    assert draw(Dossier(Kind.FACT, PartialDate.parse("2025")), LATE, LATE) is None


def test_a_claim_that_has_lapsed_is_drawn_little_beyond_its_last_report() -> None:
    report = link("a", -2, event="2021-12-01", known="2022-03-01")
    picture = drawn(Dossier(Kind.COMMITMENT, PartialDate.parse("2021"), (report,)), date(2021, 1, 1))
    assert picture.ends is not None
    assert picture.ends.day == date(2021, 12, 31)
    assert date(2022, 3, 1) < picture.end < date(2022, 4, 15)


def test_a_claim_that_is_still_open_is_drawn_to_the_day_itself() -> None:
    for until in (None, PartialDate.parse("2030")):
        picture = drawn(Dossier(Kind.COMMITMENT, until), date(2021, 1, 1))
        assert (picture.end, picture.ends) == (LATE, None)


def test_years_are_marked_sparsely_and_evenly() -> None:
    picture = drawn(Dossier(Kind.FACT), date(1990, 6, 1))
    assert [mark.day.year for mark in picture.years] == [1991, 1997, 2003, 2009, 2015, 2021]
    assert [mark.day for mark in drawn(Dossier(Kind.FACT), date(2024, 3, 1)).years] == [
        date(2025, 1, 1), date(2026, 1, 1),
    ]  # fmt: skip


def test_labels_stay_inside_at_the_edges() -> None:
    picture = drawn(Dossier(Kind.FACT), date(2024, 12, 30))
    assert picture.said.anchor == "start"
    assert [mark.anchor for mark in picture.years] == ["start", "end"]
