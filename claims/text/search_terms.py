"""Words as a search compares them, what a reader's query asks for, and where it stands in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from claims.languages import known_rules
from claims.languages.rules import LanguageRules
from claims.text.inflections import inflected_forms
from claims.text.letter_folding import FOLDED_LETTERS

MAX_SEARCH_TERMS: Final = 12  # of a query; whoever pastes a whole page is answered by its beginning
LONGEST_SEARCH_WORD: Final = 60  # letters of a word that are compared
SHORTEST_PREFIX: Final = 3  # letters that find every word which begins with them
EXCERPT_MARGIN: Final = 80  # letters of an excerpt on each side of its first hit

_FOLDING_TABLE: Final = str.maketrans(FOLDED_LETTERS)
_QUOTED_OR_WORD: Final = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")
_POSSESSIVE_ENDING: Final = re.compile(r"['’]s\b")


def fold_text(text: str) -> str:
    """The text's words in one spelling, with single spaces between them."""
    return " ".join(text.translate(_FOLDING_TABLE).split())


class SearchForm(NamedTuple):
    """What to look for; `starts` if any word that begins so will do, `bent` if it is not as asked but another form."""

    word: str
    starts: bool
    bent: bool = False

    def fits(self, word: str) -> bool:
        return word.startswith(self.word) if self.starts else word == self.word


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A word of a query, or words that have to follow each other. `exact` where the reader put quotes around."""

    text: str
    words: tuple[str, ...]
    exact: bool = False

    @property
    def bare(self) -> str:
        """As it was typed, without quotes around."""
        return self.text[1:-1] if self.exact else self.text

    @property
    def forms(self) -> tuple[tuple[SearchForm, ...], ...]:
        """For each word the forms that will do. A lone word is found in its other forms too, an Arabic one with or
        without what is written onto it."""
        return _search_forms(self.words, self.exact)


@lru_cache(maxsize=1024)  # a page asks for those of its query once for every text on it
def _search_forms(words: tuple[str, ...], exact: bool) -> tuple[tuple[SearchForm, ...], ...]:
    *others, last = words
    if exact or others:
        return (
            *((SearchForm(word, starts=False),) for word in others),
            (SearchForm(last, _starts_word(last, exact)),),
        )
    as_asked = tuple(_spelling_forms(last))
    new = (word for word in _inflected_spellings(last) if not any(form.fits(word) for form in as_asked))
    return ((*as_asked, *(SearchForm(word, starts=False, bent=True) for word in sorted(new))),)


def _starts_word(word: str, exact: bool) -> bool:
    return len(word) >= LONGEST_SEARCH_WORD or (not exact and len(word) >= SHORTEST_PREFIX)


def _spelling_forms(word: str) -> Iterator[SearchForm]:
    yield SearchForm(word, _starts_word(word, exact=False))
    prefixes = rules.prefixes if (rules := _prefixing_language(word)) else ()
    yield from (SearchForm(prefix + word, _starts_word(word, exact=False)) for prefix in prefixes)
    if stem := _strip_prefix(word, prefixes):
        yield from (
            SearchForm(prefix + stem, starts=False) for prefix in ("", *prefixes) if prefix + stem != word
        )


def _inflected_spellings(word: str) -> set[str]:
    """The other forms of a word, and of one with an article written onto it those without."""
    rules = _prefixing_language(word)
    if rules is None:
        return set(inflected_forms(word))
    found = inflected_forms(_strip_prefix(word, rules.articles) or word)
    return {prefix + form for form in found for prefix in ("", *rules.prefixes)}


def _prefixing_language(word: str) -> LanguageRules | None:
    """The rules of the language that this may be a word of, if it writes prefixes onto its words."""
    for rules in known_rules().values():
        if rules.prefixes and rules.inflections and rules.inflections.pattern.fullmatch(word):
            return rules
    return None


def _strip_prefix(word: str, prefixes: Sequence[str]) -> str:
    """A word without its prefix, where enough of it is left to mean something."""
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if len(prefix) > 1 else 4):
            return word[len(prefix) :]
    return ""


def parse_search_terms(query: str) -> list[SearchTerm]:
    """What a query asks for: words, and phrases in quotes of any kind. Signs alone ask for nothing."""
    found: dict[tuple[tuple[str, ...], bool], SearchTerm] = {}
    for match in _QUOTED_OR_WORD.finditer(query):
        phrase, word = match.groups()
        words = _folded_words(phrase) if word is None else _folded_words(_POSSESSIVE_ENDING.sub("", word))
        if words:
            term = SearchTerm(match[0], words, exact=word is None)
            found.setdefault((term.words, term.exact), term)
        if len(found) == MAX_SEARCH_TERMS:
            break
    return list(found.values())


def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(w[:LONGEST_SEARCH_WORD] for w in fold_text(text).split() if any(map(str.isalnum, w)))[
        :MAX_SEARCH_TERMS
    ]


# Where they stand ----------------------------------------------------------------------------------------------------


class MarkedPiece(NamedTuple):
    text: str
    hit: bool


class WordSpan(NamedTuple):
    """A word of a text: where it stands there, and how it is spelled when folded."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class SearchExcerpt:
    """A stretch of a text; `opens` and `closes` where the text goes on beyond it."""

    pieces: list[MarkedPiece]
    opens: bool
    closes: bool


