"""The folded letters, grouped by blocks of Unicode. A text without a letter of a block skips the whole block."""

from dataclasses import dataclass
from typing import Final

from claims.text.letter_folding import FOLDED_LETTERS

_ENDS: Final = (0x7F, 0xBF, 0x24F, 0x36F, 0x3FF, 0x4FF, 0x6FF, 0x1EFF, 0x33FF, 0xFFFF)


@dataclass(frozen=True)
class LetterBlock:
    first: str
    last: str
    folded: dict[str, str]


def _letter_blocks() -> list[LetterBlock]:
    found, start = [], 1
    for end in _ENDS:
        letters = {letter: folded for letter, folded in FOLDED_LETTERS.items() if start <= ord(letter) <= end}
        found.append(LetterBlock(chr(start), chr(end), letters))
        start = end + 1
    return found


LETTER_BLOCKS: Final[list[LetterBlock]] = _letter_blocks()
