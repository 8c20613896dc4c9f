"""Appends to the change ledger whatever an action has changed of what readers see, in the action's own transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, Model

from claims.domain.ledger import GENESIS_HASH, EntryHeader, canonical_json, commitment_hash
from claims.domain.vocabulary import Act, Status
from claims.models import Entry
from claims.models.base import Publishable
from claims.selectors.public_forms import (
    KIND_OF,
    REFERENCE_KINDS,
    PublicForm,
    affected_rows,
    public_forms_of,
    public_keys,
)

BOUND = ("link", "search")  # seen only for as long as what they belong to is
HIDDEN = (Status.DRAFT, Status.IN_REVIEW)
SOFTWARE_SIGNATURE = "the software"  # signs what no editor decided, such as the daily scoring


@dataclass(frozen=True, kw_only=True)
class ChangeReason:
    """Who changes what readers see, when, in which act, and the reason that they are given."""

    act: Act
    now: datetime
    by: User | None = None
    reason: str = ""
    more: dict[str, Any] | None = None


def public_signature(user: User | None) -> str:
    """How the public knows an editor: by their name if the account has one, otherwise always by the same word.

    Never by the name that they sign in with, which is half of what a thief needs.
    """
    if user is None:
        return SOFTWARE_SIGNATURE
    return user.get_full_name() or f"editor {sha256(user.get_username().encode()).hexdigest()[:6]}"


def append_changed_forms(records: Iterable[Model], why: ChangeReason) -> list[Entry]:
    """Append an entry for each record, and each that it shows or refers to, whose public form has changed.

    The caller has taken its turn: two at once would follow the same entry, and the database refuse the second.
    """
    told: list[tuple[Act, PublicForm]] = []
    for record in records:
        if isinstance(record, Publishable) and record.status in HIDDEN:
            continue
        own = KIND_OF.get(type(record))
        for kind, keys in affected_rows(record).items():
            for key, each in _changed_forms(kind, keys).items():
                act = why.act if kind == own and key == record.pk else _act_on_related_kind(kind, why.act)
                told.append((act, each))
    return append_entries(_unique_forms(told), why)


def append_changed_rows(kind: str, keys: Collection[int], why: ChangeReason) -> list[Entry]:
    """The same for many rows of one kind, such as the snapshots of a batch."""
    return append_entries([(why.act, told) for told in _changed_forms(kind, keys).values()], why)


def _act_on_related_kind(kind: str, act: Act) -> Act:
    """What happens to a record because of another: it is referred to, searched for, graded."""
    if kind in REFERENCE_KINDS:
        return Act.REFER
    return {"search": Act.SEARCH, "link": Act.GRADE if act is Act.PUBLISH else act}.get(kind, act)


def _unique_forms(told: list[tuple[Act, PublicForm]]) -> list[tuple[Act, PublicForm]]:
    seen: dict[tuple[str, str], tuple[Act, PublicForm]] = {}
    for act, each in told:
        seen.setdefault((each.kind, each.subject), (act, each))
    return list(seen.values())


def _changed_forms(kind: str, keys: Collection[int]) -> dict[int, PublicForm]:
    """The rows that readers see otherwise than the ledger last told."""
    if kind in BOUND:
        keys = _public_keys_among(kind, set(keys))
    if not keys:
        return {}
    told = {key: each for key, each in public_forms_of(kind, keys).items() if each.form is not None}
    last = last_entries(kind, {each.subject for each in told.values()})
    public = _public_keys_among(kind, {key for key, each in told.items() if each.subject not in last})
    return {
        key: each
        for key, each in told.items()
        if (last[each.subject].told["record"] != each.form if each.subject in last else key in public)
    }


def _public_keys_among(kind: str, keys: set[int]) -> set[int]:
    if not keys:
        return set()
    public = public_keys(kind)
    return keys & public if isinstance(public, set) else set(public.filter(pk__in=keys))


def last_entries(kind: str, subjects: Collection[str]) -> dict[str, Entry]:
    """The last entry of each subject that has one."""
    newest = (
        Entry.objects.filter(kind=kind, subject__in=subjects)
        .order_by()
        .values("subject")
        .annotate(newest=Max("number"))
    )
    numbers = [row["newest"] for row in newest]
    return {entry.subject: entry for entry in Entry.objects.filter(number__in=numbers)}


def append_entries(told: Iterable[tuple[Act, PublicForm]], why: ChangeReason) -> list[Entry]:
    head = Entry.objects.order_by("-number").first()
    number, previous = (head.number, head.hash) if head else (0, GENESIS_HASH)
    entries = []
    for act, each in told:
        number += 1
        entry = _build_entry(act, each, why, number, previous)
        entries.append(entry)
        previous = entry.hash
    return Entry.objects.bulk_create(entries)


def _build_entry(act: Act, told: PublicForm, why: ChangeReason, number: int, previous: str) -> Entry:
    content = canonical_json({
        "by": public_signature(why.by), "reason": why.reason, "record": told.form, "subject": told.subject,
        **(why.more or {}),
    })  # fmt: skip
    nonce = token_hex(32)
    at = why.now.replace(microsecond=why.now.microsecond // 1000 * 1000)
    header = EntryHeader(number, at, act.value, told.kind, commitment_hash(nonce, content), previous)
    return Entry(
        number=number, at=header.at, act=header.act, kind=header.kind, digest=header.digest, previous=previous,
        hash=header.hash, subject=told.subject, content=content, nonce=nonce, account=why.by,
    )  # fmt: skip


def is_in_ledger(record: Model) -> bool:
    """Whether readers have ever seen the record: whether the ledger tells of it."""
    kind = KIND_OF.get(type(record))
    if kind is None or record.pk is None:
        return False
    told = public_forms_of(kind, [record.pk]).get(record.pk)
    return told is not None and Entry.objects.filter(kind=kind, subject=told.subject).exists()
