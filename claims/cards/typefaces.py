"""Fonts with Latin and Arabic letters, line breaking and ellipses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

FONT_FOLDER: Final = Path(__file__).parent / "fonts"
CUT_OFF_SIGN: Final = "…"
MAX_CARD_LETTERS: Final = 2000  # letters; no card has room for more
# Characters that are not drawn: control characters and direction marks, but for the isolates that cards put names into.
_SHAPELESS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066\u2067\ufeff\ud800-\udfff]+"
)


@cache
def load_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FOLDER / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.RAQM)


def pillow_direction(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font at one size, for one direction."""

    name: str
    size: int
    rtl: bool = False

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return load_font(self.name, self.size)

    @property
    def leading(self) -> int:
        return round(self.size * 1.32)

    def width(self, text: str) -> float:
        return self.font.getlength(text, direction=pillow_direction(self.rtl))

    def lines(self, text: str, width: float) -> list[str]:
        """Break the text into lines no wider than `width` px. Only a word that is too long by itself is broken."""
        lines: list[str] = [] if text.strip() else [""]
        for word in self._pieces(text.split(), width):
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines

    def _pieces(self, words: Iterable[str], width: float) -> Iterator[str]:
        for word in words:
            rest = word
            while self.width(rest) > width and len(rest) > 1:
                cut = self._cut(rest, width)
                yield rest[:cut]
                rest = rest[cut:]
            yield rest

    def _cut(self, word: str, width: float) -> int:
        """How many letters of the word fit into `width` px; at least 1."""
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(word[:middle]) <= width else (low, middle - 1)
        return low

    def shortened(self, line: str, width: float) -> str:
        """Return the line with an ellipsis, shortened to `width` px after a whole word if possible."""
        while line and self.width(f"{line} {CUT_OFF_SIGN}") > width:
            line = line.rpartition(" ")[0] or line[:-1]
        return f"{line} {CUT_OFF_SIGN}"


def strip_controls(text: str) -> str:
    return " ".join(_SHAPELESS.sub(" ", text[:MAX_CARD_LETTERS]).split())


def fit_text(
    text: str, name: str, sizes: Sequence[int], width: float, height: float, *, rtl: bool = False
) -> tuple[Typeface, list[str]]:
    """Return the largest of the sizes at which the text fits, with its lines.

    If it fits in none, the lines are shortened at the smallest size.
    """
    text = strip_controls(text)
    for size in sizes:
        face = Typeface(name, size, rtl)
        lines, most = face.lines(text, width), max(int(height // face.leading), 1)
        if len(lines) <= most:
            return face, lines
    return face, [*lines[: most - 1], face.shortened(lines[most - 1], width)]
