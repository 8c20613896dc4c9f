"""The desk and health checks are answered while readers flood the site, and while slow clients hold connections."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command

from tests.tracker.served import Served, served
from tracker import request_lanes
from tracker.request_lanes import THREADS, Lane, RequestLanes

SLOW_CLIENTS = 200
SLOW_HEADERS = b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
SLOW_FORM = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername="
)
POOL = 20  # the connections of a process to PostgreSQL, in tracker.settings


class Answer(list[bytes]):
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class Application:
    """In place of Django's: counts the requests that reach it."""

    def __init__(self) -> None:
        self.asked, self.answer = 0, Answer([b"a", b"b"])

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Answer:
        self.asked += 1
        if environ["PATH_INFO"] == "/fails/":
            raise ValueError
        start_response("200 OK", [])
        return self.answer


class Site:
    def __init__(self) -> None:
        self.application = Application()
        self.lanes = RequestLanes(self.application)
        self.status, self.headers = "", dict[str, str]()

    def ask(self, path: str, method: str = "GET") -> Any:
        return self.lanes({"PATH_INFO": path, "REQUEST_METHOD": method}, self.start_response)

    def start_response(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def status_of(self, path: str, method: str = "GET") -> str:
        self.ask(path, method)
        return self.status[:3]


@pytest.fixture
def site(monkeypatch) -> Site:
    monkeypatch.setattr(request_lanes, "LONGEST_WAIT", 0)
    return Site()


def fill(lane: Lane, *, has_body: bool = False) -> list[Any]:
    """The places of the lane, all taken."""
    taken = []
    while (place := lane.enter(has_body=has_body)) is not None:
        taken.append(place)
    return taken


def test_readers_who_flood_are_refused_and_take_no_place_of_others(site):
    fill(site.lanes.readers)
    assert site.status_of("/en/claims/") == "503"
    assert site.headers["Retry-After"] == "1"
    assert site.headers["Cache-Control"] == "no-store"
    assert site.application.asked == 0
    for path in ("/admin/", "/admin/login/", "/healthz", "/readyz", "/static/site.css", "/claims.csv"):
        assert site.status_of(path) == "200", path


@pytest.mark.parametrize(
    ("path", "lane"), [("/en/report-an-error/", "readers"), ("/admin/login/", "desk"), ("/ar/admin/", "desk")]
)
def test_forms_that_are_sent_slowly_leave_places_for_pages(site, path, lane):
    fill(getattr(site.lanes, lane), has_body=True)
    assert site.status_of(path, "POST") == "503"
    assert site.status_of(path) == "200"


@pytest.mark.parametrize("path", ["/en/", "/admin/", "/fails/"])
def test_a_place_is_free_again_after_the_answer(site, path):
    for _turn in range(THREADS):
        try:
            assert site.ask(path) == [b"ab"]
        except ValueError:
            assert path == "/fails/"
    assert site.application.asked == THREADS


def test_a_file_keeps_its_place_until_it_is_read(site):
    answers = [site.ask("/claims.csv") for _turn in range(4)]
    assert b"".join(answers[0]) == b"ab"
    assert site.status_of("/claims.csv") == "503"
    assert not site.application.answer.is_closed
    for answer in answers:
        answer.close()
    assert site.application.answer.is_closed
    assert site.status_of("/claims.csv") == "200"


def test_all_lanes_together_leave_threads_and_need_no_more_connections_than_there_are(site):
    lanes = (site.lanes.readers, site.lanes.desk, site.lanes.files)
    assert sum(lane.most for lane in lanes) < THREADS
    assert sum(len(fill(lane)) for lane in lanes) == POOL


def test_numbers_of_an_older_service_file_are_raised(monkeypatch, capsys):
    started: list[str] = []
    monkeypatch.setattr("os.execv", lambda _program, command: started.extend(command))
    call_command("serve", port=0, blocking_threads=8, backpressure=4000)
    assert started[started.index("--blocking-threads") + 1] == str(THREADS)
    assert started[started.index("--backpressure") + 1] == "4000"
    assert f"--blocking-threads 8 is too few to keep the desk open under load; {THREADS} is used." in (
        capsys.readouterr().err
    )


@pytest.fixture(scope="module")
def real_site(tmp_path_factory) -> Iterator[Served]:
    """Without tables: what is asked here needs none."""
    with served(tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def slow_clients(port: int, beginning: bytes) -> Iterator[None]:
    clients = [socket.create_connection(("127.0.0.1", port)) for _turn in range(SLOW_CLIENTS)]
    try:
        for client in clients:
            client.sendall(beginning)
        yield
    finally:
        for client in clients:
            client.close()


@pytest.mark.parametrize("beginning", [SLOW_HEADERS, SLOW_FORM], ids=["headers", "forms"])
def test_slow_clients_hold_up_nobody(real_site, beginning):
    with slow_clients(real_site.port, beginning):
        answers = [real_site.ask(path) for path in ("/healthz", "/readyz", "/robots.txt")]
    assert [answer.status for answer in answers] == [200, 503, 200]
    assert "checks" in answers[1].text
    assert max(answer.seconds for answer in answers) < 5
