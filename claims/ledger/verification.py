"""Recomputes the ledger's chain, and compares every public record with its last entry."""

import json
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import F, Max, Q

from claims.domain.hash_chain import GENESIS_HASH, canonical_json, commitment_hash
from claims.domain.vocabulary import Status
from claims.models import Claim, ClaimGap, Entry, EvidenceLink
from claims.records.registry import RECORD_KINDS
from claims.selectors.gap_store import stale_gaps

from .accounts import ACCOUNTS, AccountBook, entry_account_fault, row_account_fault
from .grading_faults import grading_faults
from .public_forms import PublicForm, public_forms_of

BATCH = 500
SUPPRESSION = "suppression"
GONE = "readers saw it, and it is gone"


@dataclass(frozen=True)
class LedgerFault:
    """A fault: the number of its entry if it has one, the record, and what is wrong."""

    number: int | None
    record: str
    why: str

    def __str__(self) -> str:
        at = f"entry {self.number}, " if self.number else ""
        return f"{at}{self.record}: {self.why}"


class LastEntry(NamedTuple):
    number: int
    is_withdrawn: bool  # whether it tells of a withdrawn record
    digest: str  # of what it tells
    who: str  # the accounts


@dataclass
class LedgerChain:
    """What a pass over the entries has collected."""

    number: int = 0
    hash: str = GENESIS_HASH
    last: dict[tuple[str, str], LastEntry] = field(default_factory=dict)  # of each record
    book: AccountBook = field(default_factory=AccountBook)
    misattributed: list[LedgerFault] = field(
        default_factory=list
    )  # entries that name other accounts than entered
    opened: dict[int, tuple[str, str]] = field(default_factory=dict)  # contents that differ from their digest
    vouched: dict[int, str] = field(default_factory=dict)  # digests that suppressions vouch for, by entry
    hashes: dict[int, str] = field(default_factory=dict)  # hashes of the requested entries


def ledger_head() -> Entry | None:
    return Entry.objects.order_by("-number").first()


