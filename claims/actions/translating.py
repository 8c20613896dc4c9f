"""No translation outlives the text that it translates."""

from typing import Any

from django.db import models

from claims.domain.translations import without_outdated
from claims.models.translated import Translated


def drop_outdated(record: models.Model) -> None:
    """Leave out, of the instance, each translation whose original it changes and which it leaves as it was."""
    if not isinstance(record, Translated) or not record.translations:
        return
    stored: Any = type(record)._base_manager.get(pk=record.pk)
    before, after = (
        {name: str(getattr(each, name)) for name in record.translatable} for each in (stored, record)
    )
    record.translations = without_outdated(before, after, stored.translations, record.translations)
