"""What the cells of a table refer to: records of the site by address, external id or name, and earlier rows."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.domain.slugs import normalize_slug
from claims.models import Claim, ImportedRow, Origin, Place, Source, Speaker, Topic
from claims.text.search_terms import fold_text

BATCH: Final = 500
_SHORT: Final = (
    Source,
    Speaker,
    Place,
    Topic,
    Origin,
)  # tables of which all rows are read: names, with translations
_READ_WITH: Final[dict[type[Any], tuple[str, ...]]] = {
    Claim: ("statement__speaker",),
    Source: ("institution",),
}


@dataclass
class NamedRows:
    """The rows of one model by what a cell may call them. A name that several rows have is ambiguous."""

    by_slug: dict[str, Any] = field(default_factory=dict)
    by_external_id: dict[str, Any] = field(default_factory=dict)
    by_name: dict[str, list[Any]] = field(default_factory=dict)  # folded

    def add(self, row: Any, *names: str) -> None:
        for name in {fold_text(each) for each in names if each}:
            self.by_name.setdefault(name, []).append(row)

    def find(self, text: str) -> list[Any]:
        for held in (self.by_external_id, self.by_slug):
            if text in held:
                return [held[text]]
        if found := self.by_name.get(fold_text(text)):
            return found
        row = self.by_slug.get(normalize_slug(text))
        return [row] if row else []


class TableReferences:
    """Looks up all that a table refers to in a few queries for each model."""

    def __init__(self, asked: dict[type[Any], set[str]]) -> None:
        self._held = {model: _load(model, texts) for model, texts in asked.items()}

    def rows_of(self, model: type[Any]) -> NamedRows:
        return self._held.setdefault(model, NamedRows())

    def add_row(self, row: Any, external_id: str) -> None:
        """Let later rows of the table refer to this one."""
        held = self.rows_of(type(row))
        if external_id:
            held.by_external_id.setdefault(external_id, row)
        if row.slug:
            held.by_slug.setdefault(row.slug, row)
        held.add(row, _title_of(row))

    def find(self, model: type[Any], text: str) -> tuple[Any, str]:
        """The record, or why there is none."""
        held = self.rows_of(model)
        found = held.find(text)
        if len(found) == 1:
            return found[0], ""
        kind = model._meta.verbose_name
        if found:
            addresses = ", ".join(sorted(str(row.slug) for row in found[:4]))
            return None, _("Several records are called “%(text)s”. Write the address of one: %(addresses)s.") % {
                "text": _shorten(text), "addresses": addresses,
            }  # fmt: skip
        words = _("There is no %(kind)s “%(text)s”.") % {"kind": kind, "text": _shorten(text)}
        near = get_close_matches(fold_text(text)[:200], held.by_name, n=1) if model in _SHORT else []
        if near:
            return None, f"{words} " + _("Do you mean “%(near)s”?") % {
                "near": _title_of(held.by_name[near[0]][0])
            }
        return None, f"{words} " + _("Enter it first, or write its address, its name or its id.")


def _load(model: type[Any], texts: set[str]) -> NamedRows:
    held = NamedRows()
    if model in _SHORT:
        rows = {row.pk: row for row in model._default_manager.order_by("pk")}
        for row in rows.values() if model is Place else ():
            row.parent = rows.get(row.parent_id)  # read once, for the place that readers may see
        for row in rows.values():
            held.by_slug[row.slug] = row
            held.add(row, row.name, *(said.get("name", "") for said in row.translations.values()))
    else:
        rows = {row.pk: row for row in _rows_called(model, texts)}
        for row in rows.values():
            held.by_slug[row.slug] = row
            held.add(row, _title_of(row))
    _add_external_ids(model, texts, rows, held)
    return held


def _add_external_ids(model: type[Any], texts: set[str], rows: dict[int, Any], held: NamedRows) -> None:
    keys: dict[str, int] = {}
    for batch in in_batches(texts):
        known = ImportedRow.objects.filter(kind=model._meta.model_name, external_id__in=batch)
        keys.update(known.values_list("external_id", "record_id"))
    missing = set(keys.values()) - rows.keys()
    for batch in in_batches(missing):
        rows |= {row.pk: row for row in _query(model).filter(pk__in=batch)}
    held.by_external_id = {text: rows[key] for text, key in keys.items() if key in rows}


def _rows_called(model: type[Any], texts: Collection[str]) -> Iterator[Any]:
    title = model.slug_source
    for batch in in_batches(texts):
        slugs = {*batch, *map(normalize_slug, batch)}
        yield from _query(model).filter(Q(slug__in=slugs) | Q(**{f"{title}__in": batch}))


def _query(model: type[Any]) -> Any:
    rows = model._default_manager.order_by("pk")
    return rows.select_related(*joined) if (joined := _READ_WITH.get(model)) else rows


def in_batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = list(values)
    for at in range(0, len(ordered), BATCH):
        yield ordered[at : at + BATCH]


def _title_of(row: Any) -> str:
    return str(getattr(row, row.slug_source))


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"
