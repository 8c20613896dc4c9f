"""The same claim said at other times: before and again, with what changed in its words, its target and its deadline."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from claims.domain.diff import Compared, compared
from claims.domain.vocabulary import Status
from claims.models import Claim

from .listing import Day

MOST: Final = 12  # other times that a page shows and compares word by word

# Whatever hangs together by `repeats`, either way, over claims that readers see: one query, however long the chain.
_SAME: Final = """
    WITH RECURSIVE same (id) AS (
        SELECT id FROM claims_claim WHERE id = %s
        UNION
        SELECT other.id FROM same
        JOIN claims_claim me ON me.id = same.id
        JOIN claims_claim other ON other.repeats_id = me.id OR other.id = me.repeats_id
        JOIN claims_statement words ON words.id = other.statement_id
        WHERE other.status = %s AND words.status = %s
    )
    SELECT id FROM same WHERE id <> %s
"""


@dataclass(frozen=True)
class Time:
    """Another time, and what the later of the two has otherwise than the earlier; None where nothing is."""

    claim: Claim
    earlier: Claim
    later: Claim
    words: Compared | None
    target: Compared | None

    @property
    def other_language(self) -> bool:
        """Words of two languages are not compared."""
        return self.earlier.statement.language != self.later.statement.language

    @property
    def other_deadline(self) -> bool:
        return self.earlier.valid_until != self.later.valid_until

    @property
    def changed(self) -> bool:
        return bool(self.words or self.target or self.other_deadline or self.other_language)


@dataclass(frozen=True)
class Repetitions:
    before: list[Time]
    again: list[Time]
    left_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.before or self.again)


def repetitions(claim: Claim, day: Day) -> Repetitions:
    """The other times by their day, those nearest to this one where there are many."""
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [claim.pk, Status.PUBLISHED.value, Status.PUBLISHED.value, claim.pk])
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return Repetitions([], [])
    others = Claim.objects.published().said_by(day.date).filter(pk__in=keys)
    times = sorted([claim, *others.select_related("statement__speaker")], key=_when)
    here = times.index(claim)
    before, again = times[max(here - MOST, 0) : here], times[here + 1 : here + 1 + MOST]
    return Repetitions(
        [_time(other, other, claim) for other in before],
        [_time(other, claim, other) for other in again],
        left_out=len(times) - 1 - len(before) - len(again),
    )


def _when(claim: Claim) -> tuple[object, int]:
    return claim.statement.said_on, claim.pk


def _time(other: Claim, earlier: Claim, later: Claim) -> Time:
    alike = earlier.statement.language == later.statement.language
    words = _changed(earlier.quote, later.quote) if alike else None
    return Time(other, earlier, later, words, _changed(earlier.criterion, later.criterion))


def _changed(old: str, new: str) -> Compared | None:
    return compared(old, new) if old != new else None
