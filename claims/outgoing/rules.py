"""What a request to another site may reach and cost, and what it says of us."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

PRODUCT: Final = "WordsAndGround"  # the name by which a robots.txt may address us


class FetchFault(Exception):
    """Why an address was not fetched, and what to do. `status`: what the server answered, if it was a refusal."""

    def __init__(self, words: str, status: int | None = None) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True)
class OutgoingRules:
    """The bounds of one fetch. `also_allowed` are endpoints that are not public; only tests name any."""

    user_agent: str
    ports: frozenset[int] = frozenset({80, 443})
    proxy: str = ""
    also_allowed: frozenset[tuple[str, int]] = frozenset()
    seconds: float = 20  # for all of a page, with its redirects; its robots.txt has as many of its own
    most_hops: int = 5
    most_sent: int = 10_000_000  # bytes, as they are sent
    most_unpacked: int = 20_000_000  # bytes, after decompression
    most_headers: int = 32_000  # bytes
    seconds_between: float = 2  # between two requests to one host


def site_rules() -> OutgoingRules:
    """The rules by the settings. Raises FetchFault if the site cannot say who is asking."""
    if not (settings.SITE_CONTACT or settings.DEMO):
        raise FetchFault(
            _("Other sites must be able to reach whoever visits them: ask the operator to set SITE_CONTACT.")
        )
    contact = "demo on one machine" if settings.DEMO else quote(settings.SITE_CONTACT, safe="@:/?#&=+.~-_%")
    return OutgoingRules(
        user_agent=f"{PRODUCT}/1 (+{contact})",
        ports=frozenset(settings.OUTGOING_PORTS),
        proxy=settings.OUTGOING_PROXY,
    )
