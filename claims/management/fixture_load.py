"""Stores the records of fixtures and holds them against the rules of the forms. The caller's transaction ends it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.base import DeserializedObject
from django.db import DatabaseError, transaction
from django.db.models import Model

from claims.actions import choose_shown_place
from claims.domain.vocabulary import Risk, Status
from claims.ingest.fixture_file import FixtureFault, FixtureRecord, related_model
from claims.ingest.fixture_order import in_order
from claims.ingest.fixture_rows import FixtureRows, show_key
from claims.models import Claim, Evidence, Statement
from claims.models.base import Publishable
from claims.models.constraint_messages import broken_constraints
from claims.selectors.row_faults import clean_faults, row_faults

WORDS = {"quote", "governing_words"}
REFUSED = "The database refuses this record: {why}. Check its values against docs/fixtures.md."


@dataclass
class FixtureLoad:
    """One load: `save` stores a row, and says whether it is one of those to load."""

    records: list[FixtureRecord]
    save: Callable[[DeserializedObject], bool]
    stored: dict[type[Model], dict[int, FixtureRecord]] = field(default_factory=dict)
    published: dict[type[Model], set[int]] = field(default_factory=dict)
    warnings: list[FixtureFault] = field(default_factory=list)
    count: int = 0

    def run(self) -> list[FixtureFault]:
        """Store what can be stored. Returns all faults: with one of them, nothing may stay."""
        rows = FixtureRows(self.records)
        for record in in_order(self.records):
            built = rows.build(record)
            if built:
                self._store(record, *built)
        for model, stored in reversed(self.stored.items()):  # claims before their statements
            self._check_stored(model, stored)
        self._check_hidden_places(self.stored.get(Evidence, {}))
        return [fault for record in self.records for fault in record.listed_faults()]

    def _store(self, record: FixtureRecord, row: Any, many: dict[str, list[Model]]) -> None:
        wanted = getattr(row, "status", None) if isinstance(row, Publishable) else None
        if not self._try_to_save(record, row, many):
            self._explain_refusal(record, row)
            _make_stand_in(record, row)
            if not self._try_to_save(record, row, many):
                return
        if row.pk is None:
            return  # a kind of record that is left out of this load
        self.stored.setdefault(record.model, {})[row.pk] = record
        if wanted == Status.PUBLISHED:
            self.published.setdefault(record.model, set()).add(row.pk)

    def _try_to_save(self, record: FixtureRecord, row: Any, many: dict[str, list[Model]]) -> bool:
        if _refers_to_unstored(row) or any(each.pk is None for rows in many.values() for each in rows):
            return False
        keys: dict[str, Sequence[Any]] = {name: [each.pk for each in rows] for name, rows in many.items()}
        try:
            with transaction.atomic():
                self.count += self.save(DeserializedObject(row, keys))
        except (DatabaseError, ValueError) as error:
            row.pk = None if row._state.adding and record.pk is None else row.pk
            self._last_refusal = str(error)
            return False
        return True

    _last_refusal = ""

    def _explain_refusal(self, record: FixtureRecord, row: Any) -> None:
        """Name what the database refused, in place of what the checks of single fields say of it."""
        if _refers_to_unstored(row) and not isinstance(row, Publishable):
            return  # the fault is in the other record
        worded, made = broken_constraints(row)
        record.faults = {**clean_faults(row), **record.faults, **worded} or made
        if not record.faults and not _refers_to_unstored(row):
            record.add_fault("", REFUSED.format(why=self._last_refusal.rpartition(": ")[2].strip()))

    def _check_stored(self, model: type[Model], stored: dict[int, FixtureRecord]) -> None:
        for fault in row_faults(model, stored, self.published.get(model, ())):
            record = stored[fault.key]
            if fault.was_told:
                self.warnings.append(FixtureFault(record.file, record.label, fault.field, fault.words))
            elif not self._follows_from_another(model, record, fault.field):
                record.add_fault(fault.field, fault.words)

    def _check_hidden_places(self, stored: dict[int, FixtureRecord]) -> None:
        """A place that could endanger somebody is made coarse on the desk; a file has to say both places."""
        at_risk = Evidence.objects.exclude(risk=Risk.NONE).filter(exact_place=None, place__isnull=False)
        for report in at_risk.select_related("place") if stored else ():
            shown = choose_shown_place(report.place, Risk(report.risk))
            if report.pk in stored and shown != report.place:
                may_see = f"“{shown.slug}” into place" if shown else "nothing into place"
                words = f"Readers would see “{report.place.slug}”. Put it into exact_place, and {may_see}."
                stored[report.pk].add_fault("place", words)

    def _follows_from_another(self, model: type[Model], record: FixtureRecord, name: str) -> bool:
        """Whether the fault of a field is that another record has faults itself, which are told there."""
        if model is Statement and name == "text":
            return any(self._is_misquoting(each, record) for each in self.stored.get(Claim, {}).values())
        target = next((one for one in model._meta.concrete_fields if one.name == name), None)
        value = record.values.get(name)
        if target is None or not isinstance(value, list) or not (referred := related_model(target)):
            return False
        near = self.stored.get(referred, {}).values()
        return any(other.name == show_key(tuple(value)) and other.faults for other in near)

    def _is_misquoting(self, claim: FixtureRecord, statement: FixtureRecord) -> bool:
        return claim.values.get("statement") == [statement.name] and bool(WORDS & claim.faults.keys())


def _refers_to_unstored(row: Any) -> bool:
    return any(
        getattr(row, one.attname) is None and one.is_cached(row) and getattr(row, one.name) is not None
        for one in row._meta.concrete_fields
        if related_model(one)
    )


def _make_stand_in(record: FixtureRecord, row: Any) -> None:
    """Change the row into one that the database takes, so that what refers to it can be checked in the same load."""
    if isinstance(row, Publishable):
        row.status = Status.DRAFT.value
    for one in row._meta.concrete_fields:
        if one.name in record.faults and one.name != "slug" and (one.has_default() or one.null or one.blank):
            setattr(row, one.attname, one.get_default())
