"""The site as an operator runs it: a real server on a database file of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.tracker.conftest import BASE_DIR, NOTHING

# The superuser may write everywhere. Without this capability, permissions bind it as they bind the site's user.
BOUND_BY_PERMISSIONS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
SERVE = [sys.executable, "manage.py", "serve", "--workers", "1", "--port"]


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float
    headers: dict[str, str]
    text: str


class Served:
    def __init__(self, port: int, host: str) -> None:
        self.port, self.host = port, host

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        begun = time.monotonic()
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
            connection.request(method, path, body, {"Host": self.host, **form, **headers})
            response: HTTPResponse = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, time.monotonic() - begun, named, text)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def environment_of(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **NOTHING, "DATA_DIR": str(folder), "DEMO": "1", "PYTHONUTF8": "1", **more}


def bound_by_permissions() -> list[str]:
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("the superuser is bound by no permissions, and setpriv is not there to bind it")
    return BOUND_BY_PERMISSIONS


@contextmanager
def served(folder: Path, *, has_space: bool = True, host: str = "127.0.0.1", **more: str) -> Iterator[Served]:
    """Serve the folder's database. Without space, no file can grow: the nearest that a test can come to a full disk."""
    port = free_port()
    without_space = [] if has_space else ["prlimit", "--fsize=0:0"]
    process = subprocess.Popen(
        [*bound_by_permissions(), *without_space, *SERVE, str(port)],
        cwd=BASE_DIR,
        env=environment_of(folder, **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        site = Served(port, host)
        _wait_until_alive(site, process)
        yield site
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait_until_alive(site: Served, process: subprocess.Popen[str]) -> None:
    for _turn in range(300):
        try:
            if site.ask("/healthz").status == 200:
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate()[1])
