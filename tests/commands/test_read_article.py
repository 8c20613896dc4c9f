"""`read_article` prints what an article holds, and says in one sentence why it cannot read a file."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

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


def test_a_day_that_is_none(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(WORDS)
    with pytest.raises(CommandError, match="not a date"):
        call_command("read_article", str(file), "--published", "soon")
