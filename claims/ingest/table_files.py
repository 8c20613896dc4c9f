"""A table as a list of rows, read from CSV, TSV, XLSX, ODS or JSON, or from cells pasted out of a spreadsheet.

The content decides what it is, not the name of the file. What is no table of a bounded size is refused in words.
"""

import codecs
import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from django.utils.translation import gettext as _

from .spreadsheets import OLD_EXCEL, UnreadableTable, is_archive, spreadsheet_lines
from .table_limits import MOST_BYTES, MOST_CELL_LETTERS, MOST_COLUMNS, MOST_ROWS

_DELIMITERS: Final = "\t,;|"
_BYTE_ORDER_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@dataclass(frozen=True)
class TableRow:
    """A row with its number as the spreadsheet shows it; of JSON, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(content: bytes) -> Table:
    """Raises UnreadableTable, with words that say what to do."""
    if len(content) > MOST_BYTES:
        raise UnreadableTable(
            _("The file is larger than %(most)d MB. Divide it.") % {"most": MOST_BYTES // 1_000_000}
        )
    if content.startswith(OLD_EXCEL):
        raise UnreadableTable(
            _(
                "This is an Excel file of the old kind, or one with a password. Save it as .xlsx, without a password."
            )
        )
    if is_archive(content):
        return _build_table(spreadsheet_lines(content))
    text = _decode(content)
    if text.lstrip()[:1] in ("[", "{"):
        return _build_table(_json_lines(text))
    return _build_table(enumerate(_delimited_lines(text), start=1))


def _build_table(lines: Iterable[tuple[int, Sequence[str]]]) -> Table:
    headings: tuple[str, ...] | None = None
    rows: list[TableRow] = []
    for number, line in lines:
        cells = tuple(cell.strip() for cell in line)
        if not any(cells):
            continue
        cells = cells[: max(n for n, cell in enumerate(cells, start=1) if cell)]
        if headings is None:
            _refuse_many_columns(len(cells))
            headings = cells
            continue
        if len(rows) == MOST_ROWS:
            raise UnreadableTable(
                _("The table has more than %(most)d rows. Divide it.") % {"most": MOST_ROWS}
            )
        _refuse_oversized_row(number, cells, len(headings))
        rows.append(TableRow(number, cells + ("",) * (len(headings) - len(cells))))
    if headings is None:
        raise UnreadableTable(_("The table is empty. Its first row names the columns."))
    if not rows:
        raise UnreadableTable(_("There is no row below the names of the columns."))
    return Table(headings, tuple(rows))


def _refuse_many_columns(n: int) -> None:
    if n > MOST_COLUMNS:
        raise UnreadableTable(_("The table has more than %(most)d columns.") % {"most": MOST_COLUMNS})


def _refuse_oversized_row(number: int, cells: tuple[str, ...], columns: int) -> None:
    if len(cells) > columns:
        raise UnreadableTable(
            _(
                "Row %(row)d has more cells than there are names of columns. Look for a surplus separator in it."
            )
            % {"row": number}
        )
    if any(len(cell) > MOST_CELL_LETTERS for cell in cells):
        raise UnreadableTable(
            _("A cell in row %(row)d has more than %(most)d letters.")
            % {"row": number, "most": MOST_CELL_LETTERS}
        )


# Text -------------------------------------------------------------------------------------------------------------


def _decode(content: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableTable(
            _("Line %(line)d is not UTF-8. Save the table as “CSV UTF-8”, or as a spreadsheet (.xlsx, .ods).")
            % {"line": line}
        ) from None
    text = text.removeprefix("\ufeff")
    if "\x00" in text[:200]:
        raise UnreadableTable(
            _("This is no table that can be read. Save it as a spreadsheet (.xlsx, .ods) or as “CSV UTF-8”.")
        )
    return text


def _delimited_lines(text: str) -> Iterator[list[str]]:
    delimiter = _find_delimiter(text)
    try:
        yield from _parsed_lines(text, delimiter, quoting=csv.QUOTE_MINIMAL)
    except csv.Error as error:
        if "field limit" in str(error):
            raise UnreadableTable(
                _("A cell has more than %(most)d letters.") % {"most": MOST_CELL_LETTERS}
            ) from None
        raise UnreadableTable(
            _(
                "A cell begins with a quotation mark that is not closed, or goes on after it: near line %(line)d."
            )
            % {"line": _line_of_fault(text, delimiter)}
        ) from None


def _parsed_lines(text: str, delimiter: str, quoting: Any) -> Iterator[list[str]]:
    """Cells pasted from a spreadsheet hold quotation marks as they are, where the strict reading fails on them."""
    if delimiter == "\t":
        try:
            yield from list(
                csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
            )
        except csv.Error:
            yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return
    yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)


def _line_of_fault(text: str, delimiter: str) -> int:
    """The line on which the record begins that cannot be read."""
    reader, line = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for _record in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    return line


def _find_delimiter(text: str) -> str:
    """The separator that parts the names of the columns most often."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


# JSON -------------------------------------------------------------------------------------------------------------


def _json_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    rows = _read_json(text)
    headings: dict[str, None] = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise UnreadableTable(
                _('Entry %(row)d is not an object, such as {"summary": "…"}.') % {"row": number}
            )
        headings |= dict.fromkeys(row)
        _refuse_many_columns(len(headings))
    yield 0, list(headings)
    for number, row in enumerate(rows, start=1):
        yield number, [_json_cell(row.get(name), number, name) for name in headings]


def _read_json(text: str) -> list[Any]:
    try:
        read = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise UnreadableTable(
            _("This is not JSON: line %(line)d, column %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from None
    except (RecursionError, ValueError):
        raise UnreadableTable(_("This is not a list of objects.")) from None
    if isinstance(read, dict):
        read = read.get("rows")
    if not isinstance(read, list) or not read:
        raise UnreadableTable(_("This is not a list of objects."))
    return read


def _json_cell(value: Any, number: int, name: str) -> str:
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return "; ".join(_json_cell(each, number, name) for each in value)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
    raise UnreadableTable(
        _("Entry %(row)d holds something other than a value in “%(column)s”.")
        % {"row": number, "column": name}
    )
