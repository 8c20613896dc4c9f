"""The first page, and the page about privacy."""

from django.conf import settings
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.domain.vocabulary import ClaimStanding
from claims.models import Claim, Correction, Evidence, Statement
from claims.request_parameters import requested_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.findings import choose_example, choose_findings
from claims.selectors.gap_movements import MOST, movements_of_month
from claims.selectors.speaker_charts import verdict_counts


@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    gaps = ClaimGaps(Claim.objects.published(), day)
    last, chosen = list(gaps.sorted(gaps.claims, "moved")[:MOST]), choose_findings(gaps)
    rows = {row.claim.pk: row for row in gaps.listed({*last, *chosen})}
    findings = [rows[key] for key in chosen if key in rows]
    return render(
        request,
        "claims/home.html",
        {
            "findings": findings,
            "example": choose_example(findings, day),
            "verdicts": verdict_counts(gaps),
            "moves": movements_of_month(gaps, [rows[key] for key in last if key in rows]),
            "correction": _latest_correction(day),
            "first_words": gaps.first_words(),
            "average": gaps.average(gaps.claims),
            "has_others": gaps.claims.exclude(statement__speaker__standing=ClaimStanding.OFFICIAL).exists(),
            "statements": Statement.objects.visible_on(day.date).count(),
            "reports": Evidence.objects.visible_on(day.date).count(),
        },
    )


def _latest_correction(day: AsOfDay) -> Correction | None:
    """The latest correction. Of several on its day, one that says what it changed."""
    says_nothing_changed = Case(When(effect="", then=Value(1)), default=Value(0))
    return (
        Correction.objects.public_on(day.date).order_by("-corrected_on", says_nothing_changed, "-pk").first()
    )


@require_safe
def privacy_page(request: HttpRequest) -> HttpResponse:
    """The page about privacy: what the site stores about readers. Tests check what the page says."""
    return render(request, "claims/privacy.html", {"erased_after": settings.READER_ADDRESS_DAYS})
