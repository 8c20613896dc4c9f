"""The demo's own database: marked when it is created, filled from the fixtures, and rebuilt when they change."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zlib import crc32

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.utils import timezone

from claims import migrations
from claims.actions import grade_links, rescore_claims, save, submit_for_review
from claims.management.commands.loaddata import TurnedVerdicts
from claims.management.loaded_past import OtherPast
from claims.models import Claim, DeskStep, Evidence, EvidenceLink, Proposal, Source

ACCOUNTS = ("editor", "reviewer", "publisher")
PASSWORD = "words-and-ground"  # noqa: S105 - of the demo only, which answers to this machine only

MARK = 0x57264721  # “W&G!” in the header of the file marks the demo's database
OUTDATED = (DatabaseError, DeserializationError, InconsistentMigrationHistory, OtherPast, TurnedVerdicts)


def prepare_demo(say: Callable[[str], None]) -> None:
    """Create the demo's database, or update it. Changes that visitors made stay."""
    path = require_demo_database()
    complete = sqlite_pragma("user_version") != 0
    try:
        fill_demo(path, say)
    except OUTDATED as error:
        if not complete:
            raise CommandError(
                f"{path} can't be filled ({error}). Delete it and run the demo again."
            ) from error
        say(f"{path.name} is of another version; keeping it as {set_database_aside(path).name}")
        fill_demo(path, say)


def require_demo_database() -> Path:
    if not settings.DEMO or connection.vendor != "sqlite":
        raise CommandError(
            "The demo runs on a database of its own, never on this site's. Run it with DEMO=1 "
            "and it will make one.",
            returncode=2,
        )
    path = Path(settings.DATABASES["default"]["NAME"])
    if path.exists() and not is_demo_database(path):
        raise CommandError(
            f"{path} holds something that the demo did not make. It is left as it is. Move it away, "
            "or set DATA_DIR to another folder, and run the demo again.",
            returncode=2,
        )
    return path


def is_demo_database(path: Path) -> bool:
    """Whether the file is a demo database.

    Reads it without Django, which would write to it. A file without tables counts as one.
    """
    if path.stat().st_size == 0:
        return True
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            marked = file.execute("PRAGMA application_id").fetchone() == (MARK,)
            return marked or file.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    except sqlite3.DatabaseError:
        return False


def fill_demo(path: Path, say: Callable[[str], None]) -> None:
    if not sqlite_pragma("application_id"):
        sqlite_pragma("application_id", MARK)
        say(f"making {path}")
    call_command("migrate", verbosity=0, interactive=False)
    version = demo_fingerprint()
    if sqlite_pragma("user_version") != version or not is_demo_complete():
        say(f"loading {', '.join(fixture.name for fixture in fixture_files())}")
        call_command("loaddata", *map(str, fixture_files()), verbosity=0)
        sqlite_pragma("user_version", version)
    set_demo_passwords()
    now = timezone.now()
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(now), now=now)
    create_pending_work(now)


def create_pending_work(now: datetime) -> None:
    """Create work for visitors on the desk: a proposal to decide on, a report to review, a link to grade."""
    if Proposal.objects.exists() or DeskStep.objects.exists():
        return
    editor, reviewer = (User.objects.get(username=name) for name in ("editor", "reviewer"))
    source = Source.objects.get(slug="rudaw")
    source.reliability = "B"
    source.reliability_reason += " It quotes officials at length and rarely asks a second source."
    save(source, by=reviewer, now=now, reason="It often has one source only: B is enough.")
    report = Evidence(
        summary="General License 25 authorised dealings with Syria’s new government.",
        event="2025-05-23", known="2025-05-23", source=Source.objects.get(slug="ofac"), credibility=1,
        reference="Syria General License 25, Office of Foreign Assets Control, 23 May 2025",
    )  # fmt: skip
    save(report, by=editor, now=now)
    claim = Claim.objects.get(slug="no-sanction-lifted")
    link = EvidenceLink(
        claim=claim, evidence=report, rationale="After the words’ last day: it tells what came of them."
    )
    save(link, by=editor, now=now)
    grade_links({link: 0}, by=editor, now=now)
    submit_for_review(report, by=editor, now=now)


def fixture_files() -> list[Path]:
    return sorted(path for folder in settings.FIXTURE_DIRS for path in Path(folder).glob("*.json"))


def demo_fingerprint() -> int:
    """A number for the fixtures and the tables that they are loaded into. Never 0, which means “not loaded yet”."""
    files = fixture_files()
    for folder in migrations.__path__:
        files += sorted(Path(folder).glob("*.py"))
    return crc32(b"".join(path.read_bytes() for path in files)) & 0x7FFF_FFFF or 1


def is_demo_complete() -> bool:
    """Whether there are at least as many records of each kind as the fixtures hold."""
    records = [record for path in fixture_files() for record in json.loads(path.read_text(encoding="utf-8"))]
    wanted = Counter(record["model"] for record in records)
    return all(apps.get_model(model)._base_manager.count() >= n for model, n in wanted.items())


def set_demo_passwords(names: Iterable[str] = ACCOUNTS) -> None:
    """Set the same password for all the accounts. It is hashed once, because each hash takes much of a second."""
    users = User.objects.filter(username__in=list(names))
    stored = set(users.values_list("password", flat=True))
    wrong = [text for text in stored if not (is_password_usable(text) and check_password(PASSWORD, text))]
    if wrong:
        users.filter(password__in=wrong).update(password=make_password(PASSWORD))


def set_database_aside(path: Path) -> Path:
    """Move the database file and its companion files away. Returns the new path."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    old = path.with_suffix(".old.sqlite3")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{old}{suffix}").unlink(missing_ok=True)
        if (part := Path(f"{path}{suffix}")).exists():
            part.rename(f"{old}{suffix}")
    return old


def sqlite_pragma(name: str, value: int | None = None) -> int:
    """Read or set a number in the header of the database file."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value:d}")
        return value if value is not None else int(cursor.fetchone()[0])
