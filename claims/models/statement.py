from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Reporting
from claims.languages import primary_language
from claims.text.spans import misquoted_piece, stands_in

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
from .fields import PartialDateField, period_in_order
from .place import Place
from .source import Source
from .speaker import Speaker
from .translated import Translated, text_direction


class StatementManager(models.Manager.from_queryset(PublishableQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, slug: str) -> "Statement":
        return self.get(slug=slug)


class Statement(Slugged, Translated, Publishable):
    """What somebody said, at a time and place."""

    slug_source = "title"
    known_from = "said_on"
    translatable = ("title", "occasion", "text", "reported_text")
    spans_follow = False  # set where the claims' spans are sent, and checked, together with the words

    title = models.CharField(
        _("title"), max_length=200, help_text=_("What and where, in a line: “Remarks on Syria, Washington”.")
    )
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="statements", verbose_name=_("speaker"))
    said_on = PartialDateField(_("said on"), db_index=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("place")
    )
    occasion = models.CharField(
        _("occasion"),
        max_length=300,
        blank=True,
        help_text=_("Press conference, interview, speech; with whom."),
    )
    reporting = models.CharField(
        _("wording"), max_length=10, choices=term_choices(Reporting), default=Reporting.VERBATIM.value
    )
    text = models.TextField(
        _("the words"),
        help_text=_(
            "Letter for letter if verbatim. A blank line parts passages that do not follow each other."
        ),
    )
    reported_text = models.TextField(
        _("reported words"),
        blank=True,
        help_text=_(
            "What the source reports without quoting it, in the source’s own words. A blank line parts passages."
        ),
    )
    language = models.CharField(_("language of the words"), max_length=10, default="en")
    original_text = models.TextField(
        _("original wording"), blank=True, help_text=_("If the words above are a translation.")
    )
    original_language = models.CharField(_("language of the original"), max_length=10, blank=True)
    translator = models.CharField(_("translated by"), max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements", verbose_name=_("source"))
    url = models.URLField(_("address of the source"), max_length=500, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=500, blank=True)

    objects = StatementManager()

    class Meta(Publishable.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-said_on", "pk")
        permissions = [
            ("publish_statement", "Can publish statements"),
            ("withdraw_statement", "Can withdraw statements"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            period_in_order("said_on", "statement_said_on_in_order"),
            one_of_constraint("reporting", Reporting, "statement_reporting_known"),
            models.CheckConstraint(
                condition=all_filled("text", "title", "language"), name="statement_has_words"
            ),
            implies_constraint(
                all_filled("original_text"),
                all_filled("original_language"),
                "statement_original_has_a_language",
            ),
            web_address_constraint("url", "statement_url_is_of_the_web"),
            web_address_constraint("archived_url", "statement_archived_url_is_of_the_web"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.slug])

    def written_in(self, field: str) -> str:
        return self.language if field in ("text", "reported_text") else super().written_in(field)

    @property
    def texts(self) -> list[str]:
        """What a claim's span may stand in: the passages word for word, and those that the source reports."""
        return [text for text in (self.text, self.reported_text) if text]

    def holds(self, span: str) -> bool:
        return stands_in(span, self.texts)

    def is_verbatim(self, span: str) -> bool:
        """Whether a span stands in the passages that are word for word; true of one that stands in none."""
        return self.text_field_of(span) == "text"

    def text_field_of(self, span: str) -> str:
        """The field that a span stands in."""
        is_reported = stands_in(span, [self.reported_text]) and not stands_in(span, [self.text])
        return "reported_text" if is_reported else "text"

    def words_lost_of(self, claim: Any) -> str:
        """The span of a claim, or the piece of the words that govern it, that does not stand in it; empty if all do."""
        if not self.holds(claim.quote):
            return str(claim.quote)
        return misquoted_piece(claim.governing_words, self.texts) if claim.governing_words else ""

    def said_in(self, field: str, language: str) -> str:
        """The field in a language.

        If `text` is itself a translation, the original wording counts as the text in its language.
        """
        if field == "text" and self.original_text and primary_language(self.original_language) == language:
            return self.original_text
        return super().said_in(field, language)

    @property
    def direction(self) -> str:
        return text_direction(self.language)

    @property
    def original_direction(self) -> str:
        return text_direction(self.original_language)

    def clean(self) -> None:
        super().clean()
        if self.original_text and not self.original_language:
            raise ValidationError(
                {"original_language": gettext("Say which language the original wording is in.")}
            )
        if self.pk and not self.spans_follow:
            for claim in self.claims.all():
                if not (words := self.words_lost_of(claim)):
                    continue
                raise ValidationError(
                    {
                        "text": gettext(
                            "These words carry the claim “%(claim)s”, whose span “%(quote)s” "
                            "would no longer stand in them. Change the span of the claim first."
                        )
                        % {"claim": claim, "quote": words}
                    }
                )
