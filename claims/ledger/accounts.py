"""Who did what, as the ledger holds it.

The content of an entry is public, so it names nobody but by a public name. Besides, each entry keeps in `who` the keys
of the accounts behind it and behind its record, which only the desk has, and its content holds the digest of `who`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max

from claims.domain.hash_chain import canonical_json
from claims.models import Entry, PublicName
from claims.records.accounts import AccountRefs, names_accounts
from claims.records.registry import RECORD_KINDS

from .signatures import SOFTWARE_SIGNATURE

ACCOUNTS = "accounts"  # the kind of the entry that holds the accounts of records from before entries did so
BY = "account"  # the entry's own account, beside the columns of its record
WITH_ACCOUNTS = tuple(name for name, kind in RECORD_KINDS.items() if names_accounts(kind))

AccountKeys = dict[str, str | list[str]]


def seal_accounts(number: int, who: str) -> str:
    """The digest of an entry's accounts. The keys are random, so that nobody can guess them from it."""
    return sha256(f"{number}:{who}".encode()).hexdigest()


def account_keys(accounts: AccountRefs, made: Mapping[int, str]) -> AccountKeys:
    """The accounts of a row by their keys. `made` are keys that have just been made."""
    found: AccountKeys = {}
    for name, refs in accounts.items():
        keys = [key or made.get(account, "") for account, key in (refs if isinstance(refs, list) else [refs])]
        found[name] = keys if isinstance(refs, list) else keys[0]
    return found


def make_missing_keys(accounts: Iterable[AccountRefs]) -> dict[int, str]:
    """A key for each account that has none."""
    missing = {account for refs in accounts for account, key in _each_ref(refs) if key is None}
    return {
        account: PublicName.objects.get_or_create(account_id=account)[0].key for account in sorted(missing)
    }


def _each_ref(accounts: AccountRefs) -> Iterator[tuple[int, str | None]]:
    for refs in accounts.values():
        yield from refs if isinstance(refs, list) else [refs]


def has_other_accounts(entry: Entry, accounts: AccountRefs) -> bool:
    """Whether a row names other accounts than its last entry. An entry of an earlier release does not say."""
    return bool(entry.who) and _without_own(json.loads(entry.who)) != account_keys(accounts, {})


def _without_own(who: dict[str, Any]) -> dict[str, Any]:
    return {name: keys for name, keys in who.items() if name != BY}


def needs_holding() -> bool:
    """Whether an entry of an earlier release, on a record with accounts, came after they were last held."""
    last = Entry.objects.filter(who="", kind__in=WITH_ACCOUNTS).aggregate(last=Max("number"))["last"]
    held = Entry.objects.filter(kind=ACCOUNTS).aggregate(last=Max("number"))["last"]
    return last is not None and (held is None or held < last)


# Verification ---------------------------------------------------------------------------------------------------------


class AccountBook:
    """The accounts by their keys, for messages to the operator."""

    def __init__(self) -> None:
        rows = User.objects.values_list("pk", "public_name__key", "username")
        # An account without a key has done nothing that the ledger tells of. It gets a mark that no entry holds.
        self.keys = {account: key or f"#{account}" for account, key, _name in rows}
        self._names = {self.keys[account]: name for account, _key, name in rows}

    def name(self, keys: Any) -> str:
        if isinstance(keys, list):
            return ", ".join(map(self.name, keys)) or "nobody"
        return self._names.get(keys, "an unknown account") if keys is not None else "nobody"

    def differences(self, entered: dict[str, Any], found: dict[str, Any]) -> str:
        return "; ".join(
            f"{name} is {self.name(found.get(name))}, entered as {self.name(entered.get(name))}"
            for name in sorted(entered.keys() | found.keys())
            if entered.get(name) != found.get(name)
        )


def entry_account_fault(entry: Entry, book: AccountBook) -> str:
    """What is wrong with the accounts of an entry; empty if nothing is."""
    told = entry.told
    if (told.get("who") or "") != (seal_accounts(entry.number, entry.who) if entry.who else ""):
        return "who did it is not what was entered"
    if not entry.who:  # of an earlier release, or without any account
        is_signed = told.get("by") != SOFTWARE_SIGNATURE
        return (
            "" if (entry.account_id is not None) == is_signed else "its account is not the one that signed it"
        )
    own = json.loads(entry.who).get(BY)
    found = book.keys.get(entry.account_id, "") if entry.account_id else None
    return "" if own == found else book.differences({BY: own}, {BY: found})


def row_account_fault(who: str, accounts: AccountRefs, book: AccountBook) -> str:
    """What is wrong with the accounts of a row; `who` is of its last entry."""
    if not who:
        return ""
    return book.differences(_without_own(json.loads(who)), account_keys(accounts, book.keys))


def accounts_as_text(kind: str, keys: AccountKeys, by: str | None) -> str:
    """What an entry keeps: empty only where no account has anything to do with it."""
    if by is None and kind not in WITH_ACCOUNTS:
        return ""
    return canonical_json(keys | ({BY: by} if by is not None else {}))
