from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Reliability, SourceKind

from .base import (
    Authored,
    NaturalManager,
    Slugged,
    all_filled,
    implies_constraint,
    one_of_constraint,
    term_choices,
)
from .translated import Translated


class Source(Slugged, Translated, Authored):
    """A publisher of reports, and its reliability whatever it reports."""

    translatable = ("name", "reliability_reason")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=12, choices=term_choices(SourceKind), default=SourceKind.NEWS.value
    )
    url = models.URLField(_("home page"), blank=True)
    reliability = models.CharField(
        _("reliability"), max_length=1, choices=term_choices(Reliability), default=Reliability.F.value
    )
    reliability_reason = models.TextField(
        _("reason for the grade"),
        blank=True,
        help_text=_("Public. What its record is, who owns it, what it can see."),
    )

    objects = NaturalManager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name",)
        constraints = [
            one_of_constraint("kind", SourceKind, "source_kind_known"),
            one_of_constraint("reliability", Reliability, "source_reliability_known"),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            implies_constraint(
                ~Q(reliability=Reliability.F.value),
                all_filled("reliability_reason"),
                "source_grade_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])
