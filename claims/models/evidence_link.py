from functools import cached_property
from statistics import median
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Directness, Stance, Status
from claims.domain.wording import nearest_stance
from claims.domain.workflow import REQUIRED_GRADERS, required_graders

from .base import Authored, one_of_constraint, term_choices
from .claim import Claim
from .evidence import Evidence
from .one_person import OnePersonMarked
from .translated import Translated


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    def graded(self) -> "EvidenceLinkQuerySet":
        """The links that enough editors have graded to be shown: two, or one where the link is marked so."""
        ratings = Rating.objects.filter(link=OuterRef("pk")).order_by().values("link")
        enough = Exists(ratings.annotate(n=Count("pk")).filter(n__gte=REQUIRED_GRADERS))
        return self.filter(enough | (Q(by_one_person=True) & Exists(ratings)))

    def public(self) -> "EvidenceLinkQuerySet":
        """The links that readers see: graded, with claim and evidence both published."""
        return self.graded().filter(claim__status=Status.PUBLISHED, evidence__status=Status.PUBLISHED)


class EvidenceLinkManager(models.Manager.from_queryset(EvidenceLinkQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, claim: str, evidence: str) -> "EvidenceLink":
        return self.get(claim__slug=claim, evidence__slug=evidence)


class EvidenceLink(Translated, OnePersonMarked, Authored):
    """The link of one piece of evidence with one claim."""

    translatable = ("rationale", "distinct_reason")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="links", verbose_name=_("claim"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="links", verbose_name=_("evidence"))
    directness = models.CharField(
        _("bears"),
        max_length=10,
        choices=[choice for choice in term_choices(Directness) if choice[0] != Directness.DECISIVE.value],
        default=Directness.DIRECT.value,
    )
    interested = models.BooleanField(
        _("serves the side it comes from"),
        default=False,
        help_text=_(
            "The speaker’s own people, or whoever they quote, supporting the claim; a declared adversary "
            "contradicting it. Counts half."
        ),
    )
    rationale = models.TextField(
        _("why, for all graders"),
        blank=True,
        help_text=_(
            "Public, and written before each grader gave reasons of their own. New reasons go with a grading."
        ),
    )
    distinct_reason = models.CharField(
        _("why it is another report"),
        max_length=300,
        blank=True,
        help_text=_("Public. Where it looks like another report on the same claim: why it is not the same."),
    )

    objects = EvidenceLinkManager()

    class Meta:
        verbose_name = _("evidence link")
        verbose_name_plural = _("evidence links")
        ordering = ("pk",)
        constraints = [
            # Decisive is what the graders agree on, not what the link says of itself.
            models.CheckConstraint(
                condition=Q(
                    directness__in=[step.value for step in Directness if step is not Directness.DECISIVE]
                ),
                name="evidencelink_directness_known",
            ),
            models.UniqueConstraint("claim", "evidence", name="evidencelink_once_a_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.claim}"

    def natural_key(self) -> tuple[str, str]:
        return (self.claim.slug, self.evidence.slug)

    natural_key.dependencies = ["claims.claim", "claims.evidence"]  # type: ignore[attr-defined]

    @property
    def required_graders(self) -> int:
        """How many editors have to have graded it before readers see it."""
        return required_graders(by_one_person=self.by_one_person)

    @property
    def stance(self) -> Stance | None:
        """The median rating as a stance; None while unrated. Reads `ratings`, so prefetch them in lists."""
        ratings = [rating.stance for rating in self.ratings.all()]
        return nearest_stance(median(ratings) / 2) if ratings else None

    @cached_property
    def reasons(self) -> list["Rating"]:
        """The gradings that say why, in their order. Reads `ratings`, so prefetch them in lists."""
        return [rating for rating in self.ratings.all() if rating.rationale]


def clause_objection(link: EvidenceLink, stance: int | None) -> str:
    """Why a grading of the link cannot name a clause of the claim's test as settled; empty if it can."""
    if not link.claim.criterion:
        return gettext(
            "“%(claim)s” has no written test yet. Write how it is tested, then name the clause."
        ) % {"claim": link.claim}
    if not stance:
        return gettext(
            "“%(link)s” is graded as context, so it settles nothing. Choose a side or empty the clause."
        ) % {"link": link}
    return ""


class RatingManager(models.Manager["Rating"]):
    def get_by_natural_key(self, claim: str, evidence: str, rater: str) -> "Rating":
        return self.get(link__claim__slug=claim, link__evidence__slug=evidence, rater__username=rater)


class Rating(Translated):
    """One editor's present stance on one link, and their own reason for it. The method takes the median.

    It sums up the editor's gradings (`Grading`), which are append-only: the last one, and the first stance.
    """

    translatable = ("rationale",)

    link = models.ForeignKey(EvidenceLink, models.CASCADE, related_name="ratings", verbose_name=_("link"))
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings", verbose_name=_("rated by")
    )
    stance = models.SmallIntegerField(_("stance"), choices=term_choices(Stance))
    rated_at = models.DateTimeField(_("rated"), default=timezone.now)
    first_stance = models.SmallIntegerField(
        _("first stance"),
        choices=term_choices(Stance),
        help_text=_("As it was before this editor could see anybody else's; agreement is measured on it."),
    )
    decisive_clause = models.CharField(
        _("settles it alone: by which clause"),
        max_length=300,
        blank=True,
        help_text=_(
            "The clause of the test that this report alone would settle, if it is right. Empty: it settles nothing "
            "alone. It counts as decisive once all graders name a clause."
        ),
    )
    first_rated_at = models.DateTimeField(_("first rated"), default=timezone.now)
    rationale = models.TextField(
        _("why"),
        blank=True,
        default="",
        help_text=_("Public, once two editors have graded: why the report bears on the claim this way."),
    )

    objects = RatingManager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ("pk",)
        constraints = [
            one_of_constraint("stance", Stance, "rating_stance_known"),
            one_of_constraint("first_stance", Stance, "rating_first_stance_known"),
            models.UniqueConstraint("link", "rater", name="rating_once_an_editor"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here and not in save(), because fixtures and bulk writes do not call save().
        if self.__dict__.get("first_stance", self) is None:
            self.first_stance, self.first_rated_at = self.stance, self.rated_at

    def __str__(self) -> str:
        return f"{self.rater}: {Stance(self.stance).sign}"

    def clean(self) -> None:
        super().clean()
        if self.decisive_clause and (objection := clause_objection(self.link, self.stance)):
            raise ValidationError({"decisive_clause": objection})

    def natural_key(self) -> tuple[str, ...]:
        return (*self.link.natural_key(), self.rater.get_username())

    natural_key.dependencies = ["claims.evidencelink", "auth.user"]  # type: ignore[attr-defined]
