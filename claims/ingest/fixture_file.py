"""Reads a fixture: JSON with one object a record. Names everything in it that is no record of this site."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from claims.models.comparison_key import ComparisonKeyField
from claims.models.public_claim import KeptRow

RECORD_KEYS = ("model", "pk", "fields")
TOLD_ELSEWHERE = ""  # instead of a fault that follows from one in another record
_SHOWN = 60  # letters of a value in a message


@dataclass(frozen=True)
class FixtureFault:
    """What is wrong, and where: in which file, which record and which of its fields."""

    file: str
    record: str
    field: str
    words: str

    def __str__(self) -> str:
        place = [self.file, self.record, f"field {self.field}" if self.field else ""]
        return f"{', '.join(filter(None, place))}: {self.words}"


@dataclass(eq=False)
class FixtureRecord:
    """One record of a file: its model and the values of its fields as they are written."""

    file: str
    number: int  # counted from 1
    model: type[Model]
    pk: Any
    values: dict[str, Any]
    name: str = ""  # what messages call it, once its key is known
    faults: dict[str, str] = field(default_factory=dict)  # the first of each field

    @property
    def label(self) -> str:
        kind = str(self.model._meta.model_name)
        return f"{kind} “{self.name}”" if self.name else f"record {self.number} ({kind})"

    def add_fault(self, name: str, words: str) -> None:
        self.faults.setdefault(name, words)

    def listed_faults(self) -> Iterator[FixtureFault]:
        for name, words in self.faults.items():
            if words != TOLD_ELSEWHERE:
                yield FixtureFault(self.file, self.label, name, words)


class FixtureFile:
    """The records of one file, and the faults of what is no record."""

    def __init__(self, name: str, text: str, *, ignore_unknown: bool = False) -> None:
        self.name, self.ignore_unknown = name, ignore_unknown
        self.faults: list[FixtureFault] = []
        self.records = [record for record in self._read_records(text) if record]

    def _add_fault(self, words: str, number: int | None = None, field_name: str = "") -> None:
        record = f"record {number}" if number else ""
        self.faults.append(FixtureFault(self.name, record, field_name, words))

    def _read_records(self, text: str) -> Iterator[FixtureRecord | None]:
        try:
            rows = json.loads(text)
        except json.JSONDecodeError as error:
            line = text.splitlines()[error.lineno - 1].strip() if text.strip() else ""
            self._add_fault(
                f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}: {show_value(line)}."
                " Look for a missing or surplus comma, quotation mark or bracket there or just before."
            )
            return
        except RecursionError:
            self._add_fault("It is nested too deeply to be a list of records.")
            return
        if not isinstance(rows, list):
            self._add_fault(
                "It does not hold a list. Put [ before the first record and ] after the last one."
            )
            return
        if not rows:
            self._add_fault("It holds no records.")
        for number, row in enumerate(rows, start=1):
            yield self._read_record(number, row)

    def _read_record(self, number: int, row: Any) -> FixtureRecord | None:
        if not isinstance(row, dict) or not isinstance(row.get("fields"), dict) or "model" not in row:
            self._add_fault(
                "A record is an object with “model” and “fields”, such as "
                '{"model": "claims.topic", "fields": {"slug": "aid", "name": "Aid"}}.',
                number,
            )
            return None
        for name in row.keys() - set(RECORD_KEYS):
            self._add_fault(f"There is no “{name}” beside “fields”. Move it into “fields”.", number, name)
        model = self._read_model(number, row["model"])
        if model is None or issubclass(model, KeptRow):  # dumpdata writes kept rows too; triggers make them
            return None
        record = FixtureRecord(self.name, number, model, row.get("pk"), dict(row["fields"]))
        record.name = str(row["fields"].get("slug") or row["fields"].get("username") or "")
        self._take_out_unknown_fields(record)
        return record

    def _read_model(self, number: int, name: Any) -> type[Model] | None:
        try:
            return apps.get_model(name)
        except (LookupError, ValueError, AttributeError, TypeError):
            if not self.ignore_unknown:
                known = [model._meta.label_lower for model in apps.get_models()]
                self._add_fault(
                    f"There is no kind of record “{name}”.{suggest_name(str(name), known)}", number, "model"
                )
            return None

    def _take_out_unknown_fields(self, record: FixtureRecord) -> None:
        known = fixture_fields(record.model)
        for name in [name for name in record.values if name not in known]:
            del record.values[name]
            if not self.ignore_unknown:
                words = f"There is no field of this name.{suggest_name(name, known)}"
                self.faults.append(FixtureFault(self.name, record.label, name, words))


def fixture_fields(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    """The fields of a model that a fixture may hold, by their names."""
    many = [one for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]  # type: ignore[union-attr]
    own = [one for one in model._meta.concrete_fields if not isinstance(one, ComparisonKeyField)]
    return {one.name: one for one in (*own, *many)}


def suggest_name(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Do you mean “{near[0]}”?" if near else f" Choose among: {', '.join(sorted(known))}."


def show_value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


def has_unstorable_letters(value: Any) -> bool:
    """Whether a text in the value holds NUL or half a character. SQLite stores them, PostgreSQL fails on them."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if "\x00" in text or (not isinstance(value, str) and "\\u0000" in text):
        return True
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def related_model(one: "Field[Any, Any]") -> type[Model] | None:
    """The model that a field refers to; None for a field that holds a value."""
    is_reference = isinstance(one, ForeignKey) or one.many_to_many
    return one.remote_field.model if is_reference else None  # type: ignore[union-attr]
