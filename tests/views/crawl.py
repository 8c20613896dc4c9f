"""Every page that a reader can reach, by following each link and sending each form."""

from collections.abc import Callable

from tests.views.page import Page, parameters

MANIFOLD = ("/claims/", "/compare/")  # pages whose address holds a choice of many


def crawl(
    look: Callable[..., Page], start: str, *, leave_out: Callable[[Page, str], bool] | None = None
) -> dict[str, Page]:
    """The pages by their address. Any that does not answer 200 fails where it is opened."""
    pages: dict[str, Page] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        page = pages[address] = look(address)
        waiting += [found for found in _ways_on(page) if not (leave_out and leave_out(page, found))]
    return pages


def _ways_on(page: Page) -> list[str]:
    """Its links, and its forms; of a page that holds a choice none to another choice, or they would multiply."""
    ways = [page.address_of(link) for link in page.links()]
    if set(dict(parameters(page.address))) <= {"as_of"}:
        ways += page.submissions()
    elif page.address.startswith(MANIFOLD):
        same = page.address.partition("?")[0] + "?"
        ways = [way for way in ways if not way.startswith(same)]
    return list(dict.fromkeys(ways))
