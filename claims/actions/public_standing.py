"""What readers know of a record before it is saved. Each question is asked once for a save."""

from functools import cached_property

from django.db.models import Model

from claims.ledger.writer import is_in_ledger
from claims.records.registry import PARTS_BY_MODEL, kind_of_record


class PublicStanding:
    """Answers questions about a record, each from the database when it is first asked.

    All are False for a new record.
    """

    def __init__(self, record: Model) -> None:
        self._record = record
        self._is_new = record._state.adding
        self.kind = kind_of_record(record)  # None for a part of another record

    @cached_property
    def is_told(self) -> bool:
        """Whether the ledger has an entry of it, so that readers have seen it at some time."""
        return self.kind is not None and not self._is_new and is_in_ledger(self._record, self.kind)

    @cached_property
    def is_published(self) -> bool:
        """Whether it is published now. A reference is published if the ledger has an entry of it."""
        if self.kind is None or self._is_new:
            return False
        if self.kind.is_reference:
            return self.is_told
        return self.kind.published_rows().filter(pk=self._record.pk).exists()

    @property
    def needs_review(self) -> bool:
        """Whether a change needs a second person: readers see the record, and changes of its kind are proposed."""
        return self.kind is not None and self.kind.is_revised and self.is_published

    @property
    def needs_reason(self) -> bool:
        """Whether readers see the record, so that a change of it needs a reason."""
        if self.kind is None:
            return self._owner_needs_reason
        return self.needs_review or (self.kind.changes_with_reason and self.is_told and self.is_published)

    @cached_property
    def _owner_needs_reason(self) -> bool:
        owner = PARTS_BY_MODEL.get(type(self._record))
        return bool(owner and not self._is_new and needs_reason(getattr(self._record, owner[1].owner)))


def needs_reason(record: Model) -> bool:
    """Whether readers see the record, so that a change of it needs a reason."""
    return PublicStanding(record).needs_reason
