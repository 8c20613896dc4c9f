"""The readers' pages that browser tests open, and the checks on them."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDE, NARROW = {"width": 1180, "height": 900}, {"width": 390, "height": 844}
C6 = "/claims/humanitarian-assistance-increased/"
PAGES = [
    "/",
    "/claims/",
    "/claims/?state=conflicting&gap_min=101",
    C6,
    f"{C6}?as_of=2021-10-31",
    "/claims/isis-turns-to-city-attacks/",
    "/statements/blinken-2021-10-13/",
    "/evidence/resolution-2585-extends-corridor/",
    "/speakers/",
    "/speakers/antony-blinken/",
    "/topics/",
    "/topics/humanitarian-aid/",
    "/places/",
    "/places/syria/",
    "/sources/",
    "/sources/asharq-al-awsat/",
    "/corrections/",
    "/changes/",
    "/changes/303/",
    "/search/?q=sanctions",
    "/search/?q=nothing-holds-this",
    "/compare/?topic=humanitarian-aid&topic=sanctions",
    f"{C6}?without=asharq-al-awsat&grades=AB",
    f"{C6}@1/",
    f"{C6}embed/",
    "/method/",
    "/privacy/",
    "/data/",
    "/about/",
    "/report-an-error/claim/humanitarian-assistance-increased/",
    "/claims/no-such-claim/",
    "/?as_of=nonsense",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def violations(page: Page) -> list[str]:
    """The violations of WCAG 2.2 AA and of axe's best practices."""
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],  # nor every node that passed
    }
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
