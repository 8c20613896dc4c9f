"""The bar says what the numbers say, and stays within its frame; what all drawings have in common."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from claims.domain.dossier import Dossier, Link, score_dossier
from claims.domain.vocabulary import ClaimKind
from claims.drawing.gap_bar import BAR_GUTTER, LinePath, draw_gap_bar, format_length
from tests.domain.strategies import as_of_days, dossiers, law, link

LATE = date(2026, 1, 1)


# The bar


@law
@given(dossiers(), as_of_days)
def test_the_blocks_of_the_bar_fill_it_side_by_side(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    picture = draw_gap_bar(dossier, gap)
    blocks = sorted([*picture.blocks, picture.unknown], key=lambda block: block.x)
    assert sum(block.width for block in blocks) == pytest.approx(100, abs=BAR_GUTTER * len(blocks))
    for one, next_ in pairwise(blocks):
        assert -1e-9 <= next_.x - (one.x + one.width) <= 2 * BAR_GUTTER + 1e-9
    assert blocks[0].x == pytest.approx(0)
    assert blocks[-1].x + blocks[-1].width == pytest.approx(100)
    order = ["contradicting", "unknown", "supporting"]
    assert [block.side for block in blocks] == sorted((block.side for block in blocks), key=order.index)


@law
@given(dossiers(), as_of_days)
def test_the_needle_stands_in_the_middle_of_what_is_not_known(dossier: Dossier, as_of: date) -> None:
    """The bar is the formula: everything to the left of the needle contradicts, or is half of the unknown."""
    gap = score_dossier(dossier, as_of)
    picture = draw_gap_bar(dossier, gap)
    assert picture.needle == gap.headline
    middle = picture.unknown.x + picture.unknown.width / 2
    assert middle == pytest.approx(50 if gap.gap is None else gap.gap)
    assert 0 <= picture.low <= middle + 1e-9 <= picture.high + 1e-9 <= 100 + 1e-9


def blocks(*links: Link) -> list[tuple[str, float]]:
    dossier = Dossier(ClaimKind.FACT, links=links)
    picture = draw_gap_bar(dossier, score_dossier(dossier, LATE))
    return [
        (block.side, round(block.width + min(BAR_GUTTER, block.width / 3), 1)) for block in picture.blocks
    ]


def test_an_origin_is_one_block_however_many_report_it() -> None:
    echoes = [link(name, -2, origin="wire") for name in "abc"]
    assert blocks(*echoes, link("own", 2)) == [("contradicting", 25.0), ("supporting", 25.0)]


def test_an_origins_block_is_as_wide_as_what_it_counts_with() -> None:
    """Two happenings that only one publisher tells of share its one unit; a second publisher frees its own."""
    alone = [link(name, -2, publisher="daily") for name in "ab"]
    assert blocks(*alone) == [("contradicting", 16.7), ("contradicting", 16.7)]
    told = [link(name, -2, origin=name, publisher="daily") for name in "ab"]
    other = link("other", -2, origin="a", publisher="agency")
    assert blocks(*told, other) == [("contradicting", 25.0), ("contradicting", 25.0)]


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
    dossier = Dossier(ClaimKind.FACT)
    picture = draw_gap_bar(dossier, score_dossier(dossier, LATE))
    assert (picture.blocks, picture.unknown.width, picture.needle) == ([], 100, None)
    assert (picture.low, picture.high) == (0, 100)


@law
@given(dossiers(), as_of_days)
def test_a_bar_mirrored_twice_is_itself_and_once_is_the_bar_of_the_contrary(
    dossier: Dossier, as_of: date
) -> None:
    picture = draw_gap_bar(dossier, score_dossier(dossier, as_of))
    mirror, again = picture.mirrored(), picture.mirrored().mirrored()
    for one, there, back in zip(picture.blocks, mirror.blocks, again.blocks, strict=True):
        assert (there.x, there.end) == pytest.approx((100 - one.end, 100 - one.x))
        assert (back.x, back.width, back.side) == pytest.approx((one.x, one.width, one.side))
    assert (again.low, again.high, again.needle) == pytest.approx((picture.low, picture.high, picture.needle))
    assert mirror.needle is None or mirror.needle == pytest.approx(100 - picture.needle)
    assert all(-1e-9 <= part.x <= part.end <= 100 + 1e-9 for part in [*mirror.blocks, mirror.unknown])
    contrary = replace(dossier, links=tuple(flipped(each) for each in dossier.links))
    other = draw_gap_bar(contrary, score_dossier(contrary, as_of))
    assert mirror.unknown.x == pytest.approx(other.unknown.x)


def flipped(one: Link) -> Link:
    return replace(one, stances=tuple(-stance for stance in one.stances))


def test_the_number_over_the_needle_stays_within_the_bar() -> None:
    far = Dossier(ClaimKind.FACT, links=tuple(link(str(n), -2) for n in range(40)))
    for dossier, anchor in ((far, "end"), (replace(far, links=tuple(map(flipped, far.links))), "start")):
        picture = draw_gap_bar(dossier, score_dossier(dossier, LATE))
        assert picture.anchor == picture.mirrored().anchor == anchor


@pytest.mark.parametrize(
    ("length", "text"),
    [(-1e-9, "0"), (0, "0"), (100, "100"), (33.333333, "33.33"), (0.5, "0.5"), (-5.0, "-5")],
)
def test_a_length_is_written_in_few_signs(length: float, text: str) -> None:
    assert format_length(length) == text


def test_a_path_is_written_in_short_strokes_and_without_those_that_lead_nowhere() -> None:
    path = LinePath(((0, 10), (0, 10), (50, 10), (50, 20.5), (100, 0)), closed=True)
    assert path.d == "M0 10H50V20.5L100 0Z"
    assert path.mirrored().d == "M100 10H50V20.5L0 0Z"
    assert path.mirrored().mirrored() == path
