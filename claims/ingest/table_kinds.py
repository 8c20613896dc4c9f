"""The kinds of records that a table may hold, and their columns: named as the forms of the desk name their fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.models import Claim, Evidence, EvidenceLink, Place, SearchNote, Source, Speaker, Statement
from claims.text.search_terms import fold_text

EXTERNAL_ID, ANOTHER, LEFT_OUT = "id", "another", ""
# What somebody may look for in a table, and what decides about it instead.
DECIDED_ELSEWHERE: Final = frozenset({
    "status", "published_at", "published_by", "approved_by", "submitted_at", "submitted_by", "withdrawn_at",
    "withdrawn_by", "created_by", "created_at", "changed_by", "changed_at", "stance", "rating", "ratings", "rater",
    "rationale", "decisive_clause", "exact_place", "settled_as", "settled_on", "settlement", "searched_by",
})  # fmt: skip


@dataclass(frozen=True)
class TableKind:
    """A kind: its model, the fields that a table may hold, and those by which two rows are seen to be the same."""

    name: str
    model: type[Any]
    fields: tuple[str, ...]
    has_twins: bool = False  # the form asks whether it is another record

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def columns(self) -> tuple[str, ...]:
        return (EXTERNAL_ID, *self.fields, *((ANOTHER,) if self.has_twins else ()))

    def field_of(self, column: str) -> "Field[Any, Any] | None":
        """The field that a column fills; None for the external id and the mark that a record is another one."""
        return self.model._meta.get_field(column) if column in self.fields else None

    def label_of(self, column: str) -> str:
        """What the form of the desk calls it, in the current language."""
        if own := self.field_of(column):
            return str(own.verbose_name)
        return _("id in this table") if column == EXTERNAL_ID else _("it is another record")

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if is_required(self.model._meta.get_field(name)))


def is_required(one: Any) -> bool:
    return not (one.blank or one.null or one.has_default() or one.many_to_many)


TABLE_KINDS: Final[dict[str, TableKind]] = {
    kind.name: kind
    for kind in (
        TableKind("statements", Statement, (
            "title", "speaker", "said_on", "place", "occasion", "reporting", "language", "text", "reported_text",
            "original_text", "original_language", "translator", "source", "url", "archived_url", "slug",
        )),
        TableKind("claims", Claim, (
            "statement", "proposition", "kind", "quote", "governing_words", "criterion", "answer", "topics", "places",
            "valid_from", "valid_until", "repeats", "uncheckable_reason", "position", "slug",
        )),
        TableKind("sources", Source, (
            "name", "kind", "url", "institution", "reliability", "reliability_scope", "reliability_reason",
            "graded_from", "slug",
        ), has_twins=True),
        TableKind("speakers", Speaker, (
            "name", "nature", "standing", "about", "url", "institution", "slug",
        ), has_twins=True),
        TableKind("places", Place, ("name", "kind", "parent", "latitude", "longitude", "slug")),
        TableKind("evidence", Evidence, (
            "summary", "detail", "event", "known", "place", "risk", "source", "language", "relays", "quotes",
            "credibility", "origin", "url", "archived_url", "reference", "no_address_reason", "slug",
        ), has_twins=True),
        TableKind("links", EvidenceLink, ("claim", "evidence", "directness", "interested", "distinct_reason")),
        TableKind("searches", SearchNote, (
            "claim", "side", "sought", "where", "outcome", "found", "searched_on",
        )),
    )
}  # fmt: skip


@dataclass
class ColumnMatch:
    """Which column of the table fills which of ours, and what is wrong with the names."""

    columns: dict[int, str] = field(default_factory=dict)  # position in the table: our column, or LEFT_OUT
    faults: list[str] = field(default_factory=list)

    def position_of(self, column: str) -> int | None:
        return next((at for at, name in self.columns.items() if name == column), None)


def match_columns(kind: TableKind, headings: tuple[str, ...], by_hand: Mapping[str, str]) -> ColumnMatch:
    """Match by name, in any language of the site. `by_hand` holds our column, or nothing, for a heading."""
    known, match = known_names(kind), ColumnMatch()
    chosen = {fold_text(heading): name for heading, name in by_hand.items()}
    for unknown in chosen.keys() - {fold_text(heading) for heading in headings}:
        heading = next(each for each in by_hand if fold_text(each) == unknown)
        match.faults.append(_("The table has no column “%(column)s”.") % {"column": heading})
    for at, heading in enumerate(headings):
        folded = fold_text(heading)
        name = chosen[folded] if folded in chosen else known.get(folded)
        if name and folded in chosen and (name := known.get(fold_text(name))) is None:
            match.faults.append(_unknown_name(kind, chosen[folded]))
        elif name is None:
            match.faults.append(_unknown_name(kind, heading) if heading else _nameless(at))
        elif name and (first := match.position_of(name)) is not None:
            match.faults.append(
                _("“%(one)s” and “%(other)s” are both “%(column)s”. Leave one of them out.")
                % {"one": headings[first], "other": heading, "column": kind.label_of(name)}
            )
        else:
            match.columns[at] = name
    match.faults += _missing_columns(kind, match)
    return match


def _missing_columns(kind: TableKind, match: ColumnMatch) -> Iterator[str]:
    for name in kind.required:
        if match.position_of(name) is None:
            yield _("A column is missing: “%(column)s” (%(name)s).") % {
                "column": kind.label_of(name),
                "name": name,
            }


def _nameless(at: int) -> str:
    return _("Column %(number)d has no name in the first row.") % {"number": at + 1}


def _unknown_name(kind: TableKind, heading: str) -> str:
    plain = fold_text(heading).replace(" ", "_")
    if plain in DECIDED_ELSEWHERE and plain not in kind.fields:
        return _(
            "“%(column)s” is not imported: each record is a draft, and is graded and published by people on the desk. "
            "Leave the column out."
        ) % {"column": heading}
    words = _("There is no column “%(column)s” for %(kind)s.") % {"column": heading, "kind": kind.label}
    names = {shown: shown for name in kind.columns for shown in (name, kind.label_of(name))}
    if near := get_close_matches(heading, names, n=1):
        return f"{words} " + _("Do you mean “%(near)s”?") % {"near": near[0]}
    return f"{words} " + _("There are: %(names)s.") % {"names": ", ".join(kind.columns)}


@cache
def known_names(kind: TableKind) -> dict[str, str]:
    """Our column by each folded name of it: its own, and the labels of the form in each language of the site.

    A label that two columns share is none of them.
    """
    found: dict[str, str] = {fold_text(name): name for name in kind.columns}
    labels: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for name in kind.columns:
                labels.setdefault(fold_text(kind.label_of(name)), set()).add(name)
    return {label: names.pop() for label, names in labels.items() if len(names) == 1} | found


def template_headings(kind: TableKind) -> list[str]:
    """The first row of an empty table, in the current language; our name where the label means another column."""
    known = known_names(kind)
    labels = {name: kind.label_of(name) for name in kind.columns}
    return [label if known.get(fold_text(label)) == name else name for name, label in labels.items()]
