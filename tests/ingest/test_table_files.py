"""Files that are no table, or do harm, end in a sentence. Spreadsheets read as they show themselves."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from claims.ingest.spreadsheets import UnreadableTable
from claims.ingest.table_files import read_table
from claims.ingest.table_limits import MOST_BYTES, MOST_CELL_LETTERS, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED

BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "<table:table>{}</table:table></office:spreadsheet></office:body></office:document-content>"
)
EMPTY_ROWS = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'


def packed(**files):
    opened = BytesIO()
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return opened.getvalue()


def ods(*rows, head=""):
    return packed(**{"content.xml": head + ODS.format("".join(rows))})


def ods_row(*cells, more=""):
    held = "".join(cell if cell.startswith("<") else ods_cell(f"<text:p>{cell}</text:p>") for cell in cells)
    return f"<table:table-row{more}>{held}</table:table-row>"


def ods_cell(inside, more=""):
    return f"<table:table-cell{more}>{inside}</table:table-cell>"


def xlsx(*rows, formats=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, written in formats:
        book.active[place].number_format = written
    opened = BytesIO()
    book.save(opened)
    return opened.getvalue()


def cells(content):
    return [row.cells for row in read_table(content).rows]


# Spreadsheets ---------------------------------------------------------------------------------------------------------


def test_a_spreadsheet_reads_as_it_shows_itself():
    table = read_table(
        xlsx(
            ["day", "n", "yes", "text"],
            [],
            [date(2021, 10, 13), 3.0, True, " a\nb "],
            [date(2021, 1, 1), 2.5],
        )
    )
    assert table.headings == ("day", "n", "yes", "text")
    assert [(row.number, row.cells) for row in table.rows] == [
        (3, ("2021-10-13", "3", "yes", "a\nb")),
        (4, ("2021-01-01", "2.5", "", "")),
    ]


def test_a_month_that_excel_made_a_day_of_stays_a_month():
    content = xlsx(
        ["day"], [date(2021, 10, 1)], [date(2021, 1, 1)], formats=[("A2", "mmm-yy"), ("A3", "yyyy")]
    )
    assert cells(content) == [("2021-10",), ("2021",)]


def test_an_open_document_with_repeated_rows_cells_and_a_comment():
    day = ods_cell(
        "<office:annotation><text:p>mine</text:p></office:annotation><text:p>13/10/21</text:p>",
        ' office:value-type="date" office:date-value="2021-10-13"',
    )
    number = ods_cell("<text:p>3,0</text:p>", ' office:value-type="float" office:value="3"')
    spaced = ods_cell("<text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p>")
    same = ods_cell("<text:p>x</text:p>", ' table:number-columns-repeated="2"')
    table = read_table(
        ods(ods_row("a", "b", "c", "d", "e"), EMPTY_ROWS, ods_row(day, number, spaced, same), EMPTY_ROWS)
    )
    assert [(row.number, row.cells) for row in table.rows] == [
        (1048002, ("2021-10-13", "3", "a  b\nc", "x", "x"))
    ]


def test_the_value_of_a_formula_is_taken_and_no_formula_is_run():
    assert cells(b"a,b\n=1+1,=cmd|'/c calc'!A0\n") == [("=1+1", "=cmd|'/c calc'!A0")]


def test_quotation_marks_within_pasted_cells_stay():
    assert cells(b'a\tb\n"Yes," he said\tsize 5"\n') == [('"Yes," he said', 'size 5"')]
    assert cells(b'a\tb\n"two\nlines"\tx\n') == [("two\nlines", "x")]


# What is refused ------------------------------------------------------------------------------------------------------

HOSTILE = {
    "nothing": (b"", "The table is empty"),
    "a heading alone": (b"a,b\n", "no row below"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "UTF-8"),
    "latin-1": ("a\nété\n".encode("latin-1"), "Line 2 is not UTF-8"),
    "cp1256": ("a\nدمشق\n".encode("cp1256"), "Line 2 is not UTF-8"),
    "UTF-16 without its mark": ("a\nb\n".encode("utf-16-le"), "no table that can be read"),
    "half of a UTF-16 file": ("a\nb\n".encode("utf-16")[:-1], "not UTF-8"),
    "too many bytes": (b"a" * (MOST_BYTES + 1), "larger than"),
    "a million columns": (b"a," * 1_000_000 + b"a\n1\n", "more than 200 columns"),
    "a row of a million cells": (b"a,b\n" + b"1," * 1_000_000 + b"1\n", "more cells than"),
    "a megabyte in a cell": (b"a\n" + b"x" * 1_000_000 + b"\n", "letters"),
    "many rows": (b"a\n" + b"x\n" * (MOST_ROWS + 1), "more than 20000 rows"),
    "an open quotation mark": (b'a,b\n"x,y\n', "quotation mark"),
    "deep JSON": (b"[" * 100_000, "list of objects"),
    "broken JSON": (b'[{"a": 1,}]', "not JSON: line 1"),
    "JSON of numbers": (b"[1, 2]", "Entry 1"),
    "JSON of objects in objects": (b'[{"a": {"b": 1}}]', "Entry 1"),
    "a huge number in JSON": (b'{"rows": []}', "list of objects"),
    "a broken archive": (b"PK\x03\x04broken", "damaged"),
    "an archive of something else": (packed(**{"evil.exe": "x"}), "no spreadsheet"),
    "a path out of the archive": (packed(**{"../../etc/passwd": "x"}), "no spreadsheet"),
    "a spreadsheet of nothing": (packed(xl__workbook="x", **{"xl/workbook.xml": "<x/>"}), "damaged"),
    "entities in ODS": (ods(ods_row("a"), ods_row("&b;"), head=BOMB), "entities"),
    "entities in XLSX": (packed(**{"xl/workbook.xml": BOMB + "<workbook/>"}), "entities"),
    "entities hidden by UTF-16": (packed(**{"content.xml": BOMB.encode("utf-16")}), "entities"),
    "a zip bomb": (packed(**{"xl/workbook.xml": "0" * (MOST_UNPACKED + 1)}), "too large unpacked"),
    "a file of many files": (packed(**{f"{n}.xml": "" for n in range(1001)}), "too large unpacked"),
    "a cell repeated over a million columns": (
        ods(ods_row(ods_cell("<text:p>x</text:p>", ' table:number-columns-repeated="9000000"'))),
        "more than 200 columns",
    ),
    "a row repeated a million times": (
        ods(ods_row("a"), ods_row("x", more=' table:number-rows-repeated="9000000"')), "more than 20000 rows",
    ),
    "a failed formula": (xlsx(["a"], ["#REF!"]), "#REF!"),
    "wide rows in XLSX": (xlsx(["a"] * (MOST_COLUMNS + 1), ["x"]), "more than 200 columns"),
    "a long cell in JSON": (b'[{"a": "' + b"x" * (MOST_CELL_LETTERS + 1) + b'"}]', "letters"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(case):
    content, words = HOSTILE[case]
    with pytest.raises(UnreadableTable, match=words):
        read_table(content)


def test_a_workbook_with_macros_is_read_without_them():
    with_macro = BytesIO(xlsx(["a"], ["x"]))
    with zipfile.ZipFile(with_macro, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
    assert cells(with_macro.getvalue()) == [("x",)]


def test_a_lying_size_of_a_packed_file_is_found():
    content = bytearray(packed(**{"content.xml": "<x>" + "0" * 1_000_000 + "</x>"}))
    at = content.rfind(b"PK\x01\x02") + 24  # the size unpacked, in the directory of the archive
    content[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableTable, match="damaged"):
        read_table(bytes(content))
