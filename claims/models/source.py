from django.db import models
from django.db.models import F, Q
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
    web_address_constraint,
)
from .one_person import OnePersonMarked
from .translated import Translated


class Source(Slugged, Translated, OnePersonMarked, Authored):
    """A publisher of reports, and its reliability whatever it reports."""

    translatable = ("name", "reliability_scope", "reliability_reason")

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

    reliability_scope = models.CharField(
        _("graded for"),
        max_length=200,
        blank=True,
        help_text=_(
            "What the grade holds for: “votes in the Security Council, from the record”. Empty: all it reports."
        ),
    )
    graded_from = models.DateField(
        _("grade holds from"),
        null=True,
        blank=True,
        help_text=_("Scores of earlier days keep the grade before it. Empty: it holds for every day."),
    )
    institution = models.ForeignKey(
        "Speaker",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("belongs to"),
        help_text=_(
            "The institution whose words or acts it publishes: a ministry’s own news agency, an army’s site."
        ),
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
            web_address_constraint("url", "source_url_is_of_the_web"),
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

    @property
    def has_grade(self) -> bool:
        """Whether an editor gave it a grade, which always has a reason. Without one it counts as F."""
        return bool(self.reliability_reason)


class SourceGradeManager(models.Manager["SourceGrade"]):
    def get_by_natural_key(self, source: str, end: str) -> "SourceGrade":
        return self.get(source__slug=source, end=end)


class SourceGrade(models.Model):
    """A grade that a source had before the present one. Kept, so that scores of earlier days stay what they were."""

    source = models.ForeignKey(
        Source, models.CASCADE, related_name="earlier_grades", verbose_name=_("source")
    )
    reliability = models.CharField(_("reliability"), max_length=1, choices=term_choices(Reliability))
    scope = models.CharField(_("graded for"), max_length=200, blank=True)
    reason = models.TextField(_("reason for the grade"), blank=True)
    start = models.DateField(_("from"), null=True, blank=True, help_text=_("Empty: from the beginning."))
    end = models.DateField(_("until"), help_text=_("The first day of the next grade."))

    objects = SourceGradeManager()

    class Meta:
        verbose_name = _("earlier grade")
        verbose_name_plural = _("earlier grades")
        ordering = ("source", "end")
        constraints = [
            one_of_constraint("reliability", Reliability, "sourcegrade_reliability_known"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__lt=F("end")),
                name="sourcegrade_starts_before_it_ends",
            ),
            models.UniqueConstraint("source", "end", name="sourcegrade_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.reliability} → {self.end}"

    def natural_key(self) -> tuple[str, str]:
        return (self.source.slug, self.end.isoformat())

    natural_key.dependencies = ["claims.source"]  # type: ignore[attr-defined]
