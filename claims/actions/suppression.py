"""Suppression: removes a text everywhere at once, decided by two people. A mark and the reason stay.

The ledger still verifies: its chain is over digests, and the suppression's entry vouches for the changed contents.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from secrets import token_hex
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.actions.card_files import delete_cards_on_commit
from claims.actions.one_person import refuse_unless_alone_allowed
from claims.actions.permissions import check_permission
from claims.actions.rescoring import acquire_write_lock, digest_inputs
from claims.actions.rule_violation import RuleViolation
from claims.actions.table_imports import drop_waiting_tables
from claims.domain.hash_chain import canonical_json, commitment_hash
from claims.domain.slugs import make_slug
from claims.domain.vocabulary import Act, Outcome, SuppressionGround
from claims.ledger.public_forms import PublicForm
from claims.ledger.signatures import public_signature
from claims.ledger.verification import SUPPRESSION, ledger_head
from claims.ledger.writer import ChangeReason, append_forms
from claims.models import (
    DeskStep,
    Entry,
    ErrorReport,
    Grading,
    ImportedRow,
    OldAddress,
    Proposal,
    Revision,
    Snapshot,
    Suppression,
    TableImport,
)
from claims.models.comparison_key import keys_of_values
from claims.models.fields import PartialDateField
from claims.records.registry import PARTS_BY_MODEL, RECORD_KINDS
from claims.search import compact_search_index

LEAST = 3  # letters; shorter texts occur everywhere
ADDRESS_LEAST = 4  # letters; shorter slugs are replaced only as words of their own
PLAIN: tuple[type[models.Model], ...] = (
    *(kind.model for kind in RECORD_KINDS.values()),
    *PARTS_BY_MODEL, Grading, Proposal, Revision, DeskStep, ErrorReport, LogEntry,
    TableImport, ImportedRow, OldAddress,
)  # fmt: skip


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


class TextEraser:
    """Replaces a text in any case, and the slugs that were made from it.

    `key`: the field that holds the value. A field of prose holds no slug, even if it is one word without capitals, as
    every Arabic word is.
    """

    def __init__(self, text: str, mark: str, gone: str) -> None:
        self._text = re.compile(re.escape(text), re.IGNORECASE)
        self._mark, self._gone = mark, gone
        self._slug = _slug_pattern(text)
        self._addresses: dict[str, str] = {}

    def __call__(self, value: Any, key: str = "") -> Any:
        match value:
            case str():
                return self._of_text(value, key)
            case list():
                return [self(each, key) for each in value]
            case dict():
                return {name: self(each, name) for name, each in value.items()}
        return value

    def _of_text(self, value: str, key: str) -> str:
        if value.startswith(("http://", "https://")):
            return "" if self._stands_in_web_address(value) else value
        if self._slug and key not in _prose_columns() and _is_address_like(value):
            return re.sub(rf"[^/@]*(?:{self._slug})[^/@]*", self._new_address, value, flags=re.IGNORECASE)
        return self._without_addresses(self._text.sub(self._mark, value))

    def _stands_in_web_address(self, address: str) -> bool:
        read = normalize("NFC", unquote(address))
        return bool(self._text.search(read) or (self._slug and re.search(self._slug, read, re.IGNORECASE)))

    def _without_addresses(self, prose: str) -> str:
        if not self._slug:
            return prose
        return re.sub(rf"[^\s/@]*(?:{self._slug})[^\s/@]*", self._new_address, prose, flags=re.IGNORECASE)

    def _new_address(self, found: re.Match[str]) -> str:
        """A new slug; always the same one for the same old slug."""
        old = found.group().lower()
        return self._addresses.setdefault(old, f"{self._gone}-{len(self._addresses) + 1}")


def _slug_pattern(text: str) -> str:
    """The slugs made from a text, now and by an earlier release, which left all but Latin letters out; also encoded.

    A short slug is a part of many others, such as “ali” of “italian-aid”, and counts only as a word of its own.
    """
    slugs = {make_slug(text), slugify(text)} - {""}
    return "|".join(_slug_in_address(each) for slug in sorted(slugs) for each in sorted({slug, quote(slug)}))


def _slug_in_address(slug: str) -> str:
    if len(unquote(slug)) >= ADDRESS_LEAST:
        return re.escape(slug)
    return rf"(?<![^\s/@-]){re.escape(slug)}(?![^\s/@-])"


@cache
def _prose_columns() -> frozenset[str]:
    """The names of the columns of text that hold no slugs."""
    columns = {
        column.name
        for model in PLAIN
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.SlugField)
    }
    return frozenset(columns | {"reason"})


def _is_address_like(value: str) -> bool:
    """Whether the value looks like a slug.

    Otherwise a one-word name would be replaced by a slug instead of the mark.
    """
    return value == value.lower() and not re.search(r"\s", value)


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
    return [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField | models.JSONField)
        and not column.choices
        and not isinstance(column, PartialDateField)
    ]


def _erase_from_rows(erase: TextEraser) -> list[TextLocation]:
    places = list(_text_locations(erase))
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
