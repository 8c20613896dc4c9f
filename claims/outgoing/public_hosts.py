"""What an address names, and the public machines behind it.

A name is looked up once. What was looked up is checked and then dialled, so that a second answer changes nothing.
"""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue
from threading import Thread
from typing import Any, Final
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

from .rules import FetchFault, OutgoingRules

MOST_LETTERS: Final = 2000  # of an address
MOST_MACHINES: Final = 4  # behind one name that are tried
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_NAME: Final = re.compile(
    r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a host that ends so is a number, whatever is before it
_UNSAFE: Final = re.compile(r"[\x00-\x20\x7f\\]")
_KEPT: Final = "%/:=&?~+!$,;'@()*[]|"  # what stays as it is in a path
_WEB_OF_V6: Final = IPv6Network("2000::/3")
_TRANSLATED_V4: Final = IPv6Network("64:ff9b::/96")  # a public IPv4 address, where a network has IPv6 alone
# Public numbers at which a provider's own machines answer those that run there.
_OF_PROVIDERS: Final = frozenset({ip_address("168.63.129.16")})


@dataclass(frozen=True)
class Target:
    """An address taken apart. `host` is in ASCII, without a closing dot."""

    scheme: str
    host: str
    port: int
    path: str  # with its query

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return f"{self.origin}{self.path}"


def read_target(address: str, rules: OutgoingRules) -> Target:
    """Take the address apart. Raises FetchFault if it may not be fetched."""
    address = address.strip()
    if len(address) > MOST_LETTERS:
        raise FetchFault(_("The address is longer than %(most)d letters.") % {"most": MOST_LETTERS})
    if not address.lower().startswith(("http://", "https://")):
        raise FetchFault(_("Give an address that begins with http:// or https://."))
    if _UNSAFE.search(address):
        raise FetchFault(_("The address holds a blank, a backslash or a control character: copy it anew."))
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except ValueError:
        raise FetchFault(_("The address cannot be read: copy it anew.")) from None
    if "@" in parts.netloc:
        raise FetchFault(_("The address holds a name or a password: leave out what stands before the @."))
    target = Target(parts.scheme, _read_host(parts), port, _path(parts))
    if port not in rules.ports:
        raise FetchFault(
            _("The address names port %(port)d; only these are fetched: %(ports)s.")
            % {"port": port, "ports": ", ".join(map(str, sorted(rules.ports)))}
        )
    return target


def _read_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        with suppress(ValueError):
            if "%" not in host:
                return str(IPv6Address(host))
        raise FetchFault(_("The address names no machine: copy it anew."))
    try:
        host = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise FetchFault(_("The address names no machine: copy it anew.")) from None
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        with suppress(ValueError):
            return str(IPv4Address(host))  # four decimal numbers and nothing else
        raise FetchFault(_("The address names a machine by an unusual number. Give its name."))
    if "." not in host:
        raise FetchFault(_("The address names a machine of this network, not of the web."))
    if not _NAME.fullmatch(host):
        raise FetchFault(_("The address names no machine: copy it anew."))
    return host


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_KEPT)
    return f"{path}?{quote(parts.query, safe=_KEPT)}" if parts.query else path


def find_machines(target: Target, rules: OutgoingRules, seconds: float) -> list[str]:
    """The numbers of the machines behind the address. Raises FetchFault if one of them is not public."""
    found = _look_up(target, seconds)
    for number in found:
        if not is_public(number) and (number, target.port) not in rules.also_allowed:
            raise FetchFault(
                _("%(host)s leads to a machine that is not on the public web; such are never fetched.")
                % {"host": target.host}
            )
    return found[:MOST_MACHINES]


def is_public(number: str) -> bool:
    """Whether anybody on the web may reach the machine. Numbers that wrap another are judged by that one."""
    try:
        found: IPv4Address | IPv6Address = ip_address(number)
    except ValueError:  # with the name of a network card behind a %
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped or found in _TRANSLATED_V4:
            found = found.ipv4_mapped or IPv4Address(int(found) & 0xFFFFFFFF)
        elif found not in _WEB_OF_V6 or found.sixtofour or found.teredo:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found in _OF_PROVIDERS)


def _look_up(target: Target, seconds: float) -> list[str]:
    """Ask for the name once, in a thread: the question itself has no time limit."""
    answers: Queue[Any] = Queue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except Empty:
        answer = TimeoutError()
    if isinstance(answer, TimeoutError):
        raise FetchFault(
            _("The name %(host)s was not found in time. Try again later.") % {"host": target.host}
        )
    if isinstance(answer, Exception) or not answer:
        raise FetchFault(
            _("There is no machine called %(host)s. Check the address, or try again later.")
            % {"host": target.host}
        )
    return list(dict.fromkeys(str(row[4][0]) for row in answer))
