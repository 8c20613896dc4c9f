"""An entry compared with the one before it of the same record, field by field, and an entry as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.domain.hash_chain import commitment_hash
from claims.domain.vocabulary import Directness, Stance, Status
from claims.models import Entry
from claims.records.registry import RECORD_KINDS
from claims.selectors.translated import flatten_form_translations, translation_label
from claims.text.text_diff import ComparedTexts, DiffPiece, compare_texts

from .entries import (
    LedgerLine,
    last_entries_of,
    localized_form_text,
    previous_snapshot_subject,
    refs_of_entry,
)
from .verification import SUPPRESSION

MOST_INPUTS = 500  # links of a snapshot's inputs that are compared line by line


@dataclass(frozen=True)
class FieldChange:
    """A field of a record before and after, in words."""

    label: str
    parts: ComparedTexts

    @property
    def old(self) -> str:
        return "".join(piece.text for piece in self.parts.old)

    @property
    def new(self) -> str:
        return "".join(piece.text for piece in self.parts.new)

    @property
    def differs(self) -> bool:
        return any(piece.differs for side in self.parts for piece in side)


def entry_before(entry: Entry) -> Entry | None:
    """The last earlier entry of the same record; for a claim's score, the score before. None if there is none."""
    if entry.kind == "snapshot":
        same = Entry.objects.filter(kind="snapshot", subject=previous_snapshot_subject(entry.subject))
    else:
        same = Entry.objects.filter(kind=entry.kind, subject=entry.subject)
    return same.filter(number__lt=entry.number).order_by("-number").first()


def field_changes(line: LedgerLine, before: Entry | None) -> list[FieldChange]:
    """The changed fields; for a first entry, all fields. Empty for a removal, whose reason says everything."""
    new = (line.told or {}).get("record") or {}
    if line.entry.kind not in RECORD_KINDS or new.get("status") == Status.WITHDRAWN:
        return []
    old = (before.told["record"] or {}) if before else {}
    if old.get("status") == Status.WITHDRAWN:
        old = {}
    old, new = flatten_form_translations(old), flatten_form_translations(new)
    rows = [
        _field_change(line.entry.kind, name, old, new)
        for name in sorted(old.keys() | new.keys(), key=_field_order(line.entry.kind))
        if name not in RECORD_KINDS[line.entry.kind].hidden_in_diff
    ]
    return [row for row in rows if row.differs or (not old and any(row.parts))]


def _field_change(kind: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> FieldChange:
    was, became = (stored_value_as_text(kind, name, form.get(name)) for form in (old, new))
    if name == "inputs" and old:
        was, became = _lines_not_in(was, became), _lines_not_in(became, was)
    parts = (
        compare_texts(was, became) if old else ComparedTexts([], [DiffPiece(False, became)] if became else [])
    )
    return FieldChange(capfirst(_field_label(kind, name)), parts)


def _lines_not_in(text: str, other: str) -> str:
    known = set(other.splitlines())
    return "\n".join(line for line in text.splitlines() if line not in known)


def _field_order(kind: str) -> Any:
    """A key to sort fields: first the record's own columns in their order, then values from other tables."""
    names = [field.name for field in RECORD_KINDS[kind].model._meta.concrete_fields]
    return lambda name: (names.index(name) if name in names else len(names), name)


def _field_label(kind: str, name: str) -> str:
    if kind == "snapshot" and name in ("low", "high"):
        return _("low end") if name == "low" else _("high end")
    if label := translation_label(RECORD_KINDS[kind].model, name):
        return label
    try:
        field: Any = RECORD_KINDS[kind].model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural)


def stored_value_as_text(kind: str, name: str, value: Any) -> str:
    """A stored value in words: choices by their labels, lists with one item a line."""
    if value is None or isinstance(value, bool):
        return {None: "", True: _("yes"), False: _("no")}[value]
    match value:
        case dict():
            return "\n".join(_inputs_in_words(value))
        case [dict(), *_rest]:
            return "\n".join(_part_in_words(name, part) for part in value)
        case list():
            return ", ".join(map(str, value))
        case float():
            return f"{value:.2f}"
    return str(_field_choices(kind, name).get(value, value))


