"""`read_article` prints what an article holds, and says in one sentence why it cannot read a file."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfWriter

from claims.ingest.pdf_text import is_mostly_right_to_left

WORDS = "“The dam is safe,” Energy Minister Rula Nasser said on Wednesday."
QUOTATION = {
    "text": "The dam is safe,",
    "speaker": "Rula Nasser",
    "said_on": "2024-05-01",
    "verbatim": True,
    "sentence": WORDS,
}


def read(file: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict:
    call_command("read_article", str(file), "--json", *options)
    return json.loads(capsys.readouterr().out)


def word_document(file: Path, xml: str) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", xml)
    return file


def test_a_text_file(tmp_path, capsys):
    file = tmp_path / "article.txt"
    file.write_text(WORDS)
    assert read(file, capsys, "--published", "2024-05-02") == {"quotations": [QUOTATION], "events": []}


def test_a_page_with_its_day(tmp_path, capsys):
    file = tmp_path / "article.html"
    file.write_text(
        '<meta property="article:published_time" content="2024-05-02T10:00:00Z"><nav>“Home,” said Al Bell.</nav>'
        f"<script>“No”</script><p>{WORDS}</p>"
    )
    assert read(file, capsys)["quotations"] == [QUOTATION]


def test_a_word_document(tmp_path, capsys):
    text = f'<w:document xmlns:w="w"><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:document>'
    file = word_document(tmp_path / "article.docx", text)
    assert read(file, capsys, "--published", "2024-05-02")["quotations"] == [QUOTATION]


def pdf(*pages: str, **protection: Any) -> bytes:
    """A PDF whose pages show lines of text in Helvetica, with the marks of Windows' encoding."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        3: font,
    }
    for number, page in enumerate(pages):
        shown = b" T* ".join(b"(" + line.encode("cp1252") + b") Tj" for line in page.split("\n"))
        stream = b"BT /F1 12 Tf 14 TL 50 800 Td " + shown + b" ET"
        own = 10 + 2 * number
        objects[own] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {own + 1} 0 R >>".encode()
        )
        objects[own + 1] = f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
    return protected(packed(objects), **protection)


def packed(objects: dict[int, bytes]) -> bytes:
    file, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(file)
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in places.items())
    trailer = f"trailer\n<< /Root 1 0 R /Size {max(places) + 1} >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 1\n0000000000 65535 f \n{table}{trailer}".encode()


def protected(content: bytes, **protection: Any) -> bytes:
    if not protection:
        return content
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.encrypt(**protection)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


ARTICLE = (
    "The Daily Ledger\nThe road north was shut for most of the week, and traders lost several loads of\n"
    "fruit. Their union counts them.\n“The road is open for everybody who wants to use it, from tomor-\n"
    "row morning on,” said Transport Minister Karim Saad.\n1"
)


def test_a_pdf_without_its_running_titles_page_numbers_and_hyphens(tmp_path, capsys):
    file = tmp_path / "article.pdf"
    file.write_bytes(
        pdf(ARTICLE, "The Daily Ledger\nDrivers waited.\n2", "The Daily Ledger\nThey are tired.\n3")
    )
    (found,) = read(file, capsys)["quotations"]
    assert found["speaker"] == "Karim Saad"
    assert found["text"] == "The road is open for everybody who wants to use it, from tomorrow morning on,"


def test_what_is_no_readable_pdf_is_said(tmp_path):
    file = tmp_path / "article.pdf"
    for content, why in (
        (pdf(ARTICLE)[:400], "damaged"),
        (b"%PDF-1.7\n" + b"\0" * 100, "damaged"),
        (pdf(""), "no text"),
        (pdf(*[""] * 301), "more than 300 pages"),
        (pdf(ARTICLE, user_password="x", algorithm="RC4-128"), "password"),
    ):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=why):
            call_command("read_article", str(file))


def test_words_that_run_from_the_right_are_not_read_in_a_wrong_order():
    assert is_mostly_right_to_left("قال الوزير: «نعم».")
    assert not is_mostly_right_to_left("The word قال is Arabic.")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("nul.txt", b"a\0b", "NUL"),
        ("latin.txt", "é".encode("latin-1"), "UTF-8"),
        ("empty.txt", b" \n", "no text"),
        ("big.txt", b"a" * 1_000_001, "letters"),
        ("picture.png", b"x", ".png"),
        ("broken.docx", b"PK\3\4", "docx"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, why):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError, match=why):
        call_command("read_article", str(file))


def test_bombs_are_refused(tmp_path):
    entities = word_document(tmp_path / "e.docx", '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')
    packed = word_document(tmp_path / "z.docx", "x" * 10_000_001)
    for file, why in ((entities, "entities"), (packed, "unpacks")):
        with pytest.raises(CommandError, match=why):
            call_command("read_article", str(file))


def test_a_folder_and_a_missing_file(tmp_path):
    for file in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("read_article", str(file))


@pytest.mark.parametrize("day", ["0001-01-01", "0050", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_read(tmp_path, capsys, day):
    file = tmp_path / "article.txt"
    file.write_text("“No,” Ann Roe said yesterday. “Yes,” Al Bell said 99 years ago.")
    assert len(read(file, capsys, "--published", day)["quotations"]) == 2


def test_a_day_that_is_none(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(WORDS)
    with pytest.raises(CommandError, match="not a date"):
        call_command("read_article", str(file), "--published", "soon")
