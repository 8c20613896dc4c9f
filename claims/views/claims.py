"""The list of claims, and the page of a claim."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.domain.dossier import score_dossiers
from claims.domain.dossier_inputs import inputs_of_dossier
from claims.domain.gap import ENOUGH_MASS, ENOUGH_PUBLISHERS, METHOD_VERSION
from claims.filters import ClaimFilter
from claims.ledger.entries import format_head, history_query, ledger_head_on
from claims.models import Claim, Evidence, Statement
from claims.request_parameters import LEDGER_HEAD, requested_as_of, requested_lens, requested_page
from claims.selectors.applied_tests import time_test_was_applied
from claims.selectors.awaiting import count_ungraded_reports
from claims.selectors.claim_lists import ClaimGaps, TooManyClaims, day_said, is_scored_when_said
from claims.selectors.claim_outcomes import outcome_as_json
from claims.selectors.dossier_words import reports_as_json, verdict_as_json, words_as_json
from claims.selectors.dossiers import build_dossiers
from claims.selectors.evidence_pages import AT_ONCE, EvidencePage, rows_in_page_order
from claims.selectors.localized_wording import claim_passage
from claims.selectors.method_moves import find_method_move
from claims.selectors.one_person import one_person_words
from claims.selectors.receipt_lens import ReceiptThroughLens
from claims.selectors.receipts import load_receipt
from claims.selectors.repetitions import claim_repetitions
from claims.selectors.replies import claim_replies, replies_as_json
from claims.selectors.site import licence_as_json
from claims.selectors.speaker_names import speaker_names_on
from claims.views.facets import chosen_filters, facet_selects, searches_without_a_word, sidebar_facets
from claims.views.old_addresses import redirect_merged_choice
from claims.views.share_and_cite import sharing_context
from claims.views.withdrawn_responses import tells_withdrawn, withdrawn_as_data


@require_safe
def claim_list_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    gaps = ClaimGaps(Claim.objects.published(), day)
    chosen = ClaimFilter(request.GET, gaps=gaps, request=request)
    if "speaker" in chosen.form.errors and (moved := redirect_merged_choice(request, "speaker", "speaker")):
        return moved
    try:
        page = requested_page(request, chosen.keys)
    except TooManyClaims as refusal:
        raise BadRequest(str(refusal)) from None
    made = chosen_filters(chosen, request.GET)
    context = {
        "filter": chosen,
        "is_by_movement": chosen.order == "moved",
        "csv": _csv_address(request),
        "wanted": chosen.wanted,
        "page": page,
        "rows": gaps.listed(page.object_list),
        "facets": sidebar_facets(chosen),
        "selects": facet_selects(chosen),
        "choices": made,
        "average": chosen.average,
        "first_words": gaps.first_words(),
        "statements": Statement.objects.visible_on(day.date).count(),
        "reports": Evidence.objects.visible_on(day.date).count(),
        "names": speaker_names_on(day, request.GET.get("q", "")),
    }
    if made and not page.object_list:
        context["loosened"] = chosen_filters(chosen, request.GET, counted=True)
        context["fewer_words"] = searches_without_a_word(chosen, request.GET)
    return render(request, "claims/claims.html", context)


def _csv_address(request: HttpRequest) -> str:
    """The whole list with the same filters, order and day as CSV."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"{reverse('claims-csv')}?{asked.urlencode()}".rstrip("?")


@require_safe
@tells_withdrawn(Claim)
def claim_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    claim = _published_claim_or_404(slug)
    if moved := redirect_merged_choice(request, "without", "source"):
        return moved
    if claim.statement.said_on.last > day.date:
        return render(request, "claims/not_yet_said.html", {"claim": claim}, status=404)
    shown = load_receipt(claim, day.date)
    lensed = ReceiptThroughLens(shown, requested_lens(request))
    page = requested_page(request, rows_in_page_order(shown), AT_ONCE)
    topics = list(claim.topics.select_related("parent"))
    notes = [note for note in claim.search_notes.all() if note.searched_on <= day.date]
    return render(
        request,
        "claims/claim.html",
        {
            "claim": claim,
            "receipt": shown,
            "page": page,
            "part": EvidencePage(shown, page.object_list),
            "lensed": lensed,
            "gap": shown.gap,
            "passage": claim_passage(claim),
            "role": claim.statement.speaker.role_on(claim.statement.said_on.last),
            "topics": topics,
            "tested_on": time_test_was_applied(claim, day),
            "notes": notes,
            "corrections": [c for c in claim.corrections.all() if c.corrected_on <= day.date],
            "replies": claim_replies(claim, day.date),
            "due": claim.due_state(day.date),
            "history": history_query("claim", slug, day),
            "method_move": (move := find_method_move(claim, day)),
            "is_moved_again": bool(move and move.is_followed_by(shown.gap)),
            "awaiting": count_ungraded_reports(claim, day.date) if shown.gap.gap is None else 0,
            "needed": {"mass": ENOUGH_MASS, "publishers": ENOUGH_PUBLISHERS},
            "method": METHOD_VERSION,
            **sharing_context(request, shown, day),
            "repetitions": claim_repetitions(claim, day),
        },
    )


@require_safe
@tells_withdrawn(Claim, withdrawn_as_data)
def dossier_data(request: HttpRequest, slug: str) -> JsonResponse:
    """The inputs of a claim as JSON in the format of `manage.py score_dossier`, with the gaps on the day of the words
    and now.
    """
    day = requested_as_of(request)
    claim = _published_claim_or_404(slug)
    if claim.statement.said_on.last > day.date:
        raise Http404
    known = build_dossiers([claim])[claim.pk].known_by(day.date)
    then, now = score_dossiers([(known, day_said(claim, day.date)), (known, day.date)])
    figures = {"said": then.as_json() if is_scored_when_said(claim) else None, "now": now.as_json()}
    head = format_head(ledger_head_on(day))
    inputs = inputs_of_dossier(known, day.date)
    return JsonResponse(
        [
            {
                "claim": claim.slug,
                "ledger_head": head,
                "licence": licence_as_json(),
                "review": one_person_words(claim),
                **words_as_json(claim),
                "verdict": verdict_as_json(claim, known, now),
                **outcome_as_json(claim, day.date),
                **figures,
                "reports": reports_as_json([link["id"] for link in inputs["links"]]),
                "dossier": inputs,
                "replies": replies_as_json(claim, day.date),
            }
        ],
        safe=False,
        json_dumps_params={"indent": 1, "ensure_ascii": False},
        headers={LEDGER_HEAD: head} if head else None,
    )


def _published_claim_or_404(slug: str) -> Claim:
    claims = Claim.objects.published().select_related(
        "statement__speaker", "statement__place", "statement__source"
    )
    return get_object_or_404(
        claims.prefetch_related("statement__speaker__roles", "search_notes", "corrections"), slug=slug
    )
