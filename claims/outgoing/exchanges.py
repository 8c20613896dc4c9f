"""One request to one machine that was checked: no cookies, no credentials, no redirects, within a time."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer
from time import monotonic
from typing import Final
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse
from urllib3.util import make_headers

from .public_hosts import Target, find_machines
from .rules import FetchFault, OutgoingRules

_ACCEPTED: Final = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8"
_CONNECTING: Final = 5.0  # seconds, of each machine
_CHUNK: Final = 65_536


@dataclass(frozen=True)
class RawAnswer:
    """What a server answered: the headers in their order, and the body as it was sent."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    sent: bytes

    def header(self, name: str) -> str:
        """The first value of a header; empty if it is missing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "").strip()


class Deadline:
    """The moment by which everything has to be over. At that moment, it cuts the connection that it watches."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - monotonic()

    def extend(self, seconds: float) -> None:
        self._end += seconds

    def check(self, target: Target) -> None:
        if self.left <= 0:
            raise FetchFault(
                _("%(host)s did not send the page in time. Try again later.") % {"host": target.host}
            )

    @contextmanager
    def watching(self, connected: socket.socket) -> Iterator[None]:
        def cut() -> None:
            with suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)  # of TLS too, without its farewell

        timer = Timer(max(self.left, 0), cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def request_once(
    target: Target,
    rules: OutgoingRules,
    deadline: Deadline,
    most: int,
    check_type: Callable[[str], object] = lambda said: None,
) -> RawAnswer:
    """Ask for the target. The body is read only of an answer that is a page, not of a refusal or a redirect.

    `check_type` is given the type that the server names, and may refuse it before anything is read.
    """
    connection, machine = _connect(target, rules, deadline)
    try:
        with deadline.watching(connection.sock):
            connection.timeout = max(deadline.left, 0.001)
            path, headers = _question(target, machine, rules)
            connection.request("GET", path, headers=headers, preload_content=False, decode_content=False)
            with closing(connection.getresponse()) as answer:
                _check_headers(answer, target, rules)
                sent = b""
                if answer.status == 200:
                    check_type(answer.headers.get("content-type", ""))
                    sent = _read_body(answer, target, most)
        deadline.check(target)  # a connection that was cut looks like one that has ended
    except (OSError, HTTPError, HTTPException, ValueError):
        deadline.check(target)
        raise FetchFault(
            _("%(host)s broke off its answer, or gave one that cannot be read. Try again later.")
            % {"host": target.host}
        ) from None
    finally:
        connection.close()
    return RawAnswer(answer.status, answer.reason or "", tuple(answer.headers.items()), sent)


def _connect(target: Target, rules: OutgoingRules, deadline: Deadline) -> tuple[HTTPConnection, str]:
    """A connection to the first machine that takes one, and the machine's number."""
    for machine in find_machines(target, rules, deadline.left):
        deadline.check(target)
        connection = _connection(target, machine, rules, min(_CONNECTING, deadline.left))
        try:
            connection.connect()
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            connection.close()
            refused = error if isinstance(error, ssl.SSLError) else error.__cause__
            if isinstance(refused, ssl.SSLError):
                raise _untrusted(target, refused) from None
        else:
            return connection, machine
    deadline.check(target)
    raise FetchFault(_("%(host)s does not answer. Try again later.") % {"host": target.host})


def _untrusted(target: Target, error: ssl.SSLError) -> FetchFault:
    why = getattr(error, "verify_message", "") or error.reason or ""
    return FetchFault(
        _("%(host)s does not prove by its certificate that it is the site: %(why)s.")
        % {"host": target.host, "why": why}
    )


def _connection(target: Target, machine: str, rules: OutgoingRules, seconds: float) -> HTTPConnection:
    """To the machine by its number; TLS and certificate are of the name. With a proxy, the number is what it dials."""
    proxy = urlsplit(rules.proxy) if rules.proxy else None
    host, port = (proxy.hostname or "", proxy.port or 3128) if proxy else (machine, target.port)
    if target.scheme == "http":
        return HTTPConnection(host, port, timeout=seconds)
    secured = HTTPSConnection(
        host, port, timeout=seconds, server_hostname=target.host, ssl_context=ssl.create_default_context()
    )
    if proxy:
        secured.set_tunnel(machine, target.port, _proxy_headers(rules))
    return secured


def _proxy_headers(rules: OutgoingRules) -> dict[str, str]:
    proxy = urlsplit(rules.proxy)
    if not proxy.username:
        return {}
    return make_headers(proxy_basic_auth=f"{unquote(proxy.username)}:{unquote(proxy.password or '')}")


def _question(target: Target, machine: str, rules: OutgoingRules) -> tuple[str, dict[str, str]]:
    headers = {
        "Host": target.authority, "User-Agent": rules.user_agent, "Accept": _ACCEPTED, "Accept-Encoding": "gzip",
        "Connection": "close",
    }  # fmt: skip
    if rules.proxy and target.scheme == "http":
        number = f"[{machine}]" if ":" in machine else machine
        return f"http://{number}:{target.port}{target.path}", headers | _proxy_headers(rules)
    return target.path, headers


def _check_headers(answer: HTTPResponse, target: Target, rules: OutgoingRules) -> None:
    if sum(len(name) + len(value) for name, value in answer.headers.items()) > rules.most_headers:
        raise FetchFault(
            _("%(host)s sends more headers than any page needs; it was not read on.") % {"host": target.host}
        )


def _read_body(answer: HTTPResponse, target: Target, most: int) -> bytes:
    parts, size = [], 0
    while part := answer.read1(_CHUNK, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > most:
            raise FetchFault(
                _("What %(host)s sends is larger than %(most)d MB; it was not read on.")
                % {"host": target.host, "most": most // 1_000_000}
            )
    return b"".join(parts)
