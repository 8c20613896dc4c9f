"""A parsed page. Errors in the HTML that a browser would repair are reported."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCK = {
    "address", "article", "aside", "blockquote", "details", "dialog", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
PHRASING = ("p", *HEADINGS, "span", "label", "summary")  # no block stands in these
# Where an element may stand: its parent is one of these.
PARENTS = {
    "li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"}, "th": {"tr"}, "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "caption": {"table"},
    "legend": {"fieldset"}, "summary": {"details"}, "option": {"select", "optgroup", "datalist"},
    "figcaption": {"figure"},
}  # fmt: skip
# What the tag may not be nested in, at any depth.
NEVER_WITHIN = {"a": {"a", "button"}, "button": {"a", "button"}, "form": {"form"}, "main": {"main"}}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass(repr=False, eq=False, slots=True)
class Node:
    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = None
    children: "list[Node | str]" = field(default_factory=list)

    def walk(self) -> "list[Node]":
        """This node and all its descendants, in the order of the page."""
        found: list[Node] = []
        waiting: list[Node | str] = [self]
        while waiting:
            if isinstance(node := waiting.pop(), Node):
                found.append(node)
                waiting += reversed(node.children)
        return found

    def texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.texts()

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts()).split())

    @property
    def classes(self) -> set[str]:
        return set(self.attributes["class"].split()) if "class" in self.attributes else set()

    def all(self, tag: str = "", cls: str = "", **attributes: str) -> "list[Node]":
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        found = [node for node in self.walk() if not tag or node.tag == tag]
        if cls:
            found = [node for node in found if cls in node.classes]
        return [node for node in found if wanted.items() <= node.attributes.items()]

    def one(self, tag: str = "", cls: str = "", **attributes: str) -> "Node":
        found = self.all(tag, cls, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag}.{cls} {attributes}, not 1"
        return found[0]

    def ancestors(self) -> "Iterator[Node]":
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {})
        self.errors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)
        if tag not in VOID:
            self.open = self.open.children[-1]  # type: ignore[assignment]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        if tag not in VOID and not any(outer.tag == "svg" for outer in (node, *node.ancestors())):
            self.errors.append(f"<{tag}/> closes itself outside of SVG")

    def handle_endtag(self, tag: str) -> None:
        if self.open.tag != tag or self.open.parent is None:
            self.errors.append(f"</{tag}> closes <{self.open.tag}> at {self.getpos()}")
            return
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        names = [name for name, _ in attrs]
        self.errors += [f"{name} twice on <{tag}>" for name in set(names) if names.count(name) > 1]
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(node)
        self.errors += misplaced(node)
        return node


def misplaced(node: Node) -> Iterator[str]:
    outer = [above.tag for above in node.ancestors()]
    if node.tag in PARENTS and outer[0] not in PARENTS[node.tag]:
        yield f"<{node.tag}> stands in <{outer[0]}>"
    if NEVER_WITHIN.get(node.tag, set()) & set(outer):
        yield f"<{node.tag}> within one of {NEVER_WITHIN[node.tag]}"
    for phrasing in PHRASING if node.tag in BLOCK else ():
        if phrasing in outer and not (phrasing == "summary" and node.tag in HEADINGS):
            yield f"<{node.tag}> within <{phrasing}>"


class Page(Node):
    """A whole document. `errors` lists the errors in its HTML. An opened page has headers and cookies."""

    headers: Mapping[str, str]
    cookies: SimpleCookie

    def __init__(self, source: str, address: str) -> None:
        parser = _Parser()
        parser.feed(source)
        parser.close()
        super().__init__("", {}, None, parser.root.children)
        self.source, self.address = source, address
        self.errors = [*parser.errors, *self._dangling()]
        if parser.open is not parser.root:
            self.errors.append(f"<{parser.open.tag}> is never closed")

    def _dangling(self) -> Iterator[str]:
        ids = [node.attributes["id"] for node in self.walk() if "id" in node.attributes]
        yield from (f"id {key} twice" for key in set(ids) if ids.count(key) > 1)
        yield from (f"id {key!r} is no id" for key in ids if not re.fullmatch(r"\S+", key))
        for node in self.walk():
            targets = [key for name in POINTERS for key in node.attributes.get(name, "").split()]
            if node.attributes.get("href", "").startswith("#"):
                targets.append(node.attributes["href"][1:])
            yield from (
                f"<{node.tag}> points at #{key}, which is not there" for key in targets if key not in ids
            )

    def walk(self) -> list[Node]:
        """All nodes, computed once."""
        return self._all

    @cached_property
    def _all(self) -> list[Node]:
        return super().walk()

    @property
    def title(self) -> str:
        return self.one("head").one("title").text

    @property
    def main(self) -> Node:
        return self.one("main")

    @property
    def heading_levels(self) -> list[int]:
        return [int(node.tag[1]) for node in self.walk() if node.tag in HEADINGS]

    def links(self) -> list[Node]:
        """The links to other pages of this site, without those to the same page in another language."""
        links = [a for a in self.all("a") if is_ours(a.attributes["href"]) and a.attributes["href"][0] != "#"]
        return [a for a in links if a.attributes.get("rel") != "alternate"]

    def address_of(self, link: Node) -> str:
        return urljoin(self.address, link.attributes["href"]).partition("#")[0]

    def submissions(self) -> Iterator[str]:
        """The addresses that the forms lead to: with their initial values, and with each choice."""
        for form in self.all("form"):
            if (
                form.attributes.get("method", "get").lower() == "post"
            ):  # it writes, and its address leads to nothing
                continue
            action = urljoin(self.address, form.attributes.get("action") or urlsplit(self.address).path)
            action = action.partition("#")[0]
            standing = [*_fields(form)]
            yield f"{action}?{urlencode(standing)}"
            for pair in _choices(form):
                rest = [(name, value) for name, value in standing if name != pair[0]]
                yield f"{action}?{urlencode([*rest, pair])}"

    def offered(self) -> Iterator[tuple[str, str]]:
        """Every choice of every form."""
        for form in self.all("form"):
            yield from _choices(form)


def labels_of(drawing: Node) -> list[str]:
    """The numbers and days on a drawing, which the style sheet draws from an attribute."""
    return [span.attributes["data-label"] for span in drawing.all("span") if "data-label" in span.attributes]


def weighed_reports(page: Page) -> list[Node]:
    """The reports on a claim's page that open to the arithmetic of their weight."""
    return [item for item in page.all("li", "report") if item.all("p", "product")]


