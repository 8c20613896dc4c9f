"""Comparison of speakers, topics or periods: the claims and verdicts of each, and gaps on the topics that they share.

A mean over different claims compares nothing: one speaks of sanctions, the other of aid. So there is none.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, assert_never

from django.db.models import Avg, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import State
from claims.drawing.state_stacks import STATE_ORDER
from claims.models import Claim, Speaker, Topic
from claims.records.page_visibility import visible_rows
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps

OFFERED: Final = 50  # speakers or topics that the form offers: those with the most claims
MOST_TOPICS: Final = 12  # shared topics, those with the most claims


@dataclass(frozen=True)
class TopicGap:
    """The mean gap of a subject's claims on a topic, over those with a verdict."""

    mean: float
    counted: int


@dataclass(frozen=True)
class ComparedColumn:
    subject: Speaker | Topic | PartialDate
    chosen: list[tuple[str, str]]  # query parameters of the list of the same claims
    claims: int
    states: dict[
        State, int
    ]  # in the order of the bar; empty if there are too many claims to score for a past day
    topics: dict[int, TopicGap]  # by the topic's key; only topics with a verdict
    first_words: date | None

    @property
    def with_verdict(self) -> int:
        return sum(n for state, n in self.states.items() if state.sufficient)

    @property
    def without_verdict(self) -> int:
        return sum(n for state, n in self.states.items() if not state.sufficient)


@dataclass(frozen=True)
class SharedTopic:
    """A topic on which every compared subject has a claim with a verdict."""

    topic: Topic
    gaps: list[TopicGap]  # in the order of the columns


def compared_subjects(kind: str, slugs: Sequence[str], day: AsOfDay) -> list[Any]:
    """The speakers or topics that readers can open on the day, in the order of the slugs. Others are left out."""
    found = {record.slug: record for record in visible_rows(kind, day.date).filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]


def offered_subjects(kind: str, day: AsOfDay, chosen: Sequence[Any]) -> list[Any]:
    """The subjects with the most claims, and all chosen ones, sorted by name."""
    path = {"speaker": "statement__speaker", "topic": "topics"}[kind]
    claims = Claim.objects.visible_on(day.date).filter(**{path: OuterRef("pk")}).order_by()
    counted = Subquery(claims.values(path).annotate(n=Count("pk")).values("n"))
    rows = visible_rows(kind, day.date).annotate(n=Coalesce(counted, 0))
    most = list(rows.order_by("-n", "name", "pk")[:OFFERED])
    return sorted({*most, *chosen}, key=lambda record: (record.name, record.pk))


def compare_subjects(subjects: Sequence[Any], day: AsOfDay) -> list[ComparedColumn]:
    return [_compared_column(subject, day, len(subjects)) for subject in subjects]


def _compared_column(subject: Any, day: AsOfDay, beside: int) -> ComparedColumn:
    claims, chosen = _claims_of_subject(subject)
    gaps = ClaimGaps(claims, day, share=beside)
    counts = gaps.states(gaps.claims)
    return ComparedColumn(
        subject=subject,
        chosen=chosen,
        claims=gaps.claims.count(),
        states={state: counts[state] for state in STATE_ORDER if state in counts},
        # Compared topics are different topics.
        topics={} if isinstance(subject, Topic) or not counts else _gaps_by_topic(gaps),
        first_words=gaps.first_words(),
    )


def _gaps_by_topic(gaps: ClaimGaps) -> dict[int, TopicGap]:
    """The mean gap by topic. A claim with two topics counts for both."""
    found: dict[int, list[float]] = defaultdict(list)
    if gaps.day.asked:
        of_claim = gaps.computed(gaps.claims)
        for claim, topic in gaps.claims.order_by().values_list("pk", "topics"):
            headline = of_claim[claim].headline
            if topic is not None and headline is not None:
                found[topic].append(headline)
        return {topic: TopicGap(sum(each) / len(each), len(each)) for topic, each in found.items()}
    scored = gaps.claims.order_by().filter(gap__headline__isnull=False, topics__isnull=False)
    rows = scored.values_list("topics").annotate(mean=Avg("gap__headline"), n=Count("pk"))
    return {topic: TopicGap(mean, n) for topic, mean, n in rows}


def shared_topics(columns: Sequence[ComparedColumn]) -> list[SharedTopic]:
    """The topics on which all columns have a claim with a verdict, those with the most claims first."""
    if not columns:
        return []
    shared = set.intersection(*(set(column.topics) for column in columns))
    counts = {topic: sum(column.topics[topic].counted for column in columns) for topic in shared}
    first = sorted(shared, key=lambda topic: (-counts[topic], topic))[:MOST_TOPICS]
    topics = Topic.objects.in_bulk(
        [*first, 0]
    )  # also without a topic, so that the number of queries is fixed
    return [SharedTopic(topics[topic], [column.topics[topic] for column in columns]) for topic in first]


def _claims_of_subject(
    subject: Speaker | Topic | PartialDate,
) -> tuple[QuerySet[Claim], list[tuple[str, str]]]:
    """The claims of a subject, and the query parameters that select them in the list of claims."""
    claims = Claim.objects.published()
    match subject:
        case Speaker():
            return claims.filter(statement__speaker=subject), [("speaker", subject.slug)]
        case Topic():
            within = Claim.objects.filter(topics__in=Topic.objects.within(subject))
            return claims.filter(pk__in=within.values("pk")), [("topic", subject.slug)]
        case PartialDate():
            first, last = subject.first.isoformat(), subject.last.isoformat()
            within_days = {"statement__said_on__last__gte": first, "statement__said_on__first__lte": last}
            return claims.filter(**within_days), [("said_from", first), ("said_to", last)]
        case _:
            assert_never(subject)
