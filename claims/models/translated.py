"""What an editor wrote in one language, said in another beside it, and by whom."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

BY = "by"  # who translated; stands beside the translated fields of each language


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
                    __("“%(language)s” is no language of this site.") % {"language": language}
                )
            _refuse_strange({*self.translatable, BY}, texts)

    def said_in(self, field: str, language: str) -> str:
        """The field in a language; empty if nobody has translated it."""
        return str(self.translations.get(language, {}).get(field, ""))

    def translated_by(self, language: str) -> str:
        return str(self.translations.get(language, {}).get(BY, ""))


def _refuse_strange(known: set[str], texts: dict[str, Any]) -> None:
    for name, text in texts.items():
        if name not in known or not isinstance(text, str):
            raise ValidationError(__("“%(name)s” is not translated here.") % {"name": name})
    if any(text for name, text in texts.items() if name != BY) and not texts.get(BY):
        raise ValidationError(__("Say who translated it: readers see the name."))
