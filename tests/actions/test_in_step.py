"""The stored gap is the pure function of published evidence, after any sequence of changes from the desk."""

import json
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.actions import Refused, delete, publish, rate, rescore, save, scored_once, unrate, withdraw
from claims.domain.dossier import score_dossier
from claims.ingest.dossier_json import read_dossiers
from claims.models import Claim, ClaimGap, Evidence, EvidenceLink, Origin, Rating, Source, Statement
from claims.selectors.stored import out_of_step
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RatingFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KINDS = ["priority", "condition", "fact", "denial", "prediction"]
DATES = ["2021", "2021-07", "2021-11-02", "2026-05", "2026-10-01", "2027-01-01"]


class Desk:
    """A small desk at work: each method is one thing that people do, chosen by three numbers."""

    def __init__(self):
        claims = [ClaimFactory(published=True, kind=kind) for kind in KINDS[:3]]
        sources = [SourceFactory(reliability="B") for _ in range(2)]
        origins = [OriginFactory() for _ in range(2)]
        for i in range(4):
            evidence = EvidenceFactory(
                published=i != 3, source=sources[i % 2], origin=origins[0] if i < 2 else None
            )
            for claim in claims[: 1 + i % 3]:
                EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2 if i % 2 else 2)
        self.people = [UserFactory(publisher=True) for _ in range(3)]
        self.now = NOW
        rescore(Claim.objects.all(), as_of=NOW.date(), now=NOW)

    def one(self, model, n):
        rows = list(model.objects.order_by("-pk"))  # the latest first: those that evidence came from
        return rows[n % len(rows)] if rows else model()

    def save(self, record, **changes):
        for name, value in changes.items():
            setattr(record, name, value)
        save(record, by=self.people[0], now=self.now)

    def regrade_a_source(self, i, j, k):
        self.save(self.one(Source, i), reliability="ABCDEF"[j % 6])

    def regrade_a_report(self, i, j, k):
        self.save(self.one(Evidence, i), credibility=1 + j % 6)

    def redate_a_report(self, i, j, k):
        self.save(self.one(Evidence, i), event=[None, *DATES][j % 7], known=DATES[k % 6])

    def move_a_report_to_another_source(self, i, j, k):
        self.save(self.one(Evidence, i), source=self.one(Source, j))

    def merge_origins(self, i, j, k):
        self.save(self.one(Evidence, i), origin=self.one(Origin, j) if k % 3 else None)

    def dissolve_an_origin(self, i, j, k):
        origin = self.one(Origin, i)
        with scored_once(now=self.now):
            for evidence in Evidence.objects.filter(origin=origin):
                self.save(evidence, origin=None)
            delete(origin, now=self.now)
        OriginFactory()

    def rewrite_a_claim(self, i, j, k):
        self.save(self.one(Claim, i), kind=KINDS[j % 5], valid_until=[None, *DATES][k % 7])

    def tie(self, i, j, k):
        claim, evidence = self.one(Claim, i), self.one(Evidence, j)
        if not EvidenceLink.objects.filter(claim=claim, evidence=evidence).exists():
            link = EvidenceLink(claim=claim, evidence=evidence)
            with scored_once(now=self.now):
                self.save(link)
                rate(link, by=self.people[k % 3], stance=k % 5 - 2, now=self.now)

    def move_a_link(self, i, j, k):
        link, claim = self.one(EvidenceLink, i), self.one(Claim, j)
        if not EvidenceLink.objects.filter(claim=claim, evidence=link.evidence).exists():
            self.save(link, claim=claim)

    def change_how_a_link_bears(self, i, j, k):
        self.save(self.one(EvidenceLink, i), directness=["direct", "indirect", "contextual"][j % 3])

    def untie(self, i, j, k):
        delete(self.one(EvidenceLink, i), now=self.now)

    def rate(self, i, j, k):
        rate(self.one(EvidenceLink, i), by=self.people[j % 3], stance=k % 5 - 2, now=self.now)

    def unrate(self, i, j, k):
        rating = self.one(Rating, i)
        unrate(rating.link, by=rating.rater, now=self.now)

    def delete_a_rating(self, i, j, k):
        delete(self.one(Rating, i), now=self.now)

    def publish(self, i, j, k):
        publish(self.one([Evidence, Claim, Statement][j % 3], i), by=self.people[0], now=self.now)

    def withdraw(self, i, j, k):
        withdraw(
            self.one([Evidence, Evidence, Claim, Statement][j % 4], i),
            by=self.people[0],
            reason="?",
            now=self.now,
        )

    def enter_a_claim(self, i, j, k):
        self.save(ClaimFactory.build(statement=self.one(Statement, i), kind=KINDS[j % 5]))

    def import_many(self, i, j, k):
        """Past every action and signal, then scored, as an import ends."""
        links = [
            EvidenceLink(claim=claim, evidence=EvidenceFactory(published=True))
            for claim in Claim.objects.all()
        ]
        EvidenceLink.objects.bulk_create(links)
        Rating.objects.bulk_create(
            Rating(link=link, rater=self.people[j % 3], stance=k % 5 - 2) for link in links
        )
        Claim.objects.filter(pk=self.one(Claim, i).pk).update(kind=KINDS[j % 5])
        rescore(Claim.objects.all(), as_of=self.now.date(), now=self.now)

    def sleep(self, i, j, k):
        self.now += timedelta(days=1 + i)


