"""A record's translations, field by field: which of them no longer say what is said, and how two changes go together.

As they are stored, `{"ar": {"name": "…", "by": "…"}}`; or flat, by language and field.
"""

from collections.abc import Mapping
from typing import Any, Final

BY: Final = "by"  # who translated; stands beside the translated fields of each language

Flat = dict[tuple[str, str], str]


def flat(translations: Mapping[str, Mapping[str, str]] | None) -> Flat:
    return {
        (language, name): text
        for language, texts in (translations or {}).items()
        for name, text in texts.items()
        if text
    }


def nested(translations: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """As they are stored: without empty texts, and without a translator of nothing."""
    found: dict[str, dict[str, str]] = {}
    for (language, name), text in translations.items():
        if text:
            found.setdefault(language, {})[name] = text
    return {language: texts for language, texts in found.items() if texts.keys() - {BY}}


def without_outdated(
    before: Mapping[str, Any], after: Mapping[str, Any], was: Mapping[str, Any], becomes: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """The translations that may stand once the texts `before` become those `after`.

    Whose original changed while it stayed as it `was` would have the record say two things: it goes.
    """
    old = flat(was)
    return nested({
        (language, name): text
        for (language, name), text in flat(becomes).items()
        if before.get(name) == after.get(name) or old.get((language, name)) != text
    })  # fmt: skip


def together(
    stored: Mapping[str, Any], first: Mapping[str, Any], then: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """What two changes of the stored translations make of them, one upon the other."""
    base, found = flat(stored), flat(first)
    later = flat(then)
    for key in base.keys() | later.keys():
        if later.get(key) != base.get(key):
            found[key] = later.get(key, "")
    return nested(found)
