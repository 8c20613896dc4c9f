"""A claim with its graded links, as plain records, and its way onto the method's arrays and back."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf, isnan
from statistics import median
from typing import Any

import numpy as np

from .dates import PartialDate
from .gap import (
    EARLIEST_DAY,
    HALF_LIFE_DAYS,
    NEVER_DAY,
    PUBLISHED_WEIGHTS,
    ClaimArrays,
    LinkArrays,
    MethodWeights,
    ScoreArrays,
    score_claims,
)
from .vocabulary import ClaimKind, Credibility, Directness, Reliability, SourceKind, State

MAX_LINKS_PER_RUN = 50_000  # links in memory, where one claim is scored in many ways


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of evidence tied to one claim, graded. `stances` holds one rating from each editor."""

    id: Hashable
    stances: tuple[int, ...]
    reliability: Reliability
    credibility: Credibility
    directness: Directness
    event: PartialDate | None
    known: PartialDate
    origin: Hashable = None  # None: it is its own origin
    publisher: Hashable = None  # who reports it, or whose report it passes on. None: its own
    interested: bool = False  # serves the side it comes from
    publisher_kind: SourceKind | None = None
    earlier_grades: tuple[
        tuple[date, Reliability], ...
    ] = ()  # the publisher's: first day after each, oldest first

    @property
    def x(self) -> float:
        return median(self.stances) / 2 if self.stances else 0.0

    @property
    def quality(self) -> float:
        return self.quality_by(PUBLISHED_WEIGHTS)

    def graded_on(self, day: date) -> "Link":
        """The link with the reliability that its publisher had on the day."""
        earlier = next((grade for end, grade in self.earlier_grades if day < end), self.reliability)
        return replace(self, reliability=earlier, earlier_grades=())

    def quality_by(self, weights: MethodWeights) -> float:
        trust = weights.reliability[self.reliability] * weights.credibility[self.credibility]
        interest = weights.interested if self.interested else 1.0
        return trust * weights.directness[self.directness] * interest

    @property
    def known_day(self) -> date:
        return self.known.last

    @property
    def event_day(self) -> date:
        """Step 1 of the method: the day from which the event counts and ages."""
        if self.event is None:
            return self.known.last
        if self.event.first > self.known.last:
            return self.event.last
        return min(self.event.last, self.known.last)

    @property
    def visible_from(self) -> date:
        return max(self.known_day, self.event_day)


@dataclass(frozen=True, slots=True)
class Dossier:
    kind: ClaimKind
    valid_until: PartialDate | None = None
    links: tuple[Link, ...] = ()
    valid_from: PartialDate | None = None
    is_uncheckable: bool = False  # its outcome, with a reason: its reports are context, and it has no score

    @property
    def half_life(self) -> float:
        return inf if self.valid_until else HALF_LIFE_DAYS.get(self.kind, inf)

    def graded_on(self, day: date) -> "Dossier":
        """The dossier with the reliabilities that were in force on the day."""
        return replace(self, links=tuple(link.graded_on(day) for link in self.links))

    def known_by(self, day: date) -> "Dossier":
        """What of it was published by a day; the score as of that day is the same."""
        return replace(self, links=tuple(link for link in self.links if link.known_day <= day))


@dataclass(frozen=True, slots=True)
class LinkScore:
    mass: float
    counted: float  # its part of the mass that its origin counts with
    contribution: float
    visible: bool
    gap_without: float | None
    state_without: State

    @property
    def is_counted(self) -> bool:
        """Whether it is its origin's strongest report on its side, alone or with others as strong."""
        return self.counted > 0


@dataclass(frozen=True, slots=True)
class Gap:
    """The score of one claim as of one day. No score is None, never a number that stands for it."""

    as_of: date
    gap: float | None
    low: float | None
    high: float | None
    state: State
    tentative: bool
    contradicting: float
    supporting: float
    publishers_against: int  # with a report of their own that counts as a source
    publishers_for: int
    publishers: int  # of both sides together
    events_against: int
    events_for: int
    links: dict[Hashable, LinkScore]

    @property
    def mass(self) -> float:
        return self.contradicting + self.supporting

    @property
    def headline(self) -> float | None:
        """The number that may stand in a headline, a ranking or an average: only a sufficient one."""
        return self.gap if self.state.sufficient else None

    def as_json(self) -> dict[str, Any]:
        """What may be said of it in a line: no number where there is no verdict."""
        has = self.state.sufficient
        return {
            "as_of": self.as_of.isoformat(),
            "state": str(self.state),
            "gap": self.headline,
            "low": self.low if has else None,
            "high": self.high if has else None,
            "tentative": self.tentative and has,
        }


def score_dossiers(
    cases: Sequence[tuple[Dossier, date]], weights: MethodWeights = PUBLISHED_WEIGHTS
) -> list[Gap]:
    """Score many dossiers, each as of its day, in one run of the method."""
    answer = score_claims(*dossiers_as_arrays(cases, weights))
    gaps, start = [], 0
    for row, (dossier, as_of) in enumerate(cases):
        links = {link.id: _link_score_at(answer, start + i) for i, link in enumerate(dossier.links)}
        start += len(dossier.links)
        gaps.append(_gap_of_row(dossier, answer, row, as_of, links))
    return gaps


def score_dossier(dossier: Dossier, as_of: date, weights: MethodWeights = PUBLISHED_WEIGHTS) -> Gap:
    return score_dossiers([(dossier, as_of)], weights)[0]


