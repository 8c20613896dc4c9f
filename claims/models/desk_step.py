from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Step

from .base import one_of_constraint, term_choices


class DeskStep(models.Model):
    """An editor's action on the desk. Private: used for undo, and to know who wrote what."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="desk_steps", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    step = models.CharField(_("step"), max_length=12, choices=term_choices(Step))
    kind = models.CharField(_("kind"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    label = models.CharField(_("title"), max_length=300)
    reason = models.TextField(_("reason"), blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("-pk",)
        constraints = [one_of_constraint("step", Step, "deskstep_step_known")]
        indexes = [
            models.Index("kind", "record_id", "id", name="deskstep_by_record"),  # who wrote it, its history
            models.Index("by", "id", name="deskstep_by_editor"),  # one's own last step
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.step} {self.label}"
