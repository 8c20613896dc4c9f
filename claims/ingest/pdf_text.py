"""The text of a PDF, whose lines are put together to paragraphs again. Pictures of text have none."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Final

from pypdf import PdfReader

MOST_PAGES: Final = 300
MOST_LETTERS: Final = 2_000_000  # then reading stops: the document is refused as too long
REPEATED: Final = 3  # pages on which a line stands, at which it is a running title
SHORT: Final = 0.8  # of the width of a column: a shorter line that ends a sentence ends a paragraph

_PAGE_NUMBER: Final = re.compile(
    r"(?:page\s+|صفحة\s+)?[\d\u0660-\u0669]{1,4}(?:\s*(?:/|of|من)\s*[\d\u0660-\u0669]{1,4})?", re.IGNORECASE
)
_HYPHENATED: Final = re.compile(r"[^\W\d_]-$")
_ENDS_SENTENCE: Final = re.compile(r"[.!?؟…:]['\"’”»)\]]*$")


class UnreadablePdf(ValueError):
    """A PDF that cannot be read. The message is one sentence that says why."""


def read_pdf(content: bytes) -> str:
    """The paragraphs, with an empty line between them. Raises UnreadablePdf."""
    try:
        pages = list(_read_pages(content))
    except UnreadablePdf:
        raise
    except Exception as error:  # a damaged file fails in more ways than its library names
        raise UnreadablePdf("The PDF is damaged, or its text cannot be taken out of it.") from error
    if not any(pages):
        raise UnreadablePdf(
            "The PDF holds no text. It may be a picture of a page; type or scan its text first."
        )
    text = unicodedata.normalize("NFKC", join_lines(_without_running_titles(pages)))  # “ﬁ” is two letters
    if is_mostly_right_to_left(text):
        raise UnreadablePdf(
            "The PDF is in a script that runs from the right, whose words come out of a PDF in a wrong order. Save "
            "the article as .txt, .html or .docx."
        )
    return text


def _read_pages(content: bytes) -> Iterator[list[str]]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadablePdf("The PDF is protected by a password.")
    if len(reader.pages) > MOST_PAGES:
        raise UnreadablePdf(f"The PDF has more than {MOST_PAGES} pages.")
    letters = 0
    for page in reader.pages:
        text = page.extract_text()
        letters += len(text)
        yield [" ".join(line.split()) for line in text.splitlines()] if text.strip() else []
        if letters > MOST_LETTERS:
            return


def is_mostly_right_to_left(text: str) -> bool:
    directions = Counter(unicodedata.bidirectional(letter) for letter in text)
    return directions["R"] + directions["AL"] > directions["L"]


def _without_running_titles(pages: list[list[str]]) -> list[str]:
    """All lines without page numbers, and without the first and last lines that stand on several pages."""
    edges = Counter(line for page in pages if page for line in {page[0], page[-1]})
    lines: list[str] = []
    for page in pages:
        last = len(page) - 1
        lines += [
            line
            for number, line in enumerate(page)
            if not _PAGE_NUMBER.fullmatch(line) and not (number in {0, last} and edges[line] >= REPEATED)
        ]
    return lines


def join_lines(lines: list[str]) -> str:
    """Put lines together to paragraphs: one ends at an empty line, or at a short line that ends a sentence."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    parts: list[str] = []
    for line, following in pairwise([*lines, ""]):
        if _HYPHENATED.search(line) and following[:1].islower():
            parts.append(line[:-1])
        elif not line or not following or (len(line) < SHORT * width and _ENDS_SENTENCE.search(line)):
            parts.append(f"{line}\n\n")
        else:
            parts.append(f"{line} ")
    return "".join(parts)
