from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import ClaimKind, DueState, Reporting, Settlement, Status
from claims.text.pasted_spans import own_letters, own_letters_of_pieces
from claims.text.spans import carries_negation, misquoted_piece

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
from .claim_faults import claim_faults
from .fields import PartialDateField, period_in_order
from .place import Place
from .statement import Statement
from .topic import Topic
from .translated import Translated

WORDS = ("kind", "quote", "governing_words")


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
        _("how this is tested"),
        blank=True,
        help_text=_(
            "What we would look at, and what we would have to see, to call it right or wrong. A claim that cannot be "
            "checked needs none."
        ),
    )
    answer = models.TextField(
        _("what happened"),
        blank=True,
        help_text=_("The answer in plain prose, at most 40 words: what happened, and nothing about scores."),
    )
    uncheckable_reason = models.TextField(
        _("why it cannot be checked"),
        blank=True,
        help_text=_(
            "Only if it cannot be checked: too vague, an opinion, about what nobody can know. Readers see the reason, "
            "and no score."
        ),
    )
    valid_from = PartialDateField(
        _("judged from"),
        null=True,
        blank=True,
        help_text=_("The first day whose events count: the start of a term of office. Empty: no beginning."),
    )
    valid_until = PartialDateField(
        _("judged up to"),
        null=True,
        blank=True,
        help_text=_(
            "The last day whose events count: a deadline, the end of a term of office. Empty: open-ended."
        ),
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
        _("settled as"),
        max_length=12,
        blank=True,
        choices=term_choices(Settlement),
        help_text=_("Readers see it as the headline, with the gap beside it."),
    )
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = account_field(_("settled by"))

    # How the row stood when it was read: what was published before a rule goes on as it was.
    had_answer = False
    was_settled_without_outcome = False
    is_typed = False  # set where an editor types its words: they may have other quotation marks or spaces
    words_as_stored: tuple[Any, ...] = ()

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
                all_filled("quote") & (all_filled("criterion") | all_filled("uncheckable_reason")),
                "claim_published_is_complete",
            ),
            implies_constraint(
                all_filled("uncheckable_reason"),
                Q(settled_on__isnull=True),
                "claim_uncheckable_is_not_settled",
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

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **more: Any) -> "Claim":
        claim = super().from_db(db, field_names, values, **more)
        stored = claim.__dict__
        claim.had_answer = bool(stored.get("answer"))
        claim.was_settled_without_outcome = bool(stored.get("settled_on") and not stored.get("settled_as"))
        claim.words_as_stored = tuple(map(stored.get, WORDS))
        return claim

    @property
    def words_changed(self) -> bool:
        """Whether what it quotes, or that it denies something, differs from the row as it was read."""
        return self.words_as_stored != tuple(getattr(self, name) for name in WORDS)

    def clean(self) -> None:
        super().clean()
        if self.is_typed:
            self._take_letters_of_statement()
        if faults := claim_faults(self, self.said_in_statement()):
            raise ValidationError(faults)

    def _take_letters_of_statement(self) -> None:
        """Store pasted words as the statement has them: its quotation marks, spaces, dashes and line breaks."""
        if statement := self.said_in_statement():
            texts = statement.texts
            self.quote = own_letters(self.quote, texts) or self.quote
            if self.governing_words and misquoted_piece(self.governing_words, texts):
                self.governing_words = (
                    own_letters_of_pieces(self.governing_words, texts) or self.governing_words
                )

    def repeats_down_to(self, key: int) -> bool:
        """Whether it repeats the claim with this key, directly or through others."""
        seen, here = {self.pk}, self.repeats_id
        while here is not None and here not in seen:
            if here == key:
                return True
            seen.add(here)
            here = Claim.objects.filter(pk=here).values_list("repeats", flat=True).first()
        return False

    def said_in_statement(self) -> Statement | None:
        """Its statement, even if both are being entered and neither is stored yet; None if there is none."""
        known = self.statement_id or "statement" in self._state.fields_cache
        return self.statement if known else None

    def written_in(self, field: str) -> str:
        is_quoted = field in ("quote", "governing_words")
        return self.statement.language if is_quoted else super().written_in(field)

    @property
    def is_uncheckable(self) -> bool:
        """Whether its outcome is that it cannot be checked; then it has no score."""
        return bool(self.uncheckable_reason)

    @property
    def lacks_negation(self) -> bool:
        """Whether it denies something in words that do not, so that they need the words that govern them."""
        said = self.governing_words or self.quote
        return self.kind == ClaimKind.DENIAL and not carries_negation(said, self.statement.language)

    @property
    def quotation_field(self) -> str:
        """The field that readers see as the quotation."""
        return "governing_words" if self.governing_words else "quote"

    @property
    def is_reported(self) -> bool:
        """Whether the source reports its words without quoting them, so that no quotation marks stand around them."""
        return self.statement.reporting == Reporting.REPORTED or not self.statement.is_verbatim(self.quote)

    def settlement_on(self, day: date) -> Settlement | None:
        """How a commitment had been settled by a day; None where it was not, or where nobody has said how."""
        is_settled = self.settled_as and self.settled_on and self.settled_on <= day
        return Settlement(self.settled_as) if is_settled else None

    def due_state(self, as_of: date) -> DueState | None:
        """The state of a commitment on a day; None for other claims, and for what cannot be checked."""
        if self.kind != ClaimKind.COMMITMENT or self.is_uncheckable:
            return None
        if self.settled_on and self.settled_on <= as_of:
            return DueState.SETTLED
        if self.valid_until is None or as_of < self.valid_until.first:
            return DueState.NOT_DUE
        return DueState.DUE if as_of <= self.valid_until.last else DueState.OVERDUE
