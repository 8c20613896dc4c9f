"""Django's loaddata with more steps: it validates the records as the forms do and names all faults at once, scores
the loaded claims and enters every loaded public record into the ledger.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from claims.actions import (
    LoadedVerdicts,
    follow_outside_ratings,
    hold_accounts,
    record_outside_changes,
    rescore_claims,
)
from claims.ingest.fixture_file import FixtureFault, FixtureFile, FixtureRecord
from claims.ledger.verification import LedgerChain, chain_faults
from claims.management.fixture_load import FixtureLoad
from claims.management.loaded_past import is_stored_already
from claims.models import Claim, Entry, Evidence, Source, Speaker, Statement
from claims.selectors.date_doubts import date_doubts
from claims.selectors.duplicates import twin_pairs

TWINNED = (Evidence, Speaker, Source)  # may be entered twice
DATED = (Statement, Evidence)
NAMED = 30  # warnings of one kind; the others are counted

TURNS_VERDICTS = (
    "The file turns verdicts that readers see, and brings no notice of it:\n{turned}\n"
    "Add a claims.correction to the file for each of these claims, with kind, what_was_wrong, effect, corrected_on and "
    "corrected_by. Nothing was loaded."
)
TAKEN_AS_THEY_STAND = (
    "{n} thing(s) that were published before they were asked for stand as they were; check_fixture lists them"
)


class TurnedVerdicts(CommandError):
    """The file turns verdicts that readers see, and brings no notice of it."""


class FixtureFaults(CommandError):
    """The files hold faults, each of which the message names."""

    def __init__(self, faults: Iterable[FixtureFault]) -> None:
        self.faults = list(faults)
        n = len(self.faults)
        total = f"{n} fault{'s' if n > 1 else ''}; nothing was loaded."
        super().__init__("\n".join(["", *map(str, self.faults), total]), returncode=2)


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        """Load the files. Runs inside the load's transaction: records, gaps and entries are stored together or not at
        all.
        """
        self.loaded_keys: dict[type[Any], set[int]] = {model: set() for model in (*TWINNED, *DATED)}
        self.records: list[FixtureRecord] = []
        self.faults: list[FixtureFault] = []
        self.warnings: list[FixtureFault] = []
        self.labels_to_read = len(fixture_labels)
        verdicts = LoadedVerdicts(now=timezone.now()) if self.using == DEFAULT_DB_ALIAS else None
        super().loaddata(fixture_labels)
        if verdicts:
            refuse_turned_verdicts(verdicts)
        self.complete_load(fixture_labels)

    def complete_load(self, fixture_labels: Any) -> None:
        """Check the ledger, score, and enter what the load changes."""
        # The actions write to the default database only. Records loaded into another one are not scored.
        if self.using != DEFAULT_DB_ALIAS or not any(m._meta.app_label == "claims" for m in self.models):
            return
        if Entry in self.models:
            refuse_broken_chain()
        now = timezone.now()
        follow_outside_ratings(now=now)
        outcome = rescore_claims(Claim.objects.all(), as_of=timezone.localdate(now), now=now)
        entered = record_outside_changes(now=now, reason=load_reason(fixture_labels))
        hold_accounts(now=now)
        if self.verbosity >= 1:
            self.stdout.write(f"Scored {outcome.claims} claim(s)")
            self.stdout.write(f"Entered {entered} change(s) into the ledger")
            if self.warnings:
                self.stdout.write(TAKEN_AS_THEY_STAND.format(n=len(self.warnings)))
        self.warn_of_twins()
        self.warn_of_dates()

    def warn_of_twins(self) -> None:
        """Name the loaded records that may be others entered twice. They are loaded all the same."""
        for model in TWINNED:
            pairs = twin_pairs(model, self.loaded_keys[model])
            for record, twin in pairs[:NAMED]:
                self.stderr.write(
                    f"Warning: {model._meta.model_name} {record.slug} may be {twin.record.slug}, entered twice: "
                    f"{twin.grounds_in_words}."
                )
            if (more := len(pairs) - NAMED) > 0:
                self.stderr.write(f"Warning: {more} more of this kind.")

    def warn_of_dates(self) -> None:
        """Name the loaded records whose dates are possible and rarely meant. They are loaded all the same."""
        today = timezone.localdate()
        for model in DATED:
            doubted = [
                (record.slug, words)
                for record in model._base_manager.filter(pk__in=self.loaded_keys[model]).order_by("pk")
                for words in date_doubts(record, today)
            ]
            for slug, words in doubted[:NAMED]:
                self.stderr.write(f"Warning: {model._meta.model_name} {slug}: {words}")
            if (more := len(doubted) - NAMED) > 0:
                self.stderr.write(f"Warning: {more} more of this kind.")

    def load_label(self, fixture_label: str) -> None:
        """Read the files for a load of all of them together. A copy into another database is left to Django."""
        if self.using != DEFAULT_DB_ALIAS:
            super().load_label(fixture_label)
            return
        for path, _folder, _name in self.find_fixtures(fixture_label):
            format_name, compression = self.parse_name(Path(path).name)[1:]
            if format_name != "json":
                raise CommandError(
                    f"{shown_name(path)}: only JSON is loaded, because nothing else is checked."
                )
            self.fixture_count += 1
            self.read_file(shown_name(path), path, compression)
        self.labels_to_read -= 1
        if not self.labels_to_read:
            self.store_records()

    def store_records(self) -> None:
        """Store the records of all JSON files. Raises FixtureFaults with everything that is wrong with any of them."""
        load = FixtureLoad(self.records, self.save_obj)
        self.faults += load.run()
        if self.faults:
            raise FixtureFaults(self.faults)
        self.warnings = load.warnings
        self.loaded_object_count += load.count
        self.fixture_object_count += len(self.records)

    def read_file(self, shown: str, path: str, compression: Any) -> None:
        open_file, mode = self.compression_formats[compression]  # type: ignore[misc]  # the stubs lack the mode
        with open_file(path, mode) as file:
            data = file.read()
        try:
            text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        except UnicodeDecodeError as error:
            words = f"It is not UTF-8 text (byte {error.start}). Save it as UTF-8."
            self.faults.append(FixtureFault(shown, "", "", words))
            return
        found = FixtureFile(shown, text, ignore_unknown=self.ignore)
        self.faults += found.faults
        self.records += [record for record in found.records if not self.excludes(record.model)]

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


def shown_name(path: str) -> str:
    """The file as messages name it: from the folder where the command was called, if it lies below it."""
    if path == loaddata.READ_STDIN:
        return "standard input"
    here, file = Path.cwd(), Path(path)
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def load_reason(labels: Any) -> str:
    """The public reason of the entries, with the files but no folders, which may reveal the operator's machine."""
    names = ", ".join("standard input" if label == "-" else Path(str(label)).name for label in labels)
    return f"Loaded by an operator from {names}."


def refuse_turned_verdicts(verdicts: LoadedVerdicts) -> None:
    if moved := verdicts.turned_without_notice():
        turned = "\n".join(f"  {move.claim.slug}: {move.words}" for move in moved)
        raise TurnedVerdicts(TURNS_VERDICTS.format(turned=turned))


def refuse_broken_chain() -> None:
    if fault := next(iter(chain_faults(LedgerChain())), None):
        raise CommandError(f"The file's ledger does not hold: {fault}. Nothing was loaded.")
