"""Serves the demo: a separate site with the Syria dossier, without any configuration."""

import sys
from argparse import ArgumentParser
from errno import EADDRINUSE
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)
from django.urls import reverse

from claims.domain.vocabulary import State, Status
from claims.management.demo_site import ACCOUNTS, PASSWORD, prepare_demo
from claims.management.own_demo import prepare_own_demo
from claims.models import Claim

HOST, PORT = "127.0.0.1", 8000  # only this machine: the demo's passwords are public
WHO_WIDTH = 24
EXAMPLES = (
    "A claim's receipt:    {program} gap no-sanction-lifted --as-of 2021-10-31",
    "Scored anew, checked: {program} rescore, {program} rescore --check",
    "Nothing rewritten:    {program} verify_ledger",
)


class Command(BaseCommand):
    help = "Make a demo site with a database of its own, print its claims, and serve it on this machine."
    requires_system_checks = []  # the checks are about deployments

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop after the table of claims")
        parser.add_argument(
            "--fixture",
            metavar="FILE",
            help="show this file alone, in a database of its own (docs/fixtures.md)",
        )
        parser.add_argument("--port", type=int, default=PORT, help=f"where to serve ({PORT})")

    def handle(
        self, *, no_serve: bool = False, port: int = PORT, fixture: str | None = None, **options: Any
    ) -> None:
        server = None if no_serve else bind_port(port)  # fail at once if the port is taken
        try:
            if fixture:
                prepare_own_demo(Path(fixture), self.say)
                examples = own_demo_text(fixture)
            else:
                prepare_demo(self.say)
                examples = EXAMPLES
            self.stdout.write("\n".join([*claims_table(), "", *next_steps_text(server, examples)]))
            self.stdout.flush()
            if server:
                server.set_app(get_internal_wsgi_application())
                server.serve_forever()
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")
        finally:
            if server:
                server.server_close()

    def say(self, text: str) -> None:
        self.stderr.write(f"{text} …", style_func=str)


def bind_port(port: int) -> ThreadedWSGIServer:
    try:
        return ThreadedWSGIServer((HOST, port), WSGIRequestHandler)
    except OverflowError:
        raise CommandError(f"--port {port}: a port is a number from 1 to 65535.", returncode=2) from None
    except OSError as error:
        taken = error.errno == EADDRINUSE
        why = "is taken by another program" if taken else f"can't be used: {error.strerror}"
        other = port + 1 if port < 65_535 else PORT
        raise CommandError(
            f"Port {port} {why}. Choose another one: {manage_command()} demo --port {other}"
        ) from None


def claims_table() -> list[str]:
    """The lines of a table of the published claims as of today, in the order in which they were said."""
    claims = Claim.objects.published().select_related("gap", "statement__speaker")
    rows: list[tuple[str, ...]] = [("gap", "range", "verdict", "", "who", "claim")]
    rows += [
        claim_table_row(claim)
        for claim in claims.order_by("statement__said_on__last", "statement", "position")
    ]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([gap.rjust(wide[0]), *(t.ljust(w) for t, w in zip(rest, wide[1:], strict=True))]).rstrip()
        for gap, *rest in rows
    ]


def claim_table_row(claim: Claim) -> tuple[str, ...]:
    """The cells of a claim's row. Without a verdict, number and interval are empty: they would be read as one."""
    gap, who = claim.gap, claim.statement.speaker.name
    scored = gap.headline is not None
    return (
        f"{gap.headline:.1f}" if scored else "—",
        f"{gap.low:.0f}–{gap.high:.0f}" if scored else "",
        State(gap.state).label,
        "tentative" if scored and gap.tentative else "",
        who if len(who) <= WHO_WIDTH else f"{who[: WHO_WIDTH - 1]}…",
        claim.slug,
    )


def own_demo_text(fixture: str) -> tuple[str, ...]:
    drafts = Claim.objects.exclude(status=Status.PUBLISHED).count()
    hidden = (
        (f"Readers do not see {drafts} claim(s): they are drafts. The desk shows them.",) if drafts else ()
    )
    return (*hidden, f"After an edit of it:  {{program}} demo --fixture {fixture}")


def next_steps_text(server: ThreadedWSGIServer | None, examples: tuple[str, ...]) -> list[str]:
    program = manage_command()
    lines = [
        "0: the evidence supports the claim; 100: the evidence contradicts it; —: no verdict.",
        "",
        *(line.replace("{program}", program) for line in examples),
    ]
    if server is None:
        return [*lines, f"In the browser:       {program} demo"] if examples is EXAMPLES else lines
    site = f"http://{HOST}:{server.server_port}"
    return [
        *lines,
        f"In the browser:       {site}/",
        f"The editors' desk:    {site}{reverse('admin:index')}",
        f"                      sign in as {', '.join(ACCOUNTS[:-1])} or {ACCOUNTS[-1]}, password {PASSWORD}",
        "",
        "Ctrl-C stops it.",
    ]


def manage_command() -> str:
    """How manage.py was called, for the commands that the demo prints. The virtual environment is seldom activated."""
    # Not resolve(): a virtual environment's python is a link to the machine's.
    python = Path(sys.executable)
    here = Path.cwd()
    return f"{python.relative_to(here) if python.is_relative_to(here) else python} manage.py"
