"""Draws a card in the site's look: the words first, then the verdict in words, the bar that is the formula, the number
last and small."""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from claims.domain.charts import BarBlock

from .card import Card, Words
from .type import Type, direction, fitted

WIDTH: Final = 1200
HEIGHT: Final = 630
MARGIN: Final = 64
ROOM: Final = WIDTH - 2 * MARGIN
# The light half of the site's sheet; a card is shown on others' pages, whose scheme it can't know.
PAPER, INK, GREY, RULE = "#fcfbf7", "#1a1a18", "#605f5a", "#dedad0"
SOFT, HATCH = "#efece4", "#c9c3b3"
SIDES: Final = {"contradicting": "#ad4a17", "supporting": "#1b657f"}
FADED: Final = {
    "contradicting": "#d9a98e",
    "supporting": "#92b5bf",
}  # beside too little evidence for a verdict
BAR_TOP, BAR_DEPTH = 446, 30


def png(card: Card) -> bytes:
    sheet = _Sheet(card)
    sheet.draw_words()
    sheet.draw_verdict()
    sheet.draw_bar()
    sheet.draw_foot()
    file = BytesIO()
    sheet.image.quantize(96).save(
        file, "PNG", optimize=True
    )  # a third of the bytes, and nothing that the eye misses
    return file.getvalue()


@dataclass
class _Sheet:
    card: Card
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def text(self, face: Type, text: str, y: float, colour: str, *, end: bool = False) -> None:
        """A line at the start edge of its own direction, or at the end edge of the card."""
        right = face.rtl if not end else not self.card.rtl
        x = WIDTH - MARGIN if right else MARGIN
        self.pen.text(
            (x, y),
            text,
            fill=colour,
            font=face.font,
            anchor="rs" if right else "ls",
            direction=direction(face.rtl),
        )

    def small(
        self, text: str, y: float, colour: str = GREY, *, room: float = ROOM, end: bool = False
    ) -> None:
        face, (line, *_) = fitted(text, "sans", (26, 24, 22, 20), room, 34, rtl=self.card.rtl)
        self.text(face, line, y, colour, end=end)

    def draw_words(self) -> None:
        who = self.card.who
        face, (line, *_) = fitted(who.text, "sans", (30, 27, 24), ROOM, 34, rtl=self.card.rtl)
        self.text(face, line, 86, GREY)
        quote: Words = self.card.quote
        face, lines = fitted(quote.text, "serif", (54, 48, 42, 37, 33), ROOM, 236, rtl=quote.rtl)
        for number, line in enumerate(lines):
            self.text(face, line, 118 + face.size + number * face.leading, INK)

    def draw_verdict(self) -> None:
        self.pen.line((MARGIN, 364, WIDTH - MARGIN, 364), fill=INK, width=3)
        sizes = (42, 38, 34, 30, 26)
        face, (line, *_) = fitted(self.card.verdict, "serif-bold", sizes, ROOM, 58, rtl=self.card.rtl)
        self.text(face, line, 416, INK)

    def draw_bar(self) -> None:
        bar = self.card.bar.mirrored() if self.card.rtl else self.card.bar
        colours = FADED if bar.needle is None else SIDES
        for block in bar.blocks:
            self.pen.rectangle(_frame(block), fill=colours[block.side])
        self.image.paste(_hatching(), _frame(bar.unknown)[:2], _mask(bar.unknown))
        if bar.needle is None:
            return
        needle = _x(bar.needle)
        self.pen.line((needle, BAR_TOP - 6, needle, BAR_TOP + BAR_DEPTH + 14), fill=INK, width=4)
        self._dots(min(bar.low, bar.high), max(bar.low, bar.high))

    def _dots(self, low: float, high: float) -> None:
        y = BAR_TOP + BAR_DEPTH + 10
        for x in range(round(_x(low)), round(_x(high)), 7):
            self.pen.line((x, y, x + 3, y), fill=GREY, width=3)

    def draw_foot(self) -> None:
        card = self.card
        half = ROOM / 3 if card.figures else 0
        if card.figures:
            self.small(card.figures, 534, INK, room=half)
        self.small(card.then_and_now, 534, room=ROOM - half - 32, end=bool(card.figures))
        self.pen.line((MARGIN, 560, WIDTH - MARGIN, 560), fill=RULE, width=2)
        site, (name, *_) = fitted(card.site, "serif-bold", (26, 24, 22), ROOM / 2, 34)
        x = WIDTH - MARGIN if card.rtl else MARGIN
        self.pen.text(
            (x, 601), name, fill=INK, font=site.font, anchor="rs" if card.rtl else "ls", direction="ltr"
        )
        self.small(card.day, 601, room=ROOM - site.width(name) - 48, end=True)


def _x(per_cent: float) -> float:
    return MARGIN + ROOM * per_cent / 100


def _frame(block: BarBlock) -> tuple[int, int, int, int]:
    left = round(_x(block.x))
    return left, BAR_TOP, max(round(_x(block.end)) - 1, left), BAR_TOP + BAR_DEPTH - 1  # at least a line


def _mask(block: BarBlock) -> Image.Image:
    """The part of the whole bar's hatching that shows."""
    mask = Image.new("1", (ROOM, BAR_DEPTH), 0)
    left, _top, right, _bottom = _frame(block)
    ImageDraw.Draw(mask).rectangle((0, 0, right - left, BAR_DEPTH), fill=1)
    return mask


@cache
def _hatching() -> Image.Image:
    """As long as the bar. Drawn four times as large and brought down, which smooths the slanted lines."""
    large = Image.new("RGB", (ROOM * 4, BAR_DEPTH * 4), SOFT)
    pen = ImageDraw.Draw(large)
    for x in range(-BAR_DEPTH * 4, ROOM * 4, 44):
        pen.line((x, BAR_DEPTH * 4, x + BAR_DEPTH * 4, 0), fill=HATCH, width=16)
    return large.resize((ROOM, BAR_DEPTH), Image.Resampling.LANCZOS)
