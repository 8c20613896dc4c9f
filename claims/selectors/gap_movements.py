"""Recent movements: the claims whose headline gap moved because of evidence within the last month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.selectors.claim_lists import ClaimGaps, ListedClaim, TooManyClaims

DAYS = 30
MOST = 8  # movements drawn, the latest


@dataclass(frozen=True)
class MonthOfMovements:
    since: date
    until: date
    rows: list[ListedClaim]  # the latest first, no more than MOST
    count: int  # the number of all claims that moved


def movements_of_month(gaps: ClaimGaps, latest: Sequence[ListedClaim]) -> MonthOfMovements | None:
    """The movements of the month. `latest` are the claims that moved last, at least MOST of them if there are as
    many.

    Returns None if there are too many claims to compute for another day; that does not mean that nothing moved.
    """
    until = gaps.day.date
    since = until - timedelta(min(DAYS, (until - date.min).days))
    try:
        count = _count_movements(gaps, since)
    except TooManyClaims:
        return None
    rows = [row for row in latest if row.moved_on and row.moved_on > since][:MOST]
    return MonthOfMovements(since + timedelta(1), until, rows, count)


def _count_movements(gaps: ClaimGaps, since: date) -> int:
    if not gaps.day.asked:
        return gaps.claims.filter(gap__moved_on__gt=since).count()
    days = [gap.moved_on for gap in gaps.computed(gaps.claims).values()]
    return sum(day is not None and day > since for day in days)
