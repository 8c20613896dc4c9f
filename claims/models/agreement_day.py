from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementDay(models.Model):
    """How two editors graded the public links whose second blind grading was given on a day.

    Computed from the ratings by `actions.agreement_counts`, so that no page has to read them all.
    """

    day = models.DateField(_("day"), primary_key=True)
    pairs = models.JSONField(_("links by pair of stances"))  # {"-2 1": 3}
    editors = models.JSONField(_("keys of the editors"))

    class Meta:
        verbose_name = _("agreement of a day")
        verbose_name_plural = _("agreement by day")
        ordering = ("day",)

    def __str__(self) -> str:
        return self.day.isoformat()

    @property
    def counts(self) -> dict[tuple[int, int], int]:
        """The number of links by the two stances."""
        counts = {}
        for text, n in self.pairs.items():
            one, other = text.split()
            counts[int(one), int(other)] = n
        return counts
