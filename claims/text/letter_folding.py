"""The folding table of search: letters that differ only in case, accent, vowel mark or hamza become the same letter.

It maps single characters to their replacement, so that a database can use it with `replace`. No replacement contains
a character that is itself replaced.
"""

import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import Final

from claims.languages import known_rules

FOLDS_TO_NOTHING, FOLDS_TO_SPACE = "", " "

_LATIN_SPELLINGS = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "ǽ": "ae", "Ǽ": "ae", "ǣ": "ae", "Ǣ": "ae", "œ": "oe", "Œ": "oe",
    "ø": "o", "Ø": "o", "ǿ": "o", "Ǿ": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ħ": "h",
    "Ħ": "h", "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ŋ": "n", "Ŋ": "n", "ŧ": "t", "Ŧ": "t", "ĳ": "ij", "Ĳ": "ij",
    "ŀ": "l", "Ŀ": "l", "ŉ": "n", "ĸ": "k", "ſ": "s", "ẛ": "s", "ª": "a", "º": "o", "ς": "σ", "µ": "μ",
}  # fmt: skip

# Removed: apostrophes, combining marks, the Arabic tatweel and direction marks, which occur inside words. All other
# signs separate words.
_REMOVED_RANGES = [
    (0x27, 0x27), (0x60, 0x60), (0xAD, 0xAD), (0xB4, 0xB4), (0x2B9, 0x2BF), (0x300, 0x36F), (0x610, 0x61A),
    (0x61C, 0x61C), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6DC), (0x6DF, 0x6E8), (0x6EA, 0x6ED),
    (0x200C, 0x200F), (0x2018, 0x201B), (0x202A, 0x202E), (0x2032, 0x2032), (0x2060, 0x206F), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
]  # fmt: skip
_SEPARATOR_RANGES = [
    (0x01, 0x1F), (0x21, 0x26), (0x28, 0x2F), (0x3A, 0x40), (0x5B, 0x5F), (0x7B, 0xA9), (0xAB, 0xAC), (0xAE, 0xB1),
    (0xB7, 0xB8), (0xBB, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x60C, 0x60C), (0x61B, 0x61B), (0x61E, 0x61F),
    (0x66A, 0x66D), (0x6D4, 0x6D4), (0x1680, 0x1680), (0x2000, 0x200B), (0x2010, 0x2017), (0x201C, 0x2029),
    (0x202F, 0x2031), (0x2033, 0x205F), (0x20A0, 0x20C0), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2199),
    (0x2212, 0x2212), (0x3000, 0x3003), (0xFD3E, 0xFD3F),
]  # fmt: skip
_CASED_RANGES = [(0x41, 0x5A), (0xC0, 0x24F), (0x386, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF)]


def _fold_letter(letter: str) -> str:
    """The letter in lower case without combining marks."""
    lower = _strip_marks(letter).lower()
    return _strip_marks(lower)


def _strip_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _letters_in_ranges(ranges: list[tuple[int, int]]) -> Iterator[str]:
    return chain.from_iterable(map(chr, range(first, last + 1)) for first, last in ranges)


def _folding_table() -> dict[str, str]:
    table = {letter: _fold_letter(letter) for letter in _letters_in_ranges(_CASED_RANGES) if letter.isalpha()}
    table |= (
        dict.fromkeys(_letters_in_ranges(_SEPARATOR_RANGES), FOLDS_TO_SPACE)
        | dict.fromkeys(_letters_in_ranges(_REMOVED_RANGES), FOLDS_TO_NOTHING)
        | _LATIN_SPELLINGS
    )
    for rules in known_rules().values():
        table |= rules.folded
    table |= {
        letter: _fold_presentation_form(letter, table) for letter in _letters_in_ranges([(0xFE70, 0xFEFC)])
    }
    return {letter: folded for letter, folded in table.items() if letter != folded}


def _fold_presentation_form(letter: str, table: dict[str, str]) -> str:
    """The folding of an Arabic presentation form.

    Some documents store letters, and pairs of letters, in these forms.
    """
    return "".join(
        table.get(c, c)
        for c in unicodedata.normalize("NFKC", letter).replace(FOLDS_TO_SPACE, FOLDS_TO_NOTHING)
    )


FOLDED_LETTERS: Final[dict[str, str]] = _folding_table()
