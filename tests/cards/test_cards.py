"""Cards as pictures: of one size, whatever is on them, mirrored for Arabic, without a number where there is none."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from claims.cards import CARD_HEIGHT, CARD_WIDTH, CardKey, CardText, ShareCard, draw_card_png
from claims.cards.typefaces import FONT_FOLDER, Typeface, fit_text
from claims.drawing.gap_bar import BarBlock, GapBar

ROOM = CARD_WIDTH - 128
LONG = "Words of an official that go on and on and speak of everything there is. " * 20
BAR = GapBar(
    [BarBlock(0, "contradicting", width=30), BarBlock(80, "supporting", width=20)],
    BarBlock(30, "unknown", width=50), 60.0, 28.0, 88.0,
)  # fmt: skip
THIN = GapBar([], BarBlock(0, "unknown", width=100), None, 0.0, 100.0)


def card(**changes):
    texts = {
        "who": CardText("Antony Blinken · 13 October 2021"),
        "claim": CardText("Humanitarian assistance is increased"),
        "quote": CardText("“increasing humanitarian assistance”"),
        "verdict": "Evidence conflicts",
        "bar": BAR,
        "key": CardKey("against", "not known", "for"),
        "sentence": "3 events against, 2 for, reported by 4 publishers. Gap 60 of 100.",
        "day": "as of 22 November 2026 · version 3",
        "site": "Example Watch",
    }
    return ShareCard(**{**texts, **changes})


def picture(**changes):
    data = draw_card_png(card(**changes))
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (CARD_WIDTH, CARD_HEIGHT))
    assert len(data) < 100_000
    return image.convert("RGB")


def ink(image, box):
    """Whether anything is drawn there."""
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, part.getpixel((0, 0)))).getbbox()


def test_the_margins_stay_empty_however_long_the_texts_are():
    image = picture(
        who=CardText(LONG),
        claim=CardText(LONG),
        quote=CardText(LONG),
        verdict=LONG,
        key=CardKey(LONG, LONG, LONG),
        sentence=LONG,
        day=LONG,
    )
    for box in (
        (0, 0, CARD_WIDTH, 40),
        (0, 0, 58, CARD_HEIGHT),
        (CARD_WIDTH - 58, 0, CARD_WIDTH, CARD_HEIGHT),
        (0, 622, CARD_WIDTH, CARD_HEIGHT),
    ):
        assert ink(image, box) is None


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=120), rtl=st.booleans())
def test_no_text_at_all_breaks_a_card(text, rtl):
    picture(
        who=CardText(text),
        claim=CardText(text, rtl),
        quote=CardText(text, rtl),
        verdict=text,
        sentence=text,
        key=CardKey(text, text, text),
        day=text,
        rtl=rtl,
    )


def test_letters_that_the_fonts_do_not_have_are_boxes_and_break_nothing():
    assert ink(picture(quote=CardText("文字 🕊️ ህዝብ")), (60, 120, 1140, 360))


def test_an_arabic_cards_bar_runs_from_the_right():
    left, right = picture(), picture(rtl=True)
    orange, blue = left.getpixel((80, 434)), left.getpixel((1120, 434))
    assert orange[0] > orange[2]
    assert blue[0] < blue[2]
    assert (right.getpixel((1120, 434)), right.getpixel((80, 434))) == (orange, blue)


@pytest.mark.parametrize("rtl", [False, True])
def test_a_block_thinner_than_a_line_is_a_line(rtl):
    blocks = [BarBlock(0, "contradicting", width=0.004), BarBlock(99.99, "supporting", width=0.01)]
    picture(bar=GapBar(blocks, BarBlock(0.004, "unknown", width=99.986), 50.0, 9.0, 91.0), rtl=rtl)


@pytest.mark.parametrize("rtl", [False, True])
def test_the_colours_are_named_below_the_bar_in_its_order(rtl):
    image = picture(rtl=rtl)
    row = [image.getpixel((x, 480)) for x in range(64, 1136)]
    row = row[::-1] if rtl else row
    orange, blue = (
        image.getpixel((1120, 434) if rtl else (80, 434)),
        image.getpixel((80, 434) if rtl else (1120, 434)),
    )
    assert row.index(orange) < row.index(blue)
    bare = picture(bar=None)
    assert not {orange, blue} & {bare.getpixel((x, 480)) for x in range(64, 1136)}


def test_the_claim_is_larger_than_the_quotation():
    claim = picture(quote=CardText(""), who=CardText(""))
    quote = picture(claim=CardText(""), who=CardText(""))
    words = (60, 88, 1140, 346)
    assert ink(claim, words)[3] - ink(claim, words)[1] > ink(quote, words)[3] - ink(quote, words)[1]


def test_arabic_letters_are_joined_and_run_from_the_right():
    face = Typeface("serif", 40, rtl=True)
    assert face.width("سلام") < sum(map(face.width, "سلام"))


def test_without_a_verdict_there_is_no_needle():
    needle = (64 + round(ROOM * 0.6), 418)
    assert picture().getpixel(needle) != picture(bar=THIN).getpixel(needle)
    assert ink(picture(bar=THIN), (60, 450, 1140, 466)) is None


def test_long_words_take_a_smaller_type_and_only_then_an_ellipsis():
    sizes = (54, 33)
    assert fit_text("Short.", "serif", sizes, ROOM, 236)[0].size == 54
    face, lines = fit_text(LONG[:200], "serif", sizes, ROOM, 236)
    assert face.size == 33
    assert not lines[-1].endswith("…")
    face, lines = fit_text(LONG, "serif", sizes, ROOM, 236)
    assert lines[-1].endswith("…")
    assert all(face.width(line) <= ROOM for line in lines)


def test_the_ellipsis_stands_behind_a_whole_word():
    _face, lines = fit_text(LONG, "serif", (33,), ROOM, 236)
    words, _space, _ellipsis = lines[-1].rpartition(" ")
    assert f"{' '.join(lines[:-1])} {words} " in LONG


@pytest.mark.parametrize("word", ["boo" * 400, "ي" * 900])
def test_a_word_longer_than_a_line_is_broken(word):
    face = Typeface("serif", 33)
    lines = face.lines(word, ROOM)
    assert "".join(lines) == word
    assert all(face.width(line) <= ROOM for line in lines)


def test_marks_that_turn_the_direction_are_left_out():
    _face, (line,) = fit_text("a\u202eb\u2066c\x07d", "serif", (30,), ROOM, 60)
    assert line == "a b c d"


def test_the_fonts_are_small_and_their_licence_stands_beside_them():
    assert sum(path.stat().st_size for path in FONT_FOLDER.glob("*.ttf")) <= 400_000
    assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL.txt").read_text()
