"""The documents name links, files, modules, commands, settings and messages that exist."""

import ast
import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "claims").rglob("*.md")])
OPERATIONS = ROOT / "docs" / "operations.md"

FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"manage\.py +([a-z_]+)([^\n`|;&)]*)")
MODULE = re.compile(r"(?:claims|tracker|tests)(?:\.\w+)+(?<!\.sqlite3)")
FILE = re.compile(r"(?:claims|tracker|tests|docs|templates|fixtures|\.ci|\.github)/[\w./*-]*")
NAME = re.compile(r"(?:\w+\.)*(?=\w*[A-Z_])\w*[A-Za-z]")
LINTERS = {"ruff check", "ruff format --check", "djade --check", "mypy", "lint-imports --no-logo --no-cache"}


def document_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=document_id)


def text_without_fences(path: Path) -> str:
    return FENCE.sub("", path.read_text())


def anchors_of(path: Path) -> set[str]:
    """The fragments that a forge makes from the headings: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ +(.+?) *$", text_without_fences(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> Iterator[str]:
    for target in LINK.findall(text_without_fences(path)):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        linked = path.parent / name if name else path
        if not linked.exists() or (anchor and anchor not in anchors_of(linked)):
            yield target


@each_document
def test_relative_links_and_images_lead_somewhere(path):
    assert list(broken_links(path)) == []


def test_every_document_and_picture_is_linked_from_another_document():
    linked = {
        (path.parent / target.partition("#")[0]).resolve()
        for path in DOCUMENTS
        for target in LINK.findall(text_without_fences(path))
        if not target.startswith("#")
    }
    wanted = [path for path in DOCUMENTS if path.name != "README.md"]
    wanted += (ROOT / "docs" / "images").iterdir()
    assert [document_id(path) for path in wanted if path not in linked] == []


@each_document
def test_commands_exist_and_take_the_options_that_are_shown(path):
    known = get_commands()
    for name, arguments in COMMAND.findall(path.read_text()):
        assert name in known, f"no command: manage.py {name}"
        application = known[name]
        command = load_command_class(application, name) if isinstance(application, str) else application
        usage = command.create_parser("manage.py", name).format_help()
        for option in re.findall(r"--[a-z][a-z-]*", arguments):
            assert re.search(rf"{option}\b", usage), f"manage.py {name} takes no {option}"


@each_document
def test_modules_named_in_code_spans_exist(path):
    spans = [span for span in CODE.findall(text_without_fences(path)) if MODULE.fullmatch(span)]
    assert [span for span in spans if not is_importable(span)] == []


def is_importable(dotted_name: str) -> bool:
    """Whether the name is a module, or the public or private name of something in one."""
    parts = dotted_name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = find_spec(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        if found:
            if length == len(parts):
                return True
            value: Any = import_module(".".join(parts[:length]))
            for name in parts[length:]:
                value = getattr(value, name, None)
            return value is not None
    return False


@each_document
def test_files_named_in_code_spans_exist(path):
    names = {span.rstrip("/") for span in CODE.findall(text_without_fences(path)) if FILE.fullmatch(span)}
    assert {name for name in names if not any(ROOT.glob(name))} == set()


def test_names_in_the_recipes_are_names_of_the_code():
    folders = ("claims", "tracker", "tests", "templates")
    code = "\n".join(path.read_text() for folder in folders for path in code_files(folder))
    words = set(re.findall(r"\w+", code + (ROOT / "pyproject.toml").read_text()))
    spans = CODE.findall(text_without_fences(ROOT / "CONTRIBUTING.md"))
    names = {part for span in spans if NAME.fullmatch(span) for part in span.split(".")}
    assert names - words == set()


def code_files(folder: str) -> Iterator[Path]:
    for pattern in ("*.py", "*.html"):
        yield from (ROOT / folder).rglob(pattern)


def test_the_map_of_the_code_holds_every_folder():
    lines = re.search(
        r"^claims/ .*?^templates/", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE | re.DOTALL
    )
    assert lines
    mapped = {f"claims/{name}" for name in re.findall(r"^  (\w+)/ ", lines[0], re.MULTILINE)}
    tracked = subprocess.run(
        ["git", "ls-files", "claims/*/*"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert mapped == {"/".join(name.split("/")[:2]) for name in tracked}


@pytest.mark.parametrize("path", [".ci/run", "Makefile", ".pre-commit-config.yaml"])
def test_every_way_to_lint_runs_the_same_linters(path):
    text = (ROOT / path).read_text().replace(" --force-exclude", "")
    assert {
        linter for linter in LINTERS if re.search(rf"\.venv/bin/{linter}(?: \.)?$", text, re.MULTILINE)
    } == LINTERS


def settings_read_from_the_environment() -> dict[str, str | None]:
    """Each variable that tracker/settings.py reads, with its default as an operator would write it."""
    found: dict[str, str | None] = {}
    tree = ast.parse((ROOT / "tracker" / "settings.py").read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "environment":
                name = ast.literal_eval(node.args[0])
                found[name] = found.get(name) or literal_default(node)
    return found


def literal_default(call: ast.Call) -> str | None:
    for keyword in call.keywords:
        if keyword.arg == "default" and isinstance(keyword.value, ast.Constant):
            value = keyword.value.value
            return str(int(value)) if isinstance(value, bool | int) else None
    return None


def settings_in_the_table() -> dict[str, str]:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", OPERATIONS.read_text(), re.MULTILINE)
    return {name: default.strip("`") for name, default in rows}


def test_the_settings_table_holds_every_setting_with_its_default():
    read, shown = settings_read_from_the_environment(), settings_in_the_table()
    assert read
    assert shown.keys() == read.keys()
    assert {name: shown[name] for name, default in read.items() if default} == {
        name: default for name, default in read.items() if default
    }


def test_the_example_of_an_env_file_names_settings_that_exist():
    names = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert names
    assert set(names) <= settings_read_from_the_environment().keys()


def test_the_messages_to_look_up_are_messages_of_the_code():
    spoken = "\n".join(literal_texts())
    section = OPERATIONS.read_text().partition("## Error messages")[2]
    messages = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    assert len(messages) > 10
    pieces = [piece.strip() for message in messages for piece in message.split("…") if piece.strip()]
    assert [piece for piece in pieces if piece not in spoken] == []


def literal_texts() -> Iterator[str]:
    for folder in ("tracker", "claims"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value


def test_the_architecture_names_modules_for_each_way():
    text = (ROOT / "docs" / "architecture.md").read_text()
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    ways = {
        section.partition("\n")[0]: section
        for section in sections
        if re.search(r"^1\. ", section, re.MULTILINE)
    }
    assert list(ways) == [
        "Saving a record",
        "Serving a page",
        "Loading records",
        "Importing a table",
        "Reading an article",
        "Asking another site for a page",
        "Keeping a copy of a page",
        "Accepting a proposal",
    ]
    for name, section in ways.items():
        steps = re.findall(r"^\d\. (.+(?:\n {3}.+)*)", section, re.MULTILINE)
        assert len(steps) == 6, name
        assert all(any(MODULE.fullmatch(span) for span in CODE.findall(step)) for step in steps), name


@each_document
def test_make_targets_exist(path):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    code = [*CODE.findall(text_without_fences(path)), *FENCE.findall(path.read_text())]
    named = {target for text in code for target in re.findall(r"(?:^|\s)make ([a-z-]+)", text)}
    assert named <= {*targets}