THINGS_TO_DO = sorted(
    name for name, value in vars(Desk).items() if callable(value) and name not in ("__init__", "one", "save")
)
number = st.integers(0, 60)
days_at_work = st.lists(
    st.tuples(st.sampled_from(THINGS_TO_DO), number, number, number), min_size=4, max_size=14
)


@contextmanager
def undone(desk):
    """Whatever happens to the desk, the next one finds it as it was."""
    with transaction.atomic():
        desk.now = NOW
        yield
        transaction.set_rollback(True)


def do(desk, thing, *numbers):
    with suppress(Refused), transaction.atomic():
        getattr(desk, thing)(*numbers)
    assert not list(out_of_step(Claim.objects.all())), thing


def test_each_single_change_leaves_the_stored_gap_in_step():
    desk = Desk()
    for thing in THINGS_TO_DO:
        with undone(desk):
            for numbers in [(0, 0, 0), (1, 2, 3), (2, 4, 1)]:
                do(desk, thing, *numbers)


def test_the_stored_gap_is_in_step_after_any_sequence_of_changes():
    desk = Desk()

    @settings(max_examples=12, deadline=None)
    @given(days_at_work)
    def works(day):
        with undone(desk):
            for thing, *numbers in day:
                do(desk, thing, *numbers)
            assert_the_last_snapshot_recomputes()

    works()


def assert_the_last_snapshot_recomputes():
    for claim in Claim.objects.published():
        snapshot = claim.snapshots.last()
        (case,) = read_dossiers(json.dumps([snapshot.inputs]).encode())
        gap = score_dossier(case.dossier, case.as_of)
        assert (gap.gap, gap.low, gap.high, gap.state) == (
            snapshot.gap,
            snapshot.low,
            snapshot.high,
            snapshot.state,
        )


# What out_of_step itself is worth


def test_a_claim_that_was_never_scored_is_out_of_step():
    claim = ClaimFactory()
    assert list(out_of_step(Claim.objects.all())) == [(claim, "never scored")]


@pytest.mark.parametrize(
    "column",
    ["gap", "low", "high", "contradicting", "supporting", "origins", "headline", "doubt", "moved_to"],
)
def test_a_figure_that_somebody_changed_by_hand_is_out_of_step(column):
    claim = ClaimFactory(published=True)
    for _ in range(2):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    rescore(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    together = {"gap": 76.0, "headline": 76.0}  # the database refuses one without the other
    ClaimGap.objects.update(**together if column in together else {column: 99 if column == "high" else 1})
    ((found, why),) = out_of_step(Claim.objects.all())
    assert found == claim
    assert f"{column} should be " in why


def test_a_change_past_the_actions_is_out_of_step_until_the_next_scoring():
    rating = RatingFactory(link=EvidenceLinkFactory(published=True))
    rescore(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    Rating.objects.filter(pk=rating.pk).update(stance=2)
    assert [claim for claim, _ in out_of_step(Claim.objects.all())] == [rating.link.claim]
    rescore(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    assert not list(out_of_step(Claim.objects.all()))
