"""An editor's browser that counts what its work costs: pages loaded, clicks, letters typed and refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, Response

PASSWORD = "correct horse battery staple"
REFUSED = "#content .errornote, #content .errorlist, .messagelist .error"
MARK = """(area, words) => {
  const start = area.value.indexOf(words);
  area.focus();
  area.setSelectionRange(start, start + words.length);
}"""


@dataclass
class Count:
    pages: int = 0
    clicks: int = 0
    letters: int = 0
    refusals: list[str] = field(default_factory=list)

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.pages + other.pages,
            self.clicks + other.clicks,
            self.letters + other.letters,
            self.refusals + other.refusals,
        )


class Tally:
    """The counts of each step, in the order in which the steps were begun."""

    def __init__(self) -> None:
        self.steps: dict[str, Count] = {}
        self.current = Count()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.current = self.steps.setdefault(name, Count())
        yield
        self.current = Count()

    @property
    def total(self) -> Count:
        return sum(self.steps.values(), Count())


class CountedDesk:
    """One person at the desk. A field is reached with the Tab key, which counts nothing; a key pressed is a letter.

    A list of choices costs two clicks. A pick-list costs one, the letters of the search, and Enter.
    """

    def __init__(self, browser: Browser, site: str, tally: Tally) -> None:
        self.tally, self.site = tally, site
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        context.on("response", self._count_page)
        self.page = context.new_page()

    def _count_page(self, response: Response) -> None:
        is_redirect = 300 <= response.status < 400
        self.tally.current.pages += response.request.is_navigation_request() and not is_redirect

    # One act each ------------------------------------------------------------------------------------------

    def click(self, what: Locator) -> None:
        self.tally.current.clicks += 1
        what.click()

    def type(self, where: str, words: str, page: Page | None = None) -> None:
        self.tally.current.letters += len(words)
        (page or self.page).locator(where).fill(words)

    def press(self, where: Locator, key: str) -> None:
        self.tally.current.letters += 1
        where.focus()
        self.page.keyboard.press(key)

    def select(self, where: str, value: str, page: Page | None = None) -> None:
        self.tally.current.clicks += 2
        (page or self.page).locator(where).select_option(value)

    def pick(self, where: str, words: str) -> None:
        """Search in a pick-list and take the first that is found."""
        self.click(self.page.locator(f"{where} + .select2 .select2-selection"))
        search = self.page.locator(".select2-container--open .select2-search__field")
        self.tally.current.letters += len(words)
        search.press_sequentially(words)
        self.page.locator(".select2-results__option--highlighted", has_text=words).wait_for()
        self.press(search, "Enter")

    def mark(self, where: str, words: str) -> None:
        self.tally.current.clicks += 1
        self.page.locator(where).evaluate(MARK, words)

    def stance(self, row: int) -> Locator:
        """What takes the keys of a link's row."""
        return self.page.locator(f"#links-{row} .desk-stance input").nth(1)

    # What leads to another page ----------------------------------------------------------------------------

    def follow(self, what: Locator) -> None:
        with self.page.expect_navigation():
            self.click(what)

    def link(self, words: str) -> Locator:
        return self.page.get_by_role("link", name=words).first

    def save(self, button: str = "Save") -> None:
        """Press a button that sends the form. Raises RuntimeError if the form comes back with an error."""
        self.follow(self.page.get_by_role("button", name=button, exact=True))
        words = self.page.locator(REFUSED).all_inner_texts()
        if words:
            self.tally.current.refusals.append(words[0])
            raise RuntimeError(f"{self.page.url}: {' / '.join(words)}")

    @contextmanager
    def new_entry(self, field_name: str) -> Iterator[Page]:
        """The window of a new entry of a pick-list, opened with the cross beside it. It is saved in the end."""
        with self.page.expect_popup() as opened:
            self.click(self.page.locator(f"#add_id_{field_name}"))
        window = opened.value
        window.wait_for_load_state()
        yield window
        with window.expect_event("close"):
            self.click(window.locator("input[name=_save]"))

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.site}/admin/")
        self.type("[name=username]", name)
        self.type("[name=password]", PASSWORD)
        self.save("Log in")
