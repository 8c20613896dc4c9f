"""Whatever the desk did: the stored gap is what the evidence comes to, and the ledger tells what readers see."""

import json
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    batch_rescoring,
    decline_proposal,
    delete,
    grade_links,
    last_undoable_step,
    publish_record,
    record_outside_changes,
    reopen_record,
    rescore_claims,
    save,
    submit_for_review,
    undo_step,
    withdraw_record,
)
from claims.domain.dossier import score_dossier
from claims.domain.vocabulary import CorrectionKind
from claims.ingest.dossier_json import read_dossiers
from claims.ledger.verification import ledger_faults
from claims.models import Claim, ClaimGap, Evidence, EvidenceLink, Origin, Proposal, Rating, Source, Statement
from claims.models.kept_rows import kept_row_faults
from claims.selectors.gap_store import stale_gaps
from tests.actions.desk import known, noted
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KINDS = ["priority", "condition", "fact", "denial", "prediction"]
WRONG = CorrectionNotice(CorrectionKind.CORRECTION, "It was wrong.")
DATES = ["2021", "2021-07", "2021-11-02", "2026-05", "2026-10-01", "2027-01-01"]


class Desk:
    """A small desk at work: each method is one thing that people do, chosen by three numbers."""

    def __init__(self):
        claims = [ClaimFactory(published=True, kind=kind) for kind in KINDS[:3]]
        sources = [SourceFactory(reliability="B") for _ in range(2)]
        origins = [OriginFactory() for _ in range(2)]
        for claim in claims:
            noted(claim)
        for i in range(4):
            origin = origins[0] if i < 2 else None
            evidence = EvidenceFactory(published=i != 3, source=sources[i % 2], origin=origin)
            for claim in claims[: 1 + i % 3]:
                EvidenceLinkFactory(claim=claim, evidence=evidence, stance=-2 if i % 2 else 2)
        self.people = [UserFactory(publisher=True) for _ in range(3)]
        self.now = NOW
        known(claims)

    def one(self, model, n):
        rows = list(model.objects.order_by("-pk"))  # the latest first: those that evidence came from
        if not rows:
            raise RuleViolation(f"There is no {model._meta.verbose_name}.")
        return rows[n % len(rows)]

    def save(self, record, **changes):
        for name, value in changes.items():
            setattr(record, name, value)
        save(record, by=self.people[0], now=self.now, reason="?", notice=WRONG)

    def decide(self, i, j, k):
        """A second person accepts what was proposed, or sends it back."""
        decision = decline_proposal if k % 4 == 0 else accept_proposal
        decision(self.one(Proposal, i), by=self.people[1], now=self.now, reason="?")

    def undo(self, i, j, k):
        person = self.people[j % 3]
        if step := last_undoable_step(person):
            undo_step(step, by=person, now=self.now)

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
        with batch_rescoring(now=self.now):
            for evidence in Evidence.objects.filter(origin=origin):
                self.save(evidence, origin=None)
            delete(origin, by=self.people[0], now=self.now)
        OriginFactory()

    def rewrite_a_claim(self, i, j, k):
        self.save(self.one(Claim, i), kind=KINDS[j % 5], valid_until=[None, *DATES][k % 7])

    def tie(self, i, j, k):
        claim, evidence = self.one(Claim, i), self.one(Evidence, j)
        if not EvidenceLink.objects.filter(claim=claim, evidence=evidence).exists():
            link = EvidenceLink(claim=claim, evidence=evidence)
            with batch_rescoring(now=self.now):
                self.save(link)
                self.grade_by(link, k % 3, k % 5 - 2)

    def move_a_link(self, i, j, k):
        link, claim = self.one(EvidenceLink, i), self.one(Claim, j)
        if not EvidenceLink.objects.filter(claim=claim, evidence=link.evidence).exists():
            self.save(link, claim=claim)

    def change_how_a_link_bears(self, i, j, k):
        self.save(self.one(EvidenceLink, i), directness=["direct", "indirect", "contextual"][j % 3])

    def untie(self, i, j, k):
        delete(self.one(EvidenceLink, i), by=self.people[0], now=self.now)

    def grade_by(self, link, who, stance):
        person = self.people[who]
        grade_links({link: stance}, by=person, now=self.now, reason="?", notice=WRONG)

    def grade_a_link(self, i, j, k):
        self.grade_by(self.one(EvidenceLink, i), j % 3, k % 5 - 2)

    def take_a_grade_back(self, i, j, k):
        self.grade_by(self.one(EvidenceLink, i), j % 3, None)

    def send_to_review(self, i, j, k):
        submit_for_review(self.one([Evidence, Claim, Statement][j % 3], i), by=self.people[0], now=self.now)

    def publish(self, i, j, k):
        record = self.one([Evidence, Claim, Statement][j % 3], i)
        publish_record(record, by=self.people[1], now=self.now, reason="?")

    def withdraw(self, i, j, k):
        record = self.one([Evidence, Evidence, Claim, Statement][j % 4], i)
        withdraw_record(record, by=self.people[0], reason="?", now=self.now, notice=WRONG)

    def take_up_again(self, i, j, k):
        record = self.one([Evidence, Claim, Statement][j % 3], i)
        reopen_record(record, by=self.people[0], reason="?", now=self.now)

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
            Rating(link=link, rater=person, stance=k % 5 - 2, first_stance=k % 5 - 2)
            for link in links
            for person in self.people[:2]
        )
        Claim.objects.filter(pk=self.one(Claim, i).pk).update(kind=KINDS[j % 5])
        rescore_claims(Claim.objects.all(), as_of=self.now.date(), now=self.now)
        record_outside_changes(now=self.now, reason="Imported.")

    def sleep(self, i, j, k):
        self.now += timedelta(days=1 + i)


