"""Every page that a reader can reach, by following each link and sending each form."""

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.views.page import Page, parameters

PLACES = {"as_of", "page"}  # parameters that choose nothing


def crawl(
    look: Callable[..., Page], start: str, *, leave_out: Callable[[Page, str], bool] | None = None
) -> dict[str, Page]:
    """The pages by their address. Any that does not answer 200 fails where it is opened."""
    pages: dict[str, Page] = {}
    waiting, sent = [start], set[str]()
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        page = pages[address] = look(address)
        ways = _links(page)
        if (kind := _kind(address)) not in sent and not _chooses(address):
            sent.add(kind)
            ways += page.submissions()
        waiting += [way for way in ways if not (leave_out and leave_out(page, way))]
    return pages


def _links(page: Page) -> list[str]:
    """Of a page that holds a choice none to another choice of the same, or they would multiply."""
    ways = [page.address_of(link) for link in page.links()]
    if _chooses(page.address):
        ways = [way for way in ways if urlsplit(way).path != urlsplit(page.address).path]
    return list(dict.fromkeys(ways))


def _chooses(address: str) -> bool:
    return not set(dict(parameters(address))) <= PLACES


def _kind(address: str) -> str:
    """Pages of one kind have the same forms: those of one of them are sent."""
    path = urlsplit(address).path
    return f"{path.split('/')[1]} {path.count('/')}"
