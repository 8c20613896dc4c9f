"""The list of claims, and the page of one."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.domain.dossier import score_dossiers
from claims.domain.gap import ENOUGH_MASS, ENOUGH_ORIGINS, METHOD
from claims.domain.quotes import passage
from claims.domain.vocabulary import Kind, Standing, State
from claims.filters import SORTS, ClaimFilter
from claims.models import Claim, Evidence, Speaker, Statement
from claims.selectors.changes import head_on, history, kept
from claims.selectors.dossiers import dossiers
from claims.selectors.lensed import Lensed
from claims.selectors.listing import Gaps, TooMany, said_day
from claims.selectors.receipts import receipt
from claims.selectors.repetitions import repetitions

from .carrying import carried
from .days import LEDGER_HEAD, asked_day
from .gone import tells_withdrawn
from .lenses import asked_lens
from .paging import page_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    day = asked_day(request)
    gaps = Gaps(Claim.objects.published(), day)
    chosen = ClaimFilter(request.GET, gaps=gaps, request=request)
    try:
        page = page_of(request, chosen.keys)
    except TooMany as refusal:
        raise BadRequest(str(refusal)) from None
    return render(
        request,
        "claims/claims.html",
        {
            "filter": chosen,
            "page": page,
            "rows": gaps.listed(page.object_list),
            "facets": _facets(chosen),
            "sorts": SORTS,
            "average": gaps.average(chosen.qs),
            "first_words": gaps.first_words(),
            "statements": Statement.objects.published()
            .filter(said_on__last__lte=day.date.isoformat())
            .count(),
            "reports": Evidence.objects.published().known_by(day.date).count(),
            "filtered": any(
                value for key, value in request.GET.items() if key not in {"page", "sort", "as_of"}
            ),
        },
    )


def _facets(chosen: ClaimFilter) -> list[dict[str, Any]]:
    """The choices of the sidebar, each with how many claims it would leave."""
    states = chosen.counts("state", "gap__state")
    kinds = chosen.counts("kind", "kind")
    standings = chosen.counts("standing", "statement__speaker__standing")
    speakers = chosen.counts("speaker", "statement__speaker")
    names = Speaker.objects.in_bulk(list(speakers))
    return [
        _facet(
            chosen,
            "speaker",
            [(s.slug, s.called, speakers[pk]) for pk, s in sorted(names.items(), key=_by_name)],
        ),
        _facet(chosen, "standing", [(s.value, _(s.label), standings[s]) for s in Standing if s in standings]),
        _facet(chosen, "state", [(s.value, _(s.label), states[s]) for s in State if s in states]),
        _facet(chosen, "kind", [(k.value, _(k.label), kinds[k]) for k in Kind if k in kinds]),
    ]


def _by_name(item: tuple[int, Speaker]) -> str:
    return item[1].called


def _facet(chosen: ClaimFilter, name: str, choices: list[tuple[str, str, int]]) -> dict[str, Any]:
    asked = set(chosen.data.getlist(name))
    rows = [{"value": v, "label": label, "count": n, "checked": v in asked} for v, label, n in choices]
    return {"name": name, "label": chosen.filters[name].label, "choices": rows}


@require_safe
@tells_withdrawn(Claim)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = asked_day(request)
    claim = _published(slug)
    if claim.statement.said_on.last > day.date:
        return render(request, "claims/not_yet_said.html", {"claim": claim}, status=404)
    shown = receipt(claim, day.date)
    lensed = Lensed(shown, asked_lens(request))
    topics = list(claim.topics.select_related("parent"))
    notes = [note for note in claim.search_notes.all() if note.searched_on <= day.date]
    return render(
        request,
        "claims/claim.html",
        {
            "claim": claim,
            "receipt": shown,
            "lensed": lensed,
            "gap": shown.gap,
            "passage": passage(claim.statement.text, claim.quote),
            "role": claim.statement.speaker.role_on(claim.statement.said_on.last),
            "topics": topics,
            "notes": notes,
            "corrections": [c for c in claim.corrections.all() if c.corrected_on <= day.date],
            "due": claim.due_state(day.date),
            "history": history("claim", slug, day),
            "enough_mass": ENOUGH_MASS,
            "enough_origins": ENOUGH_ORIGINS,
            "method": METHOD,
            **carried(request, shown, day),
            "repetitions": repetitions(claim, day),
        },
    )


@require_safe
def dossier(request: HttpRequest, slug: str) -> JsonResponse:
    """The claim's inputs in the form that `manage.py score_dossier` reads, with what they give: then and now."""
    day = asked_day(request)
    claim = _published(slug)
    if claim.statement.said_on.last > day.date:
        raise Http404
    known = dossiers([claim])[claim.pk].known_by(day.date)
    then, now = score_dossiers([(known, said_day(claim, day.date)), (known, day.date)])
    figures = {"said": then.as_json(), "now": now.as_json()}
    head = kept(head_on(day))
    return JsonResponse(
        [{"claim": claim.slug, "ledger_head": head, **figures, "dossier": known.as_json(day.date)}],
        safe=False,
        json_dumps_params={"indent": 1},
        headers={LEDGER_HEAD: head} if head else None,
    )


def _published(slug: str) -> Claim:
    claims = Claim.objects.published().select_related(
        "statement__speaker", "statement__place", "statement__source"
    )
    return get_object_or_404(
        claims.prefetch_related("statement__speaker__roles", "search_notes", "corrections"), slug=slug
    )
