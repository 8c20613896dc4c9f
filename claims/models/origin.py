from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import OriginKind

from .base import NaturalManager, Slugged, one_of_constraint, term_choices
from .translated import Translated


class Origin(Slugged, Translated):
    """What happened, for several reports of it: they count once a side. Called “event” in the interface."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("What happened, where and when, in a line.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=term_choices(OriginKind),
        default=OriginKind.EVENT.value,
        editable=False,  # kept for what was entered while an origin could be a wire story or a dataset
    )

    objects = NaturalManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("name",)
        constraints = [
            one_of_constraint("kind", OriginKind, "origin_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="origin_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
