"""What the design says of the shape of the code, checked on every run."""

import ast
import subprocess
from pathlib import Path

import pytest
from importlinter import api
from importlinter.application.use_cases import lint_imports

BASE_DIR = Path(__file__).resolve().parent.parent
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 50
MOST_LETTERS_OF_A_TEMPLATE_LINE = 160
# The domain is given the day and never asks for it; it reads and prints nothing.
IMPURE = {"now", "today", "utcnow", "open", "print", "input", "default_rng"}
SET_ON_REQUESTS = {
    "LANGUAGE_CODE",
    "desk_submission",
    "path_info",
    "user",
}  # docs/decisions/0019-request-state.md


def python_files(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (BASE_DIR / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


FILES = [BASE_DIR / "manage.py", *python_files("tracker", "claims", "tests")]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )
    return [BASE_DIR / name for name in listed.stdout.split("\0") if name]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_imports_go_one_way_and_the_domain_is_pure():
    assert len(api.read_configuration(str(BASE_DIR / "pyproject.toml"))["contracts_options"]) == 2
    assert lint_imports(config_filename=str(BASE_DIR / "pyproject.toml"), cache_dir=None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_no_file_is_longer_than_a_sitting(path):
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_no_function_is_longer_than_a_screen(path):
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(path)}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION} == {}


def test_no_template_line_is_too_long():
    """Break within a tag or between blocks; sentences with several cases are in templatetags/sentences.py."""
    long_lines = [
        f"{path.relative_to(BASE_DIR)}:{number}"
        for path in sorted((BASE_DIR / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > MOST_LETTERS_OF_A_TEMPLATE_LINE
    ]
    assert long_lines == []


@pytest.mark.parametrize(
    "path",
    python_files("claims/domain", "claims/drawing", "claims/languages", "claims/text"),
    ids=lambda path: path.name,
)
def test_the_domain_asks_no_clock_and_touches_no_file(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}
    assert names & IMPURE == set()


@pytest.mark.parametrize(
    "path", python_files("tracker", "claims"), ids=lambda path: str(path.relative_to(BASE_DIR))
)
def test_nothing_is_hung_on_a_request_that_the_decision_record_does_not_list(path):
    set_here = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node.value, ast.Name) and node.value.id == "request"
    }
    assert set_here <= SET_ON_REQUESTS, "see docs/decisions/0019-request-state.md"


def test_nothing_in_the_repository_names_a_package_index_or_a_path_of_this_machine():
    # Put together here, so that this file does not find itself.
    forbidden = ["index" + "-url", "/simp" + "le/", "/wo" + "rk/", "/ro" + "ot/"]
    texts = {path: path.read_text(errors="replace") for path in tracked_files() if path.is_file()}
    found = {
        str(path.relative_to(BASE_DIR)): word
        for path, text in texts.items()
        for word in forbidden
        if word in text
    }
    assert texts
    assert found == {}
