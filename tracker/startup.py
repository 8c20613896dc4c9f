"""Errors at the start: one paragraph with the cause, and exit status 2, without a traceback."""

import os
import sys
import textwrap
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from tracker.database_faults import explain_database_error

BASE_DIR = Path(__file__).resolve().parent.parent

TOUCH_NO_DEPLOYMENT = {"demo", "read_article", "score_dossier"}
WORK_WITHOUT_DEPLOYMENT = {"check_fixture"}
READ_WHAT_THERE_IS = {"gap", "rescore", "verify_ledger"}
DEPLOYMENT_NAMES = {"SECRET_KEY", "DATABASE_URL", "DEMO"}


@contextmanager
def explained_failure() -> Iterator[None]:
    try:
        yield
    except ImproperlyConfigured as error:
        print_error(textwrap.fill(f"The site can't start. {error}", width=100, break_on_hyphens=False))
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of the output has stopped, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except DatabaseError as error:
        if not (sentence := explain_database_error(error)):
            raise
        print_error(textwrap.fill(sentence, width=100, break_on_hyphens=False))
        raise SystemExit(2) from None


def require_database(command: str) -> None:
    """Connect before a server starts, which would only report a wrong address from a thread, with a traceback."""
    if command == "runserver":
        django.setup()
        connection.ensure_connection()


def choose_deployment(command: str, environ: MutableMapping[str, str], base: Path = BASE_DIR) -> None:
    """Choose between the demo's settings and those of a deployment.

    Commands that touch no deployment use the demo's, and if nothing is configured those that work without one do too.
    Commands that only read use them if nothing is configured and a demo exists. All others need a deployment.
    """
    if command in TOUCH_NO_DEPLOYMENT:
        environ.setdefault("DEMO", "1")
    configured = any(environ.get(name) for name in DEPLOYMENT_NAMES) or (base / ".env").exists()
    if command in WORK_WITHOUT_DEPLOYMENT and not configured:
        environ["DEMO"] = "1"
    if command not in READ_WHAT_THERE_IS or configured:
        return
    demo = base / (environ.get("DATA_DIR") or "var") / "demo.sqlite3"
    if demo.exists():
        environ["DEMO"] = "1"
        shown = demo.relative_to(base) if demo.is_relative_to(base) else demo
        print_error(f"speaking of the demo's database, {shown}")


def print_error(words: str) -> None:
    sys.stderr.write(words + "\n")


def use_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
