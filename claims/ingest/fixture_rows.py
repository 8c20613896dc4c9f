"""Makes rows of a fixture's records: reads the values, finds what they refer to, and validates each field."""

from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from itertools import chain, count
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist, ValidationError
from django.db.models import CharField, DateTimeField, Field, Model, TextField
from django.utils.text import slugify
from django.utils.timezone import is_naive, make_aware

from claims.models import ClaimGap, Entry, Grading, MethodChange, Snapshot
from claims.models.base import Slugged

from .field_checks import field_faults
from .fixture_file import (
    TOLD_ELSEWHERE,
    FixtureRecord,
    fixture_fields,
    has_unstorable_letters,
    related_model,
    show_value,
)

WRITTEN_BY_SOFTWARE = (
    ClaimGap,
    Entry,
    Grading,
    MethodChange,
    Snapshot,
)  # nobody types them; the ledger vouches for them
_ACCOUNT = (
    '{"model": "auth.user", "fields": {"username": "%s", "password": "!"}}'  # "!": nobody can sign in with it
)


class FixtureRows:
    """The rows of a load. Each is looked up once: in the load itself, or else on the site."""

    def __init__(self, records: list[FixtureRecord]) -> None:
        self._rows: dict[tuple[type[Model], Any], Model | None] = {}  # by natural key or by primary key
        self._makers: dict[tuple[type[Model], Any], FixtureRecord] = {}
        self._filled: dict[type[Model], bool] = {}
        self._addresses = {(record.model, record.values.get("slug")) for record in records}

    def build(self, record: FixtureRecord) -> tuple[Model, dict[str, list[Model]]] | None:
        """The row and what its many-to-many fields hold; None where the record lacks what a row cannot do without.

        Faults are noted in the record. The row has the primary key of the one on the site that it takes the place of.
        """
        values = {name: self._read(record, one) for name, one in fixture_fields(record.model).items()
                  if name in record.values}  # fmt: skip
        many = {
            one.name: values.pop(one.name) or []
            for one in record.model._meta.many_to_many
            if one.name in values
        }
        values = {name: value for name, value in values.items() if name not in record.faults}
        row = record.model(**values)
        self._take_key_from_file(record, row)
        missing = list(self._missing_fields(record, row, values))
        for name in missing:
            record.add_fault(name, _missing_words(record.model, name))
        if isinstance(row, Slugged) and not row.slug and row.slug_source not in record.faults:
            row.slug = record.name = self._free_address(row)
        if any(not _may_be_empty(record.model, name) for name in record.faults) or missing:
            self._remember(record, None, _key_as_written(record))
            return None
        if not self._find_predecessor(record, row):
            return None
        if not isinstance(row, WRITTEN_BY_SOFTWARE):
            _validate_fields(record, row)
        return row, {name: [each for each in rows if each is not None] for name, rows in many.items()}

    # Values ----------------------------------------------------------------------------------------------------------

    def _read(self, record: FixtureRecord, one: "Field[Any, Any]") -> Any:
        value, target = record.values[one.name], related_model(one)
        if has_unstorable_letters(value):
            record.add_fault(one.name, "It holds a character that no database can store. Take it out.")
        elif target is None:
            return _read_value(record, one, value)
        elif not one.many_to_many:
            return None if value is None else self._refer(record, one.name, target, value)
        elif isinstance(value, list):
            return [self._refer(record, one.name, target, each) for each in value]
        else:
            record.add_fault(one.name, f"{show_value(value)} is not a list of records, such as [["
                             '"first"], ["second"]].')  # fmt: skip
        return None

    def _refer(self, record: FixtureRecord, name: str, target: type[Model], value: Any) -> Model | None:
        if isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(p, list | dict) for p in value)
        ):
            record.add_fault(
                name, f'{show_value(value)} names no record. Write its address, such as ["first"].'
            )
            return None
        by_key = hasattr(target._default_manager, "get_by_natural_key") and isinstance(value, list | str)
        key = (tuple(value) if isinstance(value, list) else (value,)) if by_key else value
        row = self._find(target, key)
        if row is None and (target, key) not in self._makers:
            record.add_fault(name, self._not_found_words(target, value, key))
        elif row is None:
            record.add_fault(name, TOLD_ELSEWHERE)
        return row

    def _find(self, model: type[Model], key: Any) -> Model | None:
        if (model, key) not in self._rows:
            self._rows[model, key] = self._find_on_site(model, key)
        return self._rows[model, key]

    def _find_on_site(self, model: type[Model], key: Any) -> Model | None:
        manager: Any = model._default_manager
        if model not in self._filled:
            self._filled[model] = manager.exists()
        if not self._filled[model]:
            return None
        try:
            return manager.get_by_natural_key(*key) if isinstance(key, tuple) else manager.get(pk=key)
        except (ObjectDoesNotExist, MultipleObjectsReturned, TypeError, ValueError, ValidationError):
            return None  # TypeError: too many parts or too few

    def _not_found_words(self, target: type[Model], value: Any, key: Any) -> str:
        kind, shown = target._meta.verbose_name, show_key(key)
        if target is User:
            return (
                f"There is no account “{shown}”, neither in the file nor on this site. Create it on the site, or add "
                f"{_ACCOUNT % shown} to the file, or leave this out: a draft needs no accounts."
            )
        if isinstance(key, tuple) and ("" in key or not key):
            return (
                f"{show_value(value)} names no record. Give the {kind} an address (slug) in the file, and "
                "write the same address here."
            )
        near = get_close_matches(
            shown, [show_key(k) for m, k in self._rows if m is target and self._rows[m, k]], n=1
        )
        more = f" Do you mean “{near[0]}”?" if near else " Add it to the file, or correct the name."
        return f"There is no {kind} “{shown}”, neither in the file nor on this site.{more}"

    # Keys ------------------------------------------------------------------------------------------------------------

    def _take_key_from_file(self, record: FixtureRecord, row: Model) -> None:
        if record.pk is not None:
            try:
                row.pk = row._meta.pk.to_python(record.pk)
            except ValidationError:
                record.add_fault("pk", f"{show_value(record.pk)} is no key of a record. Leave “pk” out.")

    def _free_address(self, row: Slugged) -> str:
        """An address made from the title, and the same one when the file is loaded again."""
        model, title = type(row), getattr(row, row.slug_source)
        if (former := self._former_address(row)) and (model, former) not in self._addresses:
            self._addresses.add((model, former))
            return former
        for slug in row.slug_candidates():
            if (model, slug) in self._addresses:
                continue
            there: Any = self._find(model, (slug,))
            if there is None or getattr(there, row.slug_source) == title:
                self._addresses.add((model, slug))
                return slug
        raise AssertionError("there is always another candidate")

    def _former_address(self, row: Slugged) -> str:
        """The address that an earlier release, which knew Latin letters only, made for the record, or empty."""
        model, title = type(row), getattr(row, row.slug_source)
        stem = slugify(title)[:70].strip("-") or str(model._meta.model_name)
        if stem == next(row.slug_candidates()):
            return ""
        for slug in chain([stem], (f"{stem}-{n}" for n in count(2))):
            if (there := self._find(model, (slug,))) is None:
                return ""
            if getattr(there, row.slug_source) == title:
                return slug
        raise AssertionError("an address is free at last")

    def _find_predecessor(self, record: FixtureRecord, row: Any) -> bool:
        """Give the row the primary key of the one whose place it takes. False where the file has it twice."""
        key = tuple(row.natural_key()) if hasattr(row, "natural_key") else row.pk
        if key is None:
            return True
        record.name = show_key(key) if isinstance(key, tuple) else record.name
        if other := self._makers.get((record.model, key)):
            place = f"record {other.number}" + (f" of {other.file}" if other.file != record.file else "")
            record.add_fault("", f"It is there twice: see {place}. Take one of them out.")
            return False
        if row.pk is None and (there := self._find(record.model, key)) is not None:
            row.pk = there.pk
        self._remember(record, row, key)
        return True

    def _remember(self, record: FixtureRecord, row: Model | None, key: Any) -> None:
        for each in (key, record.pk):
            if each is not None:
                self._rows[record.model, each] = row
                self._makers[record.model, each] = record

    def _missing_fields(self, record: FixtureRecord, row: Model, values: dict[str, Any]) -> Iterator[str]:
        for one in record.model._meta.concrete_fields:
            if one.null or one.blank or one.primary_key or one.name in record.faults:
                continue
            empty = (None,) if related_model(one) is None else ()
            if one.name not in values and (related_model(one) or getattr(row, one.attname) in (*empty, "")):
                yield one.name


