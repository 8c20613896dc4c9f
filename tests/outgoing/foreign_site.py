"""A site of somebody else on a loopback port, which answers byte by byte as a test wants."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest
import trustme

from claims.outgoing.fetching import FetchedPage, Visitor
from claims.outgoing.rules import FetchFault, OutgoingRules

TEXT = b"<html><p>Trucks crossed the bridge.</p></html>"
HOST = "news.example"  # what the tests call it; the fixture `names` lets it lead to this machine
AUTHORITY = trustme.CA()
CERTIFICATE = AUTHORITY.issue_cert(HOST)  # of that name
Page = bytes | Callable[[socket.socket], None]


def page(
    body: bytes = b"<p>Trucks crossed.</p>", status: str = "200 OK", kind: str = "text/html", **headers: str
) -> bytes:
    """A whole answer. Underscores in the names of headers stand for hyphens."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def moved(place: str, status: str = "302 Found") -> bytes:
    return page(b"", status, Location=place)


def packed(size: int) -> bytes:
    """An answer of a few kilobytes that unpacks to `size` bytes."""
    return page(gzip.compress(b"x" * size, mtime=0), Content_Encoding="gzip")


@dataclass
class ForeignSite:
    pages: dict[str, Page]
    port: int = 0
    asked: list[str] = field(default_factory=list)  # the heads of the requests
    over: threading.Event = field(default_factory=threading.Event)

    def address(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{HOST}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [head.split()[1] for head in self.asked]

    def rules(self, **more: object) -> OutgoingRules:
        """The usual rules, in which the port of this site alone may be reached on this machine."""
        return OutgoingRules(
            **{  # type: ignore[arg-type]
                "user_agent": "WordsAndGround/1 (+desk@example.org)",
                "ports": frozenset({80, 443, self.port}),
                "also_allowed": frozenset({("127.0.0.1", self.port)}),
                "seconds_between": 0,
                "seconds": 5,
                **more,
            }
        )

    def drip(self, connected: socket.socket) -> None:
        """A page that comes by one byte, often enough that no wait for the next one is long."""
        with suppress(OSError):
            connected.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while not self.over.wait(0.05):
                connected.sendall(b"x")

    def drip_headers(self, connected: socket.socket) -> None:
        with suppress(OSError):
            connected.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not self.over.wait(0.05):
                connected.sendall(b"x")

    def stall(self, _connected: socket.socket) -> None:
        self.over.wait(30)


@contextmanager
def foreign_site(pages: Mapping[str, Page], *, secured: bool = False) -> Iterator[ForeignSite]:
    site = ForeignSite({"/robots.txt": page(b"", "404 Not Found"), **pages})
    with socket.create_server(("127.0.0.1", 0)) as listening:
        site.port = listening.getsockname()[1]
        threads = [threading.Thread(target=_serve, args=(site, listening, secured), daemon=True)]
        threads[0].start()
        try:
            yield site
        finally:
            site.over.set()
            listening.shutdown(socket.SHUT_RDWR)
            threads[0].join(5)


def _serve(site: ForeignSite, listening: socket.socket, secured: bool) -> None:
    workers = []
    with suppress(OSError):
        while True:
            connected, _address = listening.accept()
            workers.append(threading.Thread(target=_answer, args=(site, connected, secured), daemon=True))
            workers[-1].start()
    for worker in workers:
        worker.join(5)


def _answer(site: ForeignSite, connected: socket.socket, secured: bool) -> None:
    with connected, suppress(OSError):
        if secured:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            CERTIFICATE.configure_cert(context)
            connected = context.wrap_socket(connected, server_side=True)
        with connected:
            connected.settimeout(30)
            head = b""
            while b"\r\n\r\n" not in head:
                if not (part := connected.recv(4096)):
                    return
                head += part
            site.asked.append(head.decode("latin-1"))
            found = site.pages.get(site.paths[-1], page(b"", "404 Not Found"))
            if callable(found):
                found(connected)
            else:
                connected.sendall(found)


def fetch(site: ForeignSite, path: str = "/", **rules: object) -> FetchedPage:
    return Visitor(site.rules(**rules)).fetch(site.address(path))


def fault(pages: Mapping[str, Page], path: str = "/", **rules: object) -> FetchFault:
    """Why a page is not fetched, in one line."""
    with foreign_site(pages) as site, pytest.raises(FetchFault) as refused:
        fetch(site, path, **rules)
    assert "\n" not in str(refused.value)
    return refused.value
