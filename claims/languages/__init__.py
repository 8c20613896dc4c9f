"""Languages: one module for each language that has rules of its own.

A language of the site (SITE_LANGUAGES) needs no module. To add rules, add a module such as
claims/languages/persian.py that defines `RULES = LanguageRules(code="fa", …)`. No other file has to name it.
"""

import pkgutil
from functools import cache
from importlib import import_module
from typing import Final

from .rules import LanguageRules

PLAIN: Final = LanguageRules(code="")


@cache
def known_rules() -> dict[str, LanguageRules]:
    """The rules of every module in this folder, by language code."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "rules")
    found: list[LanguageRules] = [import_module(f"{__name__}.{name}").RULES for name in names]
    return {rules.code: rules for rules in found}


def rules_for(language: str | None) -> LanguageRules:
    """The rules of a language code such as `ar` or `ar-SY`; the plain ones if it has no module."""
    return known_rules().get(primary_language(language), PLAIN)


def primary_language(language: str | None) -> str:
    """The language without its region: `en` of `en-US`."""
    return (language or "").partition("-")[0].lower()
