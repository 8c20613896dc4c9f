"""What an editor wrote in one language, said in another beside it, and by whom."""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from claims.languages import primary_language
from claims.text.scripts import language_of_letters
from claims.text.translations import BY


def text_direction(language: str) -> str:
    """`rtl` or `ltr`, for the dir attribute; an unknown language gets `auto`."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def localized_name(field: str = "name") -> Any:
    """What records are called in the language of the page, for the database to order them by."""
    here = page_language()
    if here == settings.LANGUAGE_CODE:
        return models.F(field)
    said = KT(f"translations__{here}__{field}")
    return Coalesce(NullIf(said, models.Value("")), field, output_field=models.TextField())


class LocalizedText(NamedTuple):
    """A text with the language that it is in."""

    text: str
    language: str
    is_translation: bool = False


def page_language() -> str:
    return primary_language(get_language() or settings.LANGUAGE_CODE)


class Translated(models.Model):
    """Holds translations of its own texts: `{"ar": {"name": "…", "by": "…"}}`.

    One column and not a table, so that a translation goes the way of the text that it translates: proposed, decided on
    by a second person, entered in the ledger, suppressed with it.
    """

    translatable: tuple[str, ...] = ("name",)

    translations = models.JSONField(_("translations"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        for language, texts in dict(self.translations).items():
            if language not in dict(settings.LANGUAGES) or not isinstance(texts, dict):
                raise ValidationError(
                    gettext("“%(language)s” is no language of this site.") % {"language": language}
                )
            _refuse_unknown_translations({*self.translatable, BY}, texts)

    def said_in(self, field: str, language: str) -> str:
        """The field in a language; empty if nobody has translated it."""
        return str(self.translations.get(language, {}).get(field, ""))

    def translated_by(self, language: str) -> str:
        return str(self.translations.get(language, {}).get(BY, ""))

    def written_in(self, field: str) -> str:
        """The language of the original; empty if it is the same in all."""
        return language_of_letters(str(getattr(self, field)), settings.LANGUAGE_CODE)

    def shown(self, field: str = "") -> LocalizedText:
        """The field, by default what the record is called, as a page in the language of this thread shows it."""
        field = field or self.translatable[0]
        here, original = page_language(), str(getattr(self, field))
        written = self.written_in(field)
        if original and primary_language(written) not in ("", here) and (said := self.said_in(field, here)):
            return LocalizedText(said, here, is_translation=True)
        return LocalizedText(original, written)

    @property
    def called(self) -> str:
        """Its name in the language of the page, bare: for what holds no elements."""
        return self.shown().text


def _refuse_unknown_translations(known: set[str], texts: dict[str, Any]) -> None:
    for name, text in texts.items():
        if name not in known or not isinstance(text, str):
            raise ValidationError(gettext("“%(name)s” is not translated here.") % {"name": name})
    if any(text for name, text in texts.items() if name != BY) and not texts.get(BY):
        raise ValidationError(gettext("Say who translated it: readers see the name."))
