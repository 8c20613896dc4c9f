"""The filters beside the list of claims: their choices, the active ones, and links that remove each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.domain.vocabulary import ClaimKind, ClaimStanding, Settlement, State
from claims.filters import NESTED, ClaimFilter
from claims.models import Speaker
from claims.text.search_terms import fold_text

TERMS: dict[str, Any] = {"standing": ClaimStanding, "kind": ClaimKind, "state": State, "settled": Settlement}
COLUMNS = {
    "standing": "statement__speaker__standing",
    "state": "gap__state",
    "kind": "kind",
    "settled": "settled_as",
}
MOST_OFFERED = 40  # speakers, topics or places in one list: those with the most claims, and the chosen ones
ALL_OF = {"speaker": "speakers", "topic": "topics", "place": "places"}  # the page that lists all of them
NO_CHOICE = {"page", "sort", "as_of"}


@dataclass(frozen=True)
class ChosenFilter:
    """An active filter in words, the query without it, and the number of claims without it."""

    label: str
    query: str
    count: int | None = None


def sidebar_facets(chosen: ClaimFilter) -> list[dict[str, Any]]:
    """The choices of the sidebar, each with the number of claims it gives. Several choices of one facet add up.

    An active choice is listed even if it gives no claim. Otherwise the next choice would remove it unnoticed.
    """
    counts = chosen.counts("speaker", "statement__speaker")
    speakers = _facet_of_choices(chosen, "speaker", _speaker_choices(chosen, counts))
    found = [speakers | _more_choices("speaker", counts, speakers["choices"])]
    for name, column in COLUMNS.items():
        counts, asked = chosen.counts(name, column), chosen.value(name) or []
        terms = [term for term in TERMS[name] if term in counts or term.value in asked]
        found.append(
            _facet_of_choices(
                chosen, name, [(term.value, _(term.label), counts.get(term, 0)) for term in terms]
            )
        )
    return [facet for facet in found if facet["choices"]]


def _most_counted_keys(counts: dict[int, int]) -> list[int]:
    return sorted(counts, key=lambda key: (-counts[key], key))[:MOST_OFFERED]


def _more_choices(name: str, counts: dict[int, int], shown: list[dict[str, Any]]) -> dict[str, Any]:
    """The number of choices that are not listed, and the address of the page that lists all."""
    return {"more": len(counts) - sum(row["count"] > 0 for row in shown), "all": ALL_OF[name]}


def _speaker_choices(chosen: ClaimFilter, counts: dict[int, int]) -> list[tuple[str, str, int]]:
    found = Speaker.objects.in_bulk(_most_counted_keys(counts)) | {
        row.pk: row for row in chosen.value("speaker") or []
    }
    names = sorted(found.values(), key=lambda row: fold_text(row.called))
    return [(row.slug, row.called, counts.get(row.pk, 0)) for row in names]


def _facet_of_choices(chosen: ClaimFilter, name: str, choices: list[tuple[str, str, int]]) -> dict[str, Any]:
    asked = set(chosen.data.getlist(name))
    rows = [{"value": v, "label": label, "count": n, "checked": v in asked} for v, label, n in choices]
    return {"name": name, "label": chosen.filters[name].label, "choices": rows}


def facet_selects(chosen: ClaimFilter) -> list[dict[str, Any]]:
    """Topic and place. Only one of each can be chosen, because a claim may have several and counts for each."""
    return [_facet_select(chosen, name) for name in NESTED]


def _facet_select(chosen: ClaimFilter, name: str) -> dict[str, Any]:
    counts, asked = chosen.counts(name, ""), chosen.data.get(name, "")
    offered = chosen.form.fields[name].queryset.filter(Q(pk__in=_most_counted_keys(counts)) | Q(slug=asked))
    rows = [
        {"value": row.slug, "label": row.called, "count": counts.get(row.pk, 0), "checked": row.slug == asked}
        for row in offered
    ]
    return {
        "name": name, "field": chosen.form[name], "none": chosen.form.fields[name].empty_label,
        "choices": sorted(rows, key=lambda row: fold_text(row["label"])), **_more_choices(name, counts, rows),
    }  # fmt: skip


def chosen_filters(chosen: ClaimFilter, data: QueryDict, *, counted: bool = False) -> list[ChosenFilter]:
    """The active filters, each value with the query that removes it.

    `counted`: for an empty list, each filter is listed once, with the number of claims without it. Several values of
    one filter are alternatives; removing one of them would give no more claims.
    """
    found = []
    for name in chosen.filters:
        value = chosen.value(name)
        if name in NO_CHOICE or _is_empty_choice(value):
            continue
        values = _worded_values(name, value)
        if counted:
            words = ", ".join(values.values())
            found.append(
                ChosenFilter(
                    _worded_choice(chosen, name, words), query_without(data, name), chosen.without(name)
                )
            )
        else:
            found += [
                ChosenFilter(_worded_choice(chosen, name, words), query_without(data, name, key))
                for key, words in values.items()
            ]
    return found


def _is_empty_choice(value: Any) -> bool:
    return value in (None, "") or (hasattr(value, "__len__") and not len(value))


def _worded_choice(chosen: ClaimFilter, name: str, words: str) -> str:
    return _("%(choice)s: %(value)s") % {"choice": chosen.filters[name].label, "value": words}


def _worded_values(name: str, value: Any) -> dict[str, str]:
    """The values of a filter in the address, each in words."""
    if name in TERMS:
        return {each: _(TERMS[name](each).label) for each in value}
    if name == "speaker":
        return {row.slug: row.called for row in value}
    if name in NESTED:
        return {value.slug: value.called}
    return {str(value): f"“{value}”" if name == "q" else str(value)}


def searches_without_a_word(chosen: ClaimFilter, data: QueryDict) -> list[ChosenFilter]:
    """Each of several search words, with the number of claims without it."""
    wanted = chosen.wanted
    if len(wanted) < 2:
        return []
    found = []
    for term in wanted:
        rest = [other for other in wanted if other is not term]
        changed = data.copy()
        changed["q"] = " ".join(other.text for other in rest)
        changed.pop("page", None)
        found.append(ChosenFilter(f"“{term.bare}”", f"?{changed.urlencode()}", chosen.without("q", rest)))
    return found


def query_without(data: QueryDict, name: str, value: str = "") -> str:
    """The query without one value of a parameter, or without the whole parameter."""
    changed = data.copy()
    asked = changed.pop(name, [])
    if value in asked and len(asked) > 1:
        changed.setlist(name, [each for each in asked if each != value])
    changed.pop("page", None)
    return f"?{changed.urlencode()}"
