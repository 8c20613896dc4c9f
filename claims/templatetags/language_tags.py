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
    isolated_plain,
    localized_effect,
    localized_html,
    quoted_span_html,
    with_language_attributes,
    wrap_in_language,
)
from claims.models import Claim, EvidenceLink
from claims.models.translated import Translated, page_language, text_direction
from claims.selectors.localized_wording import span_translator, translated_passage
from claims.text.quotations import quotation_marks
from claims.text.scripts import language_of_letters

register = template.Library()

# An ISO date. In the digits of another script its parts would change places.
ISO_DAY = re.compile(r"\d{4}-\d\d")


register.filter("localized", localized_html)
register.filter(localized_effect)
register.filter("plain", isolated_plain)
register.filter("with_language", with_language_attributes)
register.filter("quoted_span", quoted_span_html)
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


@register.filter
def with_reasons(links: Iterable[EvidenceLink]) -> list[Translated]:
    """The links, each with the gradings that say why."""
    return [record for link in links for record in (link, *link.reasons)]


@register.simple_tag
def translation_beside(claim: Claim, field: str) -> dict[str, Any] | None:
    """The translation to show beside official words, which are shown in their original; None if there is none."""
    here = page_language()
    text = Translated.said_in(claim, field, here)
    if not text or primary_language(claim.written_in(field)) == here:
        return None
    return {
        "who": claim.translated_by(here),
        "passage": translated_passage(claim, here),
        "quotes": quotes_of(claim, here),
    }


@register.simple_tag
def quotes_of(claim: Claim, language: str) -> tuple[str, str]:
    """The quotation marks of the language; none around what a source reports without quoting it."""
    return ("", "") if claim.is_reported else quotation_marks(language)
