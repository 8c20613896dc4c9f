"""SQLite that can still be read where nothing can be written: on a full disk, and in a read-only file or folder.

A database in WAL mode needs two files beside it even for reading. Where they cannot be made, the file is opened without
them. This is done only if no changes wait in the second file, so that readers never see an older state.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

UNWRITABLE = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}


FileIdentity = tuple[int, int] | None  # device and number of a file; None without one


class DatabaseWrapper(base.DatabaseWrapper):
    is_read_only = False  # whether this connection had to be opened so
    opened_file: FileIdentity = None
    opened_by = 0  # the process

    def is_usable(self) -> bool:
        """Whether the next request may use the connection: not if the file is another now, or could only be read, and
        never in a forked process: SQLite's locks belong to the one that opened it.
        """
        if self.is_in_memory_db():
            return True
        if self.is_read_only or self.opened_by != os.getpid():
            return False
        return self.opened_file == file_identity(self.settings_dict["NAME"])

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = self._open_writable_or_not(conn_params)
        self.opened_file, self.opened_by = file_identity(self.settings_dict["NAME"]), os.getpid()
        return connection

    def _open_writable_or_not(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        self.is_read_only = False
        if not self.is_in_memory_db():
            create_privately(Path(conn_params["database"]))
        try:
            return self._open_and_read(conn_params)
        except sqlite3.OperationalError as error:
            if sqlite_primary_code(error) not in UNWRITABLE or self.is_in_memory_db():
                raise
            self.init_commands = ["PRAGMA query_only=ON"]  # set anew for each connection
            connection = self._open_read_only(conn_params)
            if connection is None:
                raise
            self.is_read_only = True
            return connection

    def _open_and_read(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # SQLite opens its files on first use
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _open_read_only(self, conn_params: dict[str, Any]) -> sqlite3.Connection | None:
        path = Path(conn_params["database"]).absolute()
        modes = ["mode=ro"] if has_waiting_changes(path) else ["mode=ro", "mode=ro&immutable=1"]
        for mode in modes:
            try:
                return self._open_and_read({**conn_params, "database": f"{path.as_uri()}?{mode}"})
            except sqlite3.OperationalError:
                continue
        return None


def file_identity(path: str | Path) -> FileIdentity:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def create_privately(path: Path) -> None:
    """Make a database that does not exist yet for its owner only; SQLite gives the files beside it the same mode."""
    with suppress(OSError):  # it exists, or SQLite says why it can't be made
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def has_waiting_changes(path: Path) -> bool:
    """Whether the file of waiting changes beside the database holds any, or can't be looked at."""
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError:
        return True


def sqlite_primary_code(error: BaseException | None) -> int | None:
    """SQLite's result code without its details: SQLITE_IOERR for SQLITE_IOERR_WRITE."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
