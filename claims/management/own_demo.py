"""A demo of somebody's own fixture, alone in a database of its own, which is made anew when the file changes."""

from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from claims import migrations
from claims.actions import rescore_claims
from claims.management.demo_site import (
    ACCOUNTS,
    MARK,
    require_demo_database,
    set_demo_passwords,
    sqlite_pragma,
)
from claims.models import Claim

PARTS = ("", "-wal", "-shm")  # a database of SQLite and the files beside it
GROUPS = {"editor": "editors", "reviewer": "editors", "publisher": "publishers"}


def prepare_own_demo(fixture: Path, say: Callable[[str], None]) -> None:
    """Make the database of the fixture, unless it was made from the same file. Raises CommandError with its faults."""
    path = choose_own_database(fixture)
    version = _fingerprint(fixture)
    if not path.exists() or sqlite_pragma("user_version") != version:
        _remove_database(path)
        try:
            _fill_database(fixture, path, say)
        except CommandError:
            _remove_database(path)
            raise
        sqlite_pragma("user_version", version)
    now = timezone.now()
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(now), now=now)


def choose_own_database(fixture: Path) -> Path:
    """Use the fixture's own database from now on. It is refused, like any, if the demo did not make it."""
    if fixture.suffix != ".json":
        raise CommandError(f"{fixture}: a fixture is JSON in a file whose name ends in .json.", returncode=2)
    if not fixture.is_file():
        raise CommandError(f"{fixture}: there is no such file.", returncode=2)
    if settings.DEMO:  # require_demo_database refuses anything else
        demo = Path(settings.DATABASES["default"]["NAME"])
        use_database(str(demo.with_name(f"demo-{fixture.stem}.sqlite3")))
    return require_demo_database()


def use_database(name: str) -> None:
    """Connect to another SQLite database from now on, in all threads."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _fingerprint(fixture: Path) -> int:
    """A number for the file and the tables that it is loaded into. Never 0, which means “not loaded yet”."""
    files = [fixture, *(path for folder in migrations.__path__ for path in sorted(Path(folder).glob("*.py")))]
    return crc32(b"".join(path.read_bytes() for path in files)) & 0x7FFF_FFFF or 1


def _remove_database(path: Path) -> None:
    connection.close()
    for part in PARTS:
        Path(f"{path}{part}").unlink(missing_ok=True)


def _fill_database(fixture: Path, path: Path, say: Callable[[str], None]) -> None:
    sqlite_pragma("application_id", MARK)
    say(f"making {path} from {fixture.name}")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("loaddata", str(fixture.resolve()), verbosity=0)
    _add_accounts()
    set_demo_passwords(User.objects.values_list("username", flat=True))


def _add_accounts() -> None:
    """The demo's accounts for the desk, unless the fixture has accounts of these names."""
    for name in ACCOUNTS:
        user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True, "password": "!"})
        if is_new:
            user.groups.add(Group.objects.get(name=GROUPS[name]))
