"""A folder of files, each named by its own SHA-256: there whole, or not at all, and for the site's user alone."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Final

from django.conf import settings

ENDING: Final = ".warc.gz"
_PARTIAL: Final = ".partial-"
_ABANDONED: Final = 3600  # seconds after which nobody still writes a file
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class LostCopy(Exception):
    """A file that is missing, or is not what its name says. The message names it."""


class CopyStore:
    """The files below one folder. A digest is the SHA-256 of a file, in hexadecimal."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Store the content and return its digest. What is there already stays; what is there damaged is replaced."""
        digest = sha256(content).hexdigest()
        with suppress(LostCopy):
            self.read(digest)
            return digest
        path = self._path(digest)
        for folder in (self._folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._remove_abandoned_files()
        self._write_whole(path, content)
        return digest

    def read(self, digest: str) -> bytes:
        """The content. Raises LostCopy if the file is missing or was changed."""
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise LostCopy(f"The copy {digest} is missing.") from None
        if sha256(content).hexdigest() != digest:
            raise LostCopy(f"The copy {digest} was changed or is damaged.")
        return content

    def delete(self, digest: str) -> None:
        """Delete the file, if it is there. When this returns, a power cut does not bring it back."""
        with suppress(FileNotFoundError, LostCopy):
            path = self._path(digest)
            path.unlink()
            _flush(path.parent)

    def digests(self) -> Iterator[str]:
        """The names of all files, in order."""
        for path in sorted(self._folder.glob(f"??/*{ENDING}")):
            if _DIGEST.fullmatch(digest := path.name.removesuffix(ENDING)):
                yield digest

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise LostCopy(f"“{digest}” names no copy: it is no SHA-256 in hexadecimal.")
        return self._folder / digest[:2] / f"{digest}{ENDING}"

    def _write_whole(self, path: Path, content: bytes) -> None:
        partial = self._folder / f"{_PARTIAL}{token_hex(8)}"
        try:
            opened = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        for folder in (path.parent, self._folder):
            _flush(folder)

    def _remove_abandoned_files(self) -> None:
        """What a process that was killed has left."""
        for path in self._folder.glob(f"{_PARTIAL}*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()


def site_copies() -> CopyStore:
    """The store of this site."""
    return CopyStore(copies_folder())


def copies_folder() -> Path:
    return Path(settings.DATA_DIR) / "copies"


def _flush(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
