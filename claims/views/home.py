"""The first page, and the page about privacy."""

from datetime import date

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Claim, Evidence, Statement
from claims.request_parameters import requested_as_of
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.gap_movements import MOST, movements_of_month

SHOWN = 5


@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    gaps = ClaimGaps(Claim.objects.published(), day)
    last = list(gaps.sorted(gaps.claims, "moved")[:MOST])
    widest = list(gaps.sorted(gaps.claims, "widest")[:SHOWN])
    rows = {row.claim.pk: row for row in gaps.listed({*last, *widest})}
    words = Statement.objects.visible_on(day.date)
    said = words.aggregate(n=Count("pk"), first=Min("said_on__last"))
    moved = [rows[key] for key in last if key in rows]
    return render(
        request,
        "claims/home.html",
        {
            "moves": movements_of_month(gaps, moved),
            "moved": moved[:SHOWN],
            "widest": [rows[key] for key in widest if key in rows],
            "first_words": date.fromisoformat(said["first"]) if said["first"] else None,
            "average": gaps.average(gaps.claims),
            "statements": said["n"],
            "reports": Evidence.objects.visible_on(day.date).count(),
        },
    )


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """The page about privacy: the site stores nothing about readers. Tests check what the page says."""
    return render(request, "claims/privacy.html")
