"""Drops translations whose original has changed, and translates texts that the software itself writes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import override

from claims.models.translated import Translated
from claims.text.translations import drop_outdated_texts


def drop_outdated_translations(record: models.Model) -> None:
    """Remove from the instance each translation whose original has changed while the translation itself has not."""
    if not isinstance(record, Translated) or not record.translations:
        return
    stored: Any = type(record)._base_manager.get(pk=record.pk)
    before, after = (
        {name: str(getattr(each, name)) for name in record.translatable} for each in (stored, record)
    )
    record.translations = drop_outdated_texts(before, after, stored.translations, record.translations)


def translate_software_text(field: str, words: Callable[[], str]) -> tuple[str, dict[str, dict[str, str]]]:
    """A text by the software in the site's own language, and its translations as they are stored.

    No translator is named. The text does not depend on the language of the editor's desk.
    """
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = words()
    own = said.pop(settings.LANGUAGE_CODE)
    return own, {language: {field: text} for language, text in said.items() if text}
