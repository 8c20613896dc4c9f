"""Keeps threads free, so that the desk and health checks are answered while readers flood the site.

The server gives each request a thread. The requests of one lane take at most a part of the threads. What is beyond it
is answered 503 with Retry-After, without Django.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import Any

from tracker.language import split_language_prefix

THREADS = 64  # of each process; more than all lanes together, for what has no lane and for refusals
LONGEST_WAIT = 2  # seconds
RETRY_AFTER = 1  # second
WITHOUT_LANE = ("/healthz", "/static/", "/favicon.ico")  # answered in no time, without the database
OF_THE_DESK = ("/admin/", "/readyz")
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
BUSY = (
    "The site is busy. Please try again in a moment.\n"
    "الموقع مشغول حالياً. يُرجى المحاولة مجدداً بعد لحظات.\n"
).encode()  # fmt: skip


class Lane:
    """How many requests of one kind are answered at once, how many more wait, and how many of all may have a body.

    A body is read by the request's own thread, as slowly as the client sends it. Granian does not limit the time.
    """

    def __init__(self, *, at_once: int, waiting: int, with_body: int) -> None:
        self.most = at_once + waiting
        self._with_body = BoundedSemaphore(with_body)
        self._admitted = BoundedSemaphore(self.most)
        self._answered = BoundedSemaphore(at_once)

    def enter(self, *, has_body: bool) -> ExitStack | None:
        """A place, to be closed after the answer; None if the lane is full."""
        with ExitStack() as place:
            for limit, seconds in (
                *([(self._with_body, 0)] if has_body else []),
                (self._admitted, 0),
                (self._answered, LONGEST_WAIT),
            ):
                if not limit.acquire(timeout=seconds):
                    return None
                place.callback(limit.release)
            return place.pop_all()


class RequestLanes:
    """A WSGI application around Django's.

    All that may be answered at once is at most 20: the connections that a process has to PostgreSQL.
    """

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application
        self.readers = Lane(at_once=10, waiting=20, with_body=3)
        self.desk = Lane(at_once=6, waiting=6, with_body=4)
        self.files = Lane(at_once=4, waiting=4, with_body=1)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(WITHOUT_LANE):
            return read_whole(self.application(environ, start_response))
        lane = self.lane_of(path)
        place = lane.enter(has_body=environ["REQUEST_METHOD"] not in WITHOUT_BODY)
        if place is None:
            return refuse_as_busy(start_response)
        with place:
            answer = self.application(environ, start_response)
            if lane is self.files:
                return StreamedAnswer(answer, place.pop_all())
            return read_whole(answer)

    def lane_of(self, path: str) -> Lane:
        """The lane of an address, in whatever language it names."""
        _language, path = split_language_prefix(path)
        if path.startswith(OF_THE_DESK):
            return self.desk
        return self.files if path.endswith(".csv") else self.readers


class StreamedAnswer:
    """An answer of any length, which keeps its place until the client has read it or is gone."""

    def __init__(self, answer: Any, place: ExitStack) -> None:
        self.answer, self.place = answer, place

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        with self.place:
            self.answer.close()


def read_whole(answer: Any) -> list[bytes]:
    """The answer as a list: Granian sends a list without a thread, however slowly the client reads."""
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def refuse_as_busy(start_response: Callable[..., Any]) -> list[bytes]:
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(BUSY)),
        "Retry-After": str(RETRY_AFTER),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
    start_response("503 Service Unavailable", list(headers.items()))
    return [BUSY]
