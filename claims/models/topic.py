from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import NestedManager, Slugged
from .translated import Translated


class Topic(Slugged, Translated):
    """A subject of claims. A topic may be inside another."""

    translatable = ("name", "about")

    name = models.CharField(_("name"), max_length=100)
    about = models.TextField(_("about"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within")
    )

    objects = NestedManager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="topic_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])
