"""A record's translations: which are outdated after a change of the text, and how two changes are merged.

They are stored as `{"ar": {"name": "…", "by": "…"}}`, and compared as a flat dictionary by language and field.
"""

from collections.abc import Mapping
from typing import Any, Final

BY: Final = "by"  # the translator, a key beside the translated fields of each language

FlatTranslations = dict[tuple[str, str], str]


def flatten_translations(translations: Mapping[str, Mapping[str, str]] | None) -> FlatTranslations:
    return {
        (language, name): text
        for language, texts in (translations or {}).items()
        for name, text in texts.items()
        if text
    }


def nest_translations(translations: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """The translations as they are stored: without empty texts, and without a translator who translated nothing."""
    found: dict[str, dict[str, str]] = {}
    for (language, name), text in translations.items():
        if text:
            found.setdefault(language, {})[name] = text
    return {language: texts for language, texts in found.items() if texts.keys() - {BY}}


def drop_outdated_texts(
    before: Mapping[str, Any], after: Mapping[str, Any], was: Mapping[str, Any], becomes: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """The translations that remain valid when the texts change from `before` to `after`.

    A translation is dropped if its original changed while the translation stayed as it `was`.
    """
    old = flatten_translations(was)
    return nest_translations({
        (language, name): text
        for (language, name), text in flatten_translations(becomes).items()
        if before.get(name) == after.get(name) or old.get((language, name)) != text
    })  # fmt: skip


def merge_translations(
    stored: Mapping[str, Any], first: Mapping[str, Any], then: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """The stored translations after two changes, `first` and `then`."""
    base, found = flatten_translations(stored), flatten_translations(first)
    later = flatten_translations(then)
    for key in base.keys() | later.keys():
        if later.get(key) != base.get(key):
            found[key] = later.get(key, "")
    return nest_translations(found)
