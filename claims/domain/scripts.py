"""Which language an editor's text is in, as far as its letters tell: nobody is asked for the language of a name."""

import re
from typing import Final

ARABIC: Final = "ar"
_ARABIC_LETTER: Final = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_LETTER: Final = re.compile(r"[^\W\d_]")


def language_of(text: str, usual: str) -> str:
    """Arabic where most of its letters are, otherwise the usual language; empty for figures and signs alone."""
    letters = len(_LETTER.findall(text))
    if not letters:
        return ""
    return ARABIC if 2 * len(_ARABIC_LETTER.findall(text)) > letters else usual


def primary(language: str | None) -> str:
    """The language without its region: `en` of `en-US`."""
    return (language or "").partition("-")[0].lower()
