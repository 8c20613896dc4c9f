from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import ClaimKind, DueState, Settlement, Status

from .base import (
    Publishable,
    PublishableQuerySet,
    Slugged,
    account_field,
    all_filled,
    implies_constraint,
    one_of_constraint,
    term_choices,
)
from .fields import PartialDateField, period_in_order
from .place import Place
from .statement import Statement
from .topic import Topic
from .translated import Translated


class ClaimManager(models.Manager.from_queryset(PublishableQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, slug: str) -> "Claim":
        return self.get(slug=slug)


class Claim(Slugged, Translated, Publishable):
    """One checkable proposition, selected from a statement by its span."""

    slug_source = "proposition"
    published_with = ("", "statement__")
    known_from = "statement__said_on"
    translatable = (
        "proposition", "quote", "governing_words", "criterion", "answer", "uncheckable_reason", "settlement",
    )  # fmt: skip

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="claims", verbose_name=_("statement")
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Its place among the statement's claims.")
    )
    proposition = models.CharField(_("the claim, one checkable proposition"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=term_choices(ClaimKind))
    quote = models.TextField(
        _("span"),
        blank=True,
        help_text=_(
            "The words of the statement that carry this claim, and no more; copied letter for letter."
        ),
    )
    governing_words = models.TextField(
        _("span with the words that govern it"),
        blank=True,
        help_text=_(
            "Where the span alone would say something else: “What we have not done … is to … [have] lifted a single "
            "sanction”. … marks what is left out, [ ] a word that we put in; all else is letter for letter."
        ),
    )
    criterion = models.TextField(
        _("what would settle it"),
        blank=True,
        help_text=_("What we would look at, and what we would have to see, to call it right or wrong."),
    )
    answer = models.TextField(
        _("what happened"),
        blank=True,
        help_text=_("The answer in plain prose, at most 40 words: what happened, and nothing about scores."),
    )
    uncheckable_reason = models.TextField(
        _("why it cannot be checked"),
        blank=True,
        help_text=_("Too vague, an opinion, about what nobody can know. With a reason here it has no score."),
    )
    valid_from = PartialDateField(
        _("speaks from"),
        null=True,
        blank=True,
        help_text=_("The first day its words speak for: the start of a term of office. Empty: no beginning."),
    )
    valid_until = PartialDateField(
        _("speaks until"),
        null=True,
        blank=True,
        help_text=_("The last day its words speak for: a deadline, a term of office. Empty: open-ended."),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims", verbose_name=_("topics"))
    places = models.ManyToManyField(Place, blank=True, related_name="claims", verbose_name=_("places"))
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repetitions",
        verbose_name=_("says again"),
        help_text=_(
            "The earlier claim that these words say again, with other words, another target or deadline."
        ),
    )
    settlement = models.TextField(
        _("settlement"), blank=True, help_text=_("For a commitment: how it was settled, and why we say so.")
    )
    settled_as = models.CharField(
        _("settled as"), max_length=12, blank=True, choices=term_choices(Settlement)
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = account_field(_("settled by"))

    objects = ClaimManager()

    class Meta(Publishable.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("statement", "position", "pk")
        permissions = [("publish_claim", "Can publish claims"), ("withdraw_claim", "Can withdraw claims")]
        constraints = [
            *Publishable.Meta.constraints,
            one_of_constraint("kind", ClaimKind, "claim_kind_known"),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("id")), name="claim_repeats_another"
            ),
            period_in_order("valid_from", "claim_valid_from_in_order"),
            period_in_order("valid_until", "claim_valid_until_in_order"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__first__lte=F("valid_until__last")),
                name="claim_valid_from_before_until",
            ),
            models.CheckConstraint(
                condition=Q(settled_as="") | Q(settled_as__in=[term.value for term in Settlement]),
                name="claim_settled_as_known",
            ),
            implies_constraint(
                all_filled("settled_as"), Q(settled_on__isnull=False), "claim_settled_as_has_its_day"
            ),
            models.CheckConstraint(condition=all_filled("proposition"), name="claim_says_something"),
            implies_constraint(
                Q(status=Status.PUBLISHED.value),
                all_filled("quote", "criterion"),
                "claim_published_is_complete",
            ),
            implies_constraint(
                Q(settled_on__isnull=False),
                Q(settled_by__isnull=False) & all_filled("settlement"),
                "claim_settled_has_who_and_why",
            ),
            implies_constraint(
                ~Q(settled_on__isnull=False), Q(settlement=""), "claim_settlement_has_its_day"
            ),
            implies_constraint(
                Q(settled_on__isnull=False),
                Q(kind=ClaimKind.COMMITMENT.value),
                "claim_settled_is_a_commitment",
            ),
        ]

    def __str__(self) -> str:
        return self.proposition

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        errors = {}
        statement = self._said_in()
        if self.quote and statement and self.quote not in statement.text:
            errors["quote"] = gettext(
                "These words do not stand in the statement. Copy the span from it, letter for letter."
            )
        if self.settled_on and self.kind != ClaimKind.COMMITMENT:
            errors["settled_on"] = gettext(
                "Only a commitment is settled. Choose the kind “commitment” or empty the day."
            )
        if bool(self.settled_on) != bool(self.settlement):
            errors["settlement"] = gettext("A settlement has a day and a reason: give both or neither.")
        said_on = statement and statement.said_on
        if self.valid_until and isinstance(said_on, PartialDate) and self.valid_until.last < said_on.first:
            errors["valid_until"] = gettext("This is before the words were said.")
        if objection := self._objection_to_repeats(said_on):
            errors["repeats"] = objection
        if self.is_published and not (self.quote and self.criterion):
            errors["criterion"] = gettext("A published claim keeps its span and what would settle it.")
        if errors:
            raise ValidationError(errors)

    def _objection_to_repeats(self, said_on: object) -> str:
        """Why the claim cannot repeat the claim in `repeats`; empty if it can, or if it repeats none."""
        earlier = self.repeats
        if earlier is None:
            return ""
        if earlier.pk == self.pk:
            return gettext("A claim does not say itself again. Choose an earlier one.")
        if isinstance(said_on, PartialDate) and earlier.statement.said_on.first > said_on.last:
            return gettext("That claim was said later. Say there that it says this one again.")
        if self._state.adding is False and earlier.repeats_down_to(self.pk):
            return gettext(
                "That claim says this one again already, at once or by others: one of them came first."
            )
        if self.is_published and earlier.published_at is None:
            return gettext("Readers have never seen that claim. Publish it first.")
        return ""

    def repeats_down_to(self, key: int) -> bool:
        """Whether it repeats the claim with this key, directly or through others."""
        seen, here = {self.pk}, self.repeats_id
        while here is not None and here not in seen:
            if here == key:
                return True
            seen.add(here)
            here = Claim.objects.filter(pk=here).values_list("repeats", flat=True).first()
        return False

    def _said_in(self) -> Statement | None:
        """Its statement, even if both are being entered and neither is stored yet; None if there is none."""
        known = self.statement_id or "statement" in self._state.fields_cache
        return self.statement if known else None

    def written_in(self, field: str) -> str:
        return self.statement.language if field == "quote" else super().written_in(field)

    @property
    def excerpt(self) -> str:
        """The span for lists. An ellipsis before it marks that it begins inside a sentence."""
        return f"… {self.quote}" if self.quote[:1].islower() else self.quote

    def due_state(self, as_of: date) -> DueState | None:
        """The state of a commitment on a day; None for other kinds of claim."""
        if self.kind != ClaimKind.COMMITMENT:
            return None
        if self.settled_on and self.settled_on <= as_of:
            return DueState.SETTLED
        if self.valid_until is None or as_of < self.valid_until.first:
            return DueState.NOT_DUE
        return DueState.DUE if as_of <= self.valid_until.last else DueState.OVERDUE
