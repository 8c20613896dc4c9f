from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import PlaceKind

from .base import NestedManager, Slugged, one_of_constraint, term_choices
from .translated import Translated


class Place(Slugged, Translated):
    """The place of a statement or an event, as precise as its kind."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("precision"),
        max_length=10,
        choices=term_choices(PlaceKind),
        default=PlaceKind.TOWN.value,
        help_text=_("What the coordinates stand for."),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within")
    )

    objects = NestedManager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("name",)
        constraints = [
            one_of_constraint("kind", PlaceKind, "place_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="place_has_a_name"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="place_not_in_itself"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # Without this, one NULL would make the check NULL, and a NULL check accepts the row.
                    Q(latitude__isnull=False, longitude__isnull=False),
                    Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                ),
                name="place_coordinates_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])
