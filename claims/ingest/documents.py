"""The text of a document that was given as a file: plain text, a page, a Word document or a PDF."""

import codecs
import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from claims.ingest.pdf_text import UnreadablePdf, read_pdf

MOST_BYTES: Final = 10_000_000
MOST_LETTERS: Final = 1_000_000
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "tr",
        "td",
        "th",
        "pre",
        "ul",
        "ol",
        "dd",
        "dt",
        "body",
        "br",
    ]
)
_SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "svg",
        "iframe",
        "figure",
        "template",
        "select",
        "head",
    ]
)
_DAY_NAMES: Final = frozenset(
    [
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "sailthru.date",
    ]
)
_JSON_DAY: Final = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')


class UnreadableDocument(ValueError):
    """A document that cannot be read. The message is one sentence that says why."""


class DocumentText(NamedTuple):
    """`published`: the day that the page's own metadata names, as YYYY-MM-DD; empty if it names none."""

    text: str
    published: str = ""


def read_document(content: bytes, suffix: str) -> DocumentText:
    """The text of a document of the kind that its name's ending says, such as `.html`."""
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(f"The document is larger than {MOST_BYTES // 1_000_000} MB.")
    match suffix.lower():
        case ".txt" | ".text" | ".md" | "":
            document = DocumentText(_decode(content))
        case ".html" | ".htm" | ".xhtml":
            document = _read_page(_decode(content))
        case ".docx":
            document = DocumentText(_read_word_document(content))
        case ".pdf":
            document = DocumentText(_read_pdf(content))
        case _:
            raise UnreadableDocument(
                f"A {suffix} file cannot be read; save it as .txt, .html, .docx or .pdf."
            )
    if not document.text.strip():
        raise UnreadableDocument("The document holds no text.")
    if len(document.text) > MOST_LETTERS:
        raise UnreadableDocument(f"The document holds more than {MOST_LETTERS:,} letters.")
    return document


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in content:
        raise UnreadableDocument("The document is not text: it holds NUL bytes.")
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableDocument("The document is not in UTF-8; save it as UTF-8 and try again.") from None


class _Page(HTMLParser):
    """Collects the paragraphs of a page, without its menus, scripts and captions."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.published = ""
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = (told.get("property") or told.get("name") or told.get("itemprop") or "").lower()
        day = told.get("content", "") if tag == "meta" else told.get("datetime", "")
        if (name in _DAY_NAMES or tag == "time") and not self.published and re.match(r"\d{4}-\d\d-\d\d", day):
            self.published = day[:10]
        if tag in _SKIPPED:
            self._skipped.append(tag)
        elif tag in _BLOCKS and not self._skipped:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipped:
            del self._skipped[self._skipped.index(tag) :]
        elif tag in _BLOCKS and not self._skipped:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(re.sub(r"\s+", " ", data))


def _read_page(html: str) -> DocumentText:
    page = _Page()
    page.feed(html)
    page.close()
    published = page.published
    if not published and (found := _JSON_DAY.search(html)):
        published = found[1]
    return DocumentText("".join(page.parts), published)


def _read_word_document(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed, packed.open("word/document.xml") as part:
            xml = part.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise UnreadableDocument("The file is not a Word document in .docx form, or it is damaged.") from None
    except Exception as error:  # zlib and lzma raise errors of their own
        raise UnreadableDocument("The Word document is damaged.") from error
    if len(xml) > MOST_BYTES:
        raise UnreadableDocument(f"The Word document unpacks to more than {MOST_BYTES // 1_000_000} MB.")
    return _word_paragraphs(xml)


def _read_pdf(content: bytes) -> str:
    try:
        return read_pdf(content)
    except UnreadablePdf as error:
        raise UnreadableDocument(str(error)) from None


def _word_paragraphs(xml: bytes) -> str:
    parts: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: Any) -> None:
        inside.append(name)
        if name in {"w:br", "w:cr", "w:tab"}:
            parts.append(" ")

    def end(name: str) -> None:
        inside.pop()
        if name == "w:p":
            parts.append("\n\n")

    def letters(data: str) -> None:
        if inside and inside[-1] == "w:t":
            parts.append(data)

    def refuse(*_declared: Any) -> None:
        raise UnreadableDocument("The Word document declares entities, which no word processor writes.")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = letters, refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise UnreadableDocument("The Word document is damaged.") from None
    return "".join(parts)
