"""Words as a search compares them, what a reader's query asks for, and where it stands in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from claims.languages import known_rules
from claims.languages.rules import LanguageRules

from .inflections import inflections
from .letters import FOLDED

MOST_TERMS: Final = 12  # of a query; whoever pastes a whole page is answered by its beginning
LONGEST: Final = 60  # letters of a word that are compared
SHORTEST_START: Final = 3  # letters that find every word which begins with them
AROUND: Final = 80  # letters of an excerpt on each side of its first hit

_TABLE: Final = str.maketrans(FOLDED)
_QUOTED: Final = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")
_POSSESSIVE: Final = re.compile(r"['’]s\b")


def fold(text: str) -> str:
    """The text's words in one spelling, with single spaces between them."""
    return " ".join(text.translate(_TABLE).split())


class Form(NamedTuple):
    """What to look for; `starts` if any word that begins so will do, `bent` if it is not as asked but another form."""

    word: str
    starts: bool
    bent: bool = False

    def fits(self, word: str) -> bool:
        return word.startswith(self.word) if self.starts else word == self.word


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a query, or words that have to follow each other. `exact` where the reader put quotes around."""

    text: str
    words: tuple[str, ...]
    exact: bool = False

    @property
    def bare(self) -> str:
        """As it was typed, without quotes around."""
        return self.text[1:-1] if self.exact else self.text

    @property
    def forms(self) -> tuple[tuple[Form, ...], ...]:
        """For each word the forms that will do. A lone word is found in its other forms too, an Arabic one with or
        without what is written onto it."""
        return _forms(self.words, self.exact)


@lru_cache(maxsize=1024)  # a page asks for those of its query once for every text on it
def _forms(words: tuple[str, ...], exact: bool) -> tuple[tuple[Form, ...], ...]:
    *others, last = words
    if exact or others:
        return (*((Form(word, starts=False),) for word in others), (Form(last, _starts(last, exact)),))
    as_asked = tuple(_spellings(last))
    new = (word for word in _bent(last) if not any(form.fits(word) for form in as_asked))
    return ((*as_asked, *(Form(word, starts=False, bent=True) for word in sorted(new))),)


def _starts(word: str, exact: bool) -> bool:
    return len(word) >= LONGEST or (not exact and len(word) >= SHORTEST_START)


def _spellings(word: str) -> Iterator[Form]:
    yield Form(word, _starts(word, exact=False))
    prefixes = rules.prefixes if (rules := _prefixing(word)) else ()
    yield from (Form(prefix + word, _starts(word, exact=False)) for prefix in prefixes)
    if stem := _stem(word, prefixes):
        yield from (Form(prefix + stem, starts=False) for prefix in ("", *prefixes) if prefix + stem != word)


def _bent(word: str) -> set[str]:
    """The other forms of a word, and of one with an article written onto it those without."""
    rules = _prefixing(word)
    if rules is None:
        return set(inflections(word))
    found = inflections(_stem(word, rules.articles) or word)
    return {prefix + form for form in found for prefix in ("", *rules.prefixes)}


def _prefixing(word: str) -> LanguageRules | None:
    """The rules of the language that this may be a word of, if it writes prefixes onto its words."""
    for rules in known_rules().values():
        if rules.prefixes and rules.inflections and rules.inflections.pattern.fullmatch(word):
            return rules
    return None


def _stem(word: str, prefixes: Sequence[str]) -> str:
    """A word without its prefix, where enough of it is left to mean something."""
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if len(prefix) > 1 else 4):
            return word[len(prefix) :]
    return ""


def terms(query: str) -> list[Term]:
    """What a query asks for: words, and phrases in quotes of any kind. Signs alone ask for nothing."""
    found: dict[tuple[tuple[str, ...], bool], Term] = {}
    for match in _QUOTED.finditer(query):
        phrase, word = match.groups()
        words = _words(phrase) if word is None else _words(_POSSESSIVE.sub("", word))
        if words:
            term = Term(match[0], words, exact=word is None)
            found.setdefault((term.words, term.exact), term)
        if len(found) == MOST_TERMS:
            break
    return list(found.values())


def _words(text: str) -> tuple[str, ...]:
    return tuple(w[:LONGEST] for w in fold(text).split() if any(map(str.isalnum, w)))[:MOST_TERMS]


# Where they stand ----------------------------------------------------------------------------------------------------


class Piece(NamedTuple):
    text: str
    hit: bool


class Span(NamedTuple):
    """A word of a text: where it stands there, and how it is spelled when folded."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text; `opens` and `closes` where the text goes on beyond it."""

    pieces: list[Piece]
    opens: bool
    closes: bool


def spans(text: str) -> list[Span]:
    """Each word of the text, by its place in the original letters."""
    found: list[Span] = []
    start, word = 0, ""
    for at, letter in enumerate(f"{text} "):
        folded = FOLDED.get(letter, letter)
        if folded.isspace():
            if word:
                found.append(Span(start, at, word))
            word = ""
            continue
        if not word:
            start = at
        word += folded
    return found


def hits(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """The stretches of the text that answer the terms, in order, none within another."""
    return _hits(spans(text), wanted)


def _hits(words: Sequence[Span], wanted: Sequence[Term]) -> list[tuple[int, int]]:
    marked: set[int] = set()
    for term in wanted:
        fitting = [_fitting(words, forms) for forms in term.forms]
        for at in fitting[0]:
            if all(at + n in there for n, there in enumerate(fitting)):
                marked.update(range(at, at + len(fitting)))
    return [(words[n].start, words[n].end) for n in sorted(marked)]


def _fitting(words: Sequence[Span], forms: Sequence[Form]) -> set[int]:
    """Which of the words are of the forms. Asked at once: a long text has thousands of words, and a word many forms."""
    whole = {form.word for form in forms if not form.starts}
    starts = tuple(form.word for form in forms if form.starts)
    return {n for n, span in enumerate(words) if span.word in whole or span.word.startswith(starts)}


def highlighted(text: str, wanted: Sequence[Term]) -> list[Piece]:
    """The whole text in pieces, none empty: what answers the terms, and what stands between."""
    return _pieces(text, 0, len(text), hits(text, wanted))


def excerpt(text: str, wanted: Sequence[Term]) -> Excerpt | None:
    """The words around the first hit; None where there is none."""
    words = spans(text)
    found = _hits(words, wanted)
    if not found:
        return None
    first, last = found[0]
    start = min((span.start for span in words if span.start >= first - AROUND), default=first)
    end = max((span.end for span in words if span.end <= last + AROUND), default=last)
    start, end = min(start, first), max(end, last)
    opens, closes = start > words[0].start, end < words[-1].end
    return Excerpt(_pieces(text, start if opens else 0, end if closes else len(text), found), opens, closes)


def _pieces(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in found:
        if at <= first and last <= end:
            pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    return [piece for piece in (*pieces, Piece(text[at:end], False)) if piece.text]
