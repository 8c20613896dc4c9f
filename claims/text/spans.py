"""A claim's span, and the words that govern it, held against the texts of its statement letter for letter."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from claims.languages import rules_for

ELISION_MARK: Final = "…"
JOIN_MARK: Final = "[…]"  # between passages that do not follow each other
# What is left out of a quotation, and what stands in brackets because we put it in.
_ELIDED: Final = re.compile(r"\[[^\[\]]*\]|…|\.{3}")
_ELISIONS: Final = ("…", "...", "[…]", "[...]")
_BLANK_LINE: Final = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_VOWEL_MARKS: Final = re.compile(
    "[\u0640\u064b-\u065f\u0670]"
)  # written above or below Arabic letters, or not


class _Piece(NamedTuple):
    """A part of a quotation between two elisions. `before`, `after`: a bracket of ours is written onto it there."""

    text: str
    before: bool
    after: bool

    @property
    def pattern(self) -> str:
        """It begins and ends with whole words: half of “can’t” is “can”. Our brackets may stand for letters."""
        start = "" if self.before or not self.text[0].isalnum() else r"(?<!\w)(?<!\w['’])"
        end = "" if self.after or not self.text[-1].isalnum() else r"(?!['’]?\w)"
        return f"{start}{re.escape(self.text)}{end}"


def stands_in(span: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts holds the span, letter for letter."""
    return any(span in text for text in texts)


def misquoted_piece(words: str, texts: Iterable[str]) -> str:
    """The first piece of a quotation that none of the texts holds after the pieces before it; empty if one holds all.

    Pieces are parted by `…`, `...`, `[…]`. What stands in brackets is ours, and is not looked for.
    """
    pieces = _pieces_of_quotation(words)
    if not pieces:
        return words.strip()
    held = max((_count_held(pieces, text) for text in texts), default=0)
    return pieces[held].text if held < len(pieces) else ""


def _pieces_of_quotation(words: str) -> list[_Piece]:
    elided = list(_ELIDED.finditer(words))
    ours = [None, *(mark[0] not in _ELISIONS for mark in elided), None]
    starts, ends = [0, *(mark.end() for mark in elided)], [*(mark.start() for mark in elided), len(words)]
    pieces = []
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        raw = words[start:end]
        if text := raw.strip():
            before, after = bool(ours[at]) and raw[0] == text[0], bool(ours[at + 1]) and raw[-1] == text[-1]
            pieces.append(_Piece(text, before, after))
    return pieces


def _count_held(pieces: Sequence[_Piece], text: str) -> int:
    """How many of the pieces, from the first on, stand in the text one after the other."""
    at = 0
    for number, piece in enumerate(pieces):
        found = re.compile(piece.pattern).search(text, at)
        if found is None:
            return number
        at = found.end()
    return len(pieces)


def carries_negation(words: str, language: str) -> bool:
    """Whether a word of the speaker's own denies something; true where nobody has listed such words of the language."""
    negations = rules_for(language).negations
    said = _VOWEL_MARKS.sub("", _ELIDED.sub(f" {ELISION_MARK} ", words))
    return negations is None or bool(negations.search(said))


def mark_elisions(words: str) -> str:
    """A quotation as pages show it: with one mark where words are left out, and one between joined passages."""
    return _BLANK_LINE.sub(f" {JOIN_MARK} ", words).replace("...", ELISION_MARK)


def mark_joins(text: str) -> str:
    """Passages that do not follow each other, with a mark between them."""
    return _BLANK_LINE.sub(f"\n\n{JOIN_MARK}\n\n", text.strip())
