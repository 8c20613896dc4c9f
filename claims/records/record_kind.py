"""The description of a kind of record. Each kind fills it in; everything else asks it instead of matching on types."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db.models import Expression, F, ForeignKey, Model, OrderBy, QuerySet
from django.db.models.fields import NOT_PROVIDED

from claims.domain.vocabulary import Act, Status
from claims.domain.workflow import PublishingCheck
from claims.models import Entry
from claims.models.base import Authored, Publishable, Slugged

from .json_values import json_value

Ref = tuple[str, str]  # the name of a kind, and the subject or the address of a record
Form = dict[str, Any]

# Columns that no public form holds: keys, accounts, the place that the desk keeps for itself, and what is computed.
PRIVATE_COLUMNS = frozenset({
    "id", "created_at", "created_by", "changed_at", "changed_by", "submitted_at", "submitted_by", "published_by",
    "approved_by", "withdrawn_by", "settled_by", "searched_by", "corrected_by", "rater", "exact_place", "institution",
    "address_key", "words_key", "was_public"})  # fmt: skip
TOMBSTONE_COLUMNS = ("slug", "status", "withdrawn_at", "withdrawal_reason")
WITHDRAWAL_COLUMNS = frozenset({"withdrawn_at", "withdrawal_reason"})
# What no revision changes: decisions, and what ties a record to its address. Editors do change the institution.
FROZEN_COLUMNS = PRIVATE_COLUMNS - {"institution"} | {
    "slug", "status", "published_at", "withdrawn_at", "withdrawal_reason", "by_one_person", "statement", "ratings",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A table whose rows stand in the public form of another record: ratings in a link, roles in a speaker."""

    model: type[Any]
    owner: str  # the foreign key to the record
    form_name: str
    order: tuple[str | OrderBy, ...]
    original_columns: tuple[str, ...]
    claims_paths: tuple[str, ...] = ()  # from a claim to the part, if a change of it moves the claim's gap
    is_later: bool = False  # came after the ledger began: left out of a form that has no such part

    def forms_of(self, keys: list[int]) -> dict[int, list[Form]]:
        """The parts of each record, in one query."""
        columns = public_columns(self.model, but=self.owner)
        found: dict[int, list[Form]] = {key: [] for key in keys}
        rows = self.model._base_manager.filter(**{f"{self.owner}__in": keys}).order_by(*self.order)
        for row in rows.values(self.owner, *columns.values()):
            values = {name: json_value(row[column]) for name, column in columns.items()}
            found[row[self.owner]].append(
                without_defaults(values, self.model, frozenset(self.original_columns))
            )
        return found


