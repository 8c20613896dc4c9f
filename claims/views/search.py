"""One search over claims, statements, evidence, speakers, topics and places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from claims.models import Claim, Evidence, Speaker, Statement
from claims.records.registry import RECORD_KINDS
from claims.request_parameters import requested_as_of, requested_page
from claims.search import (
    LATEST_FIRST_ORDER,
    count_hits_by_kind,
    parse_query,
    rank_records,
    search_records,
    suggest_title_words,
)
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.speaker_names import speaker_names_on
from claims.text.search_terms import SHORTEST_PREFIX, SearchTerm

LONGEST_QUERY = 200  # letters
FIRST = 3  # results of each kind, if no kind is chosen
MOST_SPELLINGS = 5
KINDS: dict[str, Any] = {
    "claim": gettext_lazy("Claims"),
    "statement": gettext_lazy("Statements"),
    "evidence": gettext_lazy("Evidence"),
    "speaker": gettext_lazy("Speakers"),
    "topic": gettext_lazy("Topics"),
    "place": gettext_lazy("Places"),
}
UNDATED = ("topic", "place")  # kinds without a day to sort by
SORTS = {
    "relevance": gettext_lazy("best match first"),
    "latest": gettext_lazy("latest first"),
    "earliest": gettext_lazy("earliest first"),
}


@dataclass(frozen=True)
class SearchRequest:
    """A search: the words, the kind if one was chosen, the order and the day."""

    words: str
    kind: str
    sort: str
    day: AsOfDay
    counts: dict[tuple[SearchTerm, ...], dict[str, int]] = field(default_factory=dict)

    @cached_property
    def wanted(self) -> list[SearchTerm]:
        return parse_query(self.words)

    def count(self, wanted: Sequence[SearchTerm]) -> dict[str, int]:
        """The number of results of each kind. A count is computed once for each page."""
        key = tuple(wanted)
        if key not in self.counts:
            self.counts[key] = count_hits_by_kind(key, self.day.date)
        return self.counts[key]


@dataclass(frozen=True)
class SpellingSuggestion:
    """A word without any match, and similar words of public titles, each with the query that contains it."""

    word: str
    others: list[tuple[str, str]]


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    asked = parse_search_request(request)
    counts = asked.count(asked.wanted)
    total = sum(counts.values())
    context: dict[str, Any] = {
        "asked": asked,
        "wanted": asked.wanted,
        "kinds": [(kind, label, counts[kind]) for kind, label in KINDS.items()],
        "total": total,
        "sorts": () if asked.kind in UNDATED else SORTS.items(),
        "names": speaker_names_on(asked.day, asked.words),
        "list_of_claims": claims_list_address(asked),
    }
    if asked.kind:
        page = requested_page(request, ordered_results(asked, asked.kind))
        context |= {
            "page": page,
            "rows": result_rows(asked, asked.kind, page.object_list),
            "title": KINDS[asked.kind],
        }
    else:
        context["groups"] = [result_group(asked, kind, counts[kind]) for kind in KINDS if counts[kind]]
    if asked.wanted and not total:
        context |= {"fewer": searches_with_fewer_words(asked), "spellings": spelling_suggestions(asked)}
    return render(request, "claims/search.html", context)


def parse_search_request(request: HttpRequest) -> SearchRequest:
    words, kind, sort = (request.GET.get(name, "") for name in ("q", "kind", "sort"))
    if len(words) > LONGEST_QUERY:
        raise BadRequest(_("Please search for at most %(most)d letters.") % {"most": LONGEST_QUERY})
    if kind and kind not in KINDS:
        raise BadRequest(_("There is no such kind of record. Leave it away to search them all."))
    if sort and sort not in SORTS:
        raise BadRequest(_("There is no such order. Leave it away to see the best match first."))
    return SearchRequest(words, kind, sort or "relevance", requested_as_of(request))


def result_group(asked: SearchRequest, kind: str, count: int) -> tuple[str, Any, int, str, Sequence[Any]]:
    """The kind, its heading, the number of results, the text of the link to all of them, and the first few."""
    first = result_rows(asked, kind, ordered_results(asked, kind)[:FIRST])
    return kind, KINDS[kind], count, all_results_text(kind, count), first


def all_results_text(kind: str, n: int) -> str:
    words = {
        "claim": ngettext("The claim", "All %(n)d claims", n),
        "statement": ngettext("The statement", "All %(n)d statements", n),
        "evidence": ngettext("The report", "All %(n)d reports", n),
        "speaker": ngettext("The speaker", "All %(n)d speakers", n),
        "topic": ngettext("The topic", "All %(n)d topics", n),
        "place": ngettext("The place", "All %(n)d places", n),
    }
    return words[kind] % {"n": n}


def claims_list_address(asked: SearchRequest) -> str:
    """The address of the list of claims with the same words. There they can be sorted and filtered."""
    day = {"as_of": asked.day.date.isoformat()} if asked.day.asked else {}
    return f"{reverse('claims')}?{urlencode({'q': asked.words, **day})}"


def ordered_results(asked: SearchRequest, kind: str) -> QuerySet[Any]:
    """The matching records of a kind that readers know of by the day, in the requested order."""
    found = search_records(public_rows(kind, asked.day), asked.wanted)
    if asked.sort == "relevance" or kind in UNDATED:
        return rank_records(found, asked.wanted)
    latest = LATEST_FIRST_ORDER[kind]
    return found.order_by(latest if asked.sort == "latest" else latest.removeprefix("-"), "pk")


def public_rows(kind: str, day: AsOfDay) -> QuerySet[Any]:
    said = Statement.objects.visible_on(day.date)
    match kind:
        case "claim":
            return Claim.objects.visible_on(day.date).only("pk")  # result_rows reads those of one page
        case "statement":
            return said.select_related("speaker", "place")
        case "evidence":
            return Evidence.objects.visible_on(day.date).select_related("source", "place")
        case "topic" | "place":
            return RECORD_KINDS[kind].visible_rows(day.date).select_related("parent")
    speakers = Speaker.objects.filter(pk__in=said.values("speaker")).prefetch_related("roles")
    return speakers.annotate(latest=Max("statements__said_on", filter=Q(statements__in=said)))


def result_rows(asked: SearchRequest, kind: str, found: Any) -> Sequence[Any]:
    """The results as a list of their kind shows them. Claims come with their gaps."""
    if kind != "claim":
        return list(found)
    return ClaimGaps(Claim.objects.published(), asked.day).listed([claim.pk for claim in found])


# Where nothing was found ---------------------------------------------------------------------------------------------


def searches_with_fewer_words(asked: SearchRequest) -> list[tuple[str, str, int]]:
    """Each of several search words, with the query without it and its number of results."""
    wanted = asked.wanted
    if len(wanted) < 2:
        return []
    found = []
    for term in wanted:
        others = [other for other in wanted if other is not term]
        count = sum(asked.count(others).values())
        found.append((term.bare, " ".join(other.text for other in others), count))
    return found


def spelling_suggestions(asked: SearchRequest) -> list[SpellingSuggestion]:
    """For each word without any match, similar words of public titles."""
    found = []
    for term in asked.wanted:
        if len(term.words) == 1 and not any(asked.count([term]).values()):
            known = suggest_title_words(term.words[0][: SHORTEST_PREFIX - 1], asked.day.date)
            close = get_close_matches(term.words[0], sorted(known), MOST_SPELLINGS)
            if close:
                found.append(
                    SpellingSuggestion(term.bare, [(word, replace_term(asked, term, word)) for word in close])
                )
    return found


def replace_term(asked: SearchRequest, replaced: SearchTerm, word: str) -> str:
    """The query with one of its terms replaced by a word."""
    return " ".join(word if term is replaced else term.text for term in asked.wanted)
