from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .slug_field import RecordSlugField


class OldAddress(models.Model):
    """The address of a record that was merged into another one of its kind, and where it leads now."""

    kind = models.CharField(_("kind"), max_length=12)
    slug = RecordSlugField(_("old address"))
    leads_to = RecordSlugField(_("leads to"))
    merged_at = models.DateTimeField(_("merged"))

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ("kind", "slug")
        constraints = [
            models.UniqueConstraint("kind", "slug", name="oldaddress_once_a_kind"),
            models.CheckConstraint(condition=~Q(slug=F("leads_to")), name="oldaddress_leads_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} → {self.leads_to}"
