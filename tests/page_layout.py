"""What a browser shows of a page: its tags and words without the space that no reader sees.

Space counts between words and beside inline tags, and within `pre`, `script`, `style` and `textarea`. Stylesheets
are not read: where one says `white-space: pre-line`, a difference in lines goes unnoticed.
"""

import re
from html.parser import HTMLParser

FILLED = {"button", "img", "input", "select", "svg", "textarea"}  # space before them shows, as before a word
INLINE = FILLED | {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "output",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
VERBATIM = {"pre", "script", "style", "textarea"}
SPACE = re.compile(r"[ \t\r\n\f]+")  # a space that may not break is a letter
LISTS = {"class"}  # attributes in which space only separates


class LayoutParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.is_at_edge = True  # of a block, where space is dropped
        self.has_space = False  # seen, and shown if a word follows in the block
        self.verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pass_tag(tag, is_start=True)
        shown = [
            (name, SPACE.sub(" ", value).strip() if value and name in LISTS else value)
            for name, value in attrs
        ]
        self.pieces.append(f"<{tag} {shown}>")
        self.verbatim += tag in VERBATIM

    def handle_endtag(self, tag: str) -> None:
        self.verbatim -= tag in VERBATIM
        self.pass_tag(tag, is_start=False)
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.verbatim:
            self.pieces.append(data)
            return
        words = SPACE.sub(" ", data).strip(" ")
        self.has_space |= bool(SPACE.match(data[0]))
        if words:
            self.add_space()
            self.pieces.append(words)
            self.has_space = bool(SPACE.match(data[-1]))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")

    def pass_tag(self, tag: str, *, is_start: bool) -> None:
        if tag not in INLINE:
            self.is_at_edge, self.has_space = True, False
        elif tag in FILLED and is_start:
            self.add_space()

    def add_space(self) -> None:
        if self.has_space and not self.is_at_edge:
            self.pieces.append(" ")
        self.is_at_edge = self.has_space = False


def shown_pieces(page: str) -> list[str]:
    """Equal for two pages that look the same."""
    parser = LayoutParser()
    parser.feed(page)
    parser.close()
    return parser.pieces
