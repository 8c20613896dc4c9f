"""Finds every page that readers can reach, by following each link and sending each form."""

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.views.page import Page, parameters

PLACES = {"as_of", "page"}  # parameters that choose nothing


def crawl(
    look: Callable[..., Page], start: str, *, leave_out: Callable[[Page, str], bool] | None = None
) -> dict[str, Page]:
    """The pages by their address. Fails at the first that does not answer 200."""
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


def is_of_no_day(way: str) -> bool:
    """Whether it leads to a form about a page as it is today, with another token each time it is opened."""
    return "/report-an-error/" in way


def _links(page: Page) -> list[str]:
    """The links of a page. From a page with a choice, links to other choices of the same page are left out, because
    they multiply.
    """
    ways = [way for link in page.links() if not is_of_no_day(way := page.address_of(link))]
    if _chooses(page.address):
        ways = [way for way in ways if urlsplit(way).path != urlsplit(page.address).path]
    return list(dict.fromkeys(ways))


def _chooses(address: str) -> bool:
    return not set(dict(parameters(address))) <= PLACES


def _kind(address: str) -> str:
    """The kind of a page. The forms are sent for one page of each kind."""
    path = urlsplit(address).path
    return f"{path.split('/')[1]} {path.count('/')}"