def _key_as_written(record: FixtureRecord) -> Any:
    """The key by which others refer to a record that cannot be made."""
    if record.name:
        return (record.name,)
    needed = getattr(getattr(record.model, "natural_key", None), "dependencies", ())
    parts = [record.values.get(one.name) for one in record.model._meta.concrete_fields
             if (target := related_model(one)) and target._meta.label_lower in needed]  # fmt: skip
    return tuple(p for part in parts if isinstance(part, list) for p in part if isinstance(p, str)) or None


def show_key(key: Any) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _missing_words(model: type[Model], name: str) -> str:
    return f"It is missing: {model._meta.get_field(name).verbose_name}."  # type: ignore[union-attr]


def _may_be_empty(model: type[Model], name: str) -> bool:
    """Whether a row can be made without the field, to look for further faults."""
    if name in ("", "pk"):
        return False
    one: Any = model._meta.get_field(name)
    return one.many_to_many or one.null or one.blank or one.has_default()


def _read_value(record: FixtureRecord, one: "Field[Any, Any]", value: Any) -> Any:
    if value is None:
        return None
    if isinstance(one, CharField | TextField) and not isinstance(value, str):
        record.add_fault(one.name, f"{show_value(value)} is no text. Put it between quotation marks.")
        return None
    try:
        read = one.to_python(value)
    except (ValidationError, ValueError, TypeError) as error:
        words = (
            " ".join(error.messages)
            if isinstance(error, ValidationError)
            else f"{show_value(value)} does not fit."
        )
        record.add_fault(one.name, words)
        return None
    if isinstance(one, DateTimeField) and isinstance(read, datetime) and is_naive(read):
        return make_aware(read)
    return read


def _validate_fields(record: FixtureRecord, row: Model) -> None:
    for name, words in field_faults(row, record.faults):
        record.add_fault(name, words)