class RecordKind:
    """One kind. Attributes say what is so for every row; methods answer for given rows."""

    name: ClassVar[str]  # in the ledger, in addresses and in JSON
    model: ClassVar[type[Any]]
    # The public columns from the time when the ledger began. They are always written. Never add to them: a column
    # that came later is left out of a form while it holds its default, so that earlier entries still hold.
    original_columns: ClassVar[frozenset[str]]
    title_field: ClassVar[str] = "name"
    has_page: ClassVar[bool] = False
    is_reference: ClassVar[bool] = False  # public while something public refers to it
    is_bound: ClassVar[bool] = False  # public only while what it belongs to is
    parts: ClassVar[tuple[Part, ...]] = ()
    related_slugs: ClassVar[tuple[str, ...]] = ()  # many-to-many fields whose addresses stand in the form
    history_stands_with: ClassVar[tuple[str, ...]] = ()  # the kinds in whose history its entries stand
    hidden_in_diff: ClassVar[frozenset[str]] = frozenset()
    act_when_new: ClassVar[Act] = Act.REVISE
    claims_paths: ClassVar[
        tuple[str, ...]
    ] = ()  # from a claim to the record, if a change of it moves its gap
    is_revised: ClassVar[bool] = False  # what readers see is changed by a proposal
    decision_permission: ClassVar[str] = ""
    private_revised: ClassVar[
        tuple[str, ...]
    ] = ()  # references that a proposal changes and readers do not see
    merge_permission: ClassVar[str] = ""  # of whoever makes one record of two
    official_words: ClassVar[frozenset[str]] = frozenset()  # a change of them owes readers a notice
    fixed_ends: ClassVar[frozenset[str]] = frozenset()  # columns that stay once the record is public
    checked_with: ClassVar[tuple[str, ...]] = ()  # the records that its checks and its name are made of
    changes_with_reason: ClassVar[bool] = False  # at once, without a second person, but not without a reason
    keeps_its_wording: ClassVar[bool] = False  # once public, only its translations change
    is_graded: ClassVar[bool] = False  # by each editor for themselves
    hides_place: ClassVar[bool] = False  # readers may see a coarser place than the desk
    keeps_earlier_grades: ClassVar[bool] = False  # a change of the grade is dated, for scores of earlier days
    signed_in: ClassVar[str] = ""  # the column of whoever did what the record tells of, unless they are named

    # Names -----------------------------------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        """What readers call the kind, in the language of the thread."""
        return str(self.model._meta.verbose_name)

    @property
    def is_publishable(self) -> bool:
        """Whether its rows go through drafts and review to the public."""
        return issubclass(self.model, Publishable)

    @property
    def has_address(self) -> bool:
        return issubclass(self.model, Slugged)

    @property
    def is_authored(self) -> bool:
        """Whether its rows say who entered and who changed them."""
        return issubclass(self.model, Authored)

    @property
    def decided_columns(self) -> tuple[str, ...]:
        """The columns that steps and accepted proposals write, and no save."""
        return getattr(self.model, "decided", ())

    def subject_of(self, form: Form) -> str:
        """How the ledger names a record: its address, or the addresses of what it ties together."""
        return str(form["slug"])

    def subject_expression(self) -> Expression | F:
        """The same, for the database."""
        return F("slug")

    def subjects_of(self, keys: Iterable[int]) -> QuerySet[Any, Any]:
        """How the ledger names the rows, as a query within another one."""
        rows = self.model._base_manager.filter(pk__in=keys).order_by()
        return rows.annotate(told_as=self.subject_expression()).values("told_as")

    def refs_in(self, entry: Entry) -> list[Ref]:
        """The records that have to be public for an entry's content to be, the one to link to first."""
        return [(self.name, entry.subject)]

    # Public form ------------------------------------------------------------------------------------------------------

    def public_columns(self) -> dict[str, str]:
        """The name in the form of each public column, and the path that reads its value."""
        return public_columns(self.model)

    def extra_values(self, keys: list[int]) -> dict[int, Form]:
        """What the form of each row draws from other tables."""
        found: dict[int, Form] = {key: {} for key in keys}
        for name in self.related_slugs:
            rows = self.model._base_manager.filter(pk__in=keys, **{f"{name}__isnull": False})
            for key in keys:
                found[key][name] = []
            for key, slug in rows.order_by(f"{name}__slug").values_list("pk", f"{name}__slug"):
                found[key][name].append(slug)
        for part in self.parts:
            for key, forms in part.forms_of(keys).items():
                if forms or not part.is_later:
                    found[key][part.form_name] = forms
        return found

    def without_defaults(self, form: Form) -> Form:
        """The form without later columns at their default, which equal absent ones."""
        short = without_defaults(form, self.model, self.original_columns)
        for part in self.parts:
            if isinstance(rows := short.get(part.form_name), list):
                original = frozenset(part.original_columns)
                short[part.form_name] = [without_defaults(row, part.model, original) for row in rows]
        return short

    def is_same_form(self, one: Form | None, other: Form | None) -> bool:
        """Whether two forms say the same, whichever columns there were when each was made."""
        if one is None or other is None:
            return one is other
        return self.without_defaults(one) == self.without_defaults(other)

    def default_of(self, column: str) -> Any:
        """The value that an absent column stands for."""
        return later_defaults(self.model, self.original_columns).get(column)

    # Which rows -------------------------------------------------------------------------------------------------------

    def ledger_rows(self) -> QuerySet[Any]:
        """The rows that the ledger has to tell of: those that readers see or saw, or that such a row refers to."""
        return self.model._base_manager.all()

    def published_rows(self) -> QuerySet[Any]:
        """The rows that stand published now."""
        return self.ledger_rows()

    def visible_rows(self, day: date) -> QuerySet[Any]:
        """The rows that readers see as of a day."""
        raise LookupError(
            f"{type(self).__name__} in {type(self).__module__} does not say which rows readers see"
        )

    # What a change of a row concerns ----------------------------------------------------------------------------------

    def ledger_keys(self, among: Iterable[int] | None = None) -> set[int]:
        rows = self.ledger_rows() if among is None else self.ledger_rows().filter(pk__in=among)
        return set(rows.order_by().values_list("pk", flat=True))

    def with_ancestors(self, keys: Iterable[int]) -> set[int]:
        """The rows and those that they lie within."""
        return set(keys)

    def touched_rows(self, record: Any, columns: Collection[str] | None = None) -> dict[str, set[int]]:
        """The rows, by kind, whose public form or presence a change of the record can alter.

        `columns` are those that change in a record that stays public; None where its presence changes.
        """
        return {self.name: {record.pk}}

    def fill_in(self, record: Any, by: User) -> None:
        """Set what nobody types: whose work the record tells of."""
        if self.signed_in and getattr(record, f"{self.signed_in}_id") is None:
            setattr(record, self.signed_in, by)

    def act_when_touched(self, act: Act) -> Act:
        """What happens to a record because of an act on another."""
        return Act.REFER if self.is_reference else act

    def notice_page(self, record: Any) -> Any:
        """The public record on whose page a notice about this one stands."""
        return None


