"""The value of one cell, read as the form of the desk reads what is typed into the field."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.domain.dates import ARABIC_DIGITS, PartialDate
from claims.domain.slugs import is_slug, normalize_slug
from claims.models.fields import PartialDateField, read_typed_date
from claims.models.slug_field import RecordSlugField
from claims.records.json_values import json_value
from claims.text.search_terms import fold_text

from .fixture_file import has_unstorable_letters, related_model
from .table_references import TableReferences

YES: Final = frozenset({"yes", "y", "true", "1", "x", "نعم"})
NO: Final = frozenset({"no", "n", "false", "0", "", "لا"})
_LIST_MARKS: Final = re.compile(r"[;؛|\n]")


class CellFault(Exception):
    """Says what is wrong with a cell."""


def read_cell(one: "models.Field[Any, Any]", text: str, references: TableReferences) -> Any:
    """The value; of a field with several rows, their list. Raises CellFault."""
    if has_unstorable_letters(text):
        raise CellFault(_("It holds a character that cannot be stored. Type it anew."))
    if one.many_to_many:
        return [_refer(one, each, references) for each in listed_values(text)]
    if not text:
        return _value_when_empty(one)
    if related_model(one):
        return _refer(one, text, references)
    if isinstance(one, models.BooleanField):
        return read_yes_or_no(text)
    if one.choices:
        return _read_choice(one, text)
    return _read_plain(one, text)


def listed_values(text: str) -> list[str]:
    return [part for each in _LIST_MARKS.split(text) if (part := each.strip())]


def read_yes_or_no(text: str) -> bool:
    folded = text.strip().lower()
    if folded in YES or folded in NO:
        return folded in YES
    raise CellFault(_("Write yes or no."))


def asked_texts(one: "models.Field[Any, Any]", text: str) -> Iterator[str]:
    """What a cell names of other records."""
    if related_model(one) and text:
        yield from listed_values(text) if one.many_to_many else [text]


def plain_value(value: Any) -> Any:
    """As JSON keeps it, to compare it with what a later table gives."""
    if isinstance(value, list):
        return sorted(row.pk for row in value if row.pk)
    return value.pk if isinstance(value, models.Model) else json_value(value)


def _value_when_empty(one: Any) -> Any:
    if one.has_default():
        return one.get_default()
    return None if one.null or related_model(one) or isinstance(one, PartialDateField) else ""


def _refer(one: Any, text: str, references: TableReferences) -> Any:
    found, words = references.find(one.remote_field.model, text)
    if words:
        raise CellFault(words)
    return found


@cache
def _choices_by_word(one: Any) -> dict[str, Any]:
    """The values by their own spelling and by their labels in each language of the site."""
    found: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {fold_text(str(label)): value for value, label in one.flatchoices}
    return found | {fold_text(str(value)): value for value, _label in one.flatchoices}


def _read_choice(one: Any, text: str) -> Any:
    words = _choices_by_word(one)
    folded = fold_text(text.translate(ARABIC_DIGITS))
    if folded not in words:
        listed = "; ".join(f"{value} ({label})" for value, label in one.flatchoices)
        raise CellFault(_("“%(text)s” is none of its values. Choose among: %(listed)s.") % {
            "text": text[:80], "listed": listed})  # fmt: skip
    return words[folded]


def _read_plain(one: Any, text: str) -> Any:
    try:
        if isinstance(one, PartialDateField):
            return read_typed_date(text)
        if isinstance(one, models.DateField):
            return _read_day(text)
        if isinstance(one, models.DecimalField | models.IntegerField):
            return one.to_python(text.translate(ARABIC_DIGITS).replace("٫", ".").replace("−", "-"))
    except ValidationError as error:
        raise CellFault(" ".join(error.messages)) from None
    return normalize_slug(text) if isinstance(one, RecordSlugField) and not is_slug(text) else text


def _read_day(text: str) -> Any:
    period: PartialDate = read_typed_date(text)
    if period.first != period.last:
        raise CellFault(_("Write a day, such as 2021-10-13."))
    return period.first
