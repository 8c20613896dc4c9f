from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Credibility, Risk, Status

from .base import (
    Publishable,
    PublishableQuerySet,
    Slugged,
    all_filled,
    implies_constraint,
    one_of_constraint,
    term_choices,
    web_address_constraint,
)
from .comparison_key import ComparisonKeyField, keys_of_values
from .fields import PartialDateField, period_in_order
from .origin import Origin
from .place import Place
from .source import Source
from .speaker import Speaker
from .translated import Translated


def unfindable_condition() -> Q:
    """The rows that are not `is_findable`."""
    return Q(url="", reference="", no_address_reason="")


# Where and when a publisher says that it happened, as columns of the table.
OCCASION = {
    "occasion_day": Coalesce("event", "known"),
    "occasion_publisher": Coalesce("relays", "source"),
    "occasion_place": Coalesce("exact_place", "place"),
}


class EvidenceManager(models.Manager.from_queryset(PublishableQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, slug: str) -> "Evidence":
        return self.get(slug=slug)


class Evidence(Slugged, Translated, Publishable):
    """One report of something on the ground, in the editors' words."""

    slug_source = "summary"
    known_from = "known"
    translatable = ("summary", "detail", "reference", "no_address_reason")

    summary = models.CharField(
        _("what happened"), max_length=300, help_text=_("One sentence, in our own words.")
    )
    detail = models.TextField(_("detail"), blank=True)
    event = PartialDateField(
        _("when it happened"),
        null=True,
        blank=True,
        help_text=_("A day, month, year or range (2020-03/2021-10). Empty if unknown."),
    )
    known = PartialDateField(
        _("when it was published"),
        db_index=True,
        help_text=_("The day, month or year of the report. Nothing counts before the last day of it."),
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("place")
    )
    risk = models.CharField(
        _("risk of naming the place"),
        max_length=10,
        choices=term_choices(Risk),
        default=Risk.NONE.value,
        help_text=_("Whether readers may see the place as exactly as it is known."),
    )
    exact_place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("exact place, for the desk alone"),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence", verbose_name=_("source"))
    relays = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_evidence",
        verbose_name=_("passes on"),
        help_text=_(
            "The publisher whose report this one only carries: a news agency, a dataset, another paper. "
            "The report then counts as that publisher’s."
        ),
    )
    quotes = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quoting_evidence",
        verbose_name=_("quotes"),
        help_text=_(
            "Whose words it reports, if it reports words. A speaker’s own words never support their claim."
        ),
    )
    url = models.URLField(_("address of the report"), max_length=500, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=500, blank=True)
    reference = models.CharField(
        _("where else it can be read"),
        max_length=500,
        blank=True,
        help_text=_("For a report without a web address: paper, issue and page, or archive and number."),
    )
    no_address_reason = models.CharField(
        _("why no address can be given"),
        max_length=300,
        blank=True,
        help_text=_("Public. Only where it can be read nowhere that we may name."),
    )
    language = models.CharField(_("language of the report"), max_length=10, default="en")
    credibility = models.PositiveSmallIntegerField(
        _("credibility"),
        choices=term_choices(Credibility),
        null=True,
        blank=True,
        help_text=_("Of this report, whoever brings it."),
    )
    origin = models.ForeignKey(
        Origin,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("event"),
        help_text=_(
            "What happened, if another report tells of it too: reports of one event count once a side. "
            "Empty: an event of its own."
        ),
    )

    address_key = ComparisonKeyField(of="url", rule="address")
    words_key = ComparisonKeyField(of="summary", rule="words")

    objects = EvidenceManager()

    class Meta(Publishable.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ("-known", "pk")
        permissions = [
            ("publish_evidence", "Can publish evidence"),
            ("withdraw_evidence", "Can withdraw evidence"),
        ]
        # How `selectors.duplicates` finds reports that may be one entered twice.
        indexes = [
            models.Index("address_key", name="evidence_by_address"),
            models.Index("words_key", name="evidence_by_words"),
            models.Index(*OCCASION.values(), name="evidence_by_occasion"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            period_in_order("event", "evidence_event_in_order"),
            one_of_constraint("risk", Risk, "evidence_risk_known"),
            implies_constraint(
                Q(risk=Risk.NONE.value), Q(exact_place__isnull=True), "evidence_without_risk_hides_no_place"
            ),
            period_in_order("known", "evidence_known_in_order"),
            models.CheckConstraint(condition=all_filled("summary"), name="evidence_says_something"),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True)
                | Q(credibility__in=[grade.value for grade in Credibility]),
                name="evidence_credibility_known",
            ),
            implies_constraint(
                Q(status=Status.PUBLISHED.value), Q(credibility__isnull=False), "evidence_published_is_graded"
            ),
            web_address_constraint("url", "evidence_url_is_of_the_web"),
            web_address_constraint("archived_url", "evidence_archived_url_is_of_the_web"),
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def publisher(self) -> Source:
        """Whose report it is: that of its source, or of the one that its source passes on."""
        return self.relays or self.source

    @property
    def is_findable(self) -> bool:
        """Whether readers are told where it can be read, or why they cannot be."""
        return any(text.strip() for text in (self.url, self.reference, self.no_address_reason))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the keys with the texts that they are of."""
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *keys_of_values(Evidence, dict.fromkeys(fields, ""))}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.is_published and not self.is_findable and self._was_findable():
            raise ValidationError(
                {
                    "url": gettext(
                        "A published report keeps its address, or says where else it can be read, or why not."
                    )
                }
            )
        if self.pk and self.quotes_id and self._supports_whom_it_quotes():
            raise ValidationError(
                {
                    "quotes": gettext(
                        "Editors have graded it as support of a claim of this speaker. A speaker’s own words never "
                        "support their claim: have it graded as context first."
                    )
                }
            )

    def _supports_whom_it_quotes(self) -> bool:
        graded = self.links.filter(claim__statement__speaker=self.quotes_id, ratings__stance__gt=0)
        return graded.exists()

    def _was_findable(self) -> bool:
        """Reports that were published before this was asked stay as they are."""
        stored = Evidence.objects.filter(pk=self.pk).first()
        return stored is not None and stored.is_findable

    def get_absolute_url(self) -> str:
        return reverse("evidence", args=[self.slug])
