"""The notices of our own errors that readers see."""

from django.db.models import Q, QuerySet

from claims.models import Claim, Correction, Evidence, Statement

from .listing import Day


def corrections_by(day: Day) -> QuerySet[Correction]:
    """Those on what is published, until the day, the newest first."""
    return Correction.objects.filter(
        Q(claim__in=Claim.objects.published())
        | Q(statement__in=Statement.objects.published())
        | Q(evidence__in=Evidence.objects.published()),
        corrected_on__lte=day.date,
    ).select_related("claim", "statement", "evidence")
