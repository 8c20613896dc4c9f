"""Repetitions of a claim, earlier and later, with the differences in words, target and deadline."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db import connection

from claims.domain.vocabulary import Status
from claims.models import Claim
from claims.models.translated import LocalizedText
from claims.selectors.as_of_days import AsOfDay
from claims.text.spans import mark_elisions
from claims.text.text_diff import ComparedTexts, compare_texts

MOST: Final = 12  # repetitions that a page shows and compares word by word

# All visible claims connected by `repeats`, in either direction, in one recursive query.
# COALESCE stops SQLite from building a temporary index on the status instead of using the two existing ones.
SAME: Final = """
    WITH RECURSIVE same (id, before) AS (
        SELECT id, repeats_id FROM claims_claim WHERE id = %s
        UNION
        SELECT other.id, other.repeats_id FROM same
        JOIN claims_claim other ON other.repeats_id = same.id OR other.id = same.before
        JOIN claims_statement words ON words.id = other.statement_id
        WHERE COALESCE(other.status, '') = %s AND words.status = %s
    )
    SELECT id FROM same WHERE id <> %s
"""


class ComparedFields(NamedTuple):
    """One field of two claims, and the language that each is shown in."""

    texts: ComparedTexts
    earlier_language: str
    later_language: str


@dataclass(frozen=True)
class RepeatedTime:
    """A repetition, with the differences between the earlier and the later claim.

    None where there is no difference.
    """

    claim: Claim
    earlier: Claim
    later: Claim
    words: ComparedFields | None
    target: ComparedFields | None

    @property
    def other_language(self) -> bool:
        """Whether the two statements are in different languages. Their words are then not compared."""
        return self.earlier.statement.language != self.later.statement.language

    @property
    def other_deadline(self) -> bool:
        days = [(claim.valid_from, claim.valid_until) for claim in (self.earlier, self.later)]
        return days[0] != days[1]

    @property
    def changed(self) -> bool:
        return bool(self.words or self.target or self.other_deadline or self.other_language)


@dataclass(frozen=True)
class ClaimRepetitions:
    before: list[RepeatedTime]
    again: list[RepeatedTime]
    left_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.before or self.again)


def claim_repetitions(claim: Claim, day: AsOfDay) -> ClaimRepetitions:
    """The repetitions sorted by day. Of very many, those nearest in time to the claim."""
    with connection.cursor() as cursor:
        cursor.execute(SAME, [claim.pk, Status.PUBLISHED.value, Status.PUBLISHED.value, claim.pk])
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return ClaimRepetitions([], [])
    others = Claim.objects.visible_on(day.date).filter(pk__in=keys).values_list("statement__said_on", "pk")
    times = sorted([(claim.statement.said_on, claim.pk), *others])
    here = times.index((claim.statement.said_on, claim.pk))
    before, again = times[max(here - MOST, 0) : here], times[here + 1 : here + 1 + MOST]
    shown = Claim.objects.select_related("statement__speaker").in_bulk([pk for _, pk in before + again])
    return ClaimRepetitions(
        [_repeated_time(other, other, claim) for other in (shown[pk] for _, pk in before)],
        [_repeated_time(other, claim, other) for other in (shown[pk] for _, pk in again)],
        left_out=len(times) - 1 - len(before) - len(again),
    )


def _repeated_time(other: Claim, earlier: Claim, later: Claim) -> RepeatedTime:
    alike = earlier.statement.language == later.statement.language
    words = (
        _compare_fields((earlier, earlier.quotation_field), (later, later.quotation_field)) if alike else None
    )
    target = _compare_fields((earlier, "criterion"), (later, "criterion"))
    return RepeatedTime(other, earlier, later, words, target)


def _compare_fields(*fields: tuple[Claim, str]) -> ComparedFields | None:
    """As the page shows the two: in its language if both are translated, and in the original otherwise."""
    shown = [claim.shown(name) for claim, name in fields]
    if shown[0].language != shown[1].language:
        shown = [LocalizedText(getattr(claim, name), claim.written_in(name)) for claim, name in fields]
    old, new = (mark_elisions(each.text) for each in shown)
    return (
        ComparedFields(compare_texts(old, new), shown[0].language, shown[1].language) if old != new else None
    )
