"""A text as an annotated transcript: its passages, cut where the spans of claims begin and end."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from claims.text.spans import passages_of


class PlacedSpan(NamedTuple):
    """A claim, by a number of the caller's, and where its span begins and ends in the text."""

    number: int
    start: int
    end: int


class Mark(NamedTuple):
    """A claim's mark on a segment. Claims whose spans overlap are on different levels, so that each has its own line.

    `begins`, `ends`: whether the claim's span begins or ends with the segment.
    """

    number: int
    level: int
    begins: bool
    ends: bool


class Segment(NamedTuple):
    """Letters of a passage, and the marks of the claims whose spans hold them, the lowest level first."""

    text: str
    marks: tuple[Mark, ...]


def cut_into_segments(text: str, spans: Iterable[PlacedSpan]) -> list[list[Segment]]:
    """The passages of the text, each in segments that are letter for letter the passage."""
    stripped = [_without_blank_ends(text, span) for span in spans]
    placed = sorted(filter(_holds_letters, stripped), key=lambda span: (span.start, -span.end, span.number))
    levels = _levels_of_spans(placed)
    return [_segments_of_passage(text, start, end, placed, levels) for start, end in passages_of(text)]


def _without_blank_ends(text: str, span: PlacedSpan) -> PlacedSpan:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return span._replace(start=start, end=start + len(words.strip()))


def _holds_letters(span: PlacedSpan) -> bool:
    return span.start < span.end


def _levels_of_spans(placed: Sequence[PlacedSpan]) -> dict[int, int]:
    """The lowest level for each span on which no other span overlaps it. The spans are sorted by their beginnings."""
    levels: dict[int, int] = {}
    free_from: list[int] = []  # by level: where the last span on it ends
    for span in placed:
        level = next((n for n, end in enumerate(free_from) if end <= span.start), len(free_from))
        free_from[level : level + 1] = [span.end]
        levels[span.number] = level
    return levels


def _segments_of_passage(
    text: str, start: int, end: int, placed: Sequence[PlacedSpan], levels: dict[int, int]
) -> list[Segment]:
    within = [span for span in placed if span.start < end and span.end > start]
    cuts = sorted({start, end, *(at for span in within for at in span[1:] if start < at < end)})
    segments = []
    for first, last in pairwise(cuts):
        marks = [
            Mark(span.number, levels[span.number], begins=span.start == first, ends=span.end == last)
            for span in within
            if span.start <= first and last <= span.end
        ]
        segments.append(Segment(text[first:last], tuple(sorted(marks, key=lambda mark: mark.level))))
    return segments
