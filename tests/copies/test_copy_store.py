"""A copy is there whole or not at all, is what its name says, and is for the site's user alone."""

import os
import signal
import stat
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from claims.copies.copy_store import CopyStore, LostCopy

ROOT = Path(__file__).resolve().parents[2]
KILLED_MIDWAY = """
import os, signal, sys
from pathlib import Path
from claims.copies.copy_store import CopyStore

def die(opened, *more):
    if sys.argv[2] == "fdopen":
        os.write(opened, b"half a p")
    os.kill(os.getpid(), signal.SIGKILL)

setattr(os, sys.argv[2], die)
CopyStore(Path(sys.argv[1])).keep(b"half a page")
"""


@pytest.fixture
def store(tmp_path):
    return CopyStore(tmp_path / "copies")


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_copy_is_named_by_its_hash(store):
    digest = store.keep(b"a page")
    assert digest == sha256(b"a page").hexdigest()
    assert store.read(digest) == b"a page"
    assert list(store.digests()) == [digest]


def test_the_same_content_is_one_file(store, tmp_path):
    assert store.keep(b"a page") == store.keep(b"a page")
    assert len(files(tmp_path)) == 1


def test_files_and_folders_are_for_their_owner_alone(store, tmp_path):
    store.keep(b"a page")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "copies").rglob("*")}
    assert modes == {0o600, 0o700}
    assert stat.S_IMODE((tmp_path / "copies").stat().st_mode) == 0o700


def test_a_changed_file_is_noticed_and_replaced(store, tmp_path):
    digest = store.keep(b"a page")
    files(tmp_path)[0].write_bytes(b"another")
    with pytest.raises(LostCopy, match="was changed or is damaged"):
        store.read(digest)
    store.keep(b"a page")
    assert store.read(digest) == b"a page"


def test_a_deleted_copy_is_gone_and_may_be_deleted_again(store, tmp_path):
    digest = store.keep(b"a page")
    store.delete(digest)
    store.delete(digest)
    assert files(tmp_path) == []
    with pytest.raises(LostCopy, match="is missing"):
        store.read(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64])
def test_only_digests_are_names(store, name):
    with pytest.raises(LostCopy, match="no SHA-256"):
        store.read(name)
    store.delete(name)  # there is no such copy


def test_a_full_disk_leaves_nothing(store, tmp_path, monkeypatch):
    def no_space(_opened):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        store.keep(b"a page")
    assert files(tmp_path) == []


def test_what_a_killed_process_left_is_removed_later(store, tmp_path):
    store.keep(b"a page")
    left, new = (tmp_path / "copies" / f".partial-{name}" for name in ("left", "new"))
    left.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(left, (time.time() - 7200,) * 2)
    store.keep(b"another")
    assert not left.exists()
    assert new.exists()


@pytest.mark.parametrize("moment", ["fdopen", "fsync"], ids=["while it writes", "before it is flushed"])
def test_a_killed_process_leaves_no_half_copy(store, tmp_path, moment):
    before = store.keep(b"before")
    killed = [sys.executable, "-c", KILLED_MIDWAY, str(tmp_path / "copies"), moment]
    assert subprocess.run(killed, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert list(store.digests()) == [before]
    assert store.read(store.keep(b"half a page")) == b"half a page"
