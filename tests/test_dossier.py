"""The Syria dossier, scored as its table of results says, and on every day from what was known on it alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from claims.domain.dossier import score_dossier, score_dossiers
from claims.domain.vocabulary import State
from claims.models import Claim, Correction, Evidence, EvidenceLink
from claims.search import parse_query, search_records
from claims.selectors.dossiers import build_dossiers
from tests.dossier_records import dossiers_from_files, read_table
from tests.syria import C, load_for_a_module

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
TERM_ENDS = date(2025, 1, 20)

OF_THE_TERM = [C[n] for n in range(1, 13)]


loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


@pytest.fixture(scope="module")
def of_claim(loaded):
    claims = list(Claim.objects.all())
    by_key = build_dossiers(claims)
    return {claim.slug: by_key[claim.pk] for claim in claims}


# The table of results ---------------------------------------------------------------------------------------------

TABLE = read_table()
IDS = [f"{row['claim']} {row['day']}" for row in TABLE]


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_the_gap_is_what_the_table_says(of_claim, row):
    gap = score_dossier(of_claim[row["claim"]], date.fromisoformat(row["day"]))
    assert gap.state is State(row["state"])
    assert (gap.gap is None) == (row["gap"] is None)
    if row["gap"] is not None:
        assert gap.gap == pytest.approx(row["gap"], abs=0.5)
    assert gap.headline is None or gap.tentative == row["tentative"]


def test_every_link_is_graded_as_the_files_say(of_claim):
    files, uncheckable = dossiers_from_files(), C[19]
    for slug, dossier in of_claim.items():
        if slug != uncheckable:
            ours = {link.id: replace(link, publisher_kind=None, earlier_grades=()) for link in dossier.links}
            assert ours == {link.id: link for link in files[slug].links}, slug


def test_a_claim_that_cannot_be_checked_has_no_score(of_claim):
    gap = score_dossier(of_claim[C[19]], TODAY)
    assert (gap.state, gap.gap, gap.low, gap.high, gap.headline) == (
        State.UNCHECKABLE,
        None,
        None,
        None,
        None,
    )


def test_the_firm_verdict_is_the_one_on_sanctions(of_claim):
    gap = score_dossier(of_claim[C[10]], TODAY)
    assert (gap.state, gap.tentative) == (State.CONTRADICTS, False)


@pytest.mark.parametrize("slug", OF_THE_TERM)
def test_nothing_that_happened_after_the_window_counts(of_claim, slug):
    dossier = of_claim[slug]
    gap = score_dossier(dossier, TODAY)
    late = [link.id for link in dossier.links if link.event_day > dossier.valid_until.last]
    assert not any(gap.links[key].visible for key in late)


def figures(gap):
    return (
        gap.gap, gap.low, gap.high, gap.state, gap.tentative, gap.contradicting, gap.supporting, gap.publishers,
    )  # fmt: skip


# As of any day ----------------------------------------------------------------------------------------------------


def days_of(of_claim):
    """Of the days on which anything becomes known or visible, those before, and a sample of others: each third."""
    links = [link for dossier in of_claim.values() for link in dossier.links]
    turning = {day for link in links for day in (link.known_day, link.event_day, link.visible_from)}
    turning.add(TERM_ENDS)
    before = {day - timedelta(days=1) for day in turning}
    sample = {date(2019, 1, 1) + timedelta(days=n) for n in range(0, 2880, 97)}
    return [*sorted(turning | before | sample)[::3], TODAY]


def test_as_of_a_day_equals_a_database_cut_off_at_that_day(of_claim):
    days = days_of(of_claim)
    assert len(days) > 80
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
            announced = any(link.visible_from > day for link in dossier.links)  # known, and yet to happen
            if slug in OF_THE_TERM and not announced:  # these do not age
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


# Finding it -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("ISIS", "ISIL", "Daesh", "daesh", "داعش"), ("Assad", "Asad", "الأسد")])
def test_a_search_finds_the_same_claims_by_each_spelling_of_a_name(words):
    first, *others = (set(search_records(Claim.objects.all(), parse_query(word))) for word in words)
    assert len(first) >= 5
    assert all(found == first for found in others)
