"""Reads an article: its quotations, with speaker and day, and the sentences that report events."""

import re
from dataclasses import dataclass
from typing import Final

from claims.domain.dates import PartialDate
from claims.reading.article_text import ArticleText, Sentence
from claims.reading.attributions import Attributions
from claims.reading.datelines import day_at_head, read_dateline
from claims.reading.events import find_place, reports_happening
from claims.reading.told_days import find_told_day

_SOURCES: Final = re.compile(
    r"\b(?:[Aa]ccording to|[Rr]eported|[Ww]itness(?:es)?|[Rr]esidents?|[Pp]olice|[Mm]edics?|[Mm]onitors?|Observatory|[Hh]ospital)\b|بحسب|وفق|حسب|المرصد|شهود|مراسل"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """`text` is letter for letter the article's. `verbatim`: it stood in quotation marks."""

    text: str
    speaker: str | None
    said_on: PartialDate | None
    verbatim: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    sentence: str
    happened: PartialDate | None
    place: str | None


@dataclass(frozen=True, slots=True)
class ArticleReading:
    quotations: tuple[Quotation, ...]
    events: tuple[ReportedEvent, ...]


def read_article(raw: str, published: PartialDate | None = None) -> ArticleReading:
    """Read the text of an article that was published on the given day, or when its dateline or its head says."""
    article = ArticleText(raw)
    paragraphs = [article.text[start:end] for start, end in article.paragraphs]
    datelines = [line for paragraph in paragraphs[:4] if (line := read_dateline(paragraph, published))]
    told = next((line.day for line in datelines if line.day), None)
    day = published or told or day_at_head(paragraphs)
    undated = told
    if published and published.first != published.last:
        undated = told or published  # an article that is known to its month: so are its statements
    attributions = Attributions(article, day)
    quotations = tuple(
        Quotation(one.text, one.speaker, one.said_on or undated, one.verbatim, one.sentence)
        for one in attributions.read()
    )
    return ArticleReading(quotations, tuple(_read_events(article, attributions, day)))


def _read_events(
    article: ArticleText, attributions: Attributions, day: PartialDate | None
) -> list[ReportedEvent]:
    found = []
    for sentence in article.sentences:
        masked = article.mask[sentence.start : sentence.end]
        if not reports_happening(masked, article.is_arabic) or _is_speech(masked, sentence, attributions):
            continue
        happened, place = find_told_day(masked, day), find_place(masked, article.is_arabic)
        if happened or place:
            found.append(ReportedEvent(article.text[sentence.start : sentence.end], happened, place))
    return found


def _is_speech(masked: str, sentence: Sentence, attributions: Attributions) -> bool:
    return bool(attributions.cues_of(sentence)) and not _SOURCES.search(masked)
