"""How far editors agree when they grade the same report without seeing each other's grades.

The measure is Krippendorff's alpha for ordered grades, on the first stances of the first two editors of each public
link. Readers may see the result of two gradings, so a third editor does not grade blind. 1 is full agreement, 0 is
chance, below 0 is worse than chance. Where alpha is not defined it is None.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import krippendorff
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from claims.domain.vocabulary import Stance
from claims.domain.workflow import REQUIRED_GRADERS
from claims.ledger.entries import format_head, ledger_head_on
from claims.models import EvidenceLink, Rating
from claims.selectors.as_of_days import AsOfDay, end_of_day

TENTATIVE, RELIABLE = 0.667, 0.8  # Krippendorff 2004, Content Analysis, 2nd ed., p. 241
KEPT_FOR = 3600  # seconds; the key contains the ledger's head, so changes show at once


class FirstRating(NamedTuple):
    link: int
    editor: int
    stance: int
    at: datetime


@dataclass(frozen=True)
class AgreementFigure:
    """The agreement on links that two editors have graded.

    `month` is None for all months; `why` says why alpha is None.
    """

    month: date | None
    links: int
    ratings: int
    editors: int
    alpha: float | None
    why: str = ""


def agreement_by_month(day: AsOfDay) -> list[AgreementFigure]:
    """The agreement of each month, newest first, and of all months at the end. Empty if no link was graded twice."""
    head = format_head(ledger_head_on(day))
    if head is None:
        return measure_agreement(_first_ratings(day.date))
    key = f"agreement:{day.date}:{head}"
    return cache.get_or_set(key, lambda: measure_agreement(_first_ratings(day.date)), KEPT_FOR) or []


def _first_ratings(day: date) -> list[FirstRating]:
    public = EvidenceLink.objects.public().order_by().values("pk")
    rows = Rating.objects.filter(link__in=public, first_rated_at__lt=end_of_day(day)).order_by(
        "first_rated_at", "pk"
    )
    return [FirstRating(*row) for row in rows.values_list("link", "rater", "first_stance", "first_rated_at")]


def measure_agreement(ratings: Iterable[FirstRating]) -> list[AgreementFigure]:
    """Measure the agreement of each month. A link belongs to the month in which its second editor graded it."""
    links: dict[int, list[FirstRating]] = defaultdict(list)
    for rating in ratings:
        links[rating.link].append(rating)
    months: dict[date, list[list[FirstRating]]] = defaultdict(list)
    for graded in links.values():
        blind = sorted(graded, key=lambda rating: rating.at)[:REQUIRED_GRADERS]
        if len(blind) == REQUIRED_GRADERS:
            months[timezone.localdate(blind[-1].at).replace(day=1)].append(blind)
    if not months:
        return []
    whole = [graded for month in months.values() for graded in month]
    return [
        *(_agreement_of_links(month, months[month]) for month in sorted(months, reverse=True)),
        _agreement_of_links(None, whole),
    ]


def _agreement_of_links(month: date | None, links: Sequence[Sequence[FirstRating]]) -> AgreementFigure:
    stances = [[rating.stance for rating in graded] for graded in links]
    editors = {rating.editor for graded in links for rating in graded}
    return AgreementFigure(
        month,
        len(links),
        sum(map(len, links)),
        len(editors),
        krippendorff_alpha(stances),
        _explain_no_alpha(stances),
    )


def _explain_no_alpha(units: Sequence[Sequence[int]]) -> str:
    if len(units) < 2:
        return _("one report says nothing about agreement")
    if len({stance for unit in units for stance in unit}) < 2:
        return _("all grades are the same, so agreement cannot be told from habit")
    return ""


def krippendorff_alpha(units: Sequence[Sequence[int]]) -> float | None:
    """Krippendorff's alpha over units of at least two stances each.

    None for a single unit, or if all stances are the same.
    """
    if _explain_no_alpha(units):
        return None
    counts = [[Counter(unit)[stance] for stance in sorted(Stance)] for unit in units]
    found = krippendorff.alpha(
        value_counts=counts, value_domain=sorted(Stance), level_of_measurement="ordinal"
    )
    return float(found)
