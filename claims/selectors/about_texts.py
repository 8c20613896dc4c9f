"""What the editors say of the site, and what they have not said yet."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from claims.domain.about import AboutSubject
from claims.languages import primary_language
from claims.models import About
from claims.records.registry import RECORD_KINDS


def about_texts(day: date) -> dict[str, About]:
    """The published texts by subject, in the order of the page."""
    found = {text.subject: text for text in RECORD_KINDS["about"].visible_rows(day)}
    return {subject.value: found[subject] for subject in AboutSubject if subject in found}


@dataclass(frozen=True)
class MissingAbout:
    """A subject of the page about the site without a published text, or with one that lacks the site's own language."""

    subject: AboutSubject
    text: About | None  # the published one, or the draft of it
    languages: list[str]  # in which it is missing


def missing_about_texts() -> list[MissingAbout]:
    """The subjects without a published text that can be translated, in the order of the page.

    What only a translation is missing of is listed with the other texts to translate.
    """
    of_subject = {text.subject: text for text in About.objects.all()}
    found = [
        MissingAbout(subject, text, _missing_languages(text))
        for subject in AboutSubject
        for text in (of_subject.get(subject.value),)
    ]
    return [missing for missing in found if missing.languages]


def _missing_languages(text: About | None) -> list[str]:
    languages = [code for code, _name in settings.LANGUAGES]
    if text is None or not text.is_published:
        return languages
    own = settings.LANGUAGE_CODE
    is_readable = primary_language(text.written_in("text")) == primary_language(own) or text.said_in(
        "text", own
    )
    return [] if is_readable else [own]