def ledger_faults(
    *,
    kept: tuple[int, str] | None = None,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[LedgerFault]:
    """All faults, the first broken entry first. `kept` is a head that somebody noted earlier.

    With `today`, a stored gap of a later day is a fault.
    """
    chain = LedgerChain()
    broken = yield from chain_faults(chain, kept=kept, progress=progress)
    if broken:
        return  # entries after a broken one prove nothing
    for kind in RECORD_KINDS:
        yield from _record_faults(kind, chain)
    for link, why in grading_faults():
        yield LedgerFault(None, link, why)
    for claim, why in stale_gaps(Claim.objects.all()):
        yield LedgerFault(None, f"the gap of claim {claim.slug}", why)
    yield from _dated_gap_faults(today)


def missing_records() -> list[tuple[str, str]]:
    """The kind and subject of each record that the ledger contains but that has no row any more."""
    chain = LedgerChain()
    if any(_walk_entries(chain, set(), lambda done: None)):
        return []
    lost = [fault for kind in RECORD_KINDS for fault in _record_faults(kind, chain) if fault.why == GONE]
    return [(kind, subject) for kind, _space, subject in (fault.record.partition(" ") for fault in lost)]


def chain_faults(
    chain: LedgerChain,
    *,
    kept: tuple[int, str] | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Generator[LedgerFault, None, bool]:
    """The faults of the entries alone. Returns True if the chain breaks off."""
    for fault in _walk_entries(chain, {kept[0]} if kept else set(), progress):
        yield fault
        return True
    if kept and chain.hashes.get(kept[0]) != kept[1]:
        yield LedgerFault(kept[0], "the head that was kept elsewhere", _missing_head_reason(chain, kept[0]))
    yield from _unvouched_faults(chain)
    yield from chain.misattributed
    return False


def _missing_head_reason(chain: LedgerChain, number: int) -> str:
    if number > chain.number:
        return f"the ledger ends at entry {chain.number}: its end was cut off"
    return "the ledger has another hash there: it was rewritten"


def _walk_entries(
    chain: LedgerChain, asked: Collection[int], progress: Callable[[int], None]
) -> Iterator[LedgerFault]:
    for entry in Entry.objects.order_by("number").iterator(BATCH):
        why = _chain_break_reason(entry, chain)
        if why:
            yield LedgerFault(entry.number, f"{entry.kind} {entry.subject}", why)
            return
        chain.number, chain.hash = entry.number, entry.hash
        if entry.number % BATCH == 0:
            progress(entry.number)
        if entry.number in asked:
            chain.hashes[entry.number] = entry.hash
        if fault := _open_entry(entry, chain):
            yield fault
            return


def _chain_break_reason(entry: Entry, chain: LedgerChain) -> str:
    if entry.number != chain.number + 1:
        return f"entry {chain.number + 1} is missing before it"
    if entry.previous != chain.hash:
        return "it does not follow the entry before it"
    if entry.header.hash != entry.hash:
        return "its hash is not that of its number, time, act, kind and commitment"
    return ""


def _open_entry(entry: Entry, chain: LedgerChain) -> LedgerFault | None:
    if commitment_hash(entry.nonce, entry.content) != entry.digest:
        # Perhaps suppressed. Then a later entry vouches for it.
        chain.opened[entry.number] = (
            commitment_hash(entry.nonce, entry.content),
            f"{entry.kind} {entry.subject}",
        )
    try:
        record, subject, vouched = _read_payload(entry)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return LedgerFault(entry.number, f"{entry.kind} {entry.subject}", "its content cannot be read")
    if subject != entry.subject:
        return LedgerFault(entry.number, f"{entry.kind} {entry.subject}", f"its content names {subject}")
    chain.vouched |= vouched
    if why := entry_account_fault(entry, chain.book):
        chain.misattributed.append(LedgerFault(entry.number, f"{entry.kind} {entry.subject}", why))
    elif entry.kind == ACCOUNTS:
        _hold_accounts(entry, chain)
    chain.last[entry.kind, subject] = LastEntry(
        entry.number, is_withdrawn_form(record), _form_digest(record), "" if why else entry.who
    )
    return None


def _hold_accounts(entry: Entry, chain: LedgerChain) -> None:
    """The accounts of records from before entries held them, by the number of the last entry of each."""
    held = json.loads(entry.who)
    for ref, last in chain.last.items():
        if not last.who and (keys := held.get(str(last.number))):
            chain.last[ref] = last._replace(who=canonical_json(keys))


def _read_payload(entry: Entry) -> tuple[dict[str, Any] | None, str, dict[int, str]]:
    """The record in an entry, its name, and the digests that it vouches for.

    Raises an error for content that is no entry's.
    """
    told = entry.told
    record, subject = told["record"], told["subject"]
    if not isinstance(record, dict | None):
        raise TypeError(record)
    redacted = told["record"]["redacted"] if entry.kind == SUPPRESSION else {}
    return record, subject, {int(number): digest for number, digest in redacted.items()}


def _unvouched_faults(chain: LedgerChain) -> Iterator[LedgerFault]:
    for number, (found, record) in chain.opened.items():
        if chain.vouched.get(number) != found:
            yield LedgerFault(
                number, record, "its content is not what was entered, and no suppression vouches for it"
            )


def _record_faults(kind: str, chain: LedgerChain) -> Iterator[LedgerFault]:
    """The rows that differ from their last entry, then the records of the ledger that have no row."""
    seen: set[str] = set()
    keys = _keys_of_forms(kind, {subject for told, subject in chain.last if told == kind})
    for at in range(0, len(keys), BATCH):
        for told in public_forms_of(kind, keys[at : at + BATCH], with_accounts=True).values():
            seen.add(told.subject)
            last = chain.last.get((kind, told.subject))
            if why := _difference_to_ledger(told, last, chain.book):
                yield LedgerFault(last.number if last else None, f"{kind} {told.subject}", why)
    for (told_kind, subject), (number, withdrawn, digest, _who) in chain.last.items():
        if told_kind == kind and subject not in seen and _should_row_exist(kind, subject, withdrawn, digest):
            yield LedgerFault(number, f"{kind} {subject}", GONE)


def _dated_gap_faults(today: date | None) -> Iterator[LedgerFault]:
    """Gaps that are right, but for an earlier or later day than they should be: the last snapshot tells the latest
    day.
    """
    gaps = ClaimGap.objects.annotate(said=Max("claim__snapshots__as_of"))
    wrong = Q(as_of__lt=F("said")) | (Q(as_of__gt=today) if today else Q())
    for slug, day, said in gaps.filter(wrong).order_by("claim").values_list("claim__slug", "as_of", "said"):
        limit = f"the site had scored it as of {said} already" if said and day < said else f"today is {today}"
        yield LedgerFault(None, f"the gap of claim {slug}", f"as_of is {day}, and {limit}")


def _keys_of_forms(kind: str, told: set[str]) -> list[int]:
    record_kind = RECORD_KINDS[kind]
    keys = record_kind.ledger_keys()
    if record_kind.is_reference:
        rows = record_kind.model._base_manager.values_list("pk", "slug")
        keys |= {key for key, slug in rows if slug in told}
    return sorted(keys)


def _difference_to_ledger(told: PublicForm, last: LastEntry | None, book: AccountBook) -> str:
    if last is None:
        return "readers see it, and the ledger does not tell of it"
    of_accounts = row_account_fault(last.who, told.accounts, book)
    return "; ".join(filter(None, [_difference_in_form(told, last), of_accounts]))


def _difference_in_form(told: PublicForm, last: LastEntry) -> str:
    if last.digest == _form_digest(told.form):
        return ""
    kind, entered = RECORD_KINDS[told.kind], Entry.objects.get(number=last.number).told["record"]
    if kind.is_same_form(entered, told.form):
        return ""  # the difference is only in default values, which equal absent columns
    return _first_difference(entered, told.form or {})


def _first_difference(entered: dict[str, Any] | None, found: dict[str, Any]) -> str:
    entered = entered or {}
    names = [name for name in sorted(entered.keys() | found.keys()) if entered.get(name) != found.get(name)]
    return "; ".join(
        f"{name} is {_shorten_value(found.get(name))}, entered as {_shorten_value(entered.get(name))}"
        for name in names
    )


def _shorten_value(value: Any) -> str:
    text = canonical_json(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def is_withdrawn_form(record: Any) -> bool:
    """Whether the form is that of a withdrawn record, whatever the act of its entry."""
    return isinstance(record, dict) and record.get("status") == Status.WITHDRAWN


def _should_row_exist(kind: str, subject: str, withdrawn: bool, digest: str) -> bool:
    if digest == _form_digest(None):
        return False
    if RECORD_KINDS[kind].is_publishable:
        # A withdrawn record may be a draft again. Its row must exist, because published records are never deleted.
        return not withdrawn or not RECORD_KINDS[kind].model._base_manager.filter(slug=subject).exists()
    if kind == "link":
        claim, _slash, evidence = subject.partition("/")
        ends = {"claim__slug": claim, "evidence__slug": evidence}
        stands = EvidenceLink.objects.filter(**ends).exists()
        return not stands or _are_both_published(claim, evidence)
    if kind == "search":
        return Claim.objects.filter(slug=subject.split("/", maxsplit=1)[0], status=Status.PUBLISHED).exists()
    return True


def _are_both_published(claim: str, evidence: str) -> bool:
    return all(
        RECORD_KINDS[kind].model._base_manager.filter(slug=slug, status=Status.PUBLISHED).exists()
        for kind, slug in (("claim", claim), ("evidence", evidence))
    )


def _form_digest(record: Any) -> str:
    return sha256(canonical_json(record).encode()).hexdigest()
