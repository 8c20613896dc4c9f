"""Makes of each row of a table the record that it would become, or notes what keeps it from being one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from claims.models import (
    Claim,
    Evidence,
    EvidenceLink,
    ImportedRow,
    OldAddress,
    Place,
    SearchNote,
    Source,
    Speaker,
    Statement,
)
from claims.models.base import Slugged
from claims.selectors.row_faults import clean_faults
from claims.text.search_terms import fold_text

from .field_checks import field_faults
from .table_files import Table, TableRow
from .table_kinds import ANOTHER, EXTERNAL_ID, ColumnMatch, TableKind, is_required
from .table_references import TableReferences, in_batches
from .table_values import CellFault, asked_texts, plain_value, read_cell, read_yes_or_no

REFERS_TO_EARLIER: Final = (Place, Claim)  # rows of which may refer to earlier rows of the same table
_MOST_ID_LETTERS: Final = 200


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT = "left"  # knowingly: its record was deleted on the desk
    REFUSED = "refused"


@dataclass(eq=False)
class PlannedRow:
    """A row, the record that it becomes, and what is wrong with it by column."""

    number: int
    external_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    record: Any = None
    known: ImportedRow | None = None
    is_another: bool = False
    fate: Fate = Fate.NEW
    faults: dict[str, str] = field(default_factory=dict)  # by our column, the first of each
    notes: list[str] = field(default_factory=list)
    earlier: list["PlannedRow"] = field(default_factory=list)  # the rows of the table that it refers to
    planned: Any = None  # the record as later rows of the table refer to it
    before: dict[str, Any] | None = None  # the row as it was stored before, and as it is stored now
    after: dict[str, Any] = field(default_factory=dict)

    def refuse(self, column: str, words: str) -> None:
        self.fate = Fate.REFUSED
        self.faults.setdefault(column, words)

    @property
    def many(self) -> dict[str, list[Any]]:
        return {name: value for name, value in self.values.items() if isinstance(value, list)}

    @property
    def given(self) -> dict[str, Any]:
        return {name: plain_value(value) for name, value in self.values.items()}

    @property
    def stored(self) -> dict[str, Any]:
        """What the columns that the table gave hold in the database."""
        names = {name: self.record._meta.get_field(name) for name in self.values}
        return {
            name: self.after.get(one.name if one.many_to_many else one.attname) for name, one in names.items()
        }

    @property
    def label(self) -> str:
        """What the record is called; empty where it lacks what its name is made of."""
        try:
            return str(self.record)
        except ObjectDoesNotExist:
            return ""


class TablePlan:
    """The rows of a table in their order, before any is stored."""

    def __init__(self, table: Table, kind: TableKind, match: ColumnMatch) -> None:
        self.kind, self.match = kind, match
        self._fields = {name: kind.field_of(name) for name in match.columns.values() if name}
        self.references = TableReferences(self._asked(table))
        self._planned: dict[
            int, PlannedRow
        ] = {}  # by the identity of the record, of rows that others may refer to
        self.rows = [self._read(row) for row in table.rows]
        self._take_known_rows()
        self._take_rows_that_are_here()
        self._check_new_rows()

    def cells(self, row: TableRow) -> Iterator[tuple[str, str]]:
        for at, name in self.match.columns.items():
            if name:
                yield name, row.cells[at]

    def _asked(self, table: Table) -> dict[type[Any], set[str]]:
        asked: dict[type[Any], set[str]] = {}
        for row in table.rows:
            for name, text in self.cells(row):
                own = self._fields[name]
                for each in asked_texts(own, text) if own is not None else ():
                    asked.setdefault(own.remote_field.model, set()).add(each)  # type: ignore[union-attr]
        return asked

    def _read(self, row: TableRow) -> PlannedRow:
        planned = PlannedRow(row.number)
        for name, text in self.cells(row):
            try:
                self._read_cell(planned, name, text)
            except CellFault as fault:
                planned.refuse(name, str(fault))
        single = {name: value for name, value in planned.values.items() if not isinstance(value, list)}
        planned.record = self.kind.model(
            **{name: value for name, value in single.items() if value is not None}
        )
        planned.earlier = [
            self._planned[id(value)]
            for held in planned.values.values()
            for value in (held if isinstance(held, list) else [held])
            if id(value) in self._planned
        ]
        if self.kind.model in REFERS_TO_EARLIER and not planned.faults:
            planned.planned = planned.record
            self._planned[id(planned.record)] = planned
            self.references.add_row(planned.record, planned.external_id)
        return planned

    def _read_cell(self, planned: PlannedRow, name: str, text: str) -> None:
        own = self._fields[name]
        if name == EXTERNAL_ID:
            planned.external_id = text
            if len(text) > _MOST_ID_LETTERS:
                raise CellFault(_("An id has at most %(most)d letters.") % {"most": _MOST_ID_LETTERS})
        elif name == ANOTHER:
            planned.is_another = read_yes_or_no(text)
        elif own is not None:
            if not text and is_required(own):
                raise CellFault(_("It is missing."))
            planned.values[name] = read_cell(own, text, self.references)

    # Rows that were imported before ----------------------------------------------------------------------------------

    def _take_known_rows(self) -> None:
        """Find the records of ids that earlier imports had. An id stands in one row only."""
        first: dict[str, int] = {}
        for row in self.rows:
            if row.external_id and first.setdefault(row.external_id, row.number) != row.number:
                row.refuse(EXTERNAL_ID, _("Row %(row)d has this id too.") % {"row": first[row.external_id]})
        name, known = self.kind.model._meta.model_name, {}
        for batch in in_batches(first):
            rows = ImportedRow.objects.filter(kind=name, external_id__in=batch)
            known.update({row.external_id: row for row in rows})
        for row in self.rows:
            row.known = known.get(row.external_id)

    # Rows that say what a record of the site says ---------------------------------------------------------------------

    def _take_rows_that_are_here(self) -> None:
        new = [row for row in self.rows if not row.faults and row.known is None]
        identity = IDENTITIES[self.kind.model].of
        keys = {row: key for row in new if (key := identity(row.record)) is not None}
        here = IDENTITIES[self.kind.model].stored(row.record for row in keys)
        first: dict[Any, PlannedRow] = {}
        for row, key in keys.items():
            if key in here:
                row.record, row.fate = here[key], Fate.UNCHANGED
                row.notes.append(_("It is here already."))
            elif (earlier := first.setdefault(key, row)) is not row and not row.is_another:
                row.refuse("", _("Row %(row)d says the same.") % {"row": earlier.number})

    # New records ------------------------------------------------------------------------------------------------------

    def _check_new_rows(self) -> None:
        for row in self.rows:
            if row.known is None and row.fate is not Fate.UNCHANGED:
                self.check_record(row)
        if issubclass(self.kind.model, Slugged):
            self._give_addresses([row for row in self.rows if row.known is None and row.fate is Fate.NEW])

    def check_record(self, row: PlannedRow) -> None:
        """The rules of each field and of the record as a whole, as its form asks them."""
        if isinstance(row.record, Claim):
            row.record.is_typed = True
        for name, words in field_faults(row.record, row.faults):
            row.refuse(self._column_of(name), words)
        if self._can_be_checked(row):
            for name, words in clean_faults(row.record).items():
                row.refuse(self._column_of(name), words)

    def _column_of(self, name: str) -> str:
        return name if name in self.kind.fields else ""

    def _can_be_checked(self, row: PlannedRow) -> bool:
        """Whether what the rules of the whole record read is there."""
        needed = {name for name in self.kind.required if self.kind.model._meta.get_field(name).is_relation}
        return not needed & row.faults.keys()

    def _give_addresses(self, rows: list[PlannedRow]) -> None:
        model = self.kind.model
        led_on = OldAddress.objects.filter(kind=model._meta.model_name)
        taken = {*model._base_manager.values_list("slug", flat=True), *led_on.values_list("slug", flat=True)}
        for row in rows:
            if row.record.slug and row.record.slug in taken:
                row.refuse("slug", _("This address is taken."))
            taken.add(row.record.slug)
        tried: dict[str, int] = {}
        for row in rows:
            if not row.record.slug:
                row.record.slug = _free_slug(row.record, taken, tried)
                taken.add(row.record.slug)


def _free_slug(record: Slugged, taken: set[str], tried: dict[str, int]) -> str:
    """As a save makes it. `tried` remembers for each title how far its numbers are used."""
    stem = next(record.slug_candidates())
    if stem not in taken:
        return stem
    for n in count(tried.get(stem, 2)):
        if (slug := f"{stem}-{n}") not in taken:
            tried[stem] = n
            return slug
    raise AssertionError("there is always another number")


# When two records are the same ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Identity:
    """In what two records of a kind agree if one is the other entered again. `columns` are read to find it."""

    of: Callable[[Any], Any]
    found_by: str  # the column by whose values records that may be the same are looked up

    def stored(self, records: Iterable[Any]) -> dict[Any, Any]:
        """The records of the site that may be the same, by their identity."""
        rows = list(records)
        if not rows:
            return {}
        model = type(rows[0])
        found: dict[Any, Any] = {}
        values = {getattr(row, self.found_by) for row in rows}
        for batch in in_batches(values):
            for row in model._default_manager.filter(**{f"{self.found_by}__in": batch}):
                found.setdefault(self.of(row), row)
        return found


def _identity_of_report(report: Evidence) -> Any:
    known = report.known
    return report.source_id, report.relays_id, known, report.words_key, report.address_key


def _key_of_parent(place: Place) -> Any:
    """Of a parent that is an earlier row of the table, the row itself."""
    parent = place._state.fields_cache.get("parent")
    return id(parent) if parent is not None and parent.pk is None else place.parent_id


IDENTITIES: Final[dict[type[Any], Identity]] = {
    Statement: Identity(lambda row: (row.speaker_id, row.said_on, fold_text(row.text)), "said_on"),
    Claim: Identity(lambda row: (row.statement_id, fold_text(row.proposition)), "statement_id"),
    Source: Identity(lambda row: (row.name, row.kind, row.url), "name"),
    Speaker: Identity(lambda row: (row.name, row.nature, row.url), "name"),
    Place: Identity(lambda row: (row.name, row.kind, _key_of_parent(row)), "name"),
    Evidence: Identity(_identity_of_report, "words_key"),
    EvidenceLink: Identity(lambda row: (row.claim_id, row.evidence_id), "evidence_id"),
    SearchNote: Identity(lambda row: (row.claim_id, row.side, row.searched_on, row.where), "claim_id"),
}
