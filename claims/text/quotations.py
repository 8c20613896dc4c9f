"""Quotations: quotation marks, shortened texts, and the sentences around a span."""

import re
from typing import NamedTuple

from claims.languages import rules_for
from claims.text.spans import find_span

# A full stop after a short word is more likely an abbreviation ("Mr.", "No.") than the end of a sentence.
_SENTENCE_END = re.compile(r"(?:\w{4}[.!]|[?؟۔])[\"”’)\]]*\s+")


class SpanContext(NamedTuple):
    """The sentences around a span, in three parts.

    `opens` and `closes`: the statement continues before or after them.
    """

    before: str
    span: str
    after: str
    opens: bool
    closes: bool


def nest_quotation_marks(text: str, language: str) -> str:
    """Replace the quotation marks in a text by inner ones, so that it can be put into the marks of its language."""
    rules = rules_for(language)
    pairs = zip(
        rules.quotes, rules.inner_quotes, strict=True
    )  # stripped: French puts spaces inside its marks
    return text.translate({ord(outer.strip()): inner.strip() for outer, inner in pairs})


def quotation_marks(language: str) -> tuple[str, str]:
    """The opening and closing mark of a language. They follow the language of the words, not of the page."""
    return rules_for(language).quotes


def shorten_text(text: str, length: int) -> str:
    """Return at most `length` letters, ending after a whole word: the letters of half an Arabic word would not join."""
    if len(text) <= length:
        return text
    kept, space, _torn = text[:length].rpartition(" ")
    return (kept if space else text[: length - 1]).rstrip(" ,;:،؛") + "…"


def sentences_around_span(text: str, span: str) -> SpanContext:
    """The sentences around the span; the whole text if it does not contain the span."""
    at = find_span(text, span)
    if at < 0:
        return SpanContext(text, "", "", False, False)
    start, end = _paragraph_bounds(text, at, at + len(span))
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    start = max([start, *(stop for stop in ends if stop <= at)])
    end = min([end, *(stop for stop in ends if stop >= at + len(span))])
    return SpanContext(
        before=text[start:at],
        span=span,
        after=text[at + len(span) : end].rstrip(),
        opens=start > 0,
        closes=end < len(text),
    )


def _paragraph_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    opening, closing = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return 0 if opening < 0 else opening + 2, len(text) if closing < 0 else closing
