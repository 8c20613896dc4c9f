"""How far editors agree when they grade the same report without seeing each other's grades.

The measure is Krippendorff's alpha on the first stances of the first two editors of each public link. It comes from
counts that are stored for each day (`actions.agreement_counts`), so that a page reads no rating.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_noop as _

from claims.domain.agreement import krippendorff_alpha
from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import AgreementDay
from claims.selectors.as_of_days import AsOfDay

TENTATIVE, RELIABLE = 0.667, 0.8  # Krippendorff 2004, Content Analysis, 2nd ed., p. 241


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
    """The agreement of each month, newest first, and of all months at the end. Empty if no link was graded twice, and
    where one person may grade alone.

    A link belongs to the day on which its second editor graded it.
    """
    if settings.SINGLE_EDITOR:
        return []
    months: dict[date, list[AgreementDay]] = defaultdict(list)
    for counted in AgreementDay.objects.filter(day__lte=day.date):
        months[counted.day.replace(day=1)].append(counted)
    if not months:
        return []
    whole = [counted for month in months.values() for counted in month]
    return [
        *(_agreement_of_days(month, months[month]) for month in sorted(months, reverse=True)),
        _agreement_of_days(None, whole),
    ]


def _agreement_of_days(month: date | None, days: Iterable[AgreementDay]) -> AgreementFigure:
    pairs: Counter[tuple[int, int]] = Counter()
    editors: set[int] = set()
    for counted in days:
        pairs.update(counted.counts)
        editors.update(counted.editors)
    links = pairs.total()
    return AgreementFigure(
        month,
        links,
        links * REQUIRED_GRADERS,
        len(editors),
        krippendorff_alpha(pairs),
        _explain_no_alpha(pairs),
    )


def _explain_no_alpha(pairs: Mapping[tuple[int, int], int]) -> str:
    if sum(pairs.values()) < 2:
        return _("one report says nothing about agreement")
    if len({stance for pair in pairs for stance in pair}) < 2:
        return _("all grades are the same, so agreement cannot be told from habit")
    return ""
