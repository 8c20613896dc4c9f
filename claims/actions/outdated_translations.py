"""No translation outlives the text that it translates, and what stays as it was written may still be translated."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import override

from claims.models.translated import Translated
from claims.text.translations import drop_outdated_texts


def drop_outdated_translations(record: models.Model) -> None:
    """Leave out, of the instance, each translation whose original it changes and which it leaves as it was."""
    if not isinstance(record, Translated) or not record.translations:
        return
    stored: Any = type(record)._base_manager.get(pk=record.pk)
    before, after = (
        {name: str(getattr(each, name)) for name in record.translatable} for each in (stored, record)
    )
    record.translations = drop_outdated_texts(before, after, stored.translations, record.translations)


def translate_software_text(field: str, words: Callable[[], str]) -> tuple[str, dict[str, dict[str, str]]]:
    """What the software itself says in a field, in the site's own language, and its translations as they are stored.

    Nobody translated it, so nobody is named; and it is the same whichever language its editor's desk is in.
    """
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = words()
    own = said.pop(settings.LANGUAGE_CODE)
    return own, {language: {field: text} for language, text in said.items() if text}
