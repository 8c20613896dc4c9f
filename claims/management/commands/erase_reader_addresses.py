"""Erases the e-mails of readers who reported an error, some time after the answer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.actions import erase_reader_addresses


class Command(BaseCommand):
    help = (
        "Erase the e-mails of readers whose report of an error was answered READER_ADDRESS_DAYS ago or earlier, or was "
        "sent a year ago and never answered. Safe to run again."
    )

    def handle(self, **options: Any) -> None:
        erased = erase_reader_addresses(now=timezone.now())
        self.stdout.write(f"{erased} e-mail{'' if erased == 1 else 's'} of readers erased.")
