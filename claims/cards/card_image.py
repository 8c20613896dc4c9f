"""Draws a share card: the claim, the quotation, the verdict, the bar with its key, and the verdict's sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from claims.cards.share_card import CardText, ShareCard
from claims.cards.typefaces import Typeface, fit_text, pillow_direction
from claims.drawing.gap_bar import BarBlock

CARD_WIDTH: Final = 1200
CARD_HEIGHT: Final = 630
CARD_MARGIN: Final = 64
CARD_TEXT_WIDTH: Final = CARD_WIDTH - 2 * CARD_MARGIN
# The colours of the site's light scheme. A card does not know the scheme of the page that shows it.
PAPER_COLOUR, INK_COLOUR, GREY_COLOUR, RULE_COLOUR = "#fcfbf7", "#1a1a18", "#605f5a", "#dedad0"
SOFT_COLOUR, HATCH_COLOUR = "#efece4", "#c9c3b3"
CARD_SIDE_COLOURS: Final = {"contradicting": "#ad4a17", "supporting": "#1b657f"}
CARD_FADED_COLOURS: Final = {
    "contradicting": "#d9a98e",
    "supporting": "#92b5bf",
}  # beside too little evidence for a verdict
BAR_TOP, BAR_DEPTH = 420, 28
CLAIM_HEIGHT, WORDS_END = 156, 344
KEY_LINE, KEY_MARK = 489, 18  # the base line of the key, and the side of a colour in it
KEY_ROOM = 210  # for the name of a side; twice as much for what is not known
SENTENCE_TOP = 500


def draw_card_png(card: ShareCard) -> bytes:
    sheet = _CardSheet(card)
    sheet.draw_words()
    sheet.draw_verdict()
    sheet.draw_bar()
    sheet.draw_key()
    sheet.draw_foot()
    file = BytesIO()
    sheet.image.quantize(96).save(
        file, "PNG", optimize=True
    )  # a third of the bytes, without a visible difference
    return file.getvalue()


@dataclass
class _CardSheet:
    card: ShareCard
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), PAPER_COLOUR)
        self.pen = ImageDraw.Draw(self.image)

    def text(self, face: Typeface, text: str, y: float, colour: str, *, end: bool = False) -> None:
        """Draw a line of text at the start edge of its own direction, or at the end edge of the card."""
        right = face.rtl if not end else not self.card.rtl
        x = CARD_WIDTH - CARD_MARGIN if right else CARD_MARGIN
        self.pen.text(
            (x, y),
            text,
            fill=colour,
            font=face.font,
            anchor="rs" if right else "ls",
            direction=pillow_direction(face.rtl),
        )

    def small(
        self,
        text: str,
        y: float,
        colour: str = GREY_COLOUR,
        *,
        room: float = CARD_TEXT_WIDTH,
        end: bool = False,
    ) -> None:
        face, (line, *_) = fit_text(text, "sans", (26, 24, 22, 20), room, 34, rtl=self.card.rtl)
        self.text(face, line, y, colour, end=end)

    def paragraph(
        self, text: CardText, name: str, sizes: Sequence[int], top: float, height: float, colour: str
    ) -> float:
        """Draw a text from `top` in at most `height` px, and return where it ends."""
        face, lines = fit_text(text.text, name, sizes, CARD_TEXT_WIDTH, height, rtl=text.rtl)
        for number, line in enumerate(lines):
            self.text(face, line, top + face.size + number * face.leading, colour)
        return top + len(lines) * face.leading

    def draw_words(self) -> None:
        who = self.card.who
        face, (line, *_) = fit_text(who.text, "sans", (28, 25, 22), CARD_TEXT_WIDTH, 34, rtl=self.card.rtl)
        self.text(face, line, 74, GREY_COLOUR)
        end = self.paragraph(
            self.card.claim, "serif-bold", (50, 44, 39, 34, 30), 90, CLAIM_HEIGHT, INK_COLOUR
        )
        self.paragraph(self.card.quote, "serif", (30, 27, 24, 22), end + 8, WORDS_END - end - 8, GREY_COLOUR)

    def draw_verdict(self) -> None:
        self.pen.line((CARD_MARGIN, 352, CARD_WIDTH - CARD_MARGIN, 352), fill=INK_COLOUR, width=3)
        sizes = (42, 38, 34, 30, 26)
        face, (line, *_) = fit_text(
            self.card.verdict, "serif-bold", sizes, CARD_TEXT_WIDTH, 58, rtl=self.card.rtl
        )
        self.text(face, line, 402, INK_COLOUR)

    def draw_bar(self) -> None:
        if self.card.bar is None:
            return
        bar = self.card.bar.mirrored() if self.card.rtl else self.card.bar
        colours = CARD_FADED_COLOURS if bar.needle is None else CARD_SIDE_COLOURS
        for block in bar.blocks:
            self.pen.rectangle(_block_frame(block), fill=colours[block.side])
        self.image.paste(_draw_hatching(), _block_frame(bar.unknown)[:2], _hatching_mask(bar.unknown))
        if bar.needle is None:
            return
        needle = _bar_position(bar.needle)
        self.pen.line((needle, BAR_TOP - 6, needle, BAR_TOP + BAR_DEPTH + 14), fill=INK_COLOUR, width=4)
        self._dots(min(bar.low, bar.high), max(bar.low, bar.high))

    def _dots(self, low: float, high: float) -> None:
        y = BAR_TOP + BAR_DEPTH + 10
        for x in range(round(_bar_position(low)), round(_bar_position(high)), 7):
            self.pen.line((x, y, x + 3, y), fill=GREY_COLOUR, width=3)

    def draw_key(self) -> None:
        """Name the colours of the bar, in the order in which they stand in it."""
        if self.card.bar is None:
            return
        key = self.card.key
        x = float(CARD_MARGIN)
        for side, text in (("contradicting", key.against), ("", key.unknown), ("supporting", key.for_)):
            room = KEY_ROOM if side else 2 * KEY_ROOM
            face, (line, *_) = fit_text(text, "sans", (21, 19, 17), room, 30, rtl=self.card.rtl)
            self._key_mark(x, side)
            at = x + KEY_MARK + 10
            self.pen.text(
                (CARD_WIDTH - at if self.card.rtl else at, KEY_LINE),
                line,
                fill=INK_COLOUR,
                font=face.font,
                anchor="rs" if self.card.rtl else "ls",
                direction=pillow_direction(self.card.rtl),
            )
            x = at + face.width(line) + 36

    def _key_mark(self, x: float, side: str) -> None:
        left = round(CARD_WIDTH - x - KEY_MARK if self.card.rtl else x)
        frame = (left, KEY_LINE - KEY_MARK + 2, left + KEY_MARK - 1, KEY_LINE + 1)
        if side:
            faded = self.card.bar is not None and self.card.bar.needle is None
            self.pen.rectangle(frame, fill=(CARD_FADED_COLOURS if faded else CARD_SIDE_COLOURS)[side])
        else:
            self.image.paste(_draw_hatching().crop((0, 0, KEY_MARK, KEY_MARK)), frame[:2])

    def draw_foot(self) -> None:
        card = self.card
        top, height = (SENTENCE_TOP, 72) if card.bar else (BAR_TOP, 140)
        if card.one_person:
            self.small(card.one_person, top + height - 4, INK_COLOUR)
            height -= 36
        sentence = CardText(card.sentence, card.rtl)
        self.paragraph(sentence, "sans", (27, 25, 23, 21), top, height, INK_COLOUR)
        self.pen.line((CARD_MARGIN, 576, CARD_WIDTH - CARD_MARGIN, 576), fill=RULE_COLOUR, width=2)
        site, (name, *_) = fit_text(card.site, "serif-bold", (26, 24, 22), CARD_TEXT_WIDTH / 2, 34)
        x = CARD_WIDTH - CARD_MARGIN if card.rtl else CARD_MARGIN
        self.pen.text(
            (x, 610),
            name,
            fill=INK_COLOUR,
            font=site.font,
            anchor="rs" if card.rtl else "ls",
            direction="ltr",
        )
        self.small(card.day, 610, room=CARD_TEXT_WIDTH - site.width(name) - 48, end=True)


def _bar_position(per_cent: float) -> float:
    return CARD_MARGIN + CARD_TEXT_WIDTH * per_cent / 100


def _block_frame(block: BarBlock) -> tuple[int, int, int, int]:
    left = round(_bar_position(block.x))
    return (
        left,
        BAR_TOP,
        max(round(_bar_position(block.end)) - 1, left),
        BAR_TOP + BAR_DEPTH - 1,
    )  # at least a line


def _hatching_mask(block: BarBlock) -> Image.Image:
    """Return the part of the bar's hatching that lies in the block, as a mask."""
    mask = Image.new("1", (CARD_TEXT_WIDTH, BAR_DEPTH), 0)
    left, _top, right, _bottom = _block_frame(block)
    ImageDraw.Draw(mask).rectangle((0, 0, right - left, BAR_DEPTH), fill=1)
    return mask


@cache
def _draw_hatching() -> Image.Image:
    """Return hatching as long as the bar.

    It is drawn at four times the size and reduced, which smooths the slanted lines.
    """
    large = Image.new("RGB", (CARD_TEXT_WIDTH * 4, BAR_DEPTH * 4), SOFT_COLOUR)
    pen = ImageDraw.Draw(large)
    for x in range(-BAR_DEPTH * 4, CARD_TEXT_WIDTH * 4, 44):
        pen.line((x, BAR_DEPTH * 4, x + BAR_DEPTH * 4, 0), fill=HATCH_COLOUR, width=16)
    return large.resize((CARD_TEXT_WIDTH, BAR_DEPTH), Image.Resampling.LANCZOS)
