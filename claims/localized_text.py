"""Texts that editors wrote, as a page shows them: translated where possible, otherwise marked as another language."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from claims.languages import primary_language
from claims.models import Claim
from claims.models.translated import Translated, page_language, text_direction
from claims.selectors.localized_wording import quoted_span
from claims.text.scripts import language_of_letters


def wrap_in_language(text: str, language: str) -> SafeString:
    """The text as it is where it is in the page's language; otherwise marked with its own, and set apart."""
    if not text or primary_language(language) in ("", page_language()):
        return conditional_escape(text)
    return format_html('<span lang="{}" dir="{}">{}</span>', language, text_direction(language), text)


def localized_html(record: Any, field: str = "") -> SafeString:
    """A record's text in the language of the page if there is a translation, otherwise the original.

    Without a field, what the record is called.
    """
    if isinstance(record, Translated):
        text = record.shown(field)
        return wrap_in_language(text.text, text.language)
    return with_language_attributes(
        "" if record is None else getattr(record, field) if field else str(record)
    )


def localized_plain(record: Any, field: str = "") -> str:
    """The same without an element around it: for titles and attributes."""
    if isinstance(record, Translated):
        return record.shown(field).text
    return "" if record is None else str(getattr(record, field) if field else record)


def with_language_attributes(text: Any) -> SafeString:
    """A text of the editors that is not translated, in the language that its letters tell."""
    if isinstance(text, Promise):  # words of the interface, in the language of the page
        return conditional_escape(str(text))
    if isinstance(text, SafeString):
        return text
    return wrap_in_language(str(text or ""), language_of_letters(str(text or ""), settings.LANGUAGE_CODE))


def quoted_span_html(claim: Claim, length: int = 0) -> SafeString:
    """The span in its quotation marks, or without them where it was reported and not said so."""
    words = quoted_span(claim, length)
    return wrap_in_language(words.text, words.language)
