"""Whether records can be saved: the state of the database and of the disk, and the reason in words."""

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

FULL_BELOW = 5 * 2**20  # bytes: less is full, because a save with its entry in the ledger may need as much
LITTLE_BELOW = 200 * 2**20


def why_nothing_can_be_saved() -> str:
    """The reason in the language of the page; empty if records can be saved. Costs no query."""
    if is_disk_full():
        return _("Nothing can be saved at the moment: the server's disk is full. Reading still works.")
    if is_database_read_only():
        return _("Nothing can be saved at the moment: the database can only be read. Reading still works.")
    return ""


def is_database_read_only() -> bool:
    if connection.vendor == "sqlite":
        path = sqlite_file()
        return path is not None and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False  # it is gone, which is something else
    reported: Any = (
        connection.connection.info
    )  # PostgreSQL reports both with each connection and after each change
    return "on" in (
        reported.parameter_status("default_transaction_read_only"),
        reported.parameter_status("in_hot_standby"),
    )


def sqlite_file() -> Path | None:
    """The file of the database; None in memory and with PostgreSQL."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(name)


def is_disk_full() -> bool:
    return any(free < FULL_BELOW for free in free_bytes().values())


def free_bytes() -> dict[Path, int]:
    """The free space at the database and at the folder for files. What can't be measured is left out."""
    file = sqlite_file()
    places = {settings.DATA_DIR, *([file.parent] if file else [])}
    found = {}
    for place in places:
        try:
            found[Path(place)] = shutil.disk_usage(place).free
        except OSError:
            continue
    return found
