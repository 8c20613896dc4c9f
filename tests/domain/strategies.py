"""Dossiers for the laws: few origins, publishers, days and grades, so that echoes, ties and look-ahead happen often."""

import json
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import assume, settings
from hypothesis import strategies as st

from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Gap, Link
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability, State
from claims.ingest.dossier_json import read_dossiers

law = settings(max_examples=40, deadline=None)  # a test in CI may not fail for a slow machine

FIRST, LAST = date(2020, 1, 1), date(2023, 12, 31)
ORIGINS = ("strike", "wire", "census")
PUBLISHERS = ("agency", "daily", "monitor", "ministry")
FILE = Path(__file__).with_name("method-vectors.json")
CASES = zip(read_dossiers(FILE.read_bytes()), json.loads(FILE.read_bytes()), strict=True)
VERDICTS = [(case.dossier, State(vector["expect"]["state"])) for case, vector in CASES]
# Verdicts that chance seldom makes, and those that it hardly ever does.
FIRM = [dossier for dossier, state in VERDICTS if state.sufficient]
OUTER = [dossier for dossier, state in VERDICTS if state in {State.MATCHES, State.CONTRADICTS}]
STALE = [dossier for dossier, state in VERDICTS if state is State.STALE]

days = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(n))
early = st.integers(0, 700).map(lambda n: date(2019, 1, 1) + timedelta(n))
late = st.integers(0, 1250).map(lambda n: date(2027, 6, 1) - timedelta(n))
any_days = st.dates()
picks = st.integers(0, 8)
VERDICTS_AGAINST = {State.CONTRADICTS, State.MOSTLY_CONTRADICTS}
VERDICTS_FOR = {State.MATCHES, State.MOSTLY_MATCHES}


