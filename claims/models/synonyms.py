from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.text.search_terms import fold_text
from claims.text.synonyms import MOST_SYNONYMS, split_synonyms

from .base import all_filled

MOST_LISTS = 200  # a search reads them all


class SynonymsManager(models.Manager["Synonyms"]):
    def get_by_natural_key(self, words: str) -> "Synonyms":
        return self.get(words=words)


class Synonyms(models.Model):
    """Words that search takes for one another, in any language. They change what is found, and no page."""

    words = models.CharField(
        _("words"),
        max_length=300,
        unique=True,
        help_text=_("With commas between them: “ISIS, ISIL, Daesh, داعش”. Each is one word, without blanks."),
    )

    objects = SynonymsManager()

    class Meta:
        verbose_name = _("list of synonyms")
        verbose_name_plural = _("synonyms in search")
        ordering = ("words",)
        constraints = [models.CheckConstraint(condition=all_filled("words"), name="synonyms_have_words")]

    def __str__(self) -> str:
        return self.words

    def natural_key(self) -> tuple[str]:
        return (self.words,)

    def clean(self) -> None:
        super().clean()
        if fault := self._fault():
            raise ValidationError({"words": fault})

    def _fault(self) -> str:
        """What search could not use; empty if there is nothing."""
        typed = split_synonyms(self.words)
        folded = [fold_text(word).split() for word in typed]
        for word, parts in zip(typed, folded, strict=True):
            if len(parts) != 1:
                return gettext("“%(word)s” is not one word. Search compares single words.") % {"word": word}
        if len({tuple(parts) for parts in folded}) < 2:
            return gettext("Write at least two words that search does not take for the same already.")
        if len(typed) > MOST_SYNONYMS:
            return gettext("Write at most %(most)d words.") % {"most": MOST_SYNONYMS}
        if self._state.adding and Synonyms.objects.count() >= MOST_LISTS:
            return gettext("There are %(most)d lists already, and every search reads them all.") % {
                "most": MOST_LISTS
            }
        return ""
