"""The columns that say who did something: which there are, and the accounts that rows and their parts name."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from .record_kind import Part, RecordKind

AccountRef = tuple[int, str | None]  # the key of an account, and the key by which the ledger holds it
AccountRefs = dict[str, AccountRef | list[AccountRef]]  # by column, or by the name of a part


def account_columns(model: type[Model]) -> list[str]:
    """The columns that say who did something."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is User]


def account_paths(model: type[Model]) -> list[str]:
    """What `account_refs` reads."""
    return [path for name in account_columns(model) for path in (name, f"{name}__public_name__key")]


def account_refs(model: type[Model], row: Mapping[str, Any]) -> dict[str, AccountRef]:
    """The accounts that a row names."""
    return {
        name: (row[name], row[f"{name}__public_name__key"])
        for name in account_columns(model)
        if row[name] is not None
    }


def names_accounts(kind: RecordKind) -> bool:
    """Whether the rows of a kind, or their parts, say who did something."""
    return any(account_columns(model) for model in (kind.model, *(part.model for part in kind.parts)))


def accounts_of_parts(kind: RecordKind, keys: list[int]) -> dict[int, AccountRefs]:
    """The accounts in the parts of each row, in the order of the parts."""
    found: dict[int, AccountRefs] = {key: {} for key in keys}
    for part in kind.parts:
        if account_columns(part.model):
            for key, refs in _accounts_of_part(part, keys).items():
                found[key][part.form_name] = refs
    return found


def _accounts_of_part(part: Part, keys: list[int]) -> dict[int, list[AccountRef]]:
    found: dict[int, list[AccountRef]] = {key: [] for key in keys}
    rows = part.model._base_manager.filter(**{f"{part.owner}__in": keys}).order_by(*part.order)
    for row in rows.values(part.owner, *account_paths(part.model)):
        found[row[part.owner]] += account_refs(part.model, row).values()
    return found
