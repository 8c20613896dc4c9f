"""The direction of text: characters that turn it unseen, and isolates that keep a name from turning its neighbours."""

import re
from typing import Final
from unicodedata import bidirectional

# Embeddings, overrides and isolates. Marks such as U+200F only place punctuation, and Arabic keyboards type them.
_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FIRST_STRONG_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_TO_LEFT: Final = {"R", "AL"}


def direction_controls(text: str) -> list[str]:
    """The names of the characters in the text that turn the direction of what follows, such as U+202E."""
    return sorted({f"U+{ord(sign):04X}" for sign in _CONTROLS.findall(text)})


def has_other_direction(text: str, *, rtl: bool) -> bool:
    """Whether the text has letters that run against a line of this direction, and so could turn what is beside it."""
    found = {bidirectional(letter) for letter in text}
    return "L" in found if rtl else bool(found & _TO_LEFT)


def isolate_text(text: str, *, rtl: bool) -> str:
    """The text for a place without markup, in Unicode isolates if it could turn what is beside it."""
    if not has_other_direction(text, rtl=rtl):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_END_OF_ISOLATE}"


def strip_isolate(text: str) -> str:
    """The text without the isolate around all of it, for a place where nothing stands beside it."""
    inner = text.removeprefix(_FIRST_STRONG_ISOLATE).removesuffix(_END_OF_ISOLATE)
    return inner if len(inner) == len(text) - 2 and _FIRST_STRONG_ISOLATE not in inner else text
