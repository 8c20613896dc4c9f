"""Published reports that are linked to a claim and not counted yet, since only one editor has graded the link."""

from datetime import date

from django.db.models import Count

from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import Claim, Evidence


def count_ungraded_reports(claim: Claim, day: date) -> int:
    """How many reports known by the day wait for another editor's grade on the claim."""
    links = claim.links.filter(by_one_person=False, evidence__in=Evidence.objects.visible_on(day))
    return (
        links.annotate(graders=Count("ratings")).filter(graders__lt=REQUIRED_GRADERS, graders__gt=0).count()
    )
