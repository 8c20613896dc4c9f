"""What the site writes is for its own user only: the database holds drafts, exact places and password hashes."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

OWNER_ONLY = 0o077  # the bits that must be off: no reading or writing by others
OWNER_FOLDER, OWNER_FILE = 0o700, 0o600
PUBLIC = {"static"}  # collected static files, which everybody is served and a front server may read


def open_files(folder: Path, most: int = 20) -> list[Path]:
    """The folder and the files in it that other users may read or write."""
    found = []
    for path in _private_paths(folder):
        if is_open_to_others(path):
            found.append(path)
            if len(found) == most:
                break
    return found


def is_open_to_others(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.lstat().st_mode) & OWNER_ONLY) and not path.is_symlink()
    except OSError:
        return False


def _private_paths(folder: Path) -> Iterator[Path]:
    yield folder
    for here, folders, files in os.walk(folder):
        if Path(here) == folder:
            folders[:] = [name for name in folders if name not in PUBLIC]
        yield from (Path(here) / name for name in [*folders, *files])
