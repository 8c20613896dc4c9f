from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Status

from .base import (
    NaturalManager,
    Publishable,
    PublishableQuerySet,
    Slugged,
    all_filled,
    implies_constraint,
    web_address_constraint,
)
from .claim import Claim
from .fields import PartialDateField, period_in_order
from .translated import Translated


class ReplyManager(NaturalManager.from_queryset(PublishableQuerySet)):  # type: ignore[misc]
    pass


class Reply(Slugged, Translated, Publishable):
    """What a speaker answers to the finding on their claim: a dated text that stands beside the verdict.

    It counts nothing: it is no evidence.
    """

    slug_source = "claim"
    published_with = ("", "claim__", "claim__statement__")
    known_from = "answered_on"
    translatable = ("text", "given_by", "reference")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="replies", verbose_name=_("claim"))
    text = models.TextField(
        _("the answer"),
        help_text=_(
            "Letter for letter, as it was given; … marks what is left out. Plain paragraphs, parted by a blank line."
        ),
    )
    given_by = models.CharField(
        _("given by"),
        max_length=200,
        blank=True,
        help_text=_("Who answered for the speaker: a spokesperson, a ministry. Empty: the speaker."),
    )
    answered_on = PartialDateField(_("answered on"), db_index=True)
    url = models.URLField(_("address of the answer"), max_length=500, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=500, blank=True)
    reference = models.CharField(
        _("how it was given"),
        max_length=300,
        blank=True,
        help_text=_(
            "For an answer without a web address: a letter or an e-mail to the editors, and its day."
        ),
    )

    objects = ReplyManager()

    class Meta(Publishable.Meta):
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("answered_on", "pk")
        permissions = [("publish_reply", "Can publish replies"), ("withdraw_reply", "Can withdraw replies")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=all_filled("text"), name="reply_says_something"),
            period_in_order("answered_on", "reply_answered_on_in_order"),
            implies_constraint(
                Q(status=Status.PUBLISHED.value), ~Q(url="", reference=""), "reply_published_has_a_source"
            ),
            web_address_constraint("url", "reply_url_is_of_the_web"),
            web_address_constraint("archived_url", "reply_archived_url_is_of_the_web"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{reverse('claim', args=[self.claim.slug])}#reply-{self.slug}"

    def clean(self) -> None:
        super().clean()
        said_on = self.claim.statement.said_on if self.claim_id else None
        if said_on and self.answered_on and self.answered_on.last < said_on.first:
            raise ValidationError(
                {"answered_on": gettext("An answer is not older than the words: look at the day again.")}
            )
