"""Holds who did it on records from before entries of the ledger did so. An upgrade does this once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from claims.actions.outside_changes import key_batches
from claims.actions.rescoring import acquire_write_lock
from claims.domain.hash_chain import canonical_json
from claims.domain.vocabulary import Act
from claims.ledger.accounts import ACCOUNTS, WITH_ACCOUNTS, account_keys, make_missing_keys, needs_holding
from claims.ledger.public_forms import PublicForm, public_forms_of
from claims.ledger.writer import ChangeReason, append_forms, last_entries
from claims.records.accounts import AccountRefs
from claims.records.registry import RECORD_KINDS

HELD = gettext_noop(
    "From here on the ledger holds which accounts entered, graded and approved each public record."
)


@transaction.atomic
def hold_accounts(*, now: datetime) -> int:
    """Append one entry that holds the accounts of each public record whose last entry does not. Returns their number.

    They are held as they stand now: what was changed before cannot be found by it.
    """
    acquire_write_lock()
    if not needs_holding():
        return 0
    found = {number: refs for name in WITH_ACCOUNTS for number, refs in _unheld_accounts(name).items()}
    made = make_missing_keys(found.values())
    who = canonical_json({str(number): account_keys(refs, made) for number, refs in found.items()})
    form = PublicForm(ACCOUNTS, "records", {"held": len(found)})
    append_forms([(Act.IMPORT, form)], ChangeReason(act=Act.IMPORT, now=now, reason=HELD), who=who)
    return len(found)


def _unheld_accounts(name: str) -> dict[int, AccountRefs]:
    """By the number of the last entry of each record."""
    kind, found = RECORD_KINDS[name], {}
    for batch in key_batches(sorted(kind.ledger_keys())):
        forms = public_forms_of(name, batch, with_accounts=True).values()
        last = last_entries(name, {form.subject for form in forms})
        for form in forms:
            entry = last.get(form.subject)
            if entry and not entry.who:
                found[entry.number] = form.accounts
    return found
