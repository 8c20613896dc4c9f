"""The history of a record on the desk: steps while it was hidden, ledger entries once it was public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from claims.domain.vocabulary import Act, Step
from claims.ledger.entries import checks_in_content
from claims.ledger.public_forms import public_forms_of
from claims.models import DeskStep, Entry
from claims.records.registry import kind_of_record
from claims.selectors.localized_wording import checks_in_words

LONG_AGO = 200  # most steps in a history


@dataclass(frozen=True)
class HistoryLine:
    """A line of a record's history. `number` is the number of the ledger entry, if it is from the ledger."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    number: int | None = None


def record_history(record: Model) -> list[HistoryLine]:
    """The history of a record, latest first: steps on the desk while it was hidden, ledger entries once it was
    public.

    Gradings are listed, but not their content.
    """
    steps = DeskStep.objects.filter(kind=record._meta.model_name, record_id=record.pk, undone_at=None)
    past = [
        HistoryLine(step.at, str(step.by), Step(step.step).label, step.reason)
        for step in steps.select_related("by")[:LONG_AGO]
    ]
    return sorted([*_ledger_history(record), *past], key=lambda happening: happening.at, reverse=True)


def _ledger_history(record: Model) -> list[HistoryLine]:
    kind = kind_of_record(record)
    told = public_forms_of(kind.name, [record.pk]).get(record.pk) if kind else None
    if told is None:
        return []
    entries = Entry.objects.filter(kind=told.kind, subject=told.subject).order_by("-number")
    entries = entries.select_related("account")[:LONG_AGO]
    return [
        HistoryLine(
            entry.at,
            str(entry.account or entry.told["by"]),
            Act(entry.act).label,
            _checks_and_reason(entry.told),
            entry.number,
        )
        for entry in entries
    ]


def _checks_and_reason(told: dict[str, Any]) -> str:
    alone = bool((told["record"] or {}).get("by_one_person"))
    return " ".join(filter(None, [checks_in_words(checks_in_content(told), alone=alone), told["reason"]]))
