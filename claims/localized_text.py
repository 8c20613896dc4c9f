"""Texts by editors, as pages show them: translated if there is a translation, otherwise marked with their own
language.
"""

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
    """Return the text as HTML. If its language is not the page's, it is in an element with `lang` and `dir`."""
    if not text or primary_language(language) in ("", page_language()):
        return conditional_escape(text)
    return format_html('<span lang="{}" dir="{}">{}</span>', language, text_direction(language), text)


def localized_html(record: Any, field: str = "") -> SafeString:
    """Return a record's text as HTML: the translation into the page's language if there is one, otherwise the
    original.

    Without `field`, the text is the record's name or title.
    """
    if isinstance(record, Translated):
        text = record.shown(field)
        return wrap_in_language(text.text, text.language)
    return with_language_attributes(
        "" if record is None else getattr(record, field) if field else str(record)
    )


def localized_plain(record: Any, field: str = "") -> str:
    """Return the same text without an element around it, for titles and attributes."""
    if isinstance(record, Translated):
        return record.shown(field).text
    return "" if record is None else str(getattr(record, field) if field else record)


def with_language_attributes(text: Any) -> SafeString:
    """Return an untranslated text as HTML, marked with the language that its letters suggest."""
    if isinstance(text, Promise):  # words of the interface, in the language of the page
        return conditional_escape(str(text))
    if isinstance(text, SafeString):
        return text
    return wrap_in_language(str(text or ""), language_of_letters(str(text or ""), settings.LANGUAGE_CODE))


def quoted_span_html(claim: Claim, length: int = 0) -> SafeString:
    """Return the claim's span as HTML, in quotation marks if the statement is verbatim."""
    words = quoted_span(claim, length)
    return wrap_in_language(words.text, words.language)
