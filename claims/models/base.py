"""What the nouns share: choices from the vocabulary, slugs, authorship, and the way to the public."""

from enum import Enum
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def term_choices(terms: type[Enum]) -> list[tuple[Any, Any]]:
    """Plain values with translatable labels, so that migrations never import the domain."""
    return [(term.value, _(term.label)) for term in terms]  # type: ignore[attr-defined]


def one_of_constraint(field: str, terms: type[Enum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [term.value for term in terms]}), name=name)


def all_filled(*fields: str) -> Q:
    """That none of the text fields is empty."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return condition


def implies_constraint(if_: Q, then: Q, name: str) -> models.CheckConstraint:
    """The constraint that `if_` implies `then`."""
    return models.CheckConstraint(condition=~if_ | then, name=name)


def account_field(label: Any) -> "models.ForeignKey[User | None, User | None]":
    """Who did something; written by actions and never typed. Accounts are deactivated, not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )


class NaturalManager(models.Manager[Any]):
    """Finds a row by what `Meta.natural` names, so that fixtures read well."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class Slugged(models.Model):
    """Has an address of its own, made from its title when none is given."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("The end of its web address. Leave empty to make one from the title."),
    )

    slug_source = "name"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self._free_slug()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "slug"}
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str, ...]:
        return (self.slug,)

    def _free_slug(self) -> str:
        stem = slugify(str(getattr(self, self.slug_source)))[:70].strip("-") or self._meta.model_name or "x"
        taken = set(type(self)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
        return next(
            slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
        )


class Authored(models.Model):
    """Remembers who entered it and when it last changed."""

    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    created_by = account_field(_("entered by"))
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    changed_by = account_field(_("last changed by"))

    class Meta:
        abstract = True


class PublishableQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """What everyone may see; everything else does not exist outside the desk."""
        return self.filter(status=Status.PUBLISHED)


class Publishable(Authored):
    """Draft, in review, published, then perhaps withdrawn: each decision with its who and when."""

    # Written by the steps of `actions.publishing` and by an accepted revision, and by nothing else.
    decided = (
        "status", "submitted_at", "submitted_by", "published_at", "published_by", "approved_by",
        "withdrawn_at", "withdrawn_by", "withdrawal_reason",
    )  # fmt: skip

    status = models.CharField(
        _("status"),
        max_length=12,
        choices=term_choices(Status),
        default=Status.DRAFT.value,
        editable=False,
    )
    submitted_at = models.DateTimeField(_("sent to review"), null=True, blank=True, editable=False)
    submitted_by = account_field(_("sent to review by"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = account_field(_("published by"))
    # Who let through what stands there now: its publisher, then whoever accepted the last revision.
    approved_by = account_field(_("approved by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_by = account_field(_("withdrawn by"))
    withdrawal_reason = models.TextField(_("reason of withdrawal"), blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            one_of_constraint("status", Status, "%(class)s_status_known"),
            implies_constraint(
                Q(status=Status.PUBLISHED.value),
                Q(published_at__isnull=False, published_by__isnull=False),
                "%(class)s_published_has_who_and_when",
            ),
            # Spelled with IS NOT NULL: a check that is neither true nor false lets the row in.
            implies_constraint(
                Q(status=Status.PUBLISHED.value),
                Q(created_by__isnull=False) & ~Q(published_by=F("created_by")),
                "%(class)s_published_by_a_second_person",
            ),
            implies_constraint(
                Q(status=Status.PUBLISHED.value),
                Q(changed_by__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("changed_by")),
                "%(class)s_text_approved_by_a_second_person",
            ),
            implies_constraint(
                Q(status=Status.IN_REVIEW.value),
                Q(submitted_at__isnull=False, submitted_by__isnull=False),
                "%(class)s_in_review_has_who_and_when",
            ),
            implies_constraint(
                Q(status=Status.WITHDRAWN.value),
                Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & all_filled("withdrawal_reason"),
                "%(class)s_withdrawn_has_who_when_why",
            ),
        ]

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED
