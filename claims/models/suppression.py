from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Outcome, SuppressionGround

from .base import all_filled, implies_constraint, one_of_constraint, term_choices
from .one_person import one_person_field


class Suppression(models.Model):
    """A text to be removed everywhere because of a court order or somebody's safety. Two people decide.

    The text itself is stored here only until the decision.
    """

    text = models.TextField(
        _("the text"), blank=True, help_text=_("Letter for letter, as short as it can be: a name, a phrase.")
    )
    ground = models.CharField(_("ground"), max_length=12, choices=term_choices(SuppressionGround))
    reason = models.TextField(
        _("reason"), help_text=_("Public, for as long as the site stands. Do not repeat the text in it.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=term_choices(Outcome), default=Outcome.PENDING.value
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
    by_one_person = one_person_field()

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        ordering = ("asked_at", "pk")
        permissions = [("decide_suppression", "Can decide on suppressions")]
        constraints = [
            one_of_constraint("outcome", Outcome, "suppression_outcome_known"),
            one_of_constraint("ground", SuppressionGround, "suppression_ground_known"),
            models.CheckConstraint(condition=all_filled("reason"), name="suppression_has_a_reason"),
            implies_constraint(
                Q(outcome=Outcome.PENDING.value), all_filled("text"), "suppression_pending_names_its_text"
            ),
            implies_constraint(
                ~Q(outcome=Outcome.PENDING.value),
                Q(text="", decided_by__isnull=False, decided_at__isnull=False),
                "suppression_decided_forgets_its_text",
            ),
            implies_constraint(
                Q(outcome=Outcome.ACCEPTED.value),
                ~Q(decided_by=F("asked_by")) | Q(by_one_person=True),
                "suppression_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:80]
