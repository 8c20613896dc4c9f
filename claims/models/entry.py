import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.domain.hash_chain import EntryHeader
from claims.domain.vocabulary import Act

from .base import one_of_constraint, term_choices


class Entry(models.Model):
    """One change of what readers see, chained to the entry before it. Append-only.

    `content` is the canonical JSON of {by, reason, record, subject, who}, where `who` is the digest of the column
    `who`: the accounts behind the entry and its record, which only the desk knows. Only a suppression may change
    `content`, its nonce and `subject`; a later entry then vouches for the change. There is no natural key besides
    `number`, because Django leaves the primary key of a model with natural keys out of fixtures.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=12, choices=term_choices(Act))
    kind = models.CharField(_("kind"), max_length=12)
    digest = models.CharField(_("commitment"), max_length=64)
    previous = models.CharField(_("hash before it"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)
    subject = models.CharField(_("record"), max_length=500)
    content = models.TextField(_("content"))
    nonce = models.CharField(max_length=64)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
        help_text=_("For the desk; readers see the name that the content gives."),
    )

    who = models.TextField(_("accounts"), blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("ledger")
        ordering = ("number",)
        constraints = [
            one_of_constraint("act", Act, "entry_act_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="entry_numbered_from_one"),
            models.UniqueConstraint("previous", name="entry_follows_one_that_no_other_follows"),
        ]
        indexes = [
            models.Index(
                "kind", "subject", "number", name="entry_by_record"
            ),  # a record's history, its last entry
            models.Index("at", name="entry_by_time"),  # the head as of a day
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("change", args=[self.number])

    @property
    def header(self) -> EntryHeader:
        return EntryHeader(self.number, self.at, self.act, self.kind, self.digest, self.previous)

    @property
    def told(self) -> dict[str, Any]:
        """The content, parsed."""
        return json.loads(self.content)

    @property
    def term(self) -> Act:
        return Act(self.act)
