"""Texts that readers see in one language only: what is left to translate."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet, Value

from claims.languages import primary_language
from claims.models import Claim, Statement
from claims.records.registry import RECORD_KINDS

# The kinds whose texts editors translate, the most read first.
TRANSLATED_KINDS: Final = (
    "claim", "statement", "evidence", "link", "correction", "reply", "about", "search", "source", "speaker", "topic",
    "place", "origin",
)  # fmt: skip
LOOKED_AT: Final = 1000  # of each kind, the latest records: what the desk reads does not grow with the tables


def claims_with_untranslated_answer() -> QuerySet[Claim]:
    """Of the latest published claims: those whose answer stands in its original language only."""
    return _latest_untranslated("claim", ["answer"])


def untranslated_rows() -> QuerySet[Any, Any]:
    """The kind and key of each public record that lacks a translation of another text. In one query."""
    first, *others = (
        _latest_untranslated(name, _fields_of(name))
        .order_by()
        .annotate(of_kind=Value(name))
        .values_list("of_kind", "pk")
        for name in TRANSLATED_KINDS
    )
    return first.union(
        *others, all=True
    ).order_by()  # not by the first model's own order, which the others lack


def read_rows(rows: Collection[tuple[str, int]]) -> list[Any]:
    """The records, in the order of the rows: one query a kind."""
    keys: dict[str, list[int]] = {}
    for name, key in rows:
        keys.setdefault(name, []).append(key)
    found = {name: _with_what_names_them(name).in_bulk(wanted) for name, wanted in keys.items()}
    return [found[name][key] for name, key in rows]


def _with_what_names_them(name: str) -> QuerySet[Any]:
    """The rows of a kind, with those of which their names are made."""
    rows = RECORD_KINDS[name].model._base_manager.all()
    parts = {"link": ("claim", "evidence"), "search": ("claim",)}.get(name)
    return rows.select_related(*parts) if parts else rows


def _fields_of(name: str) -> list[str]:
    return [field for field in RECORD_KINDS[name].model.translatable if (name, field) != ("claim", "answer")]


def _latest_untranslated(name: str, fields: Collection[str]) -> QuerySet[Any]:
    kind = RECORD_KINDS[name]
    latest = kind.published_rows().order_by("-pk").values("pk")[:LOOKED_AT]
    lacks = [_lacks(kind.model, field, language) for field in fields for language in other_languages()]
    return kind.model._base_manager.filter(reduce(or_, lacks, Q(pk__in=[])), pk__in=latest).order_by("-pk")


def other_languages() -> list[str]:
    """The languages of the site but the one that editors write in."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def _lacks(model: type[Any], field: str, language: str) -> Q:
    """The text is there, and not in the language. What was said in it at first needs no translation."""
    said = f"translations__{language}__{field}"
    lacks = ~Q(**{field: ""}) & (Q(**{f"{said}__isnull": True}) | Q(**{said: ""}))
    if model is Statement and field == "text":
        original = ~Q(original_text="") & Q(original_language__startswith=primary_language(language))
        return lacks & ~original
    return lacks