def score_days(dossier: Dossier, days: Sequence[date]) -> list[Gap]:
    """One claim as of many days, without its links' parts."""
    if any(link.earlier_grades for link in dossier.links):
        return [replace(gap, links={}) for gap in score_dossiers([(dossier, day) for day in days])]
    arrays = dossiers_as_arrays([(dossier, day) for day in days[:1]])
    step = _cases_per_run(arrays[1])
    parts = [days[start : start + step] for start in range(0, len(days), step)]
    return [gap for part in parts for gap in _score_claim_on_days(dossier, *arrays, part)]


def _cases_per_run(links: LinkArrays) -> int:
    """In how many ways one claim is scored in one run, so that memory stays bounded."""
    return max(MAX_LINKS_PER_RUN // max(len(links.claim), 1), 1)


def _score_claim_on_days(
    dossier: Dossier, claims: ClaimArrays, links: LinkArrays, days: Sequence[date]
) -> list[Gap]:
    n, m = len(days), len(links.claim)
    many = LinkArrays(*(np.tile(getattr(links, name), n) for name in LinkArrays.__dataclass_fields__))
    many = replace(many, claim=np.repeat(np.arange(n), m))
    whole = ClaimArrays(
        as_of=np.array([day.toordinal() for day in days], np.int64),
        valid_from=np.repeat(claims.valid_from, n),
        valid_until=np.repeat(claims.valid_until, n),
        half_life=np.repeat(claims.half_life, n),
    )
    answer = score_claims(whole, many)
    return [_gap_of_row(dossier, answer, row, day, {}) for row, day in enumerate(days)]


def score_without(dossier: Dossier, as_of: date, publishers: Sequence[Hashable]) -> list[Gap]:
    """One claim without each of the publishers in turn, without its links' parts."""
    claims, links = dossiers_as_arrays([(dossier, as_of)])
    rows = {publisher: row for row, publisher in enumerate(publishers)}
    publisher_of = np.array([rows.get(link.publisher, -1) for link in dossier.links], np.int64)
    found: list[Gap] = []
    step = _cases_per_run(links)
    for start in range(0, len(publishers), step):
        some = np.arange(start, min(start + step, len(publishers)))
        row, kept = np.nonzero(publisher_of != some[:, None])
        whole = [np.repeat(getattr(claims, name), len(some)) for name in ClaimArrays.__dataclass_fields__]
        answer = score_claims(ClaimArrays(*whole), replace(links.take(kept), claim=row))
        found += [_gap_of_row(dossier, answer, at, as_of, {}) for at in range(len(some))]
    return found


def dossiers_as_arrays(
    cases: Sequence[tuple[Dossier, date]], weights: MethodWeights = PUBLISHED_WEIGHTS
) -> tuple[ClaimArrays, LinkArrays]:
    starts = [dossier.valid_from.first if dossier.valid_from else None for dossier, _ in cases]
    ends = [dossier.valid_until.last if dossier.valid_until else None for dossier, _ in cases]
    claims = ClaimArrays(
        as_of=_day_ordinals(as_of for _, as_of in cases),
        valid_from=_day_ordinals(starts, without=EARLIEST_DAY),
        valid_until=_day_ordinals(ends),
        half_life=np.array([dossier.half_life * weights.half_lives for dossier, _ in cases], np.float64),
    )
    links = [link.graded_on(as_of) for dossier, as_of in cases for link in dossier.links]
    x = [0.0 if dossier.is_uncheckable else link.x for dossier, _ in cases for link in dossier.links]
    return claims, LinkArrays(
        claim=np.repeat(np.arange(len(cases)), [len(dossier.links) for dossier, _ in cases]),
        origin=_codes_of_names([link.origin for link in links]),
        publisher=_codes_of_names([link.publisher for link in links]),
        x=np.array(x, np.float64),
        quality=np.array([link.quality_by(weights) for link in links], np.float64),
        interested=np.array([link.interested for link in links], np.bool_),
        event=_day_ordinals(link.event_day for link in links),
        known=_day_ordinals(link.known_day for link in links),
    )


def _codes_of_names(names: Sequence[Hashable]) -> np.ndarray:
    """A code from 0 up for each name; whoever has none gets one of its own."""
    codes: dict[Hashable, int] = {}
    keys = (("own", i) if name is None else ("named", name) for i, name in enumerate(names))
    return np.array([codes.setdefault(key, len(codes)) for key in keys], np.int64)


def _day_ordinals(days: Iterable[date | None], without: int = NEVER_DAY) -> np.ndarray:
    return np.array([without if day is None else day.toordinal() for day in days], np.int64)


def _number_or_none(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _link_score_at(answer: ScoreArrays, i: int) -> LinkScore:
    return LinkScore(
        mass=float(answer.mass[i]),
        counted=float(answer.counted[i]),
        contribution=float(answer.contribution[i]),
        visible=bool(answer.visible[i]),
        gap_without=_number_or_none(answer.gap_without[i]),
        state_without=answer.state_without[i],
    )


def _gap_of_row(
    dossier: Dossier, answer: ScoreArrays, row: int, as_of: date, links: dict[Hashable, LinkScore]
) -> Gap:
    if dossier.is_uncheckable:
        links = {key: replace(part, state_without=State.UNCHECKABLE) for key, part in links.items()}
    return Gap(
        as_of=as_of,
        gap=_number_or_none(answer.gap[row]),
        low=_number_or_none(answer.low[row]),
        high=_number_or_none(answer.high[row]),
        state=State.UNCHECKABLE if dossier.is_uncheckable else answer.state[row],
        tentative=bool(answer.tentative[row]),
        contradicting=float(answer.contradicting[row]),
        supporting=float(answer.supporting[row]),
        publishers_against=int(answer.publishers_against[row]),
        publishers_for=int(answer.publishers_for[row]),
        publishers=int(answer.publishers[row]),
        events_against=int(answer.events_against[row]),
        events_for=int(answer.events_for[row]),
        links=links,
    )
