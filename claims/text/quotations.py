"""A claim's span within the words of its statement."""

import re
from typing import NamedTuple

from claims.languages import rules_for

# A full stop after a short word is more likely an abbreviation ("Mr.", "No.") than the end of a sentence.
_SENTENCE_END = re.compile(r"(?:\w{4}[.!]|[?؟۔])[\"”’)\]]*\s+")


class SpanContext(NamedTuple):
    """The sentences that hold a span, parted around it. `opens`, `closes`: the words go on beyond them."""

    before: str
    span: str
    after: str
    opens: bool
    closes: bool


def nest_quotation_marks(text: str, language: str) -> str:
    """A text that is to stand in the quotation marks of its language, its own marks changed for those inside."""
    rules = rules_for(language)
    pairs = zip(
        rules.quotes, rules.inner_quotes, strict=True
    )  # stripped: French puts spaces inside its marks
    return text.translate({ord(outer.strip()): inner.strip() for outer, inner in pairs})


def quotation_marks(language: str) -> tuple[str, str]:
    """They go with the language of the words, whatever the page is in."""
    return rules_for(language).quotes


def shorten_text(text: str, length: int) -> str:
    """At most so many letters, ending with a whole word: half an Arabic word is none, its letters no longer join."""
    if len(text) <= length:
        return text
    kept, space, _torn = text[:length].rpartition(" ")
    return (kept if space else text[: length - 1]).rstrip(" ,;:،؛") + "…"


def sentences_around_span(text: str, span: str) -> SpanContext:
    """The sentences around the first place where the span stands; the whole text if it stands in none."""
    at = text.find(span) if span else -1
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
