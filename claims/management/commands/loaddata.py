"""Django's loaddata with more steps: it scores the loaded claims and enters every loaded public record into the
ledger.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from claims.actions import record_outside_changes, rescore_claims
from claims.domain.hash_chain import GENESIS_HASH, commitment_hash
from claims.ledger.verification import LedgerChain, chain_faults
from claims.models import Claim, Entry, Evidence, MethodChange, Snapshot, Source, Speaker
from claims.selectors.duplicates import twin_pairs

NAMED = 30  # possible duplicates with a warning each; the others are counted

OTHER_WAY = (
    "{what} is not what this site has there: the file's ledger and this site's go different ways, and a ledger is "
    "never rewritten. Nothing was loaded. Load the file into an empty database, or its records without their past: "
    "loaddata --exclude claims.entry --exclude claims.snapshot …"
)
MAY_BE_EMPTIED = ("inputs", "digest")  # columns of a snapshot that a suppression empties


class OtherPast(CommandError):
    """The ledger in the file contradicts the ledger of the site."""


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        """Load the files. Runs inside the load's transaction: records, gaps and entries are stored together or not at
        all.
        """
        self.loaded_keys: dict[type[Any], set[int]] = {model: set() for model in (Evidence, Speaker, Source)}
        super().loaddata(fixture_labels)
        # The actions write to the default database only. Records loaded into another one are not scored.
        if self.using != DEFAULT_DB_ALIAS or not any(m._meta.app_label == "claims" for m in self.models):
            return
        if Entry in self.models:
            refuse_broken_chain()
        now = timezone.now()
        outcome = rescore_claims(Claim.objects.all(), as_of=timezone.localdate(now), now=now)
        entered = record_outside_changes(now=now, reason=load_reason(fixture_labels))
        if self.verbosity >= 1:
            self.stdout.write(f"Scored {outcome.claims} claim(s)")
            self.stdout.write(f"Entered {entered} change(s) into the ledger")
        self.warn_of_twins()

    def warn_of_twins(self) -> None:
        """Name the loaded records that may be others entered twice. They are loaded all the same."""
        for model, keys in self.loaded_keys.items():
            pairs = twin_pairs(model, keys)
            for record, twin in pairs[:NAMED]:
                self.stderr.write(
                    f"Warning: {model._meta.model_name} {record.slug} may be {twin.record.slug}, entered twice: "
                    f"{twin.grounds_in_words}."
                )
            if (more := len(pairs) - NAMED) > 0:
                self.stderr.write(f"Warning: {more} more of this kind.")

    def save_obj(self, obj: Any) -> bool:
        """Save a loaded object.

        A stored ledger entry or snapshot is left as it is. Raises OtherPast if the file contradicts it.
        """
        ours = self.using == DEFAULT_DB_ALIAS and not self.excludes(type(obj.object))
        if ours and is_stored_already(obj.object):
            self.models.add(type(obj.object))
            return True
        saved = super().save_obj(obj)
        if saved and type(obj.object) in self.loaded_keys:
            self.loaded_keys[type(obj.object)].add(obj.object.pk)
        return saved

    def excludes(self, model: Any) -> bool:
        return model in self.excluded_models or model._meta.app_config in self.excluded_apps


def load_reason(labels: Any) -> str:
    """The public reason of the entries.

    It names the files without their folders, which may reveal the operator's machine.
    """
    names = ", ".join("standard input" if label == "-" else Path(str(label)).name for label in labels)
    return f"Loaded by an operator from {names}."


def is_stored_already(record: Any) -> bool:
    match record:
        case Entry():
            return is_entry_stored(record)
        case Snapshot():
            return is_snapshot_stored(record)
        case MethodChange():
            return is_method_change_stored(record)
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


def refuse_broken_chain() -> None:
    fault = next(iter(chain_faults(LedgerChain())), None)
    if fault:
        raise CommandError(f"The file's ledger does not hold: {fault}. Nothing was loaded.")
