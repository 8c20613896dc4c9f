"""Template tags for search results: hits marked in titles and in excerpts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.localized_text import localized_html, mark_direction, marked_html
from claims.models import Claim, Evidence, Place, Speaker, Statement, Topic
from claims.models.translated import Translated
from claims.text.quotations import quotation_marks
from claims.text.scripts import language_of_letters
from claims.text.search_terms import (
    MarkedPiece,
    SearchExcerpt,
    SearchTerm,
    excerpt_around_hit,
    highlight_hits,
)

register = template.Library()


class FoundWords(NamedTuple):
    """The words around a hit. `where` says in which text; it is empty if that is obvious."""

    where: str
    words: SafeString


class SearchedText(NamedTuple):
    """A text in which search finds a record, with its language."""

    where: str
    text: str
    language: str
    verbatim: bool = False


@register.simple_tag(takes_context=True)
def marked_text(context: Context, record: Translated, field: str = "") -> SafeString:
    """A record's text as `localized` shows it, with the hits marked."""
    if not (wanted := context.get("wanted")):
        return localized_html(record, field)
    text = record.shown(field)
    return mark_direction(_highlighted_html(highlight_hits(text.text, wanted)), text.text, text.language)


@register.simple_tag(takes_context=True)
def excerpt_of_hit(context: Context, record: Any) -> FoundWords | None:
    """The words around the first hit outside the title; None if there is none or nothing was searched for."""
    wanted: Sequence[SearchTerm] = context.get("wanted") or []
    for place in _searched_texts(record) if wanted else ():
        if found := excerpt_around_hit(place.text, wanted):
            words = mark_direction(_quoted_excerpt(found, place), place.text, place.language)
            return FoundWords(place.where, words)
    return None


def _searched_texts(record: Any) -> Iterator[SearchedText]:
    """The texts of the record: first those the page shows, then other languages, then those of related records."""
    match record:
        case Claim():
            said = _texts_of_fields(record, {record.quotation_field: ""})
            yield from (place._replace(verbatim=not record.is_reported) for place in said)
            yield from _texts_of_fields(
                record,
                {
                    "answer": _("What happened"),
                    "uncheckable_reason": _("Cannot be checked"),
                    "criterion": _("How this is tested"),
                },
            )
            yield from _titles_in_other_languages(record)
            yield from _texts_of_fields(record.statement, {"title": _("Statement")})
        case Statement():
            yield from _texts_of_fields(
                record,
                {
                    "text": "",
                    "reported_text": _("Reported by the source, not word for word"),
                    "original_text": _("Original wording"),
                    "occasion": _("Occasion"),
                },
            )
            yield from _titles_in_other_languages(record)
        case Evidence():
            yield from _texts_of_fields(record, {"detail": ""})
            yield from _titles_in_other_languages(record)
        case Speaker():
            yield from _texts_of_fields(record, {"about": ""})
            for role in record.roles.all():
                yield from _texts_of_fields(role, {"title": ""})
                yield from _titles_in_other_languages(role)
            yield from _titles_in_other_languages(record)
        case Topic():
            yield from _texts_of_fields(record, {"about": ""})
            yield from _titles_in_other_languages(record)
        case Place():
            yield from _titles_in_other_languages(record)


def _texts_of_fields(record: Translated, fields: dict[str, str]) -> Iterator[SearchedText]:
    for field, where in fields.items():
        if field not in record.translatable:
            text = str(getattr(record, field))
            yield SearchedText(where, text, language_of_letters(text, settings.LANGUAGE_CODE))
            continue
        shown = record.shown(field)
        yield SearchedText(where, shown.text, shown.language)
    for field, where in fields.items():
        yield from _texts_in_other_languages(record, field, where)


def _titles_in_other_languages(record: Translated) -> Iterable[SearchedText]:
    """The title in all languages except the page's."""
    return _texts_in_other_languages(record, record.translatable[0], "")


def _texts_in_other_languages(record: Translated, field: str, where: str) -> Iterator[SearchedText]:
    original = str(getattr(record, field))
    others = {language: record.said_in(field, language) for language in record.translations}
    shown = record.shown(field).text if field in record.translatable else original
    for language, text in {language_of_letters(original, settings.LANGUAGE_CODE): original, **others}.items():
        if text != shown:
            yield SearchedText(where, text, language)


def _highlighted_html(pieces: Iterable[MarkedPiece]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        ((marked_html(text) if hit else conditional_escape(text),) for text, hit in pieces),
    )


def _quoted_excerpt(found: SearchExcerpt, place: SearchedText) -> SafeString:
    opening, closing = quotation_marks(place.language) if place.verbatim else ("", "")
    before, after = "… " if found.opens else "", " …" if found.closes else ""
    return format_html("{}{}{}{}{}", opening, before, _highlighted_html(found.pieces), after, closing)
