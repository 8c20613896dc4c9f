from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import ErrorReportState

from .base import (
    account_field,
    all_filled,
    exactly_one_of,
    implies_constraint,
    one_of_constraint,
    term_choices,
)
from .claim import Claim
from .correction import Correction
from .evidence import Evidence
from .source import Source
from .statement import Statement

# The kinds of records whose pages lead to the form.
REPORTED_KINDS = ("claim", "statement", "evidence", "source")


def _record_field(model: type[models.Model], label: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        model, models.PROTECT, null=True, editable=False, related_name="error_reports", verbose_name=label
    )


class ErrorReport(models.Model):
    """A reader's report of an error on a public page. It is not published: only its state and its answer are shown,
    at an address that nobody but the reader was given.
    """

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    claim = _record_field(Claim, _("claim"))
    statement = _record_field(Statement, _("statement"))
    evidence = _record_field(Evidence, _("evidence"))
    source = _record_field(Source, _("source"))
    text = models.TextField(_("what is wrong"), editable=False)
    where_to_check = models.TextField(_("where it can be checked"), blank=True, editable=False)
    # Erased some time after the answer: `claims.actions.erase_reader_addresses`.
    reader_address = models.CharField(_("reader’s e-mail"), max_length=254, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), db_index=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=term_choices(ErrorReportState),
        default=ErrorReportState.WAITING.value,
        db_index=True,
    )
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("The reader sees it. Say what was changed, or why nothing is.")
    )
    correction = models.ForeignKey(
        Correction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("correction"),
        help_text=_("The notice that came of the report, if there is one. The reader sees a link to it."),
    )
    answered_by = account_field(_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ("-sent_at", "-pk")
        permissions = [("view_reader_address", "Can see the e-mail of a reader who reported an error")]
        constraints = [
            one_of_constraint("state", ErrorReportState, "errorreport_state_known"),
            models.CheckConstraint(
                condition=exactly_one_of(*REPORTED_KINDS), name="errorreport_of_exactly_one_record"
            ),
            models.CheckConstraint(condition=all_filled("text"), name="errorreport_says_what_is_wrong"),
            implies_constraint(
                ~Q(state=ErrorReportState.WAITING.value),
                Q(answered_by__isnull=False, answered_at__isnull=False),
                "errorreport_answered_has_who_and_when",
            ),
            implies_constraint(
                Q(state=ErrorReportState.ACCEPTED.value),
                Q(correction__isnull=False) | all_filled("answer"),
                "errorreport_accepted_says_what_was_done",
            ),
            implies_constraint(
                Q(state=ErrorReportState.DECLINED.value),
                all_filled("answer"),
                "errorreport_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(self.text[:200].split())[:80]

    def get_absolute_url(self) -> str:
        return reverse("error-report", args=[self.key])

    @property
    def kind(self) -> str:
        return next(kind for kind in REPORTED_KINDS if getattr(self, f"{kind}_id") is not None)

    @property
    def record(self) -> Any:
        return getattr(self, self.kind)

    @property
    def is_waiting(self) -> bool:
        return self.state == ErrorReportState.WAITING
