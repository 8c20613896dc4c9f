"""Suppression: removes a text everywhere at once, decided by two people. A mark and the reason stay.

The ledger still verifies: its chain is over digests, and the suppression's entry vouches for the changed contents.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.actions.card_files import delete_cards_on_commit
from claims.actions.one_person import refuse_unless_alone_allowed
from claims.actions.page_copies import delete_page_copies
from claims.actions.permissions import check_permission
from claims.actions.rescoring import acquire_write_lock, digest_inputs
from claims.actions.rule_violation import RuleViolation
from claims.actions.table_imports import drop_waiting_tables
from claims.actions.text_eraser import PLAIN, TextEraser
from claims.domain.hash_chain import canonical_json, commitment_hash
from claims.domain.vocabulary import Act, Outcome, SuppressionGround
from claims.ledger.public_forms import PublicForm
from claims.ledger.signatures import public_signature
from claims.ledger.verification import SUPPRESSION, ledger_head
from claims.ledger.writer import ChangeReason, append_forms
from claims.models import (
    Entry,
    Evidence,
    PageCopy,
    Snapshot,
    Suppression,
)
from claims.models.comparison_key import keys_of_values
from claims.models.fields import PartialDateField
from claims.records.registry import RECORD_KINDS
from claims.search import compact_search_index

LEAST = 3  # letters; shorter texts occur everywhere


@dataclass(frozen=True)
class TextLocation:
    """A place where a text occurs."""

    model: type[models.Model]
    key: Any
    fields: tuple[str, ...]
    row: dict[str, Any] = field(repr=False)

    @property
    def title(self) -> str:
        return f"{self.model._meta.verbose_name} {self.key}"


@transaction.atomic
def request_suppression(
    *, text: str, ground: SuppressionGround, reason: str, by: User, now: datetime
) -> Suppression:
    """Ask for a text to be removed. A second person decides."""
    acquire_write_lock()
    check_permission(by, "add_suppression")
    text = text.strip()
    if len(text) < LEAST:
        raise RuleViolation(_("Name at least %(least)d letters: fewer stand everywhere.") % {"least": LEAST})
    if text.lower() in reason.lower():
        raise RuleViolation(_("The reason is public and stays: say it without the text that has to go."))
    return Suppression.objects.create(
        text=text, ground=ground, reason=reason.strip(), asked_by=by, asked_at=now
    )


@transaction.atomic
def accept_suppression(asked: Suppression, *, by: User, now: datetime) -> list[TextLocation]:
    """Remove the text from all records, drafts, proposals, notes and entries. Returns the changed places.

    Raises RuleViolation for the person who asked, unless one person may act alone.
    """
    acquire_write_lock()
    check_permission(by, "decide_suppression")
    _lock_suppression(asked)
    asked.by_one_person = by.pk == asked.asked_by_id
    if asked.by_one_person:
        refuse_unless_alone_allowed(
            _("You asked for this. A second person has to decide: ask another publisher.")
        )
    last = ledger_head()
    number = (last.number if last else 0) + 1
    mark = f"[taken out: {SuppressionGround(asked.ground).label}, see change {number}]"
    erase = TextEraser(asked.text, mark, f"taken-out-{number}")
    places = _erase_from_rows(erase)
    drop_waiting_tables(lambda cell: erase(cell) != cell)
    compact_search_index()
    redacted = _erase_from_entries(erase)
    delete_cards_on_commit()
    record = {
        "ground": asked.ground, "reason": asked.reason, "redacted": redacted,
        "slug": f"change-{number}", **({"by_one_person": True} if asked.by_one_person else {}),
    }  # fmt: skip
    signed = {"asked_by": public_signature(asked.asked_by)}
    why = ChangeReason(act=Act.SUPPRESS, now=now, by=by, reason=asked.reason, more=signed)
    append_forms([(Act.SUPPRESS, PublicForm(SUPPRESSION, record["slug"], record))], why)  # type: ignore[arg-type]
    _close_suppression(asked, Outcome.ACCEPTED, by, now)
    return places


@transaction.atomic
def decline_suppression(asked: Suppression, *, by: User, now: datetime) -> None:
    """Decline the suppression: the text stays. The person who asked may take it back in the same way."""
    acquire_write_lock()
    _lock_suppression(asked)
    if by.pk != asked.asked_by_id:
        check_permission(by, "decide_suppression")
    _close_suppression(asked, Outcome.DROPPED if by.pk == asked.asked_by_id else Outcome.DECLINED, by, now)


def locate_text(text: str) -> list[TextLocation]:
    """All places where the text occurs, for the two people who decide."""
    return list(_text_locations(TextEraser(text, "\0", "\0")))


def _lock_suppression(asked: Suppression) -> None:
    asked.refresh_from_db()
    if asked.outcome != Outcome.PENDING:
        raise RuleViolation(_("This was decided already, by %(who)s.") % {"who": asked.decided_by})


def _close_suppression(asked: Suppression, outcome: Outcome, by: User, now: datetime) -> None:
    asked.text, asked.outcome, asked.decided_by, asked.decided_at = "", outcome, by, now
    asked.save()


def _text_locations(erase: TextEraser) -> Iterator[TextLocation]:
    for model in PLAIN:
        names = _text_columns(model)
        for row in model._base_manager.order_by("pk").values("pk", *names).iterator(500):
            if touched := tuple(name for name in names if erase(row[name], name) != row[name]):
                yield TextLocation(model, row["pk"], touched, row)


def _text_columns(model: type[models.Model]) -> list[str]:
    if model is PageCopy:
        return ["address", "final_address"]  # its other columns hold digests, in which any letters may stand
    return [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField | models.JSONField)
        and not column.choices
        and not isinstance(column, PartialDateField)
    ]


def _erase_from_rows(erase: TextEraser) -> list[TextLocation]:
    places = list(_text_locations(erase))
    keys = {model: [place.key for place in places if place.model is model] for model in (PageCopy, Evidence)}
    delete_page_copies(copies=keys[PageCopy], evidence=keys[Evidence])
    for place in places:
        values = {name: erase(place.row[name], name) for name in place.fields}
        if place.model is Snapshot and "inputs" in values:
            values["digest"] = digest_inputs(values["inputs"])
        values = {name: _cut_to_column(place.model, name, value) for name, value in values.items()}
        rows = place.model._base_manager.filter(pk=place.key)
        rows.update(**values, **keys_of_values(place.model, values))
    return places


def _cut_to_column(model: type[models.Model], name: str, value: Any) -> Any:
    """The value cut to the length of the column, because the mark may be longer than the text."""
    length = getattr(model._meta.get_field(name), "max_length", None)
    return value[:length] if isinstance(value, str) and length else value


def _erase_from_entries(erase: TextEraser) -> dict[str, str]:
    """Remove the text from past entries. Returns the digest of each changed content, by entry."""
    redacted: dict[str, str] = {}
    for entry in Entry.objects.order_by("number").iterator(500):
        told = json.loads(entry.content)
        cleaned = _erase_from_payload(erase, entry.kind, told)
        if cleaned == told:
            continue
        content, nonce = canonical_json(cleaned), token_hex(32)
        Entry.objects.filter(pk=entry.pk).update(content=content, nonce=nonce, subject=cleaned["subject"])
        redacted[str(entry.number)] = commitment_hash(nonce, content)
    return redacted


def _erase_from_payload(erase: TextEraser, kind: str, told: dict[str, Any]) -> dict[str, Any]:
    # At the top, the subject is an address; in a record, it is prose.
    cleaned = {**erase(told), "subject": erase(told["subject"])}
    record = cleaned.get("record")
    if record and kind in RECORD_KINDS:
        cleaned["subject"] = RECORD_KINDS[kind].subject_of(record)
        for name, value in record.items():
            if isinstance(value, str) and value != told["record"][name]:
                record[name] = _cut_to_column(RECORD_KINDS[kind].model, name, value)
        if kind == "snapshot" and record["inputs"] != told["record"]["inputs"]:
            record["digest"] = digest_inputs(record["inputs"])
    return cleaned
