from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import CorrectionKind

from .base import NaturalManager, Slugged, all_filled, one_of_constraint, term_choices
from .claim import Claim
from .evidence import Evidence
from .statement import Statement
from .translated import Translated


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public_on(self, day: date) -> Self:
        """The correction notices that readers see on a day, newest first, each with its record."""
        return self.filter(
            Q(claim__in=Claim.objects.published())
            | Q(statement__in=Statement.objects.published())
            | Q(evidence__in=Evidence.objects.published()),
            corrected_on__lte=day,
        ).select_related("claim", "statement", "evidence")


class CorrectionManager(NaturalManager.from_queryset(CorrectionQuerySet)):  # type: ignore[misc]
    pass


class Correction(Slugged, Translated):
    """A public, dated notice of an error of the site, about one record."""

    slug_source = "what_was_wrong"
    translatable = ("what_was_wrong", "effect")

    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("claim")
    )
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("statement"),
    )
    evidence = models.ForeignKey(
        Evidence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("evidence"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=term_choices(CorrectionKind))
    what_was_wrong = models.TextField(_("what was wrong"))
    effect = models.TextField(
        _("what it changed"), blank=True, help_text=_("In the words and in the gap; empty if nothing.")
    )
    corrected_on = models.DateField(_("corrected on"), db_index=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("corrected by"),
    )

    objects = CorrectionManager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-corrected_on", "-pk")
        constraints = [
            one_of_constraint("kind", CorrectionKind, "correction_kind_known"),
            models.CheckConstraint(
                condition=all_filled("what_was_wrong"), name="correction_says_what_was_wrong"
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=False, statement__isnull=True, evidence__isnull=True)
                | Q(claim__isnull=True, statement__isnull=False, evidence__isnull=True)
                | Q(claim__isnull=True, statement__isnull=True, evidence__isnull=False),
                name="correction_of_exactly_one_record",
            ),
        ]

    def __str__(self) -> str:
        return self.what_was_wrong[:80]

    @property
    def record(self) -> "Claim | Statement | Evidence":
        return self.claim or self.statement or self.evidence  # type: ignore[return-value]  # exactly one is set

    def clean(self) -> None:
        super().clean()
        if sum(map(bool, (self.claim_id, self.statement_id, self.evidence_id))) != 1:
            raise ValidationError(
                gettext(
                    "Choose the one record that this corrects: a claim, a statement or a piece of evidence."
                )
            )