def _field_choices(kind: str, name: str) -> dict[Any, Any]:
    try:
        return dict(getattr(RECORD_KINDS[kind].model._meta.get_field(name), "choices", None) or [])
    except FieldDoesNotExist:
        return {}


def _part_in_words(name: str, part: dict[str, Any]) -> str:
    if name != "ratings":
        values = [value for each in part.values() for value in _nested_values(each) if value]
        return ", ".join(map(str, values))
    now, first = (_(Stance(part[key]).label) for key in ("stance", "first_stance"))
    stances = now if now == first else _("%(now)s, at first %(first)s") % {"now": now, "first": first}
    reason = localized_form_text(part, "rationale")
    return _("%(stance)s: %(reason)s") % {"stance": stances, "reason": reason} if reason else stances


def _nested_values(value: Any) -> Iterator[Any]:
    """All values inside a part, such as a role's translations."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _nested_values(inner)
    else:
        yield value


def _inputs_in_words(inputs: dict[str, Any]) -> Iterator[str]:
    """The inputs of a score in words: one link a line, then the rest."""
    links: Sequence[dict[str, Any]] = inputs.get("links", [])
    yield ", ".join(str(value) for value in inputs.get("claim", {}).values())
    words = _words_of_inputs()
    for link in links[:MOST_INPUTS]:
        parts = [
            f"{words.get(name, name)}: {_input_in_words(name, value)}"
            for name, value in link.items()
            if value
        ]
        yield "; ".join(parts)
    if len(links) > MOST_INPUTS:
        yield "…"


def _input_in_words(name: str, value: Any) -> str:
    """A value by its label; a key or a day with a direction of its own, which a line from right to left would turn."""
    match name:
        case "stances":
            return ", ".join(_(Stance(stance).label) for stance in value)
        case "directness":
            return _(Directness(value).label)
        case "interested":
            return _("yes")
    return f"\N{LEFT-TO-RIGHT ISOLATE}{value}\N{POP DIRECTIONAL ISOLATE}"


def _words_of_inputs() -> dict[str, str]:
    return {
        "id": _("report"),
        "stances": _("grades"),
        "reliability": _("source"),
        "credibility": _("credibility"),
        "directness": _("bears"),
        "event": _("happened"),
        "known": _("known"),
        "origin": _("event"),
        "publisher": _("publisher"),
        "interested": _("serves the side it comes from"),
    }


# What became of its record -------------------------------------------------------------------------------------------


def withdrawal_entry(line: LedgerLine, head: Entry) -> Entry | None:
    """The entry that withdrew a record, if that is why the record is not public; otherwise None."""
    for entry in last_entries_of(refs_of_entry(line.entry), head):
        if (entry.told["record"] or {}).get("status") == Status.WITHDRAWN:
            return entry
    return None


def suppression_of_entry(entry: Entry) -> Entry | None:
    """The suppression that replaced the entry's content; None if there is none."""
    found = commitment_hash(entry.nonce, entry.content)
    if found == entry.digest:
        return None
    for suppression in Entry.objects.filter(kind=SUPPRESSION, number__gt=entry.number).order_by("-number"):
        if suppression.told["record"]["redacted"].get(str(entry.number)) == found:
            return suppression
    return None


def emptied_entries(line: LedgerLine) -> list[int]:
    """The numbers of the entries that a suppression emptied."""
    return sorted(int(number) for number in line.told["record"]["redacted"]) if line.told else []


# As data -------------------------------------------------------------------------------------------------------------


def entry_as_data(line: LedgerLine) -> dict[str, Any]:
    """The header with its hash, and the nonce and content that prove the digest.

    Both are null while they are not public.
    """
    entry, shown = line.entry, line.told is not None
    return {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "act": entry.act,
        "kind": entry.kind,
        "digest": entry.digest,
        "previous": entry.previous,
        "hash": entry.hash,
        "nonce": entry.nonce if shown else None,
        "content": entry.content if shown else None,
    }
