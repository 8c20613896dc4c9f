"""Kills the production server during saves: `python -m tests.benchmarks.killed_server [--times 20] [--engine …]`.

A client sends the desk's form for a new statement with two claims again and again. The server with all its processes
is killed while it answers. A save is acknowledged when the client has received the redirect.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

from .killed import say
from .scratch import ENGINES, deployment, wait_until_alone

TOKEN = "k" * 32
LONGEST = 1.5  # seconds of saving before a kill


def served(folder: Path, port: int) -> subprocess.Popen[bytes]:
    granian = Path(sys.executable).with_name("granian")
    log = (folder / "server.log").open("ab")
    server = subprocess.Popen(
        [granian, "--interface", "wsgi", "--port", str(port), "tracker.wsgi:application"],
        stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    while not _answers(port):
        if server.poll() is not None:
            raise RuntimeError((folder / "server.log").read_text())
        sleep(0.05)
    return server


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def signed_in(user: Any) -> str:
    """The session cookies of an editor."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def form(editors: Any, word: str) -> dict[str, Any]:
    known = editors.shared.statement
    fields = {
        "csrfmiddlewaretoken": TOKEN, "title": word, "speaker": known.speaker_id, "said_on": "2021-10-13",
        "reporting": "verbatim", "language": "en", "text": f"We said {word}.", "source": known.source_id,
        "claims-TOTAL_FORMS": 2, "claims-INITIAL_FORMS": 0, "_save": "1",
    }  # fmt: skip
    for n in range(2):
        fields |= {
            f"claims-{n}-proposition": f"{word} {n}", f"claims-{n}-kind": "fact", f"claims-{n}-quote": word,
        }  # fmt: skip
    return fields


def saving(port: int, cookie: str, editors: Any, name: str) -> Iterator[str]:
    """The acknowledged words, until the server stops."""
    from .saves import MARK

    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    for n in count():
        word = f"{MARK}{name}-{n}"
        try:
            connection.request(
                "POST", "/admin/claims/statement/add/", urlencode(form(editors, word)), headers
            )
            answer = connection.getresponse()
            page = answer.read()
        except (OSError, HTTPException):
            return
        if answer.status != 302:
            raise RuntimeError(f"{answer.status}: {page.decode()[:4000]}")
        yield word


def one_kill(n: int, editors: Any, cookie: str, folder: Path) -> list[str]:
    port = free_port()
    server = served(folder, port)
    plug = Timer(random.uniform(0.05, LONGEST), os.killpg, (server.pid, signal.SIGKILL))
    plug.start()
    words = list(saving(port, cookie, editors, f"http-{n}"))
    plug.join()
    server.wait()
    wait_until_alone()
    return words


def run(times: int, engine: str) -> bool:
    with deployment(engine) as folder:
        from django.core.management import call_command

        from .saves import desks, wrong

        call_command("collectstatic", interactive=False, verbosity=0)
        (editors,) = desks(1)
        start, cookie, words, found = monotonic(), signed_in(editors.writer), list[str](), list[str]()
        for n in range(1, times + 1):
            words += one_kill(n, editors, cookie, folder)
            found = wrong([("statement", word) for word in words], topics=0)
            say(f"server on {engine}, kill {n}: {len(words)} saves acknowledged, {len(found)} faults")
            if found:
                break
        for line in found:
            say(line)
        say(
            f"server on {engine}: {n} kills, {len(words)} acknowledged saves, "
            f"{'FAULTS' if found else 'each there once and whole, the ledger verifies'}; {monotonic() - start:.0f} s"
        )
    return not found


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill the server in the middle of its answers.")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    given = parser.parse_args()
    return 0 if run(given.times, given.engine) else 1


if __name__ == "__main__":
    sys.exit(main())