def month_of(day: date) -> PartialDate:
    return PartialDate(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def year_of(day: date) -> PartialDate:
    return PartialDate(day.replace(month=1, day=1), day.replace(month=12, day=31))


def partial_dates(of: st.SearchStrategy[date] = days) -> st.SearchStrategy[PartialDate]:
    ranges = st.tuples(of, of).map(lambda ends: PartialDate(min(ends), max(ends)))
    return st.one_of(of.map(PartialDate.day), of.map(month_of), of.map(year_of), ranges)


RELIABILITIES = "ABABABABCDEF"
CREDIBILITIES = (1, 2, 1, 2, 1, 2, 1, 2, 3, 4, 5, 6)
DIRECTNESSES = (*[Directness.DIRECT] * 5, Directness.DECISIVE, Directness.INDIRECT, Directness.CONTEXTUAL)
RATINGS = (
    (), (0,), (-2,), (-2,), (-1,), (1,), (2,), (2,), (-2, -1), (1, 2), (-2, 2),
    (-2, 0, 1), (-1, -1, 2), (2, 2, 1), (0, 1, 2, 2), (-2, -2, 0, 1),
)  # fmt: skip


def links(ratings: Sequence[tuple[int, ...]] = RATINGS) -> st.SearchStrategy[Link]:
    """A link from twelve bytes: one draw for twelve choices keeps Hypothesis quick, and still shrinks."""
    return st.binary(min_size=12, max_size=12).map(lambda raw: _link(raw, ratings))


def _link(raw: bytes, ratings: Sequence[tuple[int, ...]]) -> Link:
    stances, reliability, credibility, directness, hi, lo, vague, form, near, origin, publisher, interest = (
        raw
    )
    day = FIRST + timedelta((hi * 256 + lo) % (LAST - FIRST).days)
    known = (PartialDate.day, PartialDate.day, month_of, year_of)[vague % 4](day)
    return Link(
        id=None,
        stances=ratings[stances % len(ratings)],
        reliability=Reliability(RELIABILITIES[reliability % len(RELIABILITIES)]),
        credibility=Credibility(CREDIBILITIES[credibility % len(CREDIBILITIES)]),
        directness=DIRECTNESSES[directness % len(DIRECTNESSES)],
        event=_event(form, timedelta(near), known),
        known=known,
        origin=ORIGINS[origin // 2 % len(ORIGINS)] if origin % 2 else None,
        publisher=PUBLISHERS[publisher // 8 % len(PUBLISHERS)] if publisher % 8 else None,
        interested=interest % 5 == 4,
    )


def _event(form: int, near: timedelta, known: PartialDate) -> PartialDate | None:
    before, after = known.first - near, known.last + timedelta(1)
    events = (
        None,
        known,
        PartialDate.day(before),
        PartialDate(before, known.last + near),
        month_of(before),
        year_of(before),
        PartialDate(after, after + near),  # announced, not yet happened
        PartialDate.day(known.last),
    )
    return events[form % len(events)]


# Some dossiers are large, some point one way, or firm verdicts would be too rare to test.
LEANS, SIZES = (None, None, None, -1, 1), (0, 2, 7)


@st.composite
def generated(draw: st.DrawFn) -> Dossier:
    lean = draw(st.sampled_from(LEANS))
    drawn = draw(st.lists(links(), min_size=draw(st.sampled_from(SIZES)), max_size=10))
    return Dossier(
        kind=draw(st.sampled_from(ClaimKind)),
        valid_from=draw(st.none() | st.none() | early.map(PartialDate.day) | partial_dates(early)),
        valid_until=draw(st.none() | late.map(PartialDate.day) | partial_dates(late) | partial_dates()),
        links=tuple(_leaning(replace(link, id=i), lean) for i, link in enumerate(drawn)),
    )


def _leaning(link: Link, lean: int | None) -> Link:
    return replace(link, stances=tuple(lean * abs(stance) for stance in link.stances)) if lean else link


@st.composite
def dossiers(draw: st.DrawFn, kinds: Sequence[ClaimKind] = ()) -> Dossier:
    dossier = draw(st.one_of(generated(), generated(), *map(st.sampled_from, (FIRM, OUTER, STALE + RARE))))
    return replace(dossier, kind=draw(st.sampled_from(kinds))) if kinds else dossier


# Late days are likelier, so that most of a dossier is in sight.
as_of_days = st.one_of(days, late, late)


def link(
    name: str = "L0",
    *stances: int,
    grade: str = "A1",
    directness: Directness = Directness.DIRECT,
    event: str | None = None,
    known: str = "2021-10-13",
    origin: str | None = None,
    publisher: str | None = None,
    interested: bool = False,
) -> Link:
    """One link, for examples: `link("a", -2, grade="B2")`."""
    return Link(
        id=name,
        stances=stances,
        reliability=Reliability(grade[0]),
        credibility=Credibility(int(grade[1])),
        directness=directness,
        event=PartialDate.parse(event) if event else None,
        known=PartialDate.parse(known),
        origin=origin,
        publisher=publisher,
        interested=interested,
    )


MIXED = Dossier(
    ClaimKind.FACT,
    links=(
        link("a", -2, grade="B1"),
        link("b", -1, grade="C1"),
        link("c", 2, grade="D1"),
        link("d", 2, grade="D2"),
    ),
)
ONE_PREVAILS = Dossier(
    ClaimKind.DENIAL,
    links=(link("a", -2, publisher="daily"), link("b", -2, publisher="daily"), link("c", 2, grade="D1")),
)
TIED = Dossier(
    ClaimKind.PREDICTION,
    links=(
        link("a", -2, origin="strike", publisher="agency"),
        link("b", -2, origin="strike", publisher="daily"),
        link("c", -2, origin="wire", publisher="daily"),
        link("d", 2, origin="strike", publisher="daily"),
    ),
)
RARE = [MIXED, ONE_PREVAILS, TIED]  # what chance hardly ever makes


def picked(dossier: Dossier, pick: int) -> Link:
    assume(dossier.links)
    return dossier.links[pick % len(dossier.links)]


def with_links(dossier: Dossier, links: tuple[Link, ...]) -> Dossier:
    return replace(dossier, links=links)


def adding(dossier: Dossier, *extra: Link) -> Dossier:
    return with_links(dossier, (*dossier.links, *extra))


def swapping(dossier: Dossier, old: Link, new: Link) -> Dossier:
    return with_links(dossier, tuple(new if each is old else each for each in dossier.links))


def leaving_out(dossier: Dossier, *gone: Link) -> Dossier:
    names = {link.id for link in gone}
    return with_links(dossier, tuple(link for link in dossier.links if link.id not in names))


def flipped(dossier: Dossier) -> Dossier:
    turned = (replace(each, stances=tuple(-stance for stance in each.stances)) for each in dossier.links)
    return with_links(dossier, tuple(turned))


def level(gap: Gap) -> float:
    """The gap, or 50 without evidence. For comparisons only."""
    return 50.0 if gap.gap is None else gap.gap


def side_sum(gap: Gap, link: Link) -> float:
    """The mass on the side that a link is on."""
    return gap.contradicting if link.x < 0 else gap.supporting


def whole(gap: Gap) -> tuple[object, ...]:
    """Everything that the score says about the claim itself. Compared for exact equality."""
    return (
        gap.gap, gap.low, gap.high, gap.state, gap.tentative,
        gap.contradicting, gap.supporting, gap.publishers_against, gap.publishers_for, gap.publishers,
        gap.events_against, gap.events_for,
    )  # fmt: skip
