"""Fetches pages as a polite guest: robots.txt is asked first, one host is visited at most every few seconds."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic, sleep
from typing import Final
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.translation import gettext as _
from protego import Protego

from .content_kinds import ContentKind, declared_kind, kind_of_content, unpack
from .exchanges import Deadline, RawAnswer, request_once
from .public_hosts import Target, read_target
from .rules import PRODUCT, FetchFault, OutgoingRules

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
LASTING: Final = frozenset({301, 308})
MOST_OF_ROBOTS: Final = 500_000  # bytes
LONGEST_DELAY: Final = 30.0  # seconds that a robots.txt may ask us to wait
_MOST_HOSTS: Final = 10_000

_turns: dict[str, float] = {}  # by host, when this process may visit it again
_turns_lock = Lock()


@dataclass(frozen=True)
class FetchedPage:
    """A page as it was sent, and what came of it."""

    address: str
    final_address: str
    has_moved: bool  # every redirect on the way says that it holds for good
    answer: RawAnswer
    body: bytes  # unpacked
    kind: ContentKind
    fetched_at: datetime


class Visitor:
    """Fetches pages, one after the other. It keeps what each site's robots.txt says as long as it lives."""

    def __init__(self, rules: OutgoingRules) -> None:
        self._rules = rules
        self._robots: dict[str, Protego | FetchFault] = {}

    def fetch(self, address: str) -> FetchedPage:
        """The page at the address. Raises FetchFault, which says why there is none and what to do."""
        target = read_target(address, self._rules)
        *moves, (final, answer) = self._answers(target, Deadline(self._rules.seconds))
        if answer.status != 200:
            raise FetchFault(_refusal(answer.status), answer.status)
        body = unpack(answer, self._rules.most_unpacked)
        return FetchedPage(
            address=address.strip(),
            final_address=str(final),
            has_moved=bool(moves) and all(each.status in LASTING for _target, each in moves),
            answer=answer,
            body=body,
            kind=kind_of_content(answer, body),
            fetched_at=timezone.now(),
        )

    def _answers(self, target: Target, deadline: Deadline) -> Iterator[tuple[Target, RawAnswer]]:
        """The answer of the target, and of each that it leads on to. Robots.txt and our turn are asked before each."""
        visited: set[str] = set()

        def ask_first(each: Target) -> None:
            start = monotonic()
            delay = self._ask_leave(each)
            if each.host not in visited:
                _take_turn(each.host, delay)
            visited.add(each.host)
            deadline.extend(monotonic() - start)

        return _follow(target, self._rules, deadline, self._rules.most_sent, ask_first, declared_kind)

    def _ask_leave(self, target: Target) -> float:
        """The seconds to leave between two visits. Raises FetchFault if robots.txt wants no programs there."""
        if target.origin not in self._robots:
            self._robots[target.origin] = self._read_robots(target)
        said = self._robots[target.origin]
        if isinstance(said, FetchFault):
            raise said
        if not said.can_fetch(str(target), PRODUCT):
            raise FetchFault(
                _(
                    "The robots.txt of %(host)s asks programs to stay away from this page. Open it yourself, and enter "
                    "the report by hand."
                )
                % {"host": target.host}
            )
        return min(max(self._rules.seconds_between, said.crawl_delay(PRODUCT) or 0), LONGEST_DELAY)

    def _read_robots(self, target: Target) -> Protego | FetchFault:
        """What the file says. A site without one allows all; one whose file cannot be had allows nothing (RFC 9309)."""
        file = Target(target.scheme, target.host, target.port, "/robots.txt")
        try:
            *_moves, (_final, answer) = _follow(
                file, self._rules, Deadline(self._rules.seconds), MOST_OF_ROBOTS
            )
            body = unpack(answer, MOST_OF_ROBOTS)
        except FetchFault as fault:
            return fault
        if answer.status >= 500 or answer.status == 429:
            return FetchFault(_refusal(answer.status), answer.status)
        return Protego.parse(body.decode("utf-8", "replace") if answer.status == 200 else "")


def _follow(
    target: Target,
    rules: OutgoingRules,
    deadline: Deadline,
    most: int,
    ask_first: Callable[[Target], None] = lambda target: None,
    check_type: Callable[[str], object] = lambda said: None,
) -> Iterator[tuple[Target, RawAnswer]]:
    seen: set[str] = set()
    while str(target) not in seen:
        if len(seen) > rules.most_hops:
            raise FetchFault(
                _(
                    "The address leads on more than %(most)d times. Open it in a browser, and copy where it ends."
                )
                % {"most": rules.most_hops}
            )
        seen.add(str(target))
        ask_first(target)
        answer = request_once(target, rules, deadline, most, check_type)
        yield target, answer
        if answer.status not in REDIRECTS or not (place := answer.header("location")):
            return
        target = read_target(_joined(target, place), rules)
    raise FetchFault(_("The address leads in a circle. Open it in a browser, and copy where it ends."))


def _joined(target: Target, place: str) -> str:
    """Where a redirect leads. Headers are read as Latin-1; most servers that send more mean UTF-8."""
    with suppress(UnicodeError):
        place = place.encode("latin-1").decode("utf-8")
    try:
        return urljoin(str(target), place).partition("#")[0]
    except ValueError:
        raise FetchFault(_("The address leads on to one that cannot be read.")) from None


def _take_turn(host: str, delay: float) -> None:
    """Wait until this process may visit the host."""
    with _turns_lock:
        now = monotonic()
        if len(_turns) > _MOST_HOSTS:
            for other in [name for name, turn in _turns.items() if turn < now]:
                del _turns[other]
        turn = max(now, _turns.get(host, 0))
        if turn - now > LONGEST_DELAY:
            raise FetchFault(
                _("%(host)s was visited too often a moment ago. Try again in a minute.") % {"host": host}
            )
        _turns[host] = turn + delay
    sleep(turn - now)


def _refusal(status: int) -> str:
    match status:
        case 401 | 402 | 403:
            words = _(
                "The site does not show the page to programs (%(status)d). Open it, and enter it by hand."
            )
        case 404:
            words = _("The page is not there (404). Check the address, or look for it in a web archive.")
        case 410:
            words = _("The page was taken down (410). Look for it in a web archive.")
        case 429:
            words = _("The site asks for fewer visits (429). Try again in an hour.")
        case 451:
            words = _("The page is withheld for legal reasons (451). Look for it in a web archive.")
        case _ if status >= 500:
            words = _("The site has a fault of its own (%(status)d). Try again later.")
        case _:
            words = _("The site answered %(status)d instead of the page. Check the address.")
    return words % {"status": status}