def word_spans(text: str) -> list[WordSpan]:
    """Each word of the text, by its place in the original letters."""
    found: list[WordSpan] = []
    start, word = 0, ""
    for at, letter in enumerate(f"{text} "):
        folded = FOLDED_LETTERS.get(letter, letter)
        if folded.isspace():
            if word:
                found.append(WordSpan(start, at, word))
            word = ""
            continue
        if not word:
            start = at
        word += folded
    return found


def find_hits(text: str, wanted: Sequence[SearchTerm]) -> list[tuple[int, int]]:
    """The stretches of the text that answer the terms, in order, none within another."""
    return _hits_of_words(word_spans(text), wanted)


def _hits_of_words(words: Sequence[WordSpan], wanted: Sequence[SearchTerm]) -> list[tuple[int, int]]:
    marked: set[int] = set()
    for term in wanted:
        fitting = [_fitting_words(words, forms) for forms in term.forms]
        for at in fitting[0]:
            if all(at + n in there for n, there in enumerate(fitting)):
                marked.update(range(at, at + len(fitting)))
    return [(words[n].start, words[n].end) for n in sorted(marked)]


def _fitting_words(words: Sequence[WordSpan], forms: Sequence[SearchForm]) -> set[int]:
    """Which of the words are of the forms. Asked at once: a long text has thousands of words, and a word many forms."""
    whole = {form.word for form in forms if not form.starts}
    starts = tuple(form.word for form in forms if form.starts)
    return {n for n, span in enumerate(words) if span.word in whole or span.word.startswith(starts)}


def highlight_hits(text: str, wanted: Sequence[SearchTerm]) -> list[MarkedPiece]:
    """The whole text in pieces, none empty: what answers the terms, and what stands between."""
    return _marked_pieces(text, 0, len(text), find_hits(text, wanted))


def excerpt_around_hit(text: str, wanted: Sequence[SearchTerm]) -> SearchExcerpt | None:
    """The words around the first hit; None where there is none."""
    words = word_spans(text)
    found = _hits_of_words(words, wanted)
    if not found:
        return None
    first, last = found[0]
    start = min((span.start for span in words if span.start >= first - EXCERPT_MARGIN), default=first)
    end = max((span.end for span in words if span.end <= last + EXCERPT_MARGIN), default=last)
    start, end = min(start, first), max(end, last)
    opens, closes = start > words[0].start, end < words[-1].end
    return SearchExcerpt(
        _marked_pieces(text, start if opens else 0, end if closes else len(text), found), opens, closes
    )


def _marked_pieces(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> list[MarkedPiece]:
    pieces, at = [], start
    for first, last in found:
        if at <= first and last <= end:
            pieces += [MarkedPiece(text[at:first], False), MarkedPiece(text[first:last], True)]
            at = last
    return [piece for piece in (*pieces, MarkedPiece(text[at:end], False)) if piece.text]
