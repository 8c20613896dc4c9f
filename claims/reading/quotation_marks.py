"""Finds words in quotation marks: curly, straight, single, guillemets, nested, and running over paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FILL: Final = "\ue000"  # stands for each letter of quoted words, so that places in the text stay the same
_CLOSERS: Final = {"“": "”", "”": "“”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_ANY_MARK: Final = re.compile("[“”„«»\"‘’']")
_PREFIXED: Final = re.compile(r"(?<!\w)[وفبلك]+ـ?$")  # “and”, “with”, “for”, written onto the mark
_PRIMES: Final = frozenset("0123456789")
_MOST_NESTED: Final = 8  # bounds the work on a text that is nothing but marks
_SINGLE: Final = frozenset("‘'")


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words in marks. `inner` and `outer` have a start and an end for each paragraph, without and with the marks."""

    inner: tuple[tuple[int, int], ...]
    outer: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.outer[0][0]

    @property
    def end(self) -> int:
        return self.outer[-1][1]

    def words(self, text: str) -> str:
        return "\n\n".join(text[start:end].strip() for start, end in self.inner)


@dataclass(slots=True)
class _Opened:
    mark: str
    at: int


def find_marked_words(text: str, paragraphs: list[tuple[int, int]]) -> list[MarkedWords]:
    """The outermost words in marks, in order. A mark without a partner counts only if the next paragraph opens anew."""
    found: list[MarkedWords] = []
    running: list[tuple[int, int]] = []  # the earlier paragraphs of a quotation that is still open
    for number, (start, end) in enumerate(paragraphs):
        spans, left_open = _scan_paragraph(text, start, end)
        for at, stop in spans:
            opening = [*running, (at, stop)] if running and at == start else [(at, stop)]
            found.append(_marked(text, opening, closed=True))
            running = []
        if left_open is None:
            continue
        opened = [*running, (left_open.at, end)] if left_open.at == start else [(left_open.at, end)]
        following = text[paragraphs[number + 1][0]] if number + 1 < len(paragraphs) else ""
        if following == left_open.mark:
            running = opened
        elif left_open.mark not in _SINGLE:
            found.append(_marked(text, opened, closed=False))
            running = []
    return found


def mask_marked_words(text: str, marked: list[MarkedWords]) -> str:
    """The text with `FILL` for every letter in marks and for the marks."""
    letters = list(text)
    for words in marked:
        for start, end in words.outer:
            letters[start:end] = FILL * (end - start)
    return "".join(letters)


def _marked(text: str, outer: list[tuple[int, int]], *, closed: bool) -> MarkedWords:
    last = len(outer) - 1
    inner = tuple(
        (start + 1, end - 1 if closed and number == last else end)
        for number, (start, end) in enumerate(outer)
    )
    return MarkedWords(inner, tuple(outer))


def _scan_paragraph(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], _Opened | None]:
    stack: list[_Opened] = []
    spans: list[tuple[int, int]] = []
    for at in _marks(text, start, end):
        mark = text[at]
        if (depth := _closes(text, at, end, stack)) is not None:
            opened = stack[depth]
            del stack[depth:]
            if depth == 0:
                spans.append((opened.at, at + 1))
        elif len(stack) < _MOST_NESTED and _opens(text, at, start, end, mark):
            stack.append(_Opened(mark, at))
    outermost = next((opened for opened in stack if opened.mark not in _SINGLE), stack[0] if stack else None)
    if outermost and outermost is not stack[0]:  # an apostrophe was taken for a mark
        return _without_apostrophe(text, stack[0].at, start, end, spans)
    return spans, outermost


def _without_apostrophe(
    text: str, at: int, start: int, end: int, spans: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], _Opened | None]:
    rest, left_open = _scan_paragraph(text, at + 1, end)
    return [*spans, *rest], left_open


def _marks(text: str, start: int, end: int) -> Iterator[int]:
    return (found.start() for found in _ANY_MARK.finditer(text, start, end))


def _closes(text: str, at: int, end: int, stack: list[_Opened]) -> int | None:
    """The place in the stack of the mark that this one closes."""
    mark = text[at]
    if mark in "’'" and not _may_close_single(text, at, end):
        return None
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth]
        if mark not in _CLOSERS[opened.mark]:
            continue
        if opened.mark == "”" and mark == "”" and _has_space_before(text, at):
            continue
        return depth
    return None


def _may_close_single(text: str, at: int, end: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum() or before.isspace():
        return False
    if before == "s" and re.match(r" [a-z]", text[at + 1 : at + 3]):  # the soldiers’ fault
        later = re.search(
            r"[^\W\d_s.,!?…][’'](?!\w)|[.,!?…][’']|s[’'](?=[.,;:!?]|$)|[‘“\"]",
            text[at + 1 : min(end, at + 2000)],
        )
        return later is None or later[0] in '‘“"'
    return True


def _opens(text: str, at: int, start: int, end: int, mark: str) -> bool:
    after = text[at + 1 : at + 2] if at + 1 < end else ""
    if mark in "“„«":
        return True
    if mark in "»’" or not after or after.isspace():
        return False
    before = text[at - 1] if at > start else " "
    if mark in _SINGLE:
        return not before.isalnum() and not re.match(r"\d\ds\b|tis\b|em\b", text[at + 1 : at + 6])
    if before in _PRIMES:
        return False
    return not before.isalnum() or bool(_PREFIXED.search(text[max(start, at - 6) : at]))


def _has_space_before(text: str, at: int) -> bool:
    return text[at - 1 : at].isspace()
