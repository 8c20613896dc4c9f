from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Side

from .base import all_filled, one_of_constraint, term_choices
from .claim import Claim
from .translated import Translated


class SearchNoteManager(models.Manager["SearchNote"]):
    def get_by_natural_key(self, claim: str, side: str, searched_on: str, where: str) -> "SearchNote":
        return self.get(claim__slug=claim, side=side, searched_on=searched_on, where=where)


class SearchNote(Translated):
    """A documented search for evidence: what was looked for, where, for which side, and the result."""

    translatable = ("sought", "where", "outcome")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="search_notes", verbose_name=_("claim"))
    side = models.CharField(_("looking for"), max_length=14, choices=term_choices(Side))
    sought = models.CharField(_("what was looked for"), max_length=300)
    where = models.CharField(
        _("where"), max_length=200, help_text=_("Archives, sites, search engines, people asked.")
    )
    outcome = models.TextField(_("what came of it"), help_text=_("Also when nothing was found."))
    found = models.BooleanField(_("something was found"), default=False)
    searched_on = models.DateField(_("on"))
    searched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )

    objects = SearchNoteManager()

    class Meta:
        verbose_name = _("search note")
        verbose_name_plural = _("search notes")
        ordering = ("searched_on", "pk")
        constraints = [
            one_of_constraint("side", Side, "searchnote_side_known"),
            models.CheckConstraint(
                condition=all_filled("sought", "where", "outcome"), name="searchnote_is_complete"
            ),
            models.UniqueConstraint("claim", "side", "searched_on", "where", name="searchnote_once"),
        ]

    def __str__(self) -> str:
        return self.sought

    def natural_key(self) -> tuple[str, ...]:
        return (self.claim.slug, self.side, str(self.searched_on), self.where)

    natural_key.dependencies = ["claims.claim"]  # type: ignore[attr-defined]
