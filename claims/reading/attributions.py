"""Brings cues and words together: which words in marks, and which reported clauses, are whose."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from claims.domain.dates import PartialDate
from claims.reading.arabic_cues import find_arabic_cues
from claims.reading.arabic_names import find_arabic_mentions, read_arabic_subject
from claims.reading.article_text import ArticleText, Sentence
from claims.reading.cues import Cue
from claims.reading.datelines import read_dateline
from claims.reading.english_cues import find_english_cues
from claims.reading.english_names import find_mentions
from claims.reading.mentions import Mention
from claims.reading.quotation_marks import FILL, MarkedWords
from claims.reading.scare_quotes import is_no_quotation
from claims.reading.speakers import SpeakerMemory
from claims.reading.told_days import find_told_day

_LONGEST_SENTENCE: Final = 5000  # letters; what is longer is no sentence, and would take minutes
_GENERIC: Final = re.compile(
    r"(?:analysts?|observers|experts|critics|many|some|people|supporters|opponents|others|commentators|i|we|you|who|reports?)\b",
    re.IGNORECASE,
)
# Its day is another: “Brandt, who was elected in 2019, said …”.
_RELATIVE_CLAUSE: Final = re.compile(
    rf"\b(?:who|whom|whose|which|where)\b(?! (?:was |is )?sp[eo]\w+)[^,.;:{FILL}]*|(?<!\w)(?:الذي|التي|الذين)(?!\w)[^،.؛:{FILL}]*"
)


@dataclass(frozen=True, slots=True)
class AttributedWords:
    text: str
    speaker: str | None
    said_on: PartialDate | None
    verbatim: bool
    sentence: str
    at: int


@dataclass(frozen=True, slots=True)
class _Saying:
    """Who spoke last, and when."""

    speaker: Mention
    day: PartialDate | None
    end: int


class Attributions:
    """Reads the sentences of an article in order."""

    def __init__(self, article: ArticleText, day: PartialDate | None) -> None:
        self._article, self._day = article, day
        self._cues: dict[Sentence, list[Cue]] = {}
        _blank_datelines(article, day)
        find = find_arabic_cues if article.is_arabic else find_english_cues
        for sentence in article.sentences:
            is_sentence = sentence.end - sentence.start <= _LONGEST_SENTENCE
            self._cues[sentence] = find(article.mask, sentence.start, sentence.end) if is_sentence else []
        self._mentions = (find_arabic_mentions if article.is_arabic else find_mentions)(
            _without_headings(article)
        )
        self._memory = SpeakerMemory(self._mentions, self._subjects_of_sentences())
        self._days: dict[str, PartialDate] = {}
        self._last: _Saying | None = None
        self._starts = [sentence.start for sentence in article.sentences]

    def cues_of(self, sentence: Sentence) -> list[Cue]:
        return self._cues[sentence]

    def read(self) -> list[AttributedWords]:
        found: list[AttributedWords] = []
        previous: Sentence | None = None
        for sentence in self._article.sentences:
            marked = [one for one in self._article.marked if self._home(one) == sentence]
            cues = self._cues[sentence]
            if cues:
                found += self._read_cues(sentence, cues, marked, previous)
            elif marked and (saying := self._continued(sentence, marked, previous)):
                found += [self._words(one, saying.speaker, saying.day, sentence) for one in marked[:1]]
                self._last = _Saying(saying.speaker, saying.day, marked[-1].end)
            previous = sentence
        unique = {(one.at, one.text): one for one in found}
        return sorted(unique.values(), key=lambda one: one.at)

    def _home(self, words: MarkedWords) -> Sentence:
        """The sentence that says whose words they are: of words over several paragraphs, often the last one."""
        starts = [bisect_right(self._starts, place) - 1 for place in (words.start, words.end - 1)]
        first, last = (self._article.sentences[max(number, 0)] for number in starts)
        told_after = any(cue.follows for cue in self._cues[last])
        return last if first != last and told_after and not self._cues[first] else first

    def _subjects_of_sentences(self) -> list[Mention]:
        """The first person whom each sentence names, by the full name."""
        focus = []
        resolver = SpeakerMemory(self._mentions, [])
        for sentence in self._article.sentences:
            inside = [
                one for one in self._mentions if sentence.start <= one.at < sentence.end and one.is_person
            ]
            known = [one for one in inside if (one.is_full and one.has_title) or not one.is_full]
            first = next(iter(known or [one for one in inside if one.is_full]), None)
            if first:
                full = resolver.resolve(first.name, first.at + 1, [first]) or first
                if full.is_full:
                    focus.append(
                        Mention(first.at, full.name, True, True, full.roles, full.gender, full.has_title)
                    )
        return focus

    def _read_cues(
        self, sentence: Sentence, cues: list[Cue], marked: list[MarkedWords], previous: Sentence | None
    ) -> list[AttributedWords]:
        found = []
        shares = _share_marked(cues, marked, self._article.mask)
        for number, (cue, words) in enumerate(zip(cues, shares, strict=True)):
            speaker = self._speaker(cue, sentence)
            if speaker is None or (_GENERIC.match(speaker.name) and not words):
                continue
            day = self._day_of(cue, sentence, speaker, previous, alone=len(cues) == 1)
            kept = [one for one in words if not is_no_quotation(self._article, one, sentence, cue)]
            found += [self._words(one, speaker, day, sentence) for one in kept]
            if kept or cue.reported:
                if day:
                    self._days[speaker.name] = day
                self._last = _Saying(speaker, day, max([one.end for one in kept], default=sentence.end))
            if cue.reported and not words and not _GENERIC.match(speaker.name):
                start, end = cue.reported
                if FILL not in self._article.mask[start:end]:
                    text = self._article.text[start:end]
                    found.append(
                        AttributedWords(text, speaker.name, day, False, self._shown(sentence), start)
                    )
            if number == len(cues) - 1 and not kept and self._ends_with_colon(sentence):
                self._last = _Saying(speaker, day, sentence.end)
        return found

    def _speaker(self, cue: Cue, sentence: Sentence) -> Mention | None:
        if self._article.is_arabic:
            mention = read_arabic_subject(cue.subject, cue.start) if cue.subject else None
            if mention is None:
                return self._memory.resolve_arabic_verb(self._article.mask[cue.start : cue.end], cue.start)
            return self._memory.resolve_arabic(mention)
        named = find_mentions(cue.subject)
        return self._memory.resolve(cue.subject, cue.start, named)

    def _day_of(
        self, cue: Cue, sentence: Sentence, speaker: Mention, previous: Sentence | None, *, alone: bool
    ) -> PartialDate | None:
        mask = self._article.mask
        stop = sentence.end
        start = sentence.start
        told = mask[start:stop]
        if cue.reported:
            first, last = cue.reported
            told = f"{mask[start:first]} {mask[last:stop]}" if first > start else mask[last:stop]
        day = find_told_day(_RELATIVE_CLAUSE.sub(" ", told), self._day)
        if day is None and self._last and self._last.speaker.name == speaker.name:
            day = self._last.day
        if day is None:
            day = self._days.get(speaker.name)
        if day is None and previous and previous.paragraph == sentence.paragraph:
            subject = next(
                (one for one in self._mentions if previous.start <= one.at < previous.end and one.is_person),
                None,
            )
            if subject and subject.name.split()[-1] == speaker.name.split()[-1]:
                day = find_told_day(mask[previous.start : previous.end], self._day)
        return day

    def _continued(
        self, sentence: Sentence, marked: list[MarkedWords], previous: Sentence | None
    ) -> _Saying | None:
        """Whose words a sentence without a verb of saying holds, if it is nothing but words in marks."""
        bare = re.sub(rf"[{FILL}\s.,;،:—–-]", "", self._article.mask[sentence.start : sentence.end])
        if bare or previous is None:
            return None
        if self._last and self._last.end >= previous.start:
            return self._last
        cues = self._cues[previous]
        if cues or previous.paragraph != sentence.paragraph:
            return None
        subject = next(
            (one for one in self._mentions if previous.start <= one.at < previous.end and one.is_person), None
        )
        if (
            subject
            and (speaker := self._memory.resolve(subject.name, subject.at + 1, [subject]))
            and speaker.is_full
        ):
            return _Saying(
                speaker,
                find_told_day(self._article.mask[previous.start : previous.end], self._day),
                sentence.end,
            )
        return None

    def _ends_with_colon(self, sentence: Sentence) -> bool:
        return self._article.mask[sentence.start : sentence.end].rstrip().endswith(":")

    def _words(
        self, marked: MarkedWords, speaker: Mention, day: PartialDate | None, sentence: Sentence
    ) -> AttributedWords:
        return AttributedWords(
            marked.words(self._article.text), speaker.name, day, True, self._shown(sentence), marked.start
        )

    def _shown(self, sentence: Sentence) -> str:
        return self._article.text[sentence.start : sentence.end]


def _blank_datelines(article: ArticleText, day: PartialDate | None) -> None:
    """Without datelines, whose places and agencies are no speakers."""
    for start, end in article.paragraphs[:4]:
        if line := read_dateline(article.text[start:end], day):
            article.mask = article.mask[:start] + " " * line.length + article.mask[start + line.length :]


def _without_headings(article: ArticleText) -> str:
    """The mask with spaces for the paragraphs that end without a full stop: headlines, whose words are all capitals."""
    mask = article.mask
    for start, end in article.paragraphs:
        if mask[end - 1].isalnum():
            mask = mask[:start] + " " * (end - start) + mask[end:]
    return mask


def _share_marked(cues: list[Cue], marked: list[MarkedWords], mask: str) -> list[list[MarkedWords]]:
    """For each cue the words in marks that are its own."""
    shares: list[list[MarkedWords]] = [[] for _cue in cues]
    for words in marked:
        after = [n for n, cue in enumerate(cues) if cue.start < words.start]
        following = next((n for n, cue in enumerate(cues) if cue.start > words.start), None)
        if (
            following is not None
            and cues[following].follows
            and (
                not after
                or not mask[words.end : cues[following].start].strip(" ,،—–")
                or len(mask[words.end : cues[following].start]) < 60
            )
        ):
            shares[following].append(words)
        elif after:
            shares[after[-1]].append(words)
    return shares
