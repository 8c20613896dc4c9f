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
    held = max((len(_ends_of_pieces(pieces, text)) for text in texts), default=0)
    return pieces[held].text if held < len(pieces) else ""


def find_span(text: str, span: str, governing_words: str = "") -> int:
    """Where a span begins in a text; -1 if the text does not hold it.

    Of several places, the first after the words that govern it; otherwise the first that begins and ends with whole
    words; otherwise the first.
    """
    if not span:
        return -1
    governed = _start_of_governed_span(text, span, governing_words)
    return governed if governed >= 0 else _start_of_span(text, span, 0)


def _start_of_governed_span(text: str, span: str, governing_words: str) -> int:
    before, held, _after = governing_words.partition(span)
    pieces = _pieces_of_quotation(before) if held else []
    ends = _ends_of_pieces(pieces, text)
    return _start_of_span(text, span, ends[-1]) if pieces and len(ends) == len(pieces) else -1


def _start_of_span(text: str, span: str, after: int) -> int:
    whole_words = re.compile(_Piece(span, before=False, after=False).pattern).search(text, after)
    return whole_words.start() if whole_words else text.find(span, after)


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


def quotation_parts(words: str) -> list[tuple[str, bool]]:
    """The parts of a quotation in order, and whether each is ours: a mark of elision, or words in brackets."""
    parts, at = [], 0
    for mark in _ELIDED.finditer(words):
        parts += [(words[at : mark.start()], False), (mark[0], True)]
        at = mark.end()
    return [*parts, (words[at:], False)]


def _ends_of_pieces(pieces: Sequence[_Piece], text: str) -> list[int]:
    """Where the pieces that stand in the text one after the other end, from the first piece on."""
    ends: list[int] = []
    for piece in pieces:
        found = re.compile(piece.pattern).search(text, ends[-1] if ends else 0)
        if found is None:
            break
        ends.append(found.end())
    return ends


def carries_negation(words: str, language: str) -> bool:
    """Whether a word of the speaker's own denies something; true where nobody has listed such words of the language."""
    negations = rules_for(language).negations
    said = _VOWEL_MARKS.sub("", _ELIDED.sub(f" {ELISION_MARK} ", words))
    return negations is None or bool(negations.search(said))


def mark_elisions(words: str) -> str:
    """A quotation as pages show it: with one mark where words are left out, and one between joined passages."""
    return _BLANK_LINE.sub(f" {JOIN_MARK} ", words).replace("...", ELISION_MARK)


def passages_of(text: str) -> list[tuple[int, int]]:
    """Where the passages of a text, which blank lines part, begin and end."""
    gaps = [(gap.start(), gap.end()) for gap in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _start, end in gaps)]
    ends = [*(start for start, _end in gaps), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]
