"""Data for the charts on a speaker's page: the gap of each claim, and the number of claims of a topic in each state."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from claims.domain.vocabulary import State
from claims.models import Claim, ClaimGap, Topic
from claims.selectors.claim_lists import ClaimGaps, TooManyClaims

MOST_DOTS = 40  # claims drawn, the latest said
MOST_TOPICS = 12  # rows, those with the most claims


@dataclass(frozen=True)
class ClaimsOfTopic:
    """Claims with this first topic, the largest gap first and those without a verdict last."""

    topic: Topic | None
    rows: list[tuple[Claim, ClaimGap]]


@dataclass(frozen=True)
class PicturedClaims:
    topics: list[ClaimsOfTopic]  # that with the most claims first, no topic last
    count: int
    cut: bool  # there are more


@dataclass(frozen=True)
class TopicStanding:
    """A topic with its number of claims in each state. The topic is None for claims without one."""

    topic: Topic | None
    states: dict[State, int]


@dataclass(frozen=True)
class TopicStandings:
    rows: list[TopicStanding]
    more: int  # topics left out


def claims_to_draw(gaps: ClaimGaps) -> PicturedClaims | None:
    """The latest claims with their gaps, by first topic.

    None if fewer than two have a verdict, or if there are too many to compute for another day.
    """
    claims = gaps.claims.select_related("gap").prefetch_related("topics")
    try:
        of_claim = gaps.computed(gaps.claims) if gaps.day.asked else None
    except TooManyClaims:
        return None
    found = list(claims.order_by("-statement__said_on", "statement", "position")[: MOST_DOTS + 1])
    rows = [
        (each, of_claim[each.pk] if of_claim else getattr(each, "gap", None)) for each in found[:MOST_DOTS]
    ]
    scored = [(claim, gap) for claim, gap in rows if gap]
    if sum(gap.headline is not None for _claim, gap in scored) < 2:
        return None
    return PicturedClaims(_rows_by_topic(scored), len(scored), len(found) > MOST_DOTS)


def _rows_by_topic(rows: list[tuple[Claim, ClaimGap]]) -> list[ClaimsOfTopic]:
    of_topic: dict[Topic | None, list[tuple[Claim, ClaimGap]]] = defaultdict(list)
    for claim, gap in rows:
        of_topic[next(iter(claim.topics.all()), None)].append((claim, gap))
    order = sorted(
        of_topic, key=lambda topic: (topic is None, -len(of_topic[topic]), topic.name if topic else "")
    )
    return [ClaimsOfTopic(topic, sorted(of_topic[topic], key=_rank_by_gap)) for topic in order]


def _rank_by_gap(row: tuple[Claim, ClaimGap]) -> tuple[bool, float]:
    headline = row[1].headline
    return headline is None, -(headline or 0.0)


def verdict_counts(gaps: ClaimGaps) -> dict[State, int]:
    """The number of claims in each state; empty if there are too many to compute for another day."""
    return {State(state): n for state, n in gaps.states(gaps.claims).items()}


def topic_standings(gaps: ClaimGaps) -> TopicStandings | None:
    """The topics with the most claims first. A claim with two topics counts for both."""
    try:
        counts = _states_by_topic(gaps)
    except TooManyClaims:
        return None
    order = sorted(counts, key=lambda topic: (topic is None, -sum(counts[topic].values()), topic or 0))
    shown = order[:MOST_TOPICS]
    topics = Topic.objects.in_bulk([topic for topic in shown if topic is not None])
    rows = [TopicStanding(topics.get(topic) if topic else None, dict(counts[topic])) for topic in shown]
    return TopicStandings(rows, len(order) - len(shown))


def _states_by_topic(gaps: ClaimGaps) -> dict[int | None, Counter[State]]:
    counts: dict[int | None, Counter[State]] = defaultdict(Counter)
    if gaps.day.asked:
        of_claim = gaps.computed(gaps.claims)
        for claim, topic in gaps.claims.order_by().values_list("pk", "topics"):
            counts[topic][State(of_claim[claim].state)] += 1
    else:
        rows = gaps.claims.order_by().values_list("topics", "gap__state").annotate(n=Count("pk"))
        for topic, state, n in rows:
            counts[topic][State(state or State.NO_EVIDENCE)] += n
    return counts
