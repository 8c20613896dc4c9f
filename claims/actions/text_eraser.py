"""Takes a text, and the slugs that were made from it, out of the values of rows."""

import re
from functools import cache
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from django.contrib.admin.models import LogEntry
from django.db import models
from django.utils.text import slugify

from claims.domain.slugs import make_slug
from claims.models import (
    DeskStep,
    ErrorReport,
    Grading,
    ImportedRow,
    OldAddress,
    PageCopy,
    Proposal,
    Revision,
    TableImport,
)
from claims.records.registry import PARTS_BY_MODEL, RECORD_KINDS

ADDRESS_LEAST = 4  # letters; shorter slugs are replaced only as words of their own
PLAIN: tuple[type[models.Model], ...] = (
    *(kind.model for kind in RECORD_KINDS.values()),
    *PARTS_BY_MODEL, Grading, Proposal, Revision, DeskStep, ErrorReport, LogEntry,
    TableImport, ImportedRow, OldAddress, PageCopy,
)  # fmt: skip


class TextEraser:
    """Replaces a text in any case, and the slugs that were made from it.

    `key`: the field that holds the value. A field of prose holds no slug, even if it is one word without capitals, as
    every Arabic word is.
    """

    def __init__(self, text: str, mark: str, gone: str) -> None:
        self._text = re.compile(re.escape(text), re.IGNORECASE)
        self._mark, self._gone = mark, gone
        self._slug = _slug_pattern(text)
        self._addresses: dict[str, str] = {}

    def __call__(self, value: Any, key: str = "") -> Any:
        match value:
            case str():
                return self._of_text(value, key)
            case list():
                return [self(each, key) for each in value]
            case dict():
                return {name: self(each, name) for name, each in value.items()}
        return value

    def _of_text(self, value: str, key: str) -> str:
        if value.startswith(("http://", "https://")):
            return "" if self._stands_in_web_address(value) else value
        if self._slug and key not in _prose_columns() and _is_address_like(value):
            return re.sub(rf"[^/@]*(?:{self._slug})[^/@]*", self._new_address, value, flags=re.IGNORECASE)
        return self._without_addresses(self._text.sub(self._mark, value))

    def _stands_in_web_address(self, address: str) -> bool:
        read = normalize("NFC", unquote(address))
        return bool(self._text.search(read) or (self._slug and re.search(self._slug, read, re.IGNORECASE)))

    def _without_addresses(self, prose: str) -> str:
        if not self._slug:
            return prose
        return re.sub(rf"[^\s/@]*(?:{self._slug})[^\s/@]*", self._new_address, prose, flags=re.IGNORECASE)

    def _new_address(self, found: re.Match[str]) -> str:
        """A new slug; always the same one for the same old slug."""
        old = found.group().lower()
        return self._addresses.setdefault(old, f"{self._gone}-{len(self._addresses) + 1}")


def _slug_pattern(text: str) -> str:
    """The slugs made from a text, now and by an earlier release, which left all but Latin letters out; also encoded.

    A short slug is a part of many others, such as “ali” of “italian-aid”, and counts only as a word of its own.
    """
    slugs = {make_slug(text), slugify(text)} - {""}
    return "|".join(_slug_in_address(each) for slug in sorted(slugs) for each in sorted({slug, quote(slug)}))


def _slug_in_address(slug: str) -> str:
    if len(unquote(slug)) >= ADDRESS_LEAST:
        return re.escape(slug)
    return rf"(?<![^\s/@-]){re.escape(slug)}(?![^\s/@-])"


@cache
def _prose_columns() -> frozenset[str]:
    """The names of the columns of text that hold no slugs."""
    columns = {
        column.name
        for model in PLAIN
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.SlugField)
    }
    return frozenset(columns | {"reason"})


def _is_address_like(value: str) -> bool:
    """Whether the value looks like a slug.

    Otherwise a one-word name would be replaced by a slug instead of the mark.
    """
    return value == value.lower() and not re.search(r"\s", value)
