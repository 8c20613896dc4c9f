"""Loads fixtures as loaddata does, names every fault, and undoes the load."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from claims.management.commands import loaddata
from claims.management.own_demo import use_database
from claims.models import Entry


class Command(loaddata.Command):
    help = "Check fixtures against everything that loaddata asks of them. Stores nothing."

    def handle(self, *labels: str, **options: Any) -> None:
        if settings.DEMO:  # nothing is configured, so nothing is known but the files
            use_database(":memory:")
            call_command("migrate", verbosity=0, interactive=False)
        super().handle(*labels, **options)

    def loaddata(self, fixture_labels: Any) -> None:
        self.verbosity = 0  # Django would say that the records are installed
        super().loaddata(fixture_labels)

    def complete_load(self, fixture_labels: Any) -> None:
        if Entry in self.models:
            loaddata.refuse_broken_chain()
        self.warn_of_twins()
        self.warn_of_dates()
        transaction.set_rollback(True, using=self.using)
        for warning in self.warnings:
            self.stdout.write(f"{warning} (published before; it stands as it was)")
        self.stdout.write(f"{self.loaded_object_count} record(s) and no fault; nothing was stored.")
