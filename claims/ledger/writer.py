"""Appends to the change ledger whatever an action has changed of what readers see, in the action's own transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, Max, Model, OuterRef, QuerySet

from claims.domain.hash_chain import GENESIS_HASH, EntryHeader, canonical_json, commitment_hash
from claims.domain.vocabulary import Act, Status
from claims.domain.workflow import PublishingCheck
from claims.models import Entry
from claims.records.record_kind import RecordKind
from claims.records.registry import RECORD_KINDS, kind_of_record, touched_rows

from .accounts import account_keys, accounts_as_text, has_other_accounts, make_missing_keys, seal_accounts
from .public_forms import PublicForm, public_forms_of
from .signatures import sign_for

HIDDEN = (Status.DRAFT, Status.IN_REVIEW)
LONGEST_WAIT = timedelta(minutes=10)  # between the time of an action and its turn to write


@dataclass(frozen=True, kw_only=True)
class ChangeReason:
    """Who changes what readers see, when, in which act, and the reason that they are given."""

    act: Act
    now: datetime
    by: User | None = None
    reason: str = ""
    checks: Collection[PublishingCheck] = ()  # told of the record itself, not of what is shown with it
    more: dict[str, Any] | None = None


def append_entries(
    records: Iterable[Model], why: ChangeReason, columns: Collection[str] | None = None
) -> list[Entry]:
    """Append an entry for each record, and each that it shows or refers to, whose public form has changed.

    `columns` are those that may have changed in records that stay public; None where their presence changes.
    The caller has taken its turn: two at once would follow the same entry, and the database refuse the second.
    """
    concerned = [
        (kind_of_record(record), record.pk, touched_rows(record, columns))
        for record in records
        if getattr(record, "status", None) not in HIDDEN
    ]
    keys_of: dict[str, set[int]] = {}
    for _kind, _key, touched in concerned:
        for name, keys in touched.items():
            keys_of.setdefault(name, set()).update(keys)
    changed = {name: changed_forms(name, keys) for name, keys in keys_of.items()}
    forms: dict[tuple[str, int], tuple[Act, PublicForm]] = {}
    for own, own_key, touched in concerned:
        for name, keys in touched.items():
            for key in sorted(keys & changed[name].keys()):
                is_own = own is not None and (name, key) == (own.name, own_key)
                act = why.act if is_own else RECORD_KINDS[name].act_when_touched(why.act)
                forms.setdefault((name, key), (act, changed[name][key]))
    return append_forms(forms.values(), why)


def append_entries_of(kind: str, keys: Collection[int], why: ChangeReason) -> list[Entry]:
    """The same for many rows of one kind, such as the snapshots of a batch."""
    return append_forms([(why.act, told) for told in changed_forms(kind, keys).values()], why)


def changed_forms(kind_name: str, keys: Collection[int]) -> dict[int, PublicForm]:
    """The rows that the ledger last told otherwise: what readers see, or who did it."""
    kind = RECORD_KINDS[kind_name]
    if keys and kind.is_bound:
        keys = kind.ledger_keys(keys)
    if not keys:
        return {}
    told = public_forms_of(kind_name, keys, with_accounts=True)
    forms = {key: form for key, form in told.items() if form.form is not None}
    last = last_entries(kind_name, {form.subject for form in forms.values()})
    new = {key for key, form in forms.items() if form.subject not in last}
    public = kind.ledger_keys(new) if new else set()
    return {
        key: form
        for key, form in forms.items()
        if (
            not kind.is_same_form(last[form.subject].told["record"], form.form)
            or has_other_accounts(last[form.subject], form.accounts)
            if form.subject in last
            else key in public
        )
    }


def last_entries(kind: str, subjects: Collection[str]) -> dict[str, Entry]:
    """The last entry of each subject that has one."""
    told = Entry.objects.filter(kind=kind, subject__in=subjects).order_by().values("subject")
    newest = told.annotate(newest=Max("number")).values("newest")
    return {entry.subject: entry for entry in Entry.objects.filter(number__in=newest)}


def last_entry_number(kind: RecordKind, key: int) -> int | None:
    """The number of the last entry on a row; None if the ledger does not tell of it."""
    told = Entry.objects.filter(kind=kind.name, subject__in=kind.subjects_of([key]))
    return told.order_by().aggregate(last=Max("number"))["last"]


def append_forms(
    told: Iterable[tuple[Act, PublicForm]], why: ChangeReason, *, who: str | None = None
) -> list[Entry]:
    """Append an entry for each form. `who` takes the place of the accounts that the forms name."""
    told = list(told)
    if not told:
        return []
    head = Entry.objects.order_by("-number").first()
    number, previous = (head.number, head.hash) if head else (0, GENESIS_HASH)
    at = _time_of_entries(why.now, head)
    signature, own_key = sign_for(why.by)
    made = make_missing_keys(each.accounts for _act, each in told)
    entries = []
    for act, each in told:
        number += 1
        sealed = (
            accounts_as_text(each.kind, account_keys(each.accounts, made), own_key) if who is None else who
        )
        content = _content_of_entry(
            act, each, why, signature, seal_accounts(number, sealed) if sealed else ""
        )
        entry = _build_entry(act, each, why, EntryPlace(number, previous, at), content)
        entry.who = sealed
        entries.append(entry)
        previous = entry.hash
    return Entry.objects.bulk_create(entries)


class EntryPlace(NamedTuple):
    """Where in the chain an entry stands: its number, the hash of the one before it, and its time."""

    number: int
    previous: str
    at: datetime


def _time_of_entries(now: datetime, head: Entry | None) -> datetime:
    """Not earlier than the entry before: an action that waited for its turn asked the clock before it waited.

    Where the entry before is later by more than any wait, a clock was wrong, and the time is told as it is now: times
    that stood still until the clock caught up would be false for as long.
    """
    at = now.replace(microsecond=now.microsecond // 1000 * 1000)
    if head and at < head.at <= at + LONGEST_WAIT:
        return head.at
    return at


def _content_of_entry(act: Act, told: PublicForm, why: ChangeReason, signature: str, seal: str) -> str:
    return canonical_json({
        "by": signature, "reason": why.reason, "record": told.form, "subject": told.subject,
        **({"checks": [check.value for check in why.checks]} if why.checks and act is why.act else {}),
        **({"who": seal} if seal else {}),
        **(why.more or {}),
    })  # fmt: skip


def _build_entry(act: Act, told: PublicForm, why: ChangeReason, place: EntryPlace, content: str) -> Entry:
    nonce = token_hex(32)
    header = EntryHeader(
        place.number, place.at, act.value, told.kind, commitment_hash(nonce, content), place.previous
    )
    return Entry(
        number=header.number, at=header.at, act=header.act, kind=header.kind, digest=header.digest,
        previous=header.previous, hash=header.hash, subject=told.subject, content=content, nonce=nonce, account=why.by,
    )  # fmt: skip


def subjects_in_ledger(kind: RecordKind, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the rows of which the ledger tells."""
    told = Entry.objects.filter(kind=kind.name, subject=OuterRef("told_as"))
    return rows.annotate(told_as=kind.subject_expression()).filter(Exists(told))


def is_in_ledger(record: Model, kind: RecordKind) -> bool:
    """Whether readers have ever seen the record: whether the ledger tells of it."""
    if record.pk is None:
        return False
    return Entry.objects.filter(kind=kind.name, subject__in=kind.subjects_of([record.pk])).exists()
