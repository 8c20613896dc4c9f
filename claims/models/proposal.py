from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import CorrectionKind, Outcome

from .about import About
from .base import all_filled, exactly_one_of, implies_constraint, one_of_constraint, term_choices
from .claim import Claim
from .evidence import Evidence
from .evidence_link import EvidenceLink
from .one_person import one_person_field
from .reply import Reply
from .source import Source
from .statement import Statement

# The kinds whose descriptions say `is_revised`.
REVISED = ("claim", "statement", "evidence", "source", "link", "reply", "about")


class Proposal(models.Model):
    """Changes of published records that one editor wrote together and a second one decides on."""

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"))
    reason = models.TextField(_("why"))
    notice_kind = models.CharField(
        _("notice"), max_length=12, choices=term_choices(CorrectionKind), blank=True, default=""
    )
    notice = models.TextField(_("what was wrong"), blank=True)
    # As in the correction notice.
    notice_translations = models.JSONField(_("translations"), default=dict, blank=True, editable=False)
    outcome = models.CharField(
        _("outcome"),
        max_length=12,
        choices=term_choices(Outcome),
        default=Outcome.PENDING.value,
        db_index=True,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    by_one_person = one_person_field()

    class Meta:
        verbose_name = _("proposed revision")
        verbose_name_plural = _("proposed revisions")
        ordering = ("proposed_at", "pk")
        constraints = [
            one_of_constraint("outcome", Outcome, "proposal_outcome_known"),
            models.CheckConstraint(
                condition=Q(notice_kind="") | Q(notice_kind__in=[kind.value for kind in CorrectionKind]),
                name="proposal_notice_known",
            ),
            models.CheckConstraint(condition=all_filled("reason"), name="proposal_says_why"),
            implies_constraint(
                ~Q(outcome=Outcome.PENDING.value),
                Q(decided_by__isnull=False, decided_at__isnull=False),
                "proposal_decided_has_who_and_when",
            ),
            implies_constraint(
                Q(outcome__in=[Outcome.ACCEPTED.value, Outcome.DECLINED.value]),
                ~Q(decided_by=F("proposed_by")) | Q(outcome=Outcome.ACCEPTED.value, by_one_person=True),
                "proposal_decided_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(str(revision.record) for revision in self.revisions.all())

    def with_records(self) -> "models.QuerySet[Revision]":
        """Its revisions, each with the record that it changes, in one query."""
        return self.revisions.select_related(*REVISED, "link__claim", "link__evidence")


class Revision(models.Model):
    """The changes of one record in a proposal. `base` is the number of the ledger entry they were written against."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="revisions", verbose_name=_("proposal")
    )
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="revisions")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="revisions")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="revisions")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="revisions")
    link = models.ForeignKey(EvidenceLink, models.PROTECT, null=True, related_name="revisions")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, related_name="revisions")
    about = models.ForeignKey(About, models.PROTECT, null=True, related_name="revisions")
    base = models.PositiveIntegerField(_("written on entry"))
    changes = models.JSONField(_("changes"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of(*REVISED),
                name="revision_of_exactly_one_record",
            )
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def kind(self) -> str:
        return next(kind for kind in REVISED if getattr(self, f"{kind}_id") is not None)

    @property
    def record(self) -> Any:
        return getattr(self, self.kind)
