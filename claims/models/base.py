"""What models share: choices, constraints, slugs, authorship and publication."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connections, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.slugs import make_slug
from claims.domain.vocabulary import Status

from .old_address import OldAddress
from .one_person import OnePersonMarked
from .slug_field import RecordSlugField

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def term_choices(terms: type[Enum]) -> list[tuple[Any, Any]]:
    """Choices for a field: plain values with translatable labels, so that migrations do not import the domain."""
    return [(term.value, _(term.label)) for term in terms]  # type: ignore[attr-defined]


def one_of_constraint(field: str, terms: type[Enum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [term.value for term in terms]}), name=name)


def all_filled(*fields: str) -> Q:
    """The condition that none of the text fields is empty."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return condition


def implies_constraint(if_: Q, then: Q, name: str) -> models.CheckConstraint:
    """The constraint that `if_` implies `then`."""
    return models.CheckConstraint(condition=~if_ | then, name=name)


def exactly_one_of(*fields: str) -> Q:
    """The condition that one of the references is set and the others are not."""
    condition = Q()
    for one in fields:
        condition |= Q(**{f"{field}__isnull": field != one for field in fields})
    return condition


def web_address_constraint(field: str, name: str) -> models.CheckConstraint:
    """The constraint that a page can link the address: nothing, or http or https; never a script."""
    is_web = Q(**{f"{field}__istartswith": "http://"}) | Q(**{f"{field}__istartswith": "https://"})
    return models.CheckConstraint(condition=Q(**{field: ""}) | is_web, name=name)


def account_field(label: Any) -> "models.ForeignKey[User | None, User | None]":
    """A foreign key to the account that did something. Actions write it, no form has it. Accounts are never deleted."""
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
    """A manager that finds a row by its slug in fixtures."""

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class DescendantKeys(models.Func):
    """SQL for the given key and those of all rows below it, at any depth. UNION stops the recursion at a cycle."""

    template = (
        "(WITH RECURSIVE inside(id) AS (SELECT CAST(%(expressions)s AS bigint)"
        " UNION SELECT node.id FROM %(table)s node JOIN inside ON node.parent_id = inside.id) SELECT id FROM inside)"
    )

    def __init__(self, key: Any, model: type[models.Model]) -> None:
        super().__init__(key, table=model._meta.db_table, output_field=models.BigIntegerField())


class NestedManager(NaturalManager):
    """The manager of topics and places, which may be inside another of their kind."""

    def within(self, node: models.Model) -> models.QuerySet[Any]:
        """The node and all its descendants."""
        return self.filter(pk__in=DescendantKeys(models.Value(node.pk), self.model))

    def holding(self, rows: models.QuerySet[Any], field: str) -> models.QuerySet[Any]:
        """The nodes to which a row refers by the field, and the ancestors of these nodes."""
        inside = DescendantKeys(models.OuterRef("pk"), self.model)
        return self.filter(models.Exists(rows.order_by().filter(**{f"{field}__in": inside})))

    def counts_within(self, pairs: models.QuerySet[Any]) -> dict[int, int]:
        """The number of rows in each node and its descendants. `pairs` holds a row's key and a node's key."""
        try:
            sql, params = pairs.order_by().query.get_compiler(pairs.db).as_sql()
        except EmptyResultSet:  # the result is empty without a query
            return {}
        table = self.model._meta.db_table
        with connections[pairs.db].cursor() as cursor:
            cursor.execute(
                f"WITH RECURSIVE held(record, node) AS ({sql} UNION SELECT held.record, outer_node.parent_id "  # noqa: S608
                f"FROM held JOIN {table} outer_node ON outer_node.id = held.node "
                "WHERE outer_node.parent_id IS NOT NULL) SELECT node, count(*) FROM held GROUP BY node",
                params,
            )
            return dict(cursor.fetchall())

    def ancestor_keys(self, keys: Iterable[int]) -> set[int]:
        """The keys and those of all ancestors."""
        found = set(keys)
        edge = found
        while edge:
            parents = self.filter(pk__in=edge, parent__isnull=False).values_list("parent", flat=True)
            edge = set(parents) - found
            found |= edge
        return found


class Slugged(models.Model):
    """A record with a slug. Without one, it is made from the title."""

    slug = RecordSlugField(
        _("address"),
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

    def clean(self) -> None:
        super().clean()
        led_on = (
            OldAddress.objects.filter(kind=self._meta.model_name, slug=self.slug).first()
            if self.slug
            else None
        )
        if led_on and self._state.adding:
            raise ValidationError(
                {"slug": gettext("This address leads to “%(slug)s” for ever.") % {"slug": led_on.leads_to}}
            )

    def natural_key(self) -> tuple[str, ...]:
        return (self.slug,)

    def slug_candidates(self) -> Iterator[str]:
        """Addresses made from the title, the best first."""
        stem = make_slug(str(getattr(self, self.slug_source))) or self._meta.model_name or "x"
        yield stem
        yield from (f"{stem}-{n}" for n in count(2))

    def _free_slug(self) -> str:
        stem = next(self.slug_candidates())
        taken = set(type(self)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
        led_on = OldAddress.objects.filter(kind=self._meta.model_name, slug__startswith=stem)
        taken |= set(led_on.values_list("slug", flat=True))
        return next(slug for slug in self.slug_candidates() if slug not in taken)


class Authored(models.Model):
    """A record that stores who entered it and when it was last changed."""

    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    created_by = account_field(_("entered by"))
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    changed_by = account_field(_("last changed by"))

    class Meta:
        abstract = True


class PublishableQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """The published records. No others exist outside the desk."""
        return self.filter(**{f"{path}status": Status.PUBLISHED for path in self.model.published_with})

    def visible_on(self, day: date) -> Self:
        """The published records that were known by the day. A month or a year counts from its last day."""
        return self.published().known_by(day)

    def known_by(self, day: date) -> Self:
        return self.filter(**{f"{self.model.known_from}__last__lte": day.isoformat()})


class Publishable(OnePersonMarked, Authored):
    """A record that goes from draft to review to published, perhaps withdrawn. Each decision stores who and when."""

    # Written only by `actions.publishing` and by an accepted revision.
    decided = (
        "status", "submitted_at", "submitted_by", "published_at", "published_by", "approved_by",
        "withdrawn_at", "withdrawn_by", "withdrawal_reason", "by_one_person",
    )  # fmt: skip

    # The one rule of who sees a row, from which queries, pages and the search index are made: the paths to the rows
    # that have to be published, and the path to the date from which it is known.
    published_with: tuple[str, ...] = ("",)
    known_from: str

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
    # Who approved the current content: the publisher, later whoever accepted the last revision.
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
            # With IS NOT NULL, because a check whose result is NULL accepts the row.
            implies_constraint(
                Q(status=Status.PUBLISHED.value),
                Q(created_by__isnull=False) & (~Q(published_by=F("created_by")) | Q(by_one_person=True)),
                "%(class)s_published_by_a_second_person",
            ),
            implies_constraint(
                Q(status=Status.PUBLISHED.value),
                Q(changed_by__isnull=False, approved_by__isnull=False)
                & (~Q(approved_by=F("changed_by")) | Q(by_one_person=True)),
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

    @property
    def is_visible(self) -> bool:
        """Whether it is published, and the record that it was drawn from is too."""
        rows = [self if not path else getattr(self, path.removesuffix("__")) for path in self.published_with]
        return all(row.status == Status.PUBLISHED for row in rows)