class PublishableKind(RecordKind):
    """Statements, claims, evidence: drafted, reviewed, published, withdrawn."""

    has_page = True
    is_revised = True
    bound_rows: ClassVar[dict[str, type[Any]]] = {}  # kinds that refer to it and are public only with it
    referred: ClassVar[dict[str, str]] = {}  # columns, each with the kind that it makes public
    checks: ClassVar[tuple[PublishingCheck, ...]]  # what its publisher may say they have checked

    def ledger_rows(self) -> QuerySet[Any]:
        return self.model._base_manager.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN])

    def published_rows(self) -> QuerySet[Any]:
        return self.model._base_manager.filter(status=Status.PUBLISHED)

    def visible_rows(self, day: date) -> QuerySet[Any]:
        return self.model.objects.visible_on(day)

    def touched_rows(self, record: Any, columns: Collection[str] | None = None) -> dict[str, set[int]]:
        found = {self.name: {record.pk}}
        if columns is None:
            for kind, model in self.bound_rows.items():
                found[kind] = _keys_of(model.objects.filter(**{self.name: record}))
        for column, kind in self.referred.items():
            if columns is None or column in columns:
                found[kind] = found.get(kind, set()) | _referred_keys(record, column)
        return found

    def notice_page(self, record: Any) -> Any:
        return record


def _referred_keys(record: Any, column: str) -> set[int]:
    if record._meta.get_field(column).many_to_many:
        return _keys_of(getattr(record, column).all())
    return {key for key in (getattr(record, f"{column}_id"),) if key is not None}


def _keys_of(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


# Columns --------------------------------------------------------------------------------------------------------------


def public_columns(model: type[Model], but: str = "") -> dict[str, str]:
    """All columns but the private ones, so that a new column is public until somebody says that it is not."""
    names = {field.name: column_path(field) for field in model._meta.concrete_fields}
    return {name: path for name, path in names.items() if name not in PRIVATE_COLUMNS and name != but}


def column_path(field: Any) -> str:
    # Every record that another refers to publicly has an address.
    return f"{field.name}__slug" if isinstance(field, ForeignKey) else field.name


def default_value(field: Any) -> Any:
    """The default of a column as a form has it."""
    if field.default is NOT_PROVIDED and field.db_default is not NOT_PROVIDED:
        return json_value(getattr(field.db_default, "value", field.db_default))
    return json_value(field.get_default())


def later_defaults(model: type[Model], original: frozenset[str]) -> Form:
    """The public columns that came after the ledger began, each with its default."""
    return {
        field.name: default_value(field)
        for field in model._meta.concrete_fields
        if field.name not in original and field.name not in PRIVATE_COLUMNS
    }


def without_defaults(form: Mapping[str, Any], model: type[Model], original: frozenset[str]) -> Form:
    defaults = later_defaults(model, original)
    return {name: value for name, value in form.items() if name not in defaults or value != defaults[name]}
