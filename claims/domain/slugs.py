"""Slugs: the ends of web addresses, in letters and digits of any script.

A slug has one spelling: normal form KC, lower case, without what is not seen or may be left out. So two addresses that
look the same are the same. A word in letters of two scripts looks like another word, and is no slug.
"""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import category, decimal, name, normalize

from .vocabulary import gettext_noop

_ = gettext_noop

MAX_SLUG_LENGTH: Final = 80
_MAX_MADE_LENGTH: Final = 70  # leaves room for a number
_MOST_LETTERS_READ: Final = 1000

_ASCII_SLUG: Final = re.compile(r"[-\w]{1,80}", re.ASCII)
_SEPARATORS: Final = re.compile(r"[-\s]+")
_TATWEEL: Final = "\u0640"
# Not seen, though Unicode counts them among letters and marks: joiners, fillers, selectors of variants.
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Scripts whose marks are vowels that a text may leave out, and that addresses leave out.
_POINTED_SCRIPTS: Final = frozenset({"ARABIC", "HEBREW"})
# Chinese, Japanese and Korean write words in several of these.
_SCRIPTS_WRITTEN_TOGETHER: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
_OTHER_NAMES: Final = {
    "IDEOGRAPHIC": "CJK",
    "EXTENDED": "ARABIC",
}  # digits of Persian are “extended Arabic-Indic”


def make_slug(title: str) -> str:
    """The slug of a title: its words, joined by hyphens. Empty if it has no letters and no digits."""
    letters = "".join(_one_spelling(title[:_MOST_LETTERS_READ], keeps_signs=False))
    words = _SEPARATORS.sub("-", normalize("NFC", letters).strip())
    return "".join(_with_scripts_apart(words))[:_MAX_MADE_LENGTH].strip("-_")


def normalize_slug(address: str) -> str:
    """The one spelling of a slug as somebody wrote it. What is no slug stays none."""
    return normalize("NFC", "".join(_one_spelling(address, keeps_signs=True)))


def is_slug(text: str) -> bool:
    """Whether it can stand in an address. Slugs of Latin letters may have capitals: older ones do."""
    return bool(_ASCII_SLUG.fullmatch(text)) or (
        0 < len(text) <= MAX_SLUG_LENGTH
        and text == normalize_slug(text)
        and all(letter in "-_" or _is_letter_or_digit(letter) for letter in text)
        and not has_mixed_scripts(text)
    )


def slug_fault(text: str) -> str:
    """Why a text is no slug, in words; empty if it is one."""
    if is_slug(text):
        return ""
    if has_mixed_scripts(normalize_slug(text)):
        return _(
            "“%(value)s” mixes letters of several scripts in one word, so that it can be taken for another "
            "address. Write each word in one script."
        )
    if is_slug(normalize_slug(text)):
        return _("Write this address as “%(normal)s”.")
    return _(
        "An address holds letters and digits of any script, hyphens and underscores, at most %(most)d of them."
    )


def has_mixed_scripts(text: str) -> bool:
    """Whether a word of the text has letters or digits of several scripts, such as a Cyrillic letter among Latin."""
    return "".join(_with_scripts_apart(text)) != text


def _one_spelling(text: str, *, keeps_signs: bool) -> Iterator[str]:
    """The letters of the text in their one spelling, with or without the signs that no slug has."""
    before = ""
    for letter in normalize("NFKC", normalize("NFKC", _UNSEEN.sub("", text)).lower()):
        kept = _one_spelling_of(letter, before, keeps_signs)
        yield kept
        before = kept or before


def _one_spelling_of(letter: str, before: str, keeps_signs: bool) -> str:
    kind = category(letter)
    if kind == "Pd" or (letter.isspace() and not keeps_signs):
        return "-"
    if letter == "_" or kind == "Nd":
        return letter
    if letter == _TATWEEL or _UNSEEN.match(letter) or name(letter, "").startswith("MODIFIER"):
        return ""
    if kind[0] == "L" or kind == "Nl":
        return _without_accent(letter)
    if kind[0] == "M":
        return letter if _belongs_to(letter, before) else ""
    return letter if keeps_signs and kind not in ("Cf", "Cn", "Co", "Cs") else ""


def _without_accent(letter: str) -> str:
    """A Latin letter as it is typed on every keyboard. Accents of other scripts make letters of their own."""
    plain = normalize("NFD", letter)[0]
    return plain if plain.isascii() else letter


def _belongs_to(mark: str, before: str) -> bool:
    """Whether a mark is a part of the word as its script is written: a vowel of Hindi or Thai, but no accent."""
    script = _script_of(mark)
    return script not in _POINTED_SCRIPTS and bool(before) and script == _script_of(before)


def _is_letter_or_digit(letter: str) -> bool:
    kind = category(letter)
    return kind[0] in "LM" or kind in ("Nd", "Nl")


def _with_scripts_apart(text: str) -> Iterator[str]:
    """The text with a hyphen wherever the script changes within a word."""
    script, zero = "", -1
    for letter in text:
        if not _is_letter_or_digit(letter):
            script, zero = "", -1
            yield letter
            continue
        own, own_zero = _script_of(letter), ord(letter) - decimal(letter) if category(letter) == "Nd" else -1
        if (script and own and own != script) or (zero >= 0 and own_zero >= 0 and own_zero != zero):
            script, zero = "", -1
            yield "-"
        script, zero = own or script, own_zero if own_zero >= 0 else zero
        yield letter


def _script_of(letter: str) -> str:
    """The script of a letter, by its name in Unicode. Empty for the digits that all scripts use."""
    first = name(letter, "UNKNOWN").split()[0].split("-")[0]
    if first == "DIGIT":
        return ""
    script = _OTHER_NAMES.get(first, first)
    return "CJK" if script in _SCRIPTS_WRITTEN_TOGETHER else script
