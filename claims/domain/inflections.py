"""The other forms of a word that regular spelling makes of it: sanction, sanctions, sanctioned; عقوبة، عقوبات.

Forms of one word and no more: to govern is not a government, and Hama is not Hamas. All is in folded spelling, so that
ة is ه here. What is irregular (struck, broken plurals) stays a word of its own.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

SHORTEST: Final = 3  # letters of a word that has other forms

_ENGLISH: Final = re.compile(r"[a-z]*[aeiouy][a-z]*")
_ARABIC: Final = re.compile("[\u0621-\u064a]+")
_ALONE: Final = frozenset(  # not forms of hama, far, new, even, unite, fee, see, the
    {"hamas", "fars", "news", "evening", "united", "feed", "seed", "thing"}
)
_UNDONE: Final = (  # what is taken from the end of a form, and put there, to come to the word
    ("s", ""), ("es", ""), ("es", "is"), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("ying", "ie"), *((f"{letter}{end}", "") for letter in "bcdfghjklmnpqrstvz" for end in ("ed", "ing")),
)  # fmt: skip
_CONSONANT_Y: Final = re.compile("[^aeiou]y$")
_CONSONANT_O: Final = re.compile("[^aeiou]o$")
_SHUT: Final = re.compile("(^|[^aeiou])[aeiou][^aeiouwxy]$")  # stop, target: the last letter may be doubled
_ONE_BEAT: Final = re.compile("[^aeiou]*[aeiou][^aeiou]")  # stop, and not target: it has to be
_ENDINGS: Final = ("ه", "ات", "ون", "ين")
_SHORT_ENDINGS: Final = ("ه", "ات")  # of what is too short to be a word by itself: قوة, قوات


def inflections(word: str) -> frozenset[str]:
    """The word's other forms; none of a word that is too short to tell, or in letters of other languages."""
    if len(word) >= SHORTEST and _ENGLISH.fullmatch(word):
        return _family(word, _english, _UNDONE)
    if len(word) >= SHORTEST and _ARABIC.fullmatch(word):
        return _family(word, _arabic, [(end, "") for end in _ENDINGS])
    return frozenset()


def _family(word: str, forms: Callable[[str], set[str]], undone: Iterable[tuple[str, str]]) -> frozenset[str]:
    """All forms of the words that this may be a form of: of what is left without an ending, what makes it again."""
    bases = {word.removesuffix(end) + instead for end, instead in undone if word.endswith(end)}
    families = [forms(base) for base in {word, *bases}]
    return frozenset().union(*(family for family in families if word in family)) - {word}


def _english(base: str) -> set[str]:
    """The word itself, in the plural or third person, in the past and with -ing; nothing of what is no word."""
    if len(base) < SHORTEST or not _ENGLISH.fullmatch(base):
        return set()
    return {base, *({_with_s(base)} | _with_ed_and_ing(base)) - _ALONE}


def _with_s(base: str) -> str:
    if base.endswith("sis"):
        return f"{base[:-2]}es"
    if base.endswith(("s", "x", "z", "ch", "sh")) or _CONSONANT_O.search(base):
        return f"{base}es"
    return f"{base[:-1]}ies" if _CONSONANT_Y.search(base) else f"{base}s"


def _with_ed_and_ing(base: str) -> set[str]:
    if base.endswith("ie"):
        return {f"{base}d", f"{base[:-2]}ying"}
    if base.endswith("e"):
        return {f"{base}d", f"{base}ing" if base.endswith(("ee", "oe", "ye")) else f"{base[:-1]}ing"}
    if _CONSONANT_Y.search(base):
        return {f"{base[:-1]}ied", f"{base}ing"}
    plain = {f"{base}ed", f"{base}ing"}
    if not _SHUT.search(base):
        return plain
    doubled = {f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"}
    return doubled if _ONE_BEAT.fullmatch(base) else plain | doubled


def _arabic(base: str) -> set[str]:
    """The word itself, in the feminine and in the regular plurals."""
    if len(base) >= SHORTEST:
        return {base, *(base + end for end in _ENDINGS)}
    return {base + end for end in _SHORT_ENDINGS} if len(base) == SHORTEST - 1 else set()
