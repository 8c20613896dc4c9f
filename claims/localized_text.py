"""Texts by editors, as pages show them: translated if there is a translation, otherwise marked with their own
language.
"""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.languages import primary_language
from claims.models import Claim, Correction
from claims.models.translated import Translated, page_language, text_direction
from claims.selectors.effect_words import claims_in_effect, effect_in_words
from claims.selectors.localized_wording import quoted_span
from claims.text.directions import has_other_direction
from claims.text.scripts import language_of_letters


def wrap_in_language(text: str, language: str) -> SafeString:
    """Return the text as HTML, with its own language and direction if they are not the page's."""
    return mark_direction(conditional_escape(text), text, language)


def mark_direction(html: SafeString, text: str, language: str) -> SafeString:
    """Put the HTML of a text into an element with its language and direction, if either could differ from the page's.

    The element isolates the text: without it, the end of a name in two scripts would change places with the day that
    stands beside it.
    """
    if not text:
        return html
    if primary_language(language) in ("", page_language()):
        direction = text_direction(page_language())
        mixed = has_other_direction(text, rtl=direction == "rtl")
        return format_html('<span dir="{}">{}</span>', direction, html) if mixed else html
    return format_html('<span lang="{}" dir="{}">{}</span>', language, text_direction(language), html)


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


def localized_effect(correction: Correction) -> SafeString:
    """Return what a correction changed as HTML, with the claims where the notice is of another record."""
    changes = effect_in_words(correction.effect)
    if not changes:
        return localized_html(correction, "effect")
    claims = [claim for claim, _change in changes]
    translated = claims_in_effect(correction.shown("effect").text)
    if len(translated) == len(claims):
        claims = translated
    parts = [
        (with_language_attributes(claim), ": " if claim else "", change)
        for claim, (_claim, change) in zip(claims, changes, strict=True)
    ]
    return format_html_join(_("; "), "{}{}{}", parts)


def localized_plain(record: Any, field: str = "") -> str:
    """Return the same text without an element around it, for attributes and data."""
    if isinstance(record, Translated):
        return record.shown(field).text
    return "" if record is None else str(getattr(record, field) if field else record)


def isolated_plain(record: Any, field: str = "") -> str:
    """Return the same text for a place without markup where other words stand beside it, such as a title."""
    return record.isolated(field) if isinstance(record, Translated) else localized_plain(record, field)


def with_language_attributes(text: Any) -> SafeString:
    """Return an untranslated text as HTML, marked with the language that its letters suggest."""
    if isinstance(text, Promise):  # words of the interface, in the language of the page
        return conditional_escape(str(text))
    if isinstance(text, SafeString):
        return text
    return wrap_in_language(str(text or ""), language_of_letters(str(text or ""), settings.LANGUAGE_CODE))


def marked_html(words: str) -> SafeString:
    """Return words that are marked among others, as HTML. The sheets underline them, and have it read out."""
    return format_html('<mark data-read-out="{}">{}</mark>', _("marked"), words) if words else SafeString("")


def quoted_span_html(claim: Claim, length: int = 0) -> SafeString:
    """Return the claim's span as HTML, in quotation marks if the statement is verbatim."""
    words = quoted_span(claim, length)
    return wrap_in_language(words.text, words.language)
