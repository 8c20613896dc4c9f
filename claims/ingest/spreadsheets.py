"""The first sheet of a spreadsheet, as lines of text. Values are taken as the sheet shows them; no formula is run.

A spreadsheet is a ZIP archive of XML. Before a parser sees it, its size unpacked is bounded and documents that define
entities are refused.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, iterparse

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .table_limits import MOST_COLUMNS, MOST_FILES, MOST_ROW_NUMBER, MOST_ROWS, MOST_UNPACKED

OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_CHUNK: Final = 1 << 16
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORDS_OF_FORMAT: Final = re.compile(
    r'"[^"]*"|\[[^]]*\]|\\.'
)  # of a number format: what it prints as it stands
_SHEET_ERRORS: Final = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})


NumberedLine = tuple[int, list[str]]


class UnreadableTable(Exception):
    """Says in words what to do."""


def is_archive(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def spreadsheet_lines(content: bytes) -> Iterator[NumberedLine]:
    """The rows of the first sheet with their numbers. Raises UnreadableTable."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = _check_archive(archive)
            if "xl/workbook.xml" in names:
                yield from _xlsx_lines(content)
            elif "content.xml" in names:
                with archive.open("content.xml") as opened:
                    yield from _ods_lines(opened)
            else:
                raise UnreadableTable(
                    _("This archive is no spreadsheet. Give the table itself: .xlsx, .ods or .csv.")
                )
    except UnreadableTable:
        raise
    except (
        Exception
    ):  # a damaged or hostile file fails anywhere in the parsers, in ways that none of them lists
        raise UnreadableTable(
            _("The spreadsheet is damaged. Open it, and save it anew as .xlsx or .ods.")
        ) from None


def _check_archive(archive: zipfile.ZipFile) -> set[str]:
    files = archive.infolist()
    if len(files) > MOST_FILES or sum(each.file_size for each in files) > MOST_UNPACKED:
        raise UnreadableTable(
            _("The spreadsheet is too large unpacked. Copy the table alone into a new one.")
        )
    for each in files:
        if each.filename.lower().endswith((".xml", ".rels")):
            _refuse_entities(archive, each)
    return {each.filename for each in files}


def _refuse_entities(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> None:
    """No spreadsheet program writes a DOCTYPE. UTF-16 would hide one from this search, and none writes that either."""
    tail = b""
    with archive.open(file) as opened:  # never gives more than the size that was checked
        while chunk := opened.read(_CHUNK):
            if (
                b"<!DOCTYPE" in tail + chunk
                or (not tail and b"\x00" in chunk[:4])
                or chunk.startswith(b"\xff\xfe")
            ):
                raise UnreadableTable(
                    _("The spreadsheet defines entities. Save it anew with a spreadsheet program.")
                )
            tail = chunk[-8:]


# XLSX -------------------------------------------------------------------------------------------------------------


def _xlsx_lines(content: bytes) -> Iterator[NumberedLine]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # programs write them wrong
        rows = sheet.iter_rows(max_row=MOST_ROW_NUMBER, max_col=MOST_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            yield number, ["" if cell.value is None else _shown_cell(cell) for cell in cells]
    finally:
        book.close()


def _shown_cell(cell: Any) -> str:
    """Excel makes a day of a typed month, and shows the month: the format tells."""
    value = cell.value
    if isinstance(value, datetime | date) and "d" not in _WORDS_OF_FORMAT.sub("", cell.number_format.lower()):
        return value.isoformat()[: 7 if "m" in cell.number_format.lower() else 4]
    return _shown_value(value)


def _shown_value(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() != time():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()[:10]
    return _refuse_sheet_error(str(value))


def _refuse_sheet_error(text: str) -> str:
    if text in _SHEET_ERRORS:
        raise UnreadableTable(
            _("A formula of the sheet has failed and shows “%(error)s”. Mend it, or write its value.")
            % {"error": text}
        )
    return text


# ODS --------------------------------------------------------------------------------------------------------------


def _ods_lines(opened: Any) -> Iterator[NumberedLine]:
    """The rows of the first table. Repeated rows and cells are written once with a count."""
    number = 1
    for event, element in iterparse(opened, events=("start", "end")):  # noqa: S314  # no DOCTYPE: _refuse_entities
        if event == "end" and element.tag == f"{_TABLE}table":
            return
        if event == "end" and element.tag == f"{_TABLE}table-row":
            line = _ods_line(element)
            repeats = _repeats(element, "number-rows-repeated", MOST_ROW_NUMBER)
            for n in range(min(repeats, MOST_ROWS + 1) if any(line) else 0):
                yield number + n, line
            number += repeats
            element.clear()


def _ods_line(row: Element) -> list[str]:
    line: list[str] = []
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            repeats = _repeats(cell, "number-columns-repeated", MOST_COLUMNS + 1)
            line += [_ods_value(cell)] * min(repeats, MOST_COLUMNS + 1 - len(line))
    return line


def _repeats(element: Element, name: str, most: int) -> int:
    return max(1, min(int(element.get(_TABLE + name, "1")), most))


def _ods_value(cell: Element) -> str:
    match cell.get(f"{_OFFICE}value-type"):
        case "float":
            return _shown_value(float(cell.get(f"{_OFFICE}value", "")))
        case "date":
            return _shown_value(datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")))
        case "boolean":
            return "yes" if cell.get(f"{_OFFICE}boolean-value") == "true" else "no"
    # Only its own paragraphs: those of a comment are not in the cell.
    return _refuse_sheet_error("\n".join(_ods_text(each) for each in cell if each.tag == f"{_TEXT}p"))


def _ods_text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        match child.tag.removeprefix(_TEXT):
            case "s":
                parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case _:
                parts.append(_ods_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
