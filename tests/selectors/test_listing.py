"""Lists: today's stored gaps and another day's computed ones are the same answers to the same questions."""

from datetime import date

import pytest

from claims.actions import rescore_claims
from claims.domain.dossier import score_dossier
from claims.domain.vocabulary import State
from claims.models import Claim, ClaimGap
from claims.selectors import claim_lists
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ORDERS, ClaimGaps, TooManyClaims
from tests.factories import NOW, ClaimFactory, EvidenceFactory, EvidenceLinkFactory, StatementFactory
from tests.syria import C, load_for_a_module

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


@pytest.fixture(scope="module", autouse=True)
def scored(loaded, django_db_blocker):
    with django_db_blocker.unblock():
        rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)


def both():
    """Today from the store, and today as if it were any other day."""
    claims = Claim.objects.published()
    return ClaimGaps(claims, AsOfDay(TODAY)), ClaimGaps(claims, AsOfDay(TODAY, asked=True))


def same(question):
    stored, computed = (question(gaps) for gaps in both())
    assert stored == computed
    return stored


def test_the_states_are_the_same_from_the_store_and_computed():
    states = same(lambda gaps: gaps.states(gaps.claims))
    assert sum(states.values()) == len(C)
    assert len(states) > 4


@pytest.mark.parametrize("state", State)
def test_the_claims_in_a_state_are_the_same(state):
    found = same(lambda gaps: set(gaps.with_states(gaps.claims, [state]).values_list("pk", flat=True)))
    assert found == set(ClaimGap.objects.filter(state=state).values_list("claim", flat=True))


@pytest.mark.parametrize(("low", "high"), [(0, 100), (50, 80), (20, 20), (60, 40)])
def test_the_claims_in_a_range_are_the_same_and_have_a_verdict(low, high):
    found = same(lambda gaps: set(gaps.within(gaps.claims, low, high)))
    inside = ClaimGap.objects.exclude(headline=None).filter(headline__gte=low, headline__lte=high)
    assert {claim.pk for claim in found} == set(inside.values_list("claim", flat=True))


def test_a_range_holds_its_own_ends():
    gap = ClaimGap.objects.exclude(headline=None).first()
    found = same(lambda gaps: set(gaps.within(gaps.claims, gap.headline, gap.headline)))
    assert gap.claim in found


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_is_the_same(order):
    assert len(same(lambda gaps: list(gaps.sorted(gaps.claims, order)))) == len(C)


@pytest.mark.parametrize("order", ["widest", "narrowest", "doubt", "moved"])
def test_what_has_no_number_comes_last(order):
    column = {"doubt": "doubt", "moved": "moved_on"}.get(order, "headline")
    gaps = ClaimGap.objects.in_bulk(list(both()[0].sorted(Claim.objects.published(), order)))
    keys = list(both()[0].sorted(Claim.objects.published(), order))
    numbers = [getattr(gaps[key], column) for key in keys]
    known = [number for number in numbers if number is not None]
    assert numbers == [*known, *[None] * (len(numbers) - len(known))]
    assert known == sorted(known, reverse=order != "narrowest")


def test_the_average_is_the_same_and_leaves_out_what_has_no_verdict():
    stored, computed = (gaps.average(gaps.claims) for gaps in both())
    assert (stored.counted, stored.left_out) == (computed.counted, computed.left_out)
    assert stored.mean == pytest.approx(computed.mean)
    numbers = [gap.headline or 0.0 for gap in ClaimGap.objects.all() if gap.term.sufficient]
    assert stored.counted == len(numbers) < len(C)
    assert stored.counted + stored.left_out + stored.uncheckable == len(C)
    assert stored.mean == pytest.approx(sum(numbers) / len(numbers))


def test_an_average_of_nothing_is_none():
    for gaps in both():
        thin = gaps.with_states(gaps.claims, ["insufficient", "no_evidence", "stale"])
        average = gaps.average(thin)
        assert (average.mean, average.counted) == (None, 0)
        assert average.left_out == thin.count() > 0


def test_the_rows_of_a_page_are_the_same_in_the_order_asked_for():
    keys = list(both()[0].sorted(Claim.objects.published(), "widest"))[:5]
    rows = []
    for gaps in both():
        list(gaps.sorted(gaps.claims, "widest"))
        rows.append(
            [(row.claim, row.gap, row.moved_from, row.moved_to, row.moved_on) for row in gaps.listed(keys)]
        )
    assert rows[0] == rows[1]
    assert [claim.pk for claim, *_ in rows[0]] == keys


def test_a_rows_figures_are_the_stored_ones():
    for row in both()[0].listed([claim.pk for claim in Claim.objects.all()]):
        assert (row.gap.gap, row.gap.headline) == (row.claim.gap.gap, row.claim.gap.headline)


