"""The differences between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, NamedTuple

# Marks that belong to the letter before them: of Latin, Hebrew and Arabic script. They are no word characters.
_MARKS: Final = "\\u0300-\\u036f\\u0591-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06ed"
_TOKENS: Final = re.compile(rf"\s+|\w[\w{_MARKS}]*|[^\w\s]")
MAX_COMPARED_PRODUCT: Final = 250_000  # pairs of words compared one by one, in about a tenth of a second


class DiffPiece(NamedTuple):
    """A piece of a text. `differs`: the other text does not have it here."""

    differs: bool
    text: str


class ComparedTexts(NamedTuple):
    """The pieces of both texts. Joined, they give the texts."""

    old: list[DiffPiece]
    new: list[DiffPiece]


def compare_texts(old: str, new: str) -> ComparedTexts:
    """Compare two texts. Of long texts that share little, only the common beginning and end are found."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    start = _common_prefix_length(before, after)
    end = _common_prefix_length(before[start:][::-1], after[start:][::-1])
    old_marks, new_marks = [False] * len(before), [False] * len(after)
    for a, b in _changed_ranges(before[start : len(before) - end], after[start : len(after) - end]):
        old_marks[start + a.start : start + a.stop] = [True] * len(a)
        new_marks[start + b.start : start + b.stop] = [True] * len(b)
    return ComparedTexts(_diff_pieces(before, old_marks), _diff_pieces(after, new_marks))


def _common_prefix_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of tokens that both begin with."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _changed_ranges(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[range, range]]:
    if len(old) * len(new) > MAX_COMPARED_PRODUCT:
        yield range(len(old)), range(len(new))
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield range(i, j), range(k, m)


def _diff_pieces(tokens: Sequence[str], marks: Sequence[bool]) -> list[DiffPiece]:
    groups = groupby(zip(tokens, marks, strict=True), key=lambda pair: pair[1])
    return [DiffPiece(differs, "".join(token for token, _ in group)) for differs, group in groups]
