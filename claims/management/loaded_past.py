"""What a site already has of a loaded file's past: its ledger, snapshots, gradings and public names stay."""

from typing import Any

from django.core.management.base import CommandError

from claims.domain.hash_chain import GENESIS_HASH, commitment_hash
from claims.models import Entry, Grading, MethodChange, PublicName, Snapshot

OTHER_WAY = (
    "{what} is not what this site has there: the file's ledger and this site's go different ways, and a ledger is "
    "never rewritten. Nothing was loaded. Load the file into an empty database, or its records without their past: "
    "loaddata --exclude claims.entry --exclude claims.snapshot …"
)
MAY_BE_EMPTIED = ("inputs", "digest")  # columns of a snapshot that a suppression empties


class OtherPast(CommandError):
    """The ledger in the file contradicts the ledger of the site."""


def is_stored_already(record: Any) -> bool:
    match record:
        case Entry():
            return is_entry_stored(record)
        case Snapshot():
            return is_snapshot_stored(record)
        case MethodChange():
            return is_method_change_stored(record)
        case Grading():
            return is_grading_stored(record)
        case PublicName():  # entries of this site are signed by it
            return PublicName.objects.filter(account=record.account_id).exists()
    return False


def is_entry_stored(entry: Entry) -> bool:
    """Whether the ledger has this entry.

    Raises OtherPast if it has another one with this number, or another predecessor.
    """
    what = f"Entry {entry.number}"
    found = Entry.objects.filter(number=entry.number).first()
    if found is None:
        before = Entry.objects.filter(number=entry.number - 1).values_list("hash", flat=True).first()
        if entry.previous != (before or GENESIS_HASH) or (entry.number > 1) != bool(before):
            raise OtherPast(OTHER_WAY.format(what=f"What comes before entry {entry.number}"))
        return False
    if found.hash != entry.hash:
        raise OtherPast(OTHER_WAY.format(what=what))
    if opens_commitment(found) and not opens_commitment(
        entry
    ):  # a suppression emptied it in the file; the check of the chain requires its entry
        fields = {name: getattr(entry, name) for name in ("content", "nonce", "subject")}
        Entry.objects.filter(number=entry.number).update(**fields)
    return True


def opens_commitment(entry: Entry) -> bool:
    return commitment_hash(entry.nonce, entry.content) == entry.digest


def is_snapshot_stored(snapshot: Snapshot) -> bool:
    found = Snapshot.objects.filter(claim=snapshot.claim_id, number=snapshot.number).first()
    if found is None:
        return False
    columns = [field.attname for field in Snapshot._meta.concrete_fields if not field.primary_key]
    wrong = [name for name in columns if differs_from_loaded(getattr(found, name), getattr(snapshot, name))]
    if set(wrong) - set(MAY_BE_EMPTIED):
        raise OtherPast(OTHER_WAY.format(what=f"Snapshot {found.number} of claim {found.claim.slug}"))
    if wrong:
        Snapshot.objects.filter(pk=found.pk).update(**{name: getattr(snapshot, name) for name in wrong})
    return True


def is_grading_stored(grading: Grading) -> bool:
    """Whether the site has this grading. Another one gets a key of its own, because no row takes the place of one."""
    same = Grading.objects.filter(link=grading.link_id, rater=grading.rater_id, stance=grading.stance)
    if any(not differs_from_loaded(at, grading.graded_at) for at in same.values_list("graded_at", flat=True)):
        return True
    grading.pk = None
    return False


def is_method_change_stored(change: MethodChange) -> bool:
    found = MethodChange.objects.filter(name=change.name).first()
    if found is None:
        return False
    if found.replaces != change.replaces or differs_from_loaded(found.adopted_at, change.adopted_at):
        raise OtherPast(OTHER_WAY.format(what=f"The change to {found.name}"))
    return True


def differs_from_loaded(stored: Any, loaded: Any) -> bool:
    if hasattr(stored, "microsecond"):  # a fixture keeps milliseconds
        return bool(abs(stored - loaded).total_seconds() >= 0.001)
    return bool(stored != loaded)
