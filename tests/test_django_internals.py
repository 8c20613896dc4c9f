"""Names that Django keeps to itself are used in two modules only: one of the product, one of the tests."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import claims
import tracker
from tests.test_architecture import BASE_DIR, FILES

ALLOWED = {BASE_DIR / "claims/django_internals.py", BASE_DIR / "tests/django_internals.py"}
DOCUMENTED = {"_meta", "_state", "_base_manager", "_default_manager"}
OF_PYTHON = {"_catalog", "_exit", "_replace", "_value_"}  # gettext, os, namedtuple, enum


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def is_set_on_self(node: ast.Attribute) -> bool:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    return owner in {"self", "cls"} and isinstance(node.ctx, ast.Store)


def names_defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and is_set_on_self(node):
            yield node.attr


def private_names_used(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    imported = {name.name for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names}
    return {name for name in attributes | imported if is_private(name)}


TREES = {path: ast.parse(path.read_text()) for path in FILES}
OWN = {name for path, tree in TREES.items() if path not in ALLOWED for name in names_defined(tree)}


def test_no_other_module_uses_a_private_name_of_django():
    known = OWN | DOCUMENTED | OF_PYTHON
    found = {
        str(path.relative_to(BASE_DIR)): unknown
        for path, tree in TREES.items()
        if path not in ALLOWED and (unknown := private_names_used(tree) - known)
    }
    assert found == {}, "move each use into claims/django_internals.py, with its reason"


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "migrations" not in found.name and not found.name.endswith(("asgi", "wsgi")):
            yield importlib.import_module(found.name)


def overridden_private_names(cls: type) -> dict[str, str]:
    """The private names of a class that a class of Django has too."""
    return {
        name: base.__module__
        for base in cls.__mro__[1:]
        if base.__module__.startswith("django")
        for name in vars(base).keys() & vars(cls).keys() - DOCUMENTED
        if is_private(name)
    }


def test_no_other_class_overrides_a_private_method_of_django():
    found = {
        f"{module.__name__}.{name}": overridden
        for package in (claims, tracker)
        for module in modules_of(package)
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ != "claims.django_internals"
        if (overridden := overridden_private_names(cls))
    }
    assert found == {}