def points_of(report: Node) -> Decimal:
    """The points that a report on a claim's page says it has; none for a second report of an event."""
    text = report.all("summary")[0].one("span", "points").text
    found = re.fullmatch(r"([−+]?[\d.]+) points", text)
    return Decimal(found[1].replace("−", "-")) if found else Decimal()


def sum_of_points(page: Page) -> list[Decimal]:
    """The numbers of the line that adds up to the gap: the start, the points of each side, and last the gap."""
    text = page.one("span", "sum").text.partition("(")[0].replace(" ", "").replace("−", "-")
    start, *sides, total = re.findall(r"[-+=]?[\d.]+", text)
    return [*map(Decimal, [start, *sides]), Decimal(total.removeprefix("="))]


def is_ours(href: str) -> bool:
    parts = urlsplit(href)
    return not parts.scheme and not parts.netloc


def parameters(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def _fields(form: Node) -> Iterator[tuple[str, str]]:
    for node in form.walk():
        name, kind = node.attributes.get("name"), node.attributes.get("type", "text")
        if node.tag == "input" and name and (kind != "checkbox" or "checked" in node.attributes):
            yield name, node.attributes.get("value", "")
        if node.tag == "select" and name:
            options = node.all("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            yield from ((name, option.attributes["value"]) for option in chosen)


def _choices(form: Node) -> Iterator[tuple[str, str]]:
    for node in form.walk():
        name = node.attributes.get("name")
        if name and node.attributes.get("type") == "checkbox":
            yield name, node.attributes["value"]
        if name and node.tag == "select":
            yield from ((name, option.attributes["value"]) for option in node.all("option"))
