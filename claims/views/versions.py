"""The page of a snapshot: what the site then said about a claim, with the hash of its ledger entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.addresses import absolute_address
from claims.ledger.version_replies import replies_at_version
from claims.models import Claim
from claims.request_parameters import requested_as_of, requested_page, requested_version
from claims.selectors.evidence_pages import AT_ONCE, EvidencePage, rows_in_page_order
from claims.selectors.localized_wording import claim_passage
from claims.views.share_and_cite import oembed_links, version_context
from claims.views.withdrawn_responses import tells_withdrawn


@require_safe
@tells_withdrawn(Claim)
def version_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    shown = requested_version(request, slug, number)
    claim = shown.claim
    reports = requested_page(request, rows_in_page_order(shown.receipt), AT_ONCE)
    return render(
        request,
        "claims/pinned.html",
        {
            "pinned": shown,
            "claim": claim,
            "gap": shown.gap,
            "receipt": shown.receipt,
            "page": reports,
            "part": EvidencePage(shown.receipt, reports.object_list),
            "passage": claim_passage(claim),
            "role": shown.role,
            "replies": replies_at_version(shown, requested_as_of(request)),
            **version_context(request, claim, shown.pin, shown.receipt),
            "oembed": oembed_links(request, absolute_address(request, "pin", slug, number)),
        },
    )
