"""A version of a page as reference managers read it: BibTeX, RIS and CSL-JSON, each escaped by its own rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

# Braces by name: BibTeX counts them even behind a backslash, and one that is left open swallows the entry.
_LATEX_ESCAPES: Final = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
}  # fmt: skip
_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True, slots=True)
class CitedVersion:
    """What is cited: never a page that changes, but what stood there then, at an address that keeps it."""

    key: str  # letters, digits and hyphens only
    title: str
    site: str
    address: str
    day: date  # on which it began to stand there
    version: int
    note: str
    language: str


def single_line(text: str) -> str:
    """A text on one line, without what would end the line or not be seen."""
    return _CONTROL_CHARACTERS.sub(" ", text).strip()


def escape_latex(text: str) -> str:
    return "".join(_LATEX_ESCAPES.get(letter, letter) for letter in single_line(text))


def format_bibtex(cited: CitedVersion) -> str:
    # Double braces: a title keeps its capitals, and the site's name is one name, not two authors joined by “and”.
    fields = {
        "author": f"{{{escape_latex(cited.site)}}}",
        "title": f"{{{escape_latex(cited.title)}}}",
        "year": str(cited.day.year),
        "month": str(cited.day.month),
        "day": str(cited.day.day),
        "version": str(cited.version),
        "url": cited.address,
        "language": cited.language,
        "note": escape_latex(cited.note),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{cited.key},\n{body}}}\n"


def format_ris(cited: CitedVersion) -> str:
    return "".join(f"{tag}  - {single_line(value)}\r\n" for tag, value in _ris_fields(cited))


def _ris_fields(cited: CitedVersion) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", cited.key
    yield "AU", cited.site
    yield "TI", cited.title
    yield "PY", str(cited.day.year)
    yield "DA", f"{cited.day:%Y/%m/%d}/"
    yield "ET", str(cited.version)
    yield "PB", cited.site
    yield "LA", cited.language
    yield "N1", cited.note
    yield "UR", cited.address
    yield "ER", ""


def build_csl_json(cited: CitedVersion) -> list[dict[str, Any]]:
    return [
        {
            "id": cited.key,
            "type": "webpage",
            "title": single_line(cited.title),
            "author": [{"literal": cited.site}],
            "container-title": cited.site,
            "issued": {"date-parts": [[cited.day.year, cited.day.month, cited.day.day]]},
            "version": str(cited.version),
            "URL": cited.address,
            "language": cited.language,
            "note": single_line(cited.note),
        }
    ]
