"""Spans as editors paste them: found in a text whatever its quotation marks, spaces, dashes and line breaks.

What is found is given back in the text's own letters, so that a stored span still stands in it letter for letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from claims.text.spans import quotation_parts, stands_in

_MARKS: Final = frozenset("'\"‘’‚‛“”„‟«»‹›`´ʼ′″＂＇")
_DASHES: Final = frozenset("-‐‑‒–—―−﹘﹣－")
_MARK, _DASH = "'", "-"
_TORN_WORD: Final = re.compile(r"(?<=\w)[-‐]\s*\n\s*(?=\w)")  # hyphenated at the end of a line
_SHOWN_WORDS: Final = 4  # of each side, where they part
_LEAST_COMMON: Final = 3  # letters that both sides have in common, or nothing is said of where they part


class _Folded(NamedTuple):
    """A text without what differs between copies of it. `starts`, `ends`: where each letter stands in the text."""

    letters: str
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True)
class Parting:
    """Where a span and a text part: the words that both have, then (or before them) those of each."""

    common: str
    of_span: str
    of_text: str
    is_after: bool  # whether they part after what they have in common


def own_letters(pasted: str, texts: Iterable[str]) -> str:
    """The letters of a text that the pasted span stands for; empty if no text holds it."""
    found = [text for text in texts if text]
    if stands_in(pasted, found):
        return pasted
    folded_texts = [(text, _fold(text)) for text in found]
    for reading in dict.fromkeys((pasted, _TORN_WORD.sub("", pasted), _without_outer_marks(pasted))):
        for text, folded in folded_texts:
            if (span := _find(_fold(reading).letters, folded, 0)) is not None:
                return text[slice(*span)]
    return ""


def own_letters_of_pieces(pasted: str, texts: Iterable[str]) -> str:
    """The same for a quotation with elisions, piece by piece, in order; empty if no text holds them all."""
    for text in texts:
        folded, after, written = _fold(text), 0, []
        for piece, is_ours in quotation_parts(pasted):
            if is_ours or not piece.strip():
                written.append(piece)
                continue
            span = _find(_fold(piece).letters, folded, after)
            if span is None:
                break
            after = span[1]
            before, behind = _outer_spaces(piece)
            written.append(before + text[slice(*span)] + behind)
        else:
            return "".join(written)
    return ""


def find_parting(pasted: str, texts: Iterable[str]) -> Parting | None:
    """Where the span parts from the text that has most of its beginning, or of its end; None if none has any."""
    span = _fold(pasted)
    best: tuple[int, Parting] | None = None
    for text in filter(None, texts):
        folded = _fold(text)
        for is_after in (True, False):
            length = _common_length(span.letters, folded.letters, from_start=is_after)
            if length >= _LEAST_COMMON and (best is None or length > best[0]):
                best = length, _part(pasted, span, text, folded, length, is_after=is_after)
    return best[1] if best and best[1].of_span else None


# Folding ---------------------------------------------------------------------------------------------------------


def _fold(text: str) -> _Folded:
    """Letters in one normal form; one quotation mark, one dash, one space, and no space around marks and dashes."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for letter in _fold_cluster(text[start:end]):
            previous = letters[-1] if letters else " "
            if letter == " " and previous in (" ", _MARK, _DASH):
                continue
            if letter in (_MARK, _DASH) and previous == " " and letters:
                del letters[-1], starts[-1], ends[-1]
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    if letters and letters[-1] == " ":
        del letters[-1], starts[-1], ends[-1]
    return _Folded("".join(letters), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each letter with the marks that are combined with it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at


def _fold_cluster(cluster: str) -> str:
    if cluster in _MARKS:
        return _MARK
    if cluster in _DASHES:
        return _DASH
    if cluster.isspace():
        return " "
    if unicodedata.category(cluster[0]) == "Cf":  # soft hyphens, marks of direction, zero-width letters
        return ""
    return unicodedata.normalize("NFKC", cluster)


# Finding ---------------------------------------------------------------------------------------------------------


def _find(letters: str, folded: _Folded, after: int) -> tuple[int, int] | None:
    """Where the folded letters stand in the text from a place on: whole words first, then anywhere."""
    if not any(letter.isalnum() for letter in letters):
        return None
    first = next((at for at, start in enumerate(folded.starts) if start >= after), len(folded.starts))
    start = r"(?<!\w)" if letters[0].isalnum() else ""
    end = r"(?!\w)" if letters[-1].isalnum() else ""
    whole = re.compile(start + re.escape(letters) + end).search(folded.letters, first)
    at = whole.start() if whole else folded.letters.find(letters, first)
    return None if at < 0 else (folded.starts[at], folded.ends[at + len(letters) - 1])


def _without_outer_marks(pasted: str) -> str:
    inner = pasted.strip()
    return inner[1:-1] if len(inner) > 1 and inner[0] in _MARKS and inner[-1] in _MARKS else pasted


def _outer_spaces(piece: str) -> tuple[str, str]:
    return piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]


# Parting ---------------------------------------------------------------------------------------------------------


def _common_length(span: str, text: str, *, from_start: bool) -> int:
    """How many letters of the span's beginning, or of its end, stand together in the text."""
    low, high = 0, len(span)
    while low < high:
        middle = (low + high + 1) // 2
        part = span[:middle] if from_start else span[len(span) - middle :]
        low, high = (middle, high) if part in text else (low, middle - 1)
    return low


def _part(pasted: str, span: _Folded, text: str, folded: _Folded, length: int, *, is_after: bool) -> Parting:
    if is_after:
        at = folded.letters.find(span.letters[:length])
        kept = _whole_words(span.letters, length, folded.letters, at + length)
        common = text[folded.starts[at] : folded.ends[at + kept - 1]] if kept else ""
        of_span = _first_words(pasted[span.ends[kept - 1] if kept else 0 :])
        return Parting(_last_words(common), of_span, _first_words(text[_end(folded, at + kept) :]), True)
    mirrored = len(span.letters) - length
    at = folded.letters.find(span.letters[mirrored:])
    kept = _whole_words(span.letters[::-1], length, folded.letters[::-1], len(folded.letters) - at)
    begin = at + length - kept
    common = text[folded.starts[begin] : folded.ends[at + length - 1]] if kept else ""
    until = len(span.letters) - kept
    of_span = _last_words(pasted[: span.starts[until] if until < len(span.starts) else len(pasted)])
    return Parting(_first_words(common), of_span, _last_words(text[: folded.starts[begin]]), False)


def _end(folded: _Folded, letters: int) -> int:
    return folded.ends[letters - 1] if letters else 0


def _whole_words(span: str, length: int, text: str, reached: int) -> int:
    """The length without the part of a word at its end that goes on otherwise on either side."""
    goes_on = [side[at : at + 1].isalnum() for side, at in ((span, length), (text, reached))]
    if not any(goes_on):
        return length
    while length and span[length - 1].isalnum():
        length -= 1
    return length


def _first_words(text: str) -> str:
    return " ".join(text.split()[:_SHOWN_WORDS])


def _last_words(text: str) -> str:
    return " ".join(text.split()[-_SHOWN_WORDS:])
