"""Template tags for editors' texts, each with its language and direction. Built into every template."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from claims.languages import primary_language
from claims.localized_text import (
    localized_html,
    localized_plain,
    quoted_span_html,
    with_language_attributes,
    wrap_in_language,
)
from claims.models import Claim
from claims.models.translated import Translated, page_language, text_direction
from claims.selectors.localized_wording import span_translator, translated_passage
from claims.text.quotations import quotation_marks
from claims.text.scripts import language_of_letters
from claims.text.spans import mark_joins

register = template.Library()

# An ISO date. In the digits of another script its parts would change places.
ISO_DAY = re.compile(r"\d{4}-\d\d")


register.filter("localized", localized_html)
register.filter("plain", localized_plain)
register.filter("with_language", with_language_attributes)
register.filter("quoted_span", quoted_span_html)
register.filter("joined", mark_joins)
register.simple_tag(span_translator)


@register.simple_tag
def lang_attributes(text: str) -> SafeString:
    """The attributes `lang` and `dir` for the text, if its language is not the page's."""
    written = settings.LANGUAGE_CODE
    language = written if ISO_DAY.match(text) else language_of_letters(text, written)
    if primary_language(language) in ("", page_language()):
        return conditional_escape("")
    return format_html(' lang="{}" dir="{}"', language, text_direction(language))


@register.inclusion_tag("claims/_original.html")
def original_name(record: Translated) -> dict[str, Any]:
    """For a translated name: the original name and the translator."""
    name = record.translatable[0]
    return {
        "is_translation": record.shown(name).is_translation,
        "words": wrap_in_language(str(getattr(record, name)), record.written_in(name)),
        "who": record.translated_by(page_language()),
    }


@register.inclusion_tag("claims/_translators.html")
def translator_names(records: Iterable[Translated]) -> dict[str, str]:
    """The translators of texts that the page shows only in translation."""
    shown = [
        record for record in records if any(record.shown(name).is_translation for name in record.translatable)
    ]
    names = (record.translated_by(page_language()) for record in shown)
    return {"who": " · ".join(dict.fromkeys(filter(None, names)))}


@register.simple_tag
def translation_beside(record: Translated, field: str) -> dict[str, Any] | None:
    """The translation to show beside official words, which are shown in their original; None if there is none."""
    here = page_language()
    text = Translated.said_in(record, field, here)
    if not text or primary_language(record.written_in(field)) == here:
        return None
    found: dict[str, Any] = {"text": text, "who": record.translated_by(here)}
    if isinstance(record, Claim):
        found["passage"] = translated_passage(record, here)
        if not record.is_reported:
            found["opening"], found["closing"] = quotation_marks(here)
    return found
