"""Whether the written test of a claim was applied before it was published, or since."""

from collections.abc import Iterable
from datetime import datetime

from claims.domain.vocabulary import Act
from claims.domain.workflow import PublishingCheck
from claims.ledger.entries import checks_in_content
from claims.models import Claim, Entry
from claims.selectors.as_of_days import AsOfDay, end_of_day


def time_test_was_applied(claim: Claim, day: AsOfDay) -> datetime | None:
    """When whoever published or accepted the claim last said that they held the reports against its test.

    Of the test as it is worded now: that an older one was applied says nothing of this one.
    """
    return times_tests_were_applied([claim], day).get(claim.slug)


def times_tests_were_applied(claims: Iterable[Claim], day: AsOfDay) -> dict[str, datetime]:
    """The same for several claims, by their slugs: those whose test was not applied are missing."""
    criteria = {claim.slug: claim.criterion for claim in claims if claim.criterion}
    if not criteria:
        return {}
    entries = Entry.objects.filter(kind="claim", subject__in=criteria, act__in=[Act.PUBLISH, Act.REVISE])
    if day.asked:
        entries = entries.filter(at__lt=end_of_day(day.date))
    found = {}
    for entry in entries.order_by("number"):
        told = entry.told
        is_same = (told.get("record") or {}).get("criterion") == criteria[entry.subject]
        if is_same and PublishingCheck.CRITERION in checks_in_content(told):
            found[entry.subject] = entry.at
    return found