def test_a_page_of_twenty_costs_as_many_queries_as_a_page_of_one(django_assert_num_queries):
    keys = list(Claim.objects.values_list("pk", flat=True))
    for n in (1, 20):
        gaps = both()[0]
        with django_assert_num_queries(3):
            assert all(
                row.claim.statement.speaker.name and row.claim.gap.state for row in gaps.listed(keys[:n])
            )


# Another day


def test_on_another_day_only_what_was_said_and_known_by_then_counts():
    day = date(2021, 10, 31)
    gaps = ClaimGaps(Claim.objects.published(), AsOfDay(day, asked=True))
    assert {claim.statement.said_on.last <= day for claim in gaps.claims} == {True}
    assert 0 < gaps.claims.count() < len(C)
    later = EvidenceLinkFactory(
        claim=gaps.claims.first(),
        evidence=EvidenceFactory(published=True, known="2021-11-01", event="2021-10-01"),
        stance=2,
    )
    again = ClaimGaps(Claim.objects.published(), AsOfDay(day, asked=True))
    assert {pk: gap.gap for pk, gap in gaps.computed(gaps.claims).items()} == {
        pk: gap.gap for pk, gap in again.computed(again.claims).items()
    }
    assert later.claim_id in again.computed(again.claims)


def test_before_anything_was_said_there_is_nothing():
    gaps = ClaimGaps(Claim.objects.published(), AsOfDay(date(2001, 1, 1), asked=True))
    assert gaps.states(gaps.claims) == {}
    assert (gaps.average(gaps.claims).counted, list(gaps.sorted(gaps.claims, "widest"))) == (0, [])


def test_words_of_a_month_count_from_its_end():
    claim = ClaimFactory(published=True, statement=StatementFactory(published=True, said_on="2020-02"))
    assert claim not in Claim.objects.known_by(date(2020, 2, 28))
    assert claim in Claim.objects.known_by(date(2020, 2, 29))


def test_too_many_claims_of_another_day_are_refused_or_left_out_but_never_guessed(monkeypatch):
    monkeypatch.setattr(claim_lists, "MOST", 5)
    stored, computed = both()
    with pytest.raises(TooManyClaims, match="Choose a speaker"):
        computed.within(computed.claims, 0, 100)
    assert computed.average(computed.claims) is None
    assert computed.states(computed.claims) == {}
    latest = list(stored.claims.order_by(*ORDERS["latest"]).values_list("pk", flat=True))
    assert list(computed.sorted(computed.claims, "widest")) == latest
    few = computed.claims.filter(pk__in=latest[:5])
    assert computed.average(few) == pytest.approx(stored.average(few))


# Drafts


@pytest.mark.parametrize(
    "hidden",
    [
        {"published": False},
        {"withdrawn": True},
        {"published": True, "statement__published": False},
        {"published": True, "statement__published": False, "statement__withdrawn": True},
    ],
    ids=["draft", "withdrawn", "draft statement", "withdrawn statement"],
)
def test_what_is_not_published_is_in_no_list_count_or_average(hidden):
    before = [(gaps.states(gaps.claims), gaps.average(gaps.claims).counted) for gaps in both()]
    claim = ClaimFactory(**hidden)
    for _ in range(3):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)
    assert claim.gap.headline is not None
    for gaps, seen in zip(both(), before, strict=True):
        assert (gaps.states(gaps.claims), gaps.average(gaps.claims).counted) == seen
        assert claim.pk not in list(gaps.sorted(gaps.claims, "widest"))


def test_draft_evidence_moves_no_list():
    before = [gaps.states(gaps.claims) for gaps in both()]
    for claim in Claim.objects.published():
        for variant in ({}, {"withdrawn": True}):
            EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(**variant), stance=2)
    rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)
    assert [gaps.states(gaps.claims) for gaps in both()] == before


# When it was said


def test_each_row_knows_the_gap_of_the_day_on_which_it_was_said():
    for gaps in both():
        rows = gaps.listed(list(gaps.sorted(gaps.claims, "widest")))
        for row in rows:
            said = row.claim.statement.said_on.last
            if not row.claim.statement.said_on.is_within_a_month:
                assert row.said is None
                continue
            assert row.said == score_dossier(row.dossier, said)
            assert row.said.as_of == said
            assert row.said.headline is None or row.said.state.sufficient
        assert {row.said.state for row in rows if row.said} > {State.NO_EVIDENCE}


def test_words_of_a_month_that_is_not_over_are_held_against_the_day_asked_for():
    claim = ClaimFactory(published=True, statement=StatementFactory(published=True, said_on="2026-11"))
    [row] = ClaimGaps(Claim.objects.filter(pk=claim.pk), AsOfDay(TODAY)).listed([claim.pk])
    assert row.said.as_of == TODAY
