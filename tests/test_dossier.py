"""The Syria dossier, scored as its table of results says, and on every day from what was known on it alone."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from claims.domain.dossier import score_dossier, score_dossiers
from claims.domain.vocabulary import State
from claims.models import Claim, Correction, Evidence, EvidenceLink
from claims.selectors.dossiers import build_dossiers
from tests.syria import C, load_for_a_module

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
TERM_ENDS = date(2025, 1, 20)

OF_THE_TERM = [C[n] for n in range(1, 13)]


loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


@pytest.fixture(scope="module")
def of_claim(loaded):
    claims = list(Claim.objects.all())
    by_key = build_dossiers(claims)
    return {claim.slug: by_key[claim.pk] for claim in claims}


# The table of results ---------------------------------------------------------------------------------------------

TABLE = [
    ("2021-10-31", 8, 73.0, State.MOSTLY_CONTRADICTS),
    ("2021-10-31", 5, 71.1, State.MOSTLY_CONTRADICTS),
    ("2021-10-31", 4, 68.8, State.MOSTLY_CONTRADICTS),
    ("2021-10-31", 2, 36.0, State.MOSTLY_MATCHES),
    ("2021-10-31", 1, 43.9, State.CONFLICTING),
    ("2021-10-31", 10, 66.7, State.INSUFFICIENT),
    ("2022-12-31", 6, 39.0, State.MOSTLY_MATCHES),
    ("2022-12-31", 9, 44.3, State.CONFLICTING),
    ("2022-12-31", 5, 75.3, State.MOSTLY_CONTRADICTS),
    ("2023-12-31", 6, 52.7, State.CONFLICTING),
    ("2023-12-31", 10, 71.4, State.MOSTLY_CONTRADICTS),
    ("2023-12-31", 1, 50.6, State.CONFLICTING),
    ("2024-12-31", 6, 60.2, State.CONFLICTING),
    ("2024-12-31", 2, 31.9, State.MOSTLY_MATCHES),
    ("2024-12-31", 1, 55.1, State.CONFLICTING),
    ("2025-05-15", 20, 52.6, State.CONFLICTING),
    ("2025-05-15", 21, 32.7, State.MOSTLY_MATCHES),
]


@pytest.mark.parametrize(("day", "n", "number", "state"), TABLE, ids=[f"C{row[1]} {row[0]}" for row in TABLE])
def test_the_gap_is_what_the_table_says_to_its_last_digit(of_claim, day, n, number, state):
    gap = score_dossier(of_claim[C[n]], date.fromisoformat(day))
    assert gap.state is state
    assert gap.gap == pytest.approx(number, abs=0.0501)


@pytest.mark.parametrize("n", [4, 5, 8, 9])
def test_when_it_was_said_nothing_was_known_and_there_is_no_number(of_claim, n):
    gap = score_dossier(of_claim[C[n]], date(2021, 10, 13))
    assert (gap.gap, gap.low, gap.high, gap.headline) == (None, None, None, None)
    assert gap.state is State.NO_EVIDENCE


def test_one_origin_is_not_enough_for_a_verdict_on_sanctions_in_2021(of_claim):
    gap = score_dossier(of_claim[C[10]], date(2021, 10, 31))
    assert (gap.origins, gap.headline) == (1, None)


@pytest.mark.parametrize("slug", OF_THE_TERM)
@pytest.mark.parametrize("day", [date(2025, 5, 15), date(2025, 7, 1), TODAY])
def test_nothing_after_the_term_moves_what_was_said_for_it(of_claim, slug, day):
    assert figures(score_dossier(of_claim[slug], day)) == figures(score_dossier(of_claim[slug], TERM_ENDS))


@pytest.mark.parametrize("n", [20, 21])
def test_what_speaks_of_today_goes_stale(of_claim, n):
    gap = score_dossier(of_claim[C[n]], TODAY)
    assert gap.state is State.STALE
    assert gap.headline is None


def test_every_verdict_of_today_is_tentative(of_claim):
    gaps = [score_dossier(dossier, TODAY) for dossier in of_claim.values()]
    assert [gap.tentative for gap in gaps if gap.headline is not None] == [True] * 9


def figures(gap):
    return (
        gap.gap, gap.low, gap.high, gap.state, gap.tentative, gap.contradicting, gap.supporting, gap.origins,
    )  # fmt: skip


# As of any day ----------------------------------------------------------------------------------------------------


def days_of(of_claim):
    """Every day on which anything becomes known or visible, the day before, and a sample of those between."""
    links = [link for dossier in of_claim.values() for link in dossier.links]
    turning = {day for link in links for day in (link.known_day, link.event_day, link.visible_from)}
    turning.add(TERM_ENDS)
    before = {day - timedelta(days=1) for day in turning}
    sample = {date(2019, 1, 1) + timedelta(days=n) for n in range(0, 2880, 97)}
    return sorted(turning | before | sample | {TODAY})


def test_as_of_a_day_equals_a_database_cut_off_at_that_day(of_claim):
    days = days_of(of_claim)
    assert len(days) > 90
    for day in days:
        cut = cut_off_at(day)
        asked = score_dossiers([(of_claim[slug], day) for slug in cut])
        then = score_dossiers([(dossier, day) for dossier in cut.values()])
        ever_after = score_dossiers([(dossier, TODAY) for dossier in cut.values()])
        for (slug, dossier), a, b, c in zip(cut.items(), asked, then, ever_after, strict=True):
            known = {link.id for link in dossier.links}
            assert figures(a) == figures(b), (slug, day)
            assert b.links == {key: part for key, part in a.links.items() if key in known}, (slug, day)
            assert not any(part.mass for key, part in a.links.items() if key not in known), (slug, day)
            if slug in OF_THE_TERM:  # these do not age
                assert figures(c) == figures(a), (slug, day)


def cut_off_at(day):
    """The dossiers of a database from which everything is deleted that was not known by the day."""
    with transaction.atomic():
        later = Evidence.objects.filter(known__last__gt=day.isoformat())
        EvidenceLink.objects.filter(evidence__in=later).delete()
        Correction.objects.filter(evidence__in=later).delete()
        later.delete()
        claims = list(Claim.objects.all())
        by_key = build_dossiers(claims)
        transaction.set_rollback(True)
    return {claim.slug: by_key[claim.pk] for claim in claims}


def test_on_no_day_is_there_a_number_without_evidence(of_claim):
    cases = [(dossier, day) for day in days_of(of_claim) for dossier in of_claim.values()]
    numbers = [(gap.gap is None, gap.contradicting + gap.supporting == 0) for gap in score_dossiers(cases)]
    assert set(numbers) == {(True, True), (False, False)}
