"""Translations of editors' texts, with their translators."""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from claims.languages import primary_language
from claims.text.directions import direction_controls, isolate_text
from claims.text.scripts import language_of_letters
from claims.text.translations import BY


def text_direction(language: str) -> str:
    """The value of the dir attribute: `rtl` or `ltr`; `auto` for an unknown language."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def localized_name(field: str = "name") -> Any:
    """An expression for the name of a record in the language of the page, to sort by it in the database."""
    here = page_language()
    if here == settings.LANGUAGE_CODE:
        return models.F(field)
    said = KT(f"translations__{here}__{field}")
    return Coalesce(NullIf(said, models.Value("")), field, output_field=models.TextField())


class LocalizedText(NamedTuple):
    """A text with its language."""

    text: str
    language: str
    is_translation: bool = False


def page_language() -> str:
    return primary_language(get_language() or settings.LANGUAGE_CODE)


class Translated(models.Model):
    """A record that stores translations of its texts: `{"ar": {"name": "…", "by": "…"}}`.

    They are one column instead of a table, so that a translation shares everything with its text: proposals,
    decisions, ledger entries and suppressions.
    """

    translatable: tuple[str, ...] = ("name",)

    translations = models.JSONField(_("translations"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField) and not field.choices:
                _refuse_direction_controls(str(field.value_from_object(self)), str(field.verbose_name))
        for language, texts in dict(self.translations).items():
            if language not in dict(settings.LANGUAGES) or not isinstance(texts, dict):
                raise ValidationError(
                    gettext("“%(language)s” is no language of this site.") % {"language": language}
                )
            _refuse_unknown_translations({*self.translatable, BY}, texts)
            for name, text in texts.items():
                _refuse_direction_controls(text, f"{name}, {language}")

    def said_in(self, field: str, language: str) -> str:
        """The field in a language; empty if there is no translation."""
        return str(self.translations.get(language, {}).get(field, ""))

    def translated_by(self, language: str) -> str:
        return str(self.translations.get(language, {}).get(BY, ""))

    def written_in(self, field: str) -> str:
        """The language of the original; empty if the text is the same in all languages."""
        return language_of_letters(str(getattr(self, field)), settings.LANGUAGE_CODE)

    def shown(self, field: str = "") -> LocalizedText:
        """The field as a page in the current language shows it. Without `field`, the record's name or title."""
        field = field or self.translatable[0]
        here, original = page_language(), str(getattr(self, field))
        written = self.written_in(field)
        if original and primary_language(written) not in ("", here) and (said := self.said_in(field, here)):
            return LocalizedText(said, here, is_translation=True)
        return LocalizedText(original, written)

    @property
    def called(self) -> str:
        """The name or title in the current language, without markup."""
        return self.shown().text

    def isolated(self, field: str = "") -> str:
        """The shown text for a place without markup where other words stand beside it, such as a title."""
        return isolate_text(self.shown(field).text, rtl=text_direction(page_language()) == "rtl")


def _refuse_direction_controls(text: str, where: str) -> None:
    """One of them in a name would turn what stands beside the name."""
    if found := direction_controls(text):
        raise ValidationError(
            gettext(
                "“%(where)s” holds characters that nobody sees and that turn the direction of text: %(characters)s. "
                "Please type it anew, without them."
            )
            % {"where": where, "characters": ", ".join(found)}
        )


def _refuse_unknown_translations(known: set[str], texts: dict[str, Any]) -> None:
    for name, text in texts.items():
        if name not in known or not isinstance(text, str):
            raise ValidationError(gettext("“%(name)s” is not translated here.") % {"name": name})
    if any(text for name, text in texts.items() if name != BY) and not texts.get(BY):
        raise ValidationError(gettext("Say who translated it: readers see the name."))
