"""The public form of a record: everything that readers can see of it, as plain JSON.

The ledger contains these forms.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from claims.domain.vocabulary import Status
from claims.records.accounts import AccountRefs, account_paths, account_refs, accounts_of_parts
from claims.records.json_values import json_value
from claims.records.record_kind import (
    TOMBSTONE_COLUMNS,
    WITHDRAWAL_COLUMNS,
    Form,
    RecordKind,
)
from claims.records.registry import RECORD_KINDS


@dataclass(frozen=True, slots=True)
class PublicForm:
    """The subject of a row in the ledger, and its form.

    The form is None if the row was never published or is a draft again. `accounts` says who did what; it is read on
    request, and no reader sees it.
    """

    kind: str
    subject: str
    form: Form | None
    accounts: AccountRefs = field(default_factory=dict)


def public_forms_of(
    kind_name: str, keys: Collection[int] | QuerySet[Any], *, with_accounts: bool = False
) -> dict[int, PublicForm]:
    """The public form of each row, by key, in a fixed number of queries."""
    kind = RECORD_KINDS[kind_name]
    columns = kind.public_columns()
    paths = [*columns.values(), *(account_paths(kind.model) if with_accounts else ())]
    rows = list(kind.model._base_manager.filter(pk__in=keys).order_by("pk").values("pk", *paths))
    found = [row["pk"] for row in rows]
    extra = kind.extra_values(found)
    forms = {
        row["pk"]: _public_form(
            kind, {name: json_value(row[path]) for name, path in columns.items()}, extra[row["pk"]]
        )
        for row in rows
    }
    if with_accounts:
        of_parts = accounts_of_parts(kind, found)
        for row in rows:
            accounts = account_refs(kind.model, row) | of_parts[row["pk"]]
            forms[row["pk"]] = replace(forms[row["pk"]], accounts=accounts)
    return forms


def _public_form(kind: RecordKind, values: Form, extra: Form) -> PublicForm:
    form = kind.without_defaults(values) | extra
    subject = kind.subject_of(form)
    if kind.is_publishable:
        if form["status"] == Status.WITHDRAWN:
            return PublicForm(kind.name, subject, {name: form[name] for name in TOMBSTONE_COLUMNS})
        if form["status"] != Status.PUBLISHED:
            return PublicForm(kind.name, subject, None)
        form = {name: value for name, value in form.items() if name not in WITHDRAWAL_COLUMNS}
    return PublicForm(kind.name, subject, form)
