"""Search terms: how words are compared, how a query is parsed, and where it matches in a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from claims.languages import known_rules
from claims.languages.rules import LanguageRules
from claims.text.inflections import inflected_forms
from claims.text.letter_folding import FOLDED_LETTERS

MAX_SEARCH_TERMS: Final = 12  # terms of a query; the rest is ignored
LONGEST_SEARCH_WORD: Final = 60  # letters of a word that are compared
SHORTEST_PREFIX: Final = 3  # letters; a shorter term does not match longer words
EXCERPT_MARGIN: Final = 80  # letters of an excerpt on each side of its first hit

_FOLDING_TABLE: Final = str.maketrans(FOLDED_LETTERS)
_QUOTED_OR_WORD: Final = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")
_POSSESSIVE_ENDING: Final = re.compile(r"['’]s\b")


def fold_text(text: str) -> str:
    """Return the text's words in folded spelling, separated by single spaces."""
    return " ".join(text.translate(_FOLDING_TABLE).split())


class SearchForm(NamedTuple):
    """A form to search for.

    `starts`: any word that begins with it matches. `bent`: it is an inflected form or a synonym, not the word as typed.
    """

    word: str
    starts: bool
    bent: bool = False

    def fits(self, word: str) -> bool:
        return word.startswith(self.word) if self.starts else word == self.word


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A word of a query, or words that must follow each other. `exact`: the reader put it in quotation marks."""

    text: str
    words: tuple[str, ...]
    exact: bool = False
    synonyms: tuple[str, ...] = ()  # of a single word, in folded spelling

    @property
    def bare(self) -> str:
        """The term as typed, without quotation marks."""
        return self.text[1:-1] if self.exact else self.text

    @property
    def forms(self) -> tuple[tuple[SearchForm, ...], ...]:
        """For each word, the forms that match.

        A single word matches in its other forms and its synonyms too; an Arabic one also with or without prefixes.
        """
        return _search_forms(self.words, self.exact, self.synonyms)


@lru_cache(maxsize=1024)  # a page asks for those of its query once for every text on it
def _search_forms(
    words: tuple[str, ...], exact: bool, synonyms: tuple[str, ...]
) -> tuple[tuple[SearchForm, ...], ...]:
    *others, last = words
    if exact or others:
        return (
            *((SearchForm(word, starts=False),) for word in others),
            (SearchForm(last, _starts_word(last, exact)),),
        )
    as_asked = tuple(_spelling_forms(last))
    new = (word for word in _inflected_spellings(last) if not any(form.fits(word) for form in as_asked))
    inflected = (SearchForm(word, starts=False, bent=True) for word in sorted(new))
    meant = (form._replace(bent=True) for word in synonyms for form in _spelling_forms(word))
    return (tuple(dict.fromkeys((*as_asked, *inflected, *meant))),)


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
    """The other forms of a word. If it has an article, also those of the word without it."""
    rules = _prefixing_language(word)
    if rules is None:
        return set(inflected_forms(word))
    found = inflected_forms(_strip_prefix(word, rules.articles) or word)
    return {prefix + form for form in found for prefix in ("", *rules.prefixes)}


def _prefixing_language(word: str) -> LanguageRules | None:
    """The rules of the language that the word may belong to, if that language has prefixes; otherwise None."""
    for rules in known_rules().values():
        if rules.prefixes and rules.inflections and rules.inflections.pattern.fullmatch(word):
            return rules
    return None


def _strip_prefix(word: str, prefixes: Sequence[str]) -> str:
    """The word without its prefix, if enough letters remain; otherwise empty."""
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if len(prefix) > 1 else 4):
            return word[len(prefix) :]
    return ""


def parse_search_terms(query: str, synonyms: Mapping[str, tuple[str, ...]] | None = None) -> list[SearchTerm]:
    """Parse a query into words and phrases in any quotation marks. Punctuation alone gives no terms.

    `synonyms`: for a folded word, those that it is searched for with, unless it is in quotation marks.
    """
    found: dict[tuple[tuple[str, ...], bool], SearchTerm] = {}
    for match in _QUOTED_OR_WORD.finditer(query):
        phrase, word = match.groups()
        words = _folded_words(phrase) if word is None else _folded_words(_POSSESSIVE_ENDING.sub("", word))
        if words:
            meant = (synonyms or {}).get(words[0], ()) if len(words) == 1 and word is not None else ()
            term = SearchTerm(match[0], words, exact=word is None, synonyms=meant)
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
    """A word of a text: its position and its folded spelling."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class SearchExcerpt:
    """A part of a text. `opens` and `closes`: the text continues before or after it."""

    pieces: list[MarkedPiece]
    opens: bool
    closes: bool


def word_spans(text: str) -> list[WordSpan]:
    """All words of the text, with their positions in the original text."""
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
    """The start and end of each match of the terms, in order, none inside another."""
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
    """The positions of the words that match one of the forms.

    All words are compared at once: a long text has thousands, and a word has many forms.
    """
    whole = {form.word for form in forms if not form.starts}
    starts = tuple(form.word for form in forms if form.starts)
    return {n for n, span in enumerate(words) if span.word in whole or span.word.startswith(starts)}


def highlight_hits(text: str, wanted: Sequence[SearchTerm]) -> list[MarkedPiece]:
    """The whole text in pieces, none empty: matches, and the text between them."""
    return _marked_pieces(text, 0, len(text), find_hits(text, wanted))


def excerpt_around_hit(text: str, wanted: Sequence[SearchTerm]) -> SearchExcerpt | None:
    """The words around the first match; None if there is none."""
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
