"""Names of settings that nobody reads: a misspelt name would otherwise leave its setting at the default in silence."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

ALIKE = 0.84  # TIMEZONE and TIME_ZONE are; DEBUGGER and DEBUG are not
# Known, although the demo's settings ask for none of them.
OF_DEPLOYMENTS_ONLY = frozenset(
    {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "SECURE_SSL_REDIRECT", "HSTS_SECONDS"}
)
READ_ELSEWHERE = {"DJANGO_SETTINGS_MODULE", "PYTHONUTF8", "PYTHONPATH"}


def unknown_settings(known: Iterable[str], variables: Mapping[str, str], file: Path) -> list[str]:
    """A sentence for each name in the file that is no setting, and for each variable that only looks like one."""
    settings = {*known, *READ_ELSEWHERE}
    in_file = names_in_file(file)
    sentences = []
    for name in sorted({*in_file, *variables} - settings):
        nearest = get_close_matches(name.upper(), settings - READ_ELSEWHERE, n=1, cutoff=ALIKE)
        meant = f" Did you mean {nearest[0]}?" if nearest else ""
        if name in in_file:
            sentences.append(f"{file.name} sets {name}, which is no setting.{meant}")
        elif nearest:
            sentences.append(f"The environment sets {name}, which is no setting.{meant}")
    return sentences


def names_in_file(file: Path) -> set[str]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return set()
    assigned = (line.strip().removeprefix("export ").partition("=") for line in lines)
    return {name.strip() for name, equals, _value in assigned if equals and not name.startswith("#")}
