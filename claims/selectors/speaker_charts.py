"""Data for the charts on a speaker's page: the gap of each claim, and the number of claims of a topic in each state."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from claims.domain.vocabulary import State
from claims.models import Claim, ClaimGap, Topic
from claims.selectors.claim_lists import ClaimGaps, TooManyClaims

MOST_DOTS = 150  # claims drawn, the latest said
MOST_TOPICS = 12  # rows, those with the most claims


@dataclass(frozen=True)
class PicturedClaims:
    rows: list[tuple[Claim, ClaimGap]]  # the latest said first
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
    """The latest claims with their gaps; None if there are too many to compute for another day."""
    claims = gaps.claims.select_related("statement", "gap").order_by(
        "-statement__said_on", "statement", "position"
    )
    try:
        of_claim = gaps.computed(gaps.claims) if gaps.day.asked else None
    except TooManyClaims:
        return None
    found = list(claims[: MOST_DOTS + 1])
    rows = [
        (each, of_claim[each.pk] if of_claim else getattr(each, "gap", None)) for each in found[:MOST_DOTS]
    ]
    return PicturedClaims([(claim, gap) for claim, gap in rows if gap], len(found) > MOST_DOTS)


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
