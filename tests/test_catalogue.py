"""The Arabic catalogue: whole, in step with the code and with what is compiled from it."""

import ast
import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "claims" / "locale" / "ar" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
TAG = re.compile(r"</?\w+[^>]*>")
ALIKE = {"j F Y", "F Y", "%(language)s: %(field)s"}  # the same in both languages
COUNTS = frozenset({"%(n)s", "%(n)d", "%(count)d"})
FORMS = ["none", "one", "two", "few", "many", "other"]


def read(path: Path) -> dict[str, tuple[str, list[str]]]:
    """For each msgid (after its context, if it has one): its plural, and its translations."""
    found, fields, last = {}, {}, ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if match := re.fullmatch(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")', line):
            last, text = match[1], match[2]
            fields[last] = ast.literal_eval(text)
        elif line.startswith('"'):
            fields[last] += ast.literal_eval(line)
        elif not line and fields:
            key = "\4".join([fields[name] for name in ("msgctxt", "msgid") if name in fields])
            said = [text for name, text in fields.items() if name.startswith("msgstr")]
            found[key] = (fields.get("msgid_plural", ""), said)
            fields = {}
    return found


@pytest.fixture(scope="module")
def catalogue():
    found = read(FOLDER / "django.po")
    assert found.pop("")
    return found


def test_what_is_compiled_is_what_is_written(catalogue):
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    written = {}
    for msgid, (plural, said) in catalogue.items():
        written |= {(msgid, n): text for n, text in enumerate(said)} if plural else {msgid: said[0]}
    assert compiled == written


def test_nothing_is_missing_or_left_to_be_checked(catalogue):
    assert [
        msgid for msgid, (_plural, said) in catalogue.items() if not all(text.strip() for text in said)
    ] == []
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    assert "fuzzy" not in source
    assert "#~" not in source


def test_the_catalogue_names_no_person_and_no_day():
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    assert not re.search(r"Last-Translator|-Date|Report-Msgid|FIRST AUTHOR|^#: ", source, re.MULTILINE)


def test_the_head_holds_the_glossary_and_the_rule_of_plurals():
    """Without the rule, every count is written in the form of one. Merging tools drop the head."""
    head = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[0]
    assert "# Glossary." in head
    assert '"Plural-Forms: nplurals=6; ' in head


def test_every_count_has_its_six_forms(catalogue):
    counts = {msgid: said for msgid, (plural, said) in catalogue.items() if plural}
    assert len(counts) > 10
    assert {msgid for msgid, said in counts.items() if len(said) != len(FORMS)} == set()


def test_a_translation_is_arabic(catalogue):
    for msgid, (_plural, said) in catalogue.items():
        if re.search("[a-z]{2}", PLACEHOLDER.sub("", msgid)) and msgid not in ALIKE:
            for text in said:
                assert re.search("[\u0621-\u064a]", text), msgid


def test_placeholders_and_tags_are_those_of_the_message(catalogue):
    for msgid, (plural, said) in catalogue.items():
        if not plural:
            assert parts(said[0]) == parts(msgid), msgid
            continue
        for form, text in zip(FORMS, said, strict=True):
            if form in ("one", "two"):  # the noun's own form says how many
                assert parts(text, COUNTS) in (parts(msgid, COUNTS), parts(plural, COUNTS)), msgid
            elif form != "none":  # which may say something else altogether
                assert parts(text) == parts(plural), msgid


def parts(text, without=frozenset()):
    found = PLACEHOLDER.findall(text) + TAG.findall(text)
    return sorted(part for part in found if part not in without)


def test_marks_are_arabic(catalogue):
    for msgid, (_plural, said) in catalogue.items():
        for text in said:
            bare = TAG.sub("", PLACEHOLDER.sub("x", text))
            assert not re.search(r"[,;?](\s|$)|[“”→]", bare), msgid
            assert text.count("«") == text.count("»"), msgid


@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="gettext is not installed: no way to find the messages"
)
def test_every_message_of_the_code_is_in_the_catalogue_and_no_other(catalogue, tmp_path):
    for folder in ("claims", "tracker", "templates"):
        ignored = shutil.ignore_patterns("__pycache__", "static", "*.mo", "*.po")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    settings = tmp_path / "extraction.py"
    settings.write_text("LOCALE_PATHS = ['claims/locale']\nUSE_I18N = True\n", encoding="utf-8")
    (tmp_path / "claims" / "locale").mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=ar", "--no-location", "--settings=extraction"],
        cwd=tmp_path, check=True, capture_output=True, env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    found = read(tmp_path / "claims" / "locale" / "ar" / "LC_MESSAGES" / "django.po")
    found.pop("")
    assert set(found) - set(catalogue) == set(), "run `make messages`, translate, and run it again"
    assert set(catalogue) - set(found) == set(), "messages that nothing says any more"
    assert {msgid for msgid, (plural, _) in found.items() if plural != catalogue[msgid][0]} == set()


def test_no_message_is_marked_by_a_name_that_the_extractor_does_not_know():
    for path in [*(ROOT / "claims").rglob("*.py"), *(ROOT / "tracker").rglob("*.py")]:
        for alias in re.findall(r"import \w*gettext\w* as (\w+)", path.read_text(encoding="utf-8")):
            assert alias == "_", path


def test_no_message_stands_within_an_f_string_where_the_extractor_does_not_look():
    for path in [*(ROOT / "claims").rglob("*.py"), *(ROOT / "tracker").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for part in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
                if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "_":
                    assert not isinstance(part.args[0], ast.Constant), f"{path}:{part.lineno}"
