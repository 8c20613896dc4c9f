"""An article's paragraphs and sentences, as places in one text."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from claims.reading.quotation_marks import FILL, MarkedWords, find_marked_words, mask_marked_words
from claims.reading.verbs_of_saying import begins_with_attribution

_UNSEEN: Final = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\0")
)
_SPACES: Final = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f\u3000"), " ")
_ABBREVIATIONS: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Brig|Adm|Sen|Rep|Gov|Rev|Hon|St|No|vs|Jr|Sr|Inc|Ltd|Co|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]|a\.m|p\.m|e\.g|i\.e)|(?:\b[A-Z]\.)+[A-Z]|(?<!\w)د|(?<!\w)م)\.$"
)
_END: Final = re.compile(rf"[.!?؟…۔]+[)\]]*(?=\s+[\"“«‘'(\[]*(?:[^\Wa-z_]|{FILL}|$))|$")
_AFTER_WORDS: Final = re.compile(rf"{FILL}(?=\s+(?:[^\Wa-z_]|{FILL}))")


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    paragraph: int


class ArticleText:
    """The text of an article. `mask` is as long as `text`, with words in marks filled in."""

    def __init__(self, raw: str) -> None:
        kept = split_paragraphs(raw)
        self.text = "\n\n".join(kept)
        self.paragraphs: list[tuple[int, int]] = []
        at = 0
        for paragraph in kept:
            self.paragraphs.append((at, at + len(paragraph)))
            at += len(paragraph) + 2
        self.marked: list[MarkedWords] = find_marked_words(self.text, self.paragraphs)
        self.mask = mask_marked_words(self.text, self.marked)

    @cached_property
    def is_arabic(self) -> bool:
        return len(re.findall("[\u0600-\u06ff]", self.text)) > len(re.findall("[A-Za-z]", self.text))

    @cached_property
    def sentences(self) -> list[Sentence]:
        return [
            sentence
            for number, (start, end) in enumerate(self.paragraphs)
            for sentence in _split_sentences(self, start, end, number)
        ]


def split_paragraphs(raw: str) -> list[str]:
    """The paragraphs. Lines that were wrapped at a width are joined; a line that stands twice running is kept once."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN).translate(_SPACES)
    kept: list[str] = []
    for block in re.split(r"\n\s*\n|\u2029", text):
        lines = [" ".join(line.split()) for line in block.split("\n") if line.strip()]
        for paragraph in [" ".join(lines)] if _is_wrapped(lines) else lines:
            if not kept or kept[-1] != paragraph:
                kept.append(paragraph)
    return kept


def _is_wrapped(lines: list[str]) -> bool:
    """Whether all lines but the last are about as long as a narrow page is wide, and some end within a sentence."""
    if len(lines) < 2 or any(not 45 <= len(line) <= 100 for line in lines[:-1]) or len(lines[-1]) > 100:
        return False
    return any(re.search(r"[\w,;،]$", line) for line in lines[:-1])


def _split_sentences(article: ArticleText, start: int, end: int, number: int) -> list[Sentence]:
    mask = article.mask
    stops = {
        found.end()
        for found in _END.finditer(mask, start, end)
        if not _ABBREVIATIONS.search(mask[max(start, found.end() - 12) : found.end()])
    }
    stops |= {
        found.end()
        for found in _AFTER_WORDS.finditer(mask, start, end)
        if _ends_sentence(article, found.end(), end)
    }
    sentences, at = [], start
    for stop in sorted(stops | {end}):
        first = at + len(mask[at:stop]) - len(mask[at:stop].lstrip())
        if first < stop:
            sentences.append(Sentence(first, stop, number))
        at = stop
    return sentences


def _ends_sentence(article: ArticleText, at: int, end: int) -> bool:
    """Whether the words in marks that end here end their sentence too."""
    if not re.search(r"[.!?؟…]['\"’”»]*\s*.$", article.text[max(0, at - 4) : at]):
        return False
    return not begins_with_attribution(article.mask[at:end], article.is_arabic)
