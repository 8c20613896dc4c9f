"""English: inflections. All other rules are the defaults."""

import re
from typing import Final

from .rules import SHORTEST, Inflections, LanguageRules

_WORD: Final = re.compile(r"[a-z]*[aeiouy][a-z]*")
_ALONE: Final = frozenset(  # not forms of hama, far, new, even, unite, fee, see, the
    {"hamas", "fars", "news", "evening", "united", "feed", "seed", "thing"}
)
_ENDINGS: Final = (
    ("s", ""), ("es", ""), ("es", "is"), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("ying", "ie"), *((f"{letter}{end}", "") for letter in "bcdfghjklmnpqrstvz" for end in ("ed", "ing")),
)  # fmt: skip
_CONSONANT_Y: Final = re.compile("[^aeiou]y$")
_CONSONANT_O: Final = re.compile("[^aeiou]o$")
_SHUT: Final = re.compile("(^|[^aeiou])[aeiou][^aeiouwxy]$")  # stop, target: the last letter may be doubled
_ONE_BEAT: Final = re.compile("[^aeiou]*[aeiou][^aeiou]")  # stop, not target: it must be doubled


def english_forms(base: str) -> set[str]:
    """The word itself, its plural or third person, past and -ing forms. Empty if the text is no English word."""
    if len(base) < SHORTEST or not _WORD.fullmatch(base):
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


_NEGATIONS: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|nowhere|cannot|without|zero|false|untrue|baseless|unfounded|"
    r"den(?:y|ies|ied|ying)|reject\w*|refus\w*|refut\w*|disput\w*|rul(?:e|es|ed|ing) out)\b|n['’]t\b",
    re.IGNORECASE,
)


RULES: Final = LanguageRules(
    code="en",
    name="English",
    open_graph="en_US",
    formats={},
    negations=_NEGATIONS,
    inflections=Inflections(pattern=_WORD, forms=english_forms, endings=_ENDINGS),
)
