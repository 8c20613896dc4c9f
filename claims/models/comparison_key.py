"""Columns by which records are compared: the digest of another column's text, as it reads without what tells nothing.

A key is always that of the text on the row: nobody sets it, a file of records does not hold it, and no save forgets it.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from claims.domain.report_address import canonical_address
from claims.text.search_terms import fold_text

KEY_LENGTH: Final = 32  # letters: 128 bits in hexadecimal
# A change of these rules or of their names changes stored keys: it needs a migration as 0017_twin_keys.
NORMALIZERS: Final[dict[str, Callable[[str], str]]] = {"address": canonical_address, "words": fold_text}


def comparison_key(rule: str, text: str) -> str:
    """The key of a text; empty if nothing of it is compared."""
    normalized = NORMALIZERS[rule](text)
    return blake2b(normalized.encode(), digest_size=KEY_LENGTH // 2).hexdigest() if normalized else ""


class _KeyOfText(DeferredAttribute):
    """Computes the key from the text on the instance. Only where the text is deferred it gives what is stored."""

    field: "ComparisonKeyField"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None or not isinstance(text := instance.__dict__.get(self.field.of), str):
            return super().__get__(instance, owner)
        return comparison_key(self.field.rule, text)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class ComparisonKeyField(models.CharField):
    """The key of the column `of`. Migrations see a plain column of text."""

    descriptor_class = _KeyOfText

    def __init__(self, *args: Any, of: str = "", rule: str = "", **kwargs: Any) -> None:
        self.of, self.rule = of, rule
        kwargs |= {
            "max_length": KEY_LENGTH,
            "blank": True,
            "default": "",
            "editable": False,
            "serialize": False,
        }
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def key_columns(model: type[models.Model]) -> dict[str, ComparisonKeyField]:
    """The model's keys, by the names of their columns."""
    return {
        field.name: field for field in model._meta.concrete_fields if isinstance(field, ComparisonKeyField)
    }


def keys_of_values(model: type[models.Model], values: dict[str, Any]) -> dict[str, str]:
    """The keys that follow from new values of a row, for an update without an instance."""
    return {
        name: comparison_key(field.rule, values[field.of])
        for name, field in key_columns(model).items()
        if field.of in values
    }