THINGS_TO_DO = sorted(
    name
    for name, value in vars(Desk).items()
    if callable(value) and name not in ("__init__", "one", "save", "grade_by")
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
    """Whether it could be done; if not, nothing has happened."""
    done = False
    with suppress(RuleViolation), transaction.atomic():
        getattr(desk, thing)(*numbers)
        done = True
    assert not list(ledger_faults()), thing  # each stored gap among them
    assert not list(kept_row_faults()), thing
    return done


AFTER = {
    "decide": ("regrade_a_source", 1, 0, 0),
    "publish": ("send_to_review", 0, 0, 0),
    "undo": ("send_to_review", 0, 0, 0),
    "take_up_again": ("withdraw", 1, 3, 0),
    "untie": ("tie", 1, 0, 0),  # one that nobody else has graded
}


def test_each_single_change_can_be_done_and_leaves_all_in_step():
    desk = Desk()
    for thing in THINGS_TO_DO:
        with undone(desk):
            if thing in AFTER:
                assert do(desk, *AFTER[thing]), thing
            tried = [do(desk, thing, *numbers) for numbers in [(0, 0, 0), (1, 2, 3), (2, 4, 1)]]
            assert any(tried), thing


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
    assert list(stale_gaps(Claim.objects.all())) == [(claim, "never scored")]


@pytest.mark.parametrize(
    "column",
    ["gap", "low", "high", "contradicting", "supporting", "events_against", "headline", "doubt", "moved_to"],
)
def test_a_figure_that_somebody_changed_by_hand_is_out_of_step(column):
    claim = ClaimFactory(published=True)
    for _ in range(2):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    together = {"gap": 76.0, "headline": 76.0}  # the database refuses one without the other
    ClaimGap.objects.update(**together if column in together else {column: 99 if column == "high" else 1})
    ((found, why),) = stale_gaps(Claim.objects.all())
    assert found == claim
    assert f"{column} should be " in why


def test_a_change_past_the_actions_is_out_of_step_until_the_next_scoring():
    rating = EvidenceLinkFactory(published=True, stance=-2).ratings.first()
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    Rating.objects.filter(pk=rating.pk).update(stance=2)
    assert [claim for claim, _ in stale_gaps(Claim.objects.all())] == [rating.link.claim]
    rescore_claims(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    assert not list(stale_gaps(Claim.objects.all()))
