"""What reference managers are given can be read back, whatever stands in a title, by a strict reader of each form."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.citation import (
    CitedVersion,
    build_csl_json,
    escape_latex,
    format_bibtex,
    format_ris,
    single_line,
)

HOSTILE = [
    "Plain",
    "100 % of {it} costs $5 & more_than #1 ~ ^ \\ \\end{document}",
    "}, note = {forged",
    "{{{", "}}}", "\\", "%",
    "ER  - \r\nTY  - BOOK\r\nAU  - Forged, A.",
    "line\nbreak\ttab\0nul\u2028separator",
    "وصلت “الشاحنات” 498 🕊️",
]  # fmt: skip
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=80))


def cited(title="Plain", note="Note."):
    return CitedVersion(
        "aid-is-growing-3", title, "Words & Ground", "https://example.org/en/claims/aid-is-growing/@3/",
        date(2026, 11, 2), 3, note, "en",
    )  # fmt: skip


def read_bibtex(text):
    """One entry: BibTeX's own way of counting braces, which no backslash escapes."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([\w-]+),\n(.*)\}\n", text, re.DOTALL).groups()
    fields, at = {}, 0
    while match := re.compile(r"  ([a-z]+) = \{").match(body, at):
        start = at = match.end()
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(body[at], 0)
            at += 1
        fields[match[1]] = body[start : at - 1]
        assert body[at : at + 2] == ",\n"
        at += 2
    assert at == len(body)
    return kind, key, fields


NAMES = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
}  # fmt: skip


def unlatex(text):
    assert not re.search(r"(?<!\\)[$&#_%~^]", text)
    return re.sub(r"\\(?:(text[a-z]+)\{\}|([$&#_%]))", lambda m: NAMES[m[1]] if m[1] else m[2], text)


@given(title=texts, note=texts)
def test_bibtex_reads_back_as_one_entry_with_the_same_words(title, note):
    kind, key, fields = read_bibtex(format_bibtex(cited(title, note)))
    assert (kind, key) == ("misc", "aid-is-growing-3")
    assert fields["author"] == r"{Words \& Ground}"
    assert fields["title"][0] + fields["title"][-1] == "{}"
    assert unlatex(fields["title"][1:-1]) == single_line(title)
    assert unlatex(fields["note"]) == single_line(note)
    assert (fields["year"], fields["month"], fields["day"], fields["version"]) == ("2026", "11", "2", "3")
    assert fields["url"] == "https://example.org/en/claims/aid-is-growing/@3/"


def read_ris(text):
    assert text.endswith("ER  - \r\n")
    lines = text.split("\r\n")[:-1]
    pairs = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", each).groups() for each in lines]
    assert [tag for tag, _ in pairs].count("TY") == [tag for tag, _ in pairs].count("ER") == 1
    assert (pairs[0], pairs[-1]) == (("TY", "ELEC"), ("ER", ""))
    return {tag: value for tag, value in pairs}  # noqa: C416


@given(title=texts, note=texts)
def test_ris_reads_back_as_one_reference_a_field_to_a_line(title, note):
    fields = read_ris(format_ris(cited(title, note)))
    assert fields["TI"] == single_line(title)
    assert fields["N1"] == single_line(note)
    assert (fields["AU"], fields["PB"]) == ("Words & Ground", "Words & Ground")
    assert (fields["PY"], fields["DA"], fields["ET"], fields["LA"]) == ("2026", "2026/11/02/", "3", "en")
    assert fields["UR"] == "https://example.org/en/claims/aid-is-growing/@3/"


@given(title=texts, note=texts)
def test_csl_is_a_list_of_one_item_with_a_date_in_parts(title, note):
    (item,) = json.loads(json.dumps(build_csl_json(cited(title, note))))
    assert (item["type"], item["id"], item["title"], item["note"]) == (
        "webpage", "aid-is-growing-3", single_line(title), single_line(note),
    )  # fmt: skip
    assert item["author"] == [{"literal": "Words & Ground"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 2]]}
    assert item["version"] == "3"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_its_line_or_leaves_a_brace_open(text):
    assert "\n" not in single_line(text)
    assert "\r" not in single_line(text)
    assert escape_latex(text).count("{") == escape_latex(text).count("}")
