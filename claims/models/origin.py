from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import OriginKind

from .base import NaturalManager, Slugged, one_of_constraint, term_choices
from .translated import Translated


class Origin(Slugged, Translated):
    """The first source of reports. Reports that share an origin count once, by the strongest of them."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("The event, wire story or dataset, in a line.")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=term_choices(OriginKind), default=OriginKind.EVENT.value
    )

    objects = NaturalManager()

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        ordering = ("name",)
        constraints = [
            one_of_constraint("kind", OriginKind, "origin_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="origin_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
