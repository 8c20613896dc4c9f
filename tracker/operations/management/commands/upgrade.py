"""Brings a site's data to this version of the software, while the site is closed. Safe to stop and to run again."""

import shlex
import subprocess
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from tracker.maintenance import maintenance_notice

NOTICE = "The software is being upgraded."  # tells this command's maintenance file from an operator's own
INTERRUPTED = 130  # the exit status of a command stopped by Ctrl-C


class Command(BaseCommand):
    help = (
        "Close the site, apply migrations, collect static files, score every claim, verify the ledger, restart the "
        "server and open the site again. Make a backup first."
    )
    requires_system_checks = []  # the first step runs them all

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restart",
            metavar="COMMAND",
            help="the command that restarts the server, such as 'systemctl restart tracker'",
        )
        parser.add_argument(
            "--adopt",
            metavar="REASON",
            help="enter what was written past the desk into the ledger; readers see the reason",
        )

    def handle(self, *, restart: str | None = None, adopt: str | None = None, **options: Any) -> None:
        restarting = split_command(restart)
        self.close_site()
        for title, step in self.steps(adopt):
            self.run_step(title, step)
        if not restarting:
            self.stdout.write(
                "The data is upgraded, and the site is still closed. Restart the server, and then open the site:\n"
                f"rm {shlex.quote(str(settings.MAINTENANCE_FILE))}"
            )
            return
        self.run_step("Restart the server", lambda: run_program(restarting))
        self.open_site()

    def steps(self, adopt: str | None) -> list[tuple[str, Callable[[], object]]]:
        def call(name: str, *arguments: str, **options: Any) -> Callable[[], object]:
            return lambda: call_command(name, *arguments, stdout=self.stdout, stderr=self.stderr, **options)

        adopting = () if adopt is None else ("--adopt", adopt)
        collect = [("Collect static files", call("collectstatic", interactive=False, verbosity=0))]
        return [
            ("Check the settings", call("check")),
            ("Apply migrations", call("migrate", interactive=False, verbosity=0)),
            *(collect if settings.STATIC_ROOT else []),
            ("Score every claim", call("rescore")),
            ("Verify the ledger", call("verify_ledger", *adopting)),
            ("Check the scores", call("rescore", "--check")),
        ]

    def run_step(self, title: str, step: Callable[[], object]) -> None:
        self.stdout.write(f"== {title}")
        try:
            step()
        except KeyboardInterrupt:
            raise CommandError(f"Stopped at “{title}”. {HOW_TO_GO_ON}", returncode=INTERRUPTED) from None
        except Exception as error:
            raise CommandError(
                f"{error}\nThe upgrade failed at “{title}”. {HOW_TO_GO_ON}",
                returncode=getattr(error, "returncode", 1),
            ) from error

    def close_site(self) -> None:
        """Start maintenance mode. An operator's own maintenance file stays as it is."""
        if maintenance_notice(settings.MAINTENANCE_FILE) is None:
            settings.MAINTENANCE_FILE.write_text(f"{NOTICE}\n", encoding="utf-8")
        self.stdout.write(
            f"Readers see that the site is closed for maintenance ({settings.MAINTENANCE_FILE})."
        )

    def open_site(self) -> None:
        if maintenance_notice(settings.MAINTENANCE_FILE) != NOTICE:
            self.stdout.write(
                "The data is upgraded. You closed the site yourself, so it is still closed. Open it:\n"
                f"rm {shlex.quote(str(settings.MAINTENANCE_FILE))}"
            )
            return
        settings.MAINTENANCE_FILE.unlink()
        self.stdout.write("The data is upgraded, and the site is open.")


HOW_TO_GO_ON = (
    "The site stays closed. Run this command again once the cause is mended, or go back to the version before: see "
    "“Undo a failed upgrade” in docs/operations.md."
)


def split_command(text: str | None) -> list[str]:
    try:
        return shlex.split(text or "")
    except ValueError as error:
        raise CommandError(f"--restart: the command can't be read: {error}.", returncode=2) from None


def run_program(words: list[str]) -> None:
    """Run a program. Raises CommandError if it can't be started or fails."""
    try:
        done = subprocess.run(words, check=False)  # noqa: S603 - the operator's own
    except OSError as error:
        raise CommandError(f"{words[0]} can't be started: {error.strerror}.") from None
    if done.returncode:
        raise CommandError(f"{words[0]} ended with exit status {done.returncode}.")
