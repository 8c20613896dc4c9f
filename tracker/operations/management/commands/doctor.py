"""Says of each part of an installation whether it is right, and if not, what to do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.operations.installation import PARTS, Fault

WIDTH = max(map(len, PARTS))


class Command(BaseCommand):
    help = (
        "Check settings, files, disk, database, search index, clock and ledger. Exit 1 if anything is wrong."
    )
    requires_system_checks = []  # it asks for what concerns an operator itself

    def handle(self, **options: Any) -> None:
        failed: set[str] = set()
        for name, (check, needed) in PARTS.items():
            if needed in failed:
                failed.add(name)
                self.say("?", name, f"not known without the {needed}")
                continue
            try:
                self.say("ok", name, check())
            except Fault as fault:
                failed.add(name)
                self.say("WRONG", name, str(fault))
        if failed:
            raise CommandError(f"Not all is well: {', '.join(sorted(failed))}.", returncode=1)

    def say(self, verdict: str, name: str, words: str) -> None:
        self.stdout.write(f"{verdict:<5}  {name:<{WIDTH}}  {words}")
