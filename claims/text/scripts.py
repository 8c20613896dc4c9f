"""Guesses the language of an editor's text from its letters. Names are entered without a language."""

import re
from functools import cache
from typing import Final

from claims.languages import known_rules

_LETTER: Final = re.compile(r"[^\W\d_]")


@cache
def _letter_patterns() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(f"[{rules.letters}]") for code, rules in known_rules().items() if rules.letters}


def language_of_letters(text: str, usual: str) -> str:
    """The language of most letters; `usual` if no language claims them; empty if there are only figures and signs."""
    letters = len(_LETTER.findall(text))
    if not letters:
        return ""
    for code, own in _letter_patterns().items():
        if 2 * len(own.findall(text)) > letters:
            return code
    return usual
