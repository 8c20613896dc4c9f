from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Stance

from .base import one_of_constraint, term_choices
from .evidence_link import EvidenceLink


class Grading(models.Model):
    """One act of grading: an editor gave, changed or took back their stance on a link. Append-only.

    The last one of an editor on a link is their present stance, which `Rating` holds for the method. The first one
    is their first stance, which nothing rewrites. Gradings stay when their link is deleted, so that an editor who
    makes the link again, or undoes the deletion, has the same first stance.
    """

    link = models.ForeignKey(
        EvidenceLink,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="gradings",
        verbose_name=_("link"),
    )
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gradings", verbose_name=_("rated by")
    )
    stance = models.SmallIntegerField(
        _("stance"), choices=term_choices(Stance), null=True, blank=True, help_text=_("Empty: taken back.")
    )
    decisive_clause = models.CharField(
        _("settles it alone: by which clause"), max_length=300, blank=True, default=""
    )
    rationale = models.TextField(_("why"), blank=True, default="")
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    was_public = models.BooleanField(
        _("readers saw the link"),
        default=False,
        help_text=_("Then its editor may have seen what others gave, and agreement does not count it."),
    )
    graded_at = models.DateTimeField(_("graded"), default=timezone.now)

    class Meta:
        verbose_name = _("grading")
        verbose_name_plural = _("gradings")
        ordering = ("pk",)
        indexes = [models.Index("graded_at", name="grading_by_day")]  # the agreement of a day
        constraints = [one_of_constraint("stance", Stance, "grading_stance_known")]

    def __str__(self) -> str:
        return f"{self.rater}: {'—' if self.stance is None else Stance(self.stance).sign}"
