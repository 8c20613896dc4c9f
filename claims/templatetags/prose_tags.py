"""Editors' longer texts as paragraphs, with their addresses as links."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from claims.languages import primary_language
from claims.models.translated import Translated, page_language, text_direction
from claims.text.linked_text import address_pieces, split_paragraphs

register = template.Library()


@register.filter
def prose(record: Translated | None, field: str) -> SafeString:
    """A field of the record in the language of the page, or in its own with `lang` and `dir`."""
    if not record:
        return SafeString("")
    shown = record.shown(field)
    attributes: Any = conditional_escape("")
    if primary_language(shown.language) not in ("", page_language()):
        attributes = format_html(' lang="{}" dir="{}"', shown.language, text_direction(shown.language))
    return format_html_join(
        "\n", "<p{}>{}</p>", ((attributes, _linked_html(part)) for part in split_paragraphs(shown.text))
    )


def _linked_html(text: str) -> SafeString:
    """The text as HTML: line breaks kept, addresses linked, all else escaped."""
    pieces = (
        format_html('<a rel="noopener nofollow" href="{}"><bdi>{}</bdi></a>', address, words)
        if address
        else format_html_join(SafeString("<br>"), "{}", ((line,) for line in words.split("\n")))
        for words, address in address_pieces(text)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
