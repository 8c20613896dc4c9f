"""Measures the names in the code: `python tests/measure_names.py`. Pytest does not collect this file.

It reads the Python files of `claims` and `tracker`, without migrations, and prints
- how many module-level functions have a name of one word, and the median length of their names;
- how many public names (functions, classes and constants of a module) are defined in more than one module.
With `--trace` it also saves a published speaker in a test database. It then prints which modules of `claims` the save
enters, how often it returns to one that it had left, and how many queries it sends.
"""

import ast
import os
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = ("claims", "tracker")
FRAMEWORK_NAMES = {
    "urlpatterns",
    "register",
    "Command",
    "handle",
    "ready",
    "logger",
    "handler404",
    "handler500",
}


def product_modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            if "migrations" not in path.parts:
                relative = path.relative_to(REPOSITORY).with_suffix("")
                yield ".".join(relative.parts), ast.parse(path.read_text(encoding="utf-8"))


def assigned_names(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(targets=targets):
            nodes = [node for target in targets for node in ast.walk(target)]
        case ast.AnnAssign(target=target):
            nodes = list(ast.walk(target))
        case _:
            nodes = []
    yield from (node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def module_level_names(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement.name
        else:
            yield from assigned_names(statement)


def print_function_figures() -> None:
    names = [
        statement.name.strip("_")
        for _, tree in product_modules()
        for statement in tree.body
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    one_word = sum("_" not in name for name in names)
    print(f"Functions of modules: {len(names)}; of one word: {one_word} ({one_word / len(names):.1%})")
    print(f"Median length of their names: {statistics.median(map(len, names))}")


def print_shared_names() -> None:
    modules_of = defaultdict(set)
    for module, tree in product_modules():
        for name in module_level_names(tree):
            if not name.startswith("_") and name not in FRAMEWORK_NAMES:
                modules_of[name].add(module)
    shared = sorted(name for name, modules in modules_of.items() if len(modules) > 1)
    print(
        f"Public names: {len(modules_of)}; in more than one module: {len(shared)} ({len(shared) / len(modules_of):.1%})"
    )
    if "--list" in sys.argv:
        for name in shared:
            print(f"  {name}: {', '.join(sorted(modules_of[name]))}")


def visited_modules(action) -> list[str]:
    """The modules of `claims` in the order in which the action enters their functions."""
    visits: list[str] = []

    def profile(frame, event, _argument):
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("claims.") and visits[-1:] != [module]:
            visits.append(module)

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return visits


def print_save_trace() -> None:
    # The folder of this script holds packages that are named like modules of Python (`selectors`).
    sys.path[0] = str(REPOSITORY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
    from django.utils import timezone

    from claims.actions import editing, record_outside_changes
    from tests.factories import StatementFactory

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        # The only function of the module that takes a record, a user and a time is the save, whatever it is called.
        save_record = getattr(editing, "save_record", None) or editing.save
        user = get_user_model().objects.create_user("measurer")
        speaker = StatementFactory(published=True).speaker
        record_outside_changes(now=timezone.now(), reason="Measured")
        speaker.name = "Another name"
        with CaptureQueriesContext(connection) as queries:
            visits = visited_modules(
                lambda: save_record(speaker, by=user, now=timezone.now(), reason="Measured")
            )
        modules = set(visits)
        returns = len(visits) - len(modules)
        print(f"A save enters {len(modules)} modules, returns {returns} times; {len(queries)} queries")
        for module in sorted(modules):
            print(f"  {module}: {visits.count(module)}")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    print_function_figures()
    print_shared_names()
    if "--trace" in sys.argv:
        print_save_trace()
