"""Tables on the desk: given, looked at row by row, matched by hand, mended, imported and undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Evidence, Place, TableImport
from tests.factories import SourceFactory, TableImportFactory

from .posting import post, text

START = "admin:claims_tableimport_changelist"
BAD = "id,summary,known,source\na,Trucks crossed,32 May,Watch\nb,Trucks stood,2021,Watch\n"


@pytest.fixture(autouse=True)
def _watch(db):
    SourceFactory(name="Watch")


def give(client, table, kind="evidence", **more):
    file = SimpleUploadedFile("reports.csv", table.encode())
    return post(client, reverse(START), {"kind": kind, "file": file} | more)


def press(client, button, **more):
    page = reverse("admin:claims_tableimport_table", args=[TableImport.objects.get(done_at=None).pk])
    return text(post(client, page, {button: "1"} | more))


def test_each_row_is_shown_and_nothing_is_stored(editor):
    shown = text(give(editor, BAD))
    assert "Trucks crossed" in shown
    assert "<strong><bdi>known</bdi></strong>: " in shown
    assert "Import the good rows alone" in shown
    assert not Evidence.objects.exists()


def test_a_mended_table_is_imported_and_undone(editor):
    give(editor, BAD)
    assert "Nothing was imported." in press(editor, "_import")
    give(editor, BAD.replace("32 May", "3 May 2021"))
    assert "The table was imported. new: 2." in press(editor, "_import")
    assert set(Evidence.objects.values_list("created_by", flat=True)) == {editor.user.pk}
    done = TableImport.objects.get()
    assert bytes(done.content) == b""
    answer = post(editor, reverse("admin:claims_tableimport_undo", args=[done.pk]), {})
    assert "Undone: reports.csv" in text(answer)
    assert not Evidence.objects.exists()


def test_the_good_rows_alone(editor):
    give(editor, BAD)
    assert "The table was imported." in press(editor, "_import_good")
    assert Evidence.objects.get().summary == "Trucks stood"


def test_cells_that_were_pasted(editor):
    give(editor, "", pasted="name\tprecision\nKobani\ttown\n", kind="places", file="")
    press(editor, "_import")
    assert Place.objects.get().name == "Kobani"


def test_columns_are_matched_by_hand_also_of_the_mended_table(editor):
    table = "What,known,source,Mine\nTrucks crossed,2021,Watch,x\n"
    assert "There is no column “What”" in text(give(editor, table))
    shown = press(editor, "_check", **{"column-0": "summary", "column-3": ""})
    assert "There is no column" not in shown
    assert "There is no column" not in text(give(editor, table.replace("crossed", "stood")))
    press(editor, "_import", **{"column-0": "summary", "column-3": ""})
    assert Evidence.objects.get().summary == "Trucks stood"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file, or paste the cells."),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken")}, "The spreadsheet is damaged."),
        ({"pasted": "a"}, "There is no row below"),
        ({"pasted": "a\nb", "kind": "robots"}, "Select a valid choice."),
        ({"pasted": "<script>alert(1)</script>\nx"}, "&lt;script&gt;alert(1)"),
    ],
)
def test_what_cannot_be_a_table_is_told_beside_the_form(editor, sent, words):
    answer = post(editor, reverse(START), {"kind": "evidence"} | sent)
    assert answer.status_code == 200
    assert words in answer.content.decode().replace("&#x27;", "’")


def test_a_template_opens_in_excel(editor):
    answer = editor.get(reverse("admin:claims_tableimport_template", args=["evidence"]))
    assert answer.content.startswith(b"\xef\xbb\xbfid in this table,what happened,")
    assert editor.get(reverse("admin:claims_tableimport_template", args=["robots"])).status_code == 404


def test_one_table_at_a_time_and_each_editor_their_own(editor):
    others = TableImportFactory()
    give(editor, BAD)
    give(editor, BAD)
    assert TableImport.objects.filter(by=editor.user).count() == 1
    assert TableImport.objects.filter(pk=others.pk).exists()
