"""Scoring again: whole batches, nothing twice, and every change of state counted."""

from datetime import date, timedelta

import pytest

from claims.actions import RescoringSummary, rescore_claims, rescoring
from claims.domain.dossier_inputs import links_from_parts
from claims.domain.gap import METHOD_VERSION
from claims.ledger.verification import LedgerChain, chain_faults
from claims.models import Claim, ClaimGap, Entry, MethodChange, Snapshot
from claims.selectors import gap_store
from claims.selectors.dossiers import score_claim
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def contradicted(**fields):
    """A published claim that two A1 reports contradict."""
    claim = ClaimFactory(published=True, **fields)
    for _ in range(2):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    return claim


def run(as_of=TODAY, **kwargs):
    return rescore_claims(Claim.objects.all(), as_of=as_of, now=NOW, **kwargs)


def changes(outcome):
    return [(claim, before, after) for claim, before, after in outcome.changed]


def test_the_first_scoring_says_what_every_claim_became():
    firm, bare = contradicted(), ClaimFactory()
    outcome = run()
    assert outcome.claims == 2
    assert changes(outcome) == [(firm, "", "mostly_contradicts"), (bare, "", "no_evidence")]


def test_the_second_scoring_changes_nothing():
    contradicted()
    run()
    before = list(ClaimGap.objects.values())
    assert run() == RescoringSummary(claims=1, changed=[])
    assert list(ClaimGap.objects.values()) == before
    assert Snapshot.objects.count() == 1


def test_a_figure_is_stored_to_the_last_bit():
    claim = contradicted(kind="condition")
    run()
    (ought,) = gap_store.compute_gaps([claim], [TODAY])
    assert gap_store.score_columns(ClaimGap.objects.get()) == gap_store.score_columns(ought)


def test_ageing_moves_a_claim_from_one_day_to_another():
    """Two reports of November 2021 carry a condition that year, and no longer say anything of 2026."""
    claim = contradicted(kind="condition")
    assert run(as_of=date(2021, 11, 2)).changed[0][2] == "mostly_contradicts"
    fresh = claim.gap.headline
    assert changes(run(as_of=date(2021, 12, 2))) == []
    claim.gap.refresh_from_db()
    assert claim.gap.headline < fresh
    assert changes(run()) == [(claim, "mostly_contradicts", "stale")]
    claim.gap.refresh_from_db()
    assert (claim.gap.as_of, claim.gap.headline, claim.gap.doubt) == (TODAY, None, None)


def test_what_does_not_age_is_the_same_on_every_later_day():
    claim = contradicted(kind="fact")
    run(as_of=date(2022, 1, 1))
    run(as_of=date(2026, 1, 1))
    first, last = (contents(claim, day) for day in (date(2022, 1, 1), date(2026, 1, 1)))
    assert first == last


def contents(claim, day):
    rescore_claims(Claim.objects.filter(pk=claim.pk), as_of=day, now=NOW)
    return {name: value for name, value in ClaimGap.objects.values().get().items() if name != "as_of"}


def test_the_stored_gap_remembers_its_last_movement():
    claim = ClaimFactory(published=True)
    for known in ("2021-11-02", "2022-03", "2022-05-05"):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True, known=known), stance=-2)
    run()
    assert claim.gap.moved_on == date(2022, 5, 5)
    assert (claim.gap.moved_from, claim.gap.moved_to) == (75.0, 80.0)


def test_only_the_claims_asked_for_are_scored():
    asked, other = contradicted(), contradicted()
    rescore_claims(Claim.objects.filter(pk=asked.pk), as_of=TODAY, now=NOW)
    assert list(ClaimGap.objects.values_list("claim", flat=True)) == [asked.pk]
    assert not Snapshot.objects.filter(claim=other).exists()


def test_nothing_is_scored_where_nothing_is():
    assert run() == RescoringSummary()


def test_batches_report_their_progress_and_count_together(monkeypatch):
    monkeypatch.setattr(gap_store, "BATCH", 2)
    for _ in range(5):
        ClaimFactory()
    done = []
    assert run(progress=done.append).claims == 5
    assert done == [2, 4, 5]
    assert ClaimGap.objects.count() == 5


def test_a_batch_is_stored_whole_or_not_at_all_and_the_rest_can_be_run_again(monkeypatch):
    monkeypatch.setattr(gap_store, "BATCH", 2)
    claims = [contradicted() for _ in range(4)]
    taking, taken = rescoring._store_snapshots, []

    def power_cut(*args):
        taken.append(args)
        if len(taken) == 2:
            raise KeyboardInterrupt
        taking(*args)

    monkeypatch.setattr(rescoring, "_store_snapshots", power_cut)
    with pytest.raises(KeyboardInterrupt):
        run()
    first = {claim.pk for claim in claims[:2]}
    assert set(ClaimGap.objects.values_list("claim", flat=True)) == first
    assert set(Snapshot.objects.values_list("claim", flat=True)) == first
    assert len(run().changed) == 2
    assert ClaimGap.objects.count() == Snapshot.objects.count() == 4


def test_the_cost_of_a_batch_does_not_grow_with_its_claims(django_assert_max_num_queries):
    for _ in range(6):
        contradicted()
    with django_assert_max_num_queries(24):  # the ledger's entries of a batch of snapshots among them
        run()


# Snapshots: what the site said, kept where it differs from what it said before


def said(claim):
    return list(claim.snapshots.values_list("number", "state", "gap"))


def test_a_snapshot_is_taken_when_what_is_said_changes():
    claim = contradicted()
    run()
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    run()
    assert said(claim) == [(1, "mostly_contradicts", 75.0), (2, "conflicting", 60.0)]
    assert claim.snapshots.last().taken_at == NOW


def test_a_snapshot_is_taken_when_the_same_gap_rests_on_other_evidence():
    claim = contradicted()
    run()
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=0)
    run()
    (first, second) = claim.snapshots.all()
    assert first.gap == second.gap
    assert first.digest != second.digest


def test_ageing_by_less_than_a_reader_sees_is_no_news():
    claim = contradicted(kind="priority")
    run(as_of=date(2021, 12, 1))
    run(as_of=date(2021, 12, 2))
    assert len(said(claim)) == 1
    run(as_of=date(2022, 1, 15))
    assert len(said(claim)) == 2


def test_the_digest_does_not_depend_on_the_day_nor_on_any_order():
    """The same grades given again in another order are the same evidence."""
    claim = contradicted(kind="fact")
    link = claim.links.first()
    raters = [UserFactory(editor=True) for _ in range(2)]
    for stances in ((-1, -2), (-2, -1)):
        link.ratings.all().delete()
        for rater, stance in zip(raters, stances, strict=True):
            RatingFactory(link=link, rater=rater, stance=stance)
        run()
    run(as_of=TODAY + timedelta(days=9))
    assert len(said(claim)) == 1


def test_the_digest_does_not_depend_on_which_link_was_entered_first():
    claim = contradicted(kind="fact")
    run()
    first = claim.links.first()
    first.ratings.all().delete()
    first.delete()
    EvidenceLinkFactory(claim=claim, evidence=first.evidence, stance=-2)
    run()
    assert len(said(claim)) == 1


def test_nothing_is_kept_of_what_nobody_could_see():
    draft = ClaimFactory()
    of_a_draft = ClaimFactory(published=True, statement=draft.statement)
    EvidenceLinkFactory(claim=of_a_draft, evidence=EvidenceFactory(published=True), stance=-2)
    run()
    assert not Snapshot.objects.exists()
    claim = contradicted()
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(summary="A secret draft"), stance=2)
    run()
    assert "a-secret-draft" not in str(claim.snapshots.get().inputs)


def test_each_snapshot_is_told_to_the_ledger_and_signed_by_the_software():
    claim = contradicted()
    run()
    entry = Entry.objects.get(kind="snapshot")
    assert (entry.act, entry.subject, entry.account) == ("score", f"{claim.slug}@1", None)
    assert entry.told["record"]["gap"] == claim.gap.gap
    run()
    assert Entry.objects.count() == 1


def test_the_first_score_by_another_method_enters_the_change_before_it(monkeypatch):
    claim = contradicted()
    with monkeypatch.context() as earlier:
        earlier.setattr(rescoring, "METHOD_VERSION", "gap-test/0")
        earlier.setattr(gap_store, "METHOD_VERSION", "gap-test/0")
        run()
    run()
    kinds = list(Entry.objects.order_by("number").values_list("kind", "subject"))
    assert kinds == [
        ("snapshot", f"{claim.slug}@1"), ("method", METHOD_VERSION), ("snapshot", f"{claim.slug}@2"),
    ]  # fmt: skip
    assert MethodChange.objects.get().replaces == "gap-test/0"
    run()
    assert Entry.objects.count() == 3
    assert not list(chain_faults(LedgerChain()))


def test_a_site_that_was_never_scored_otherwise_has_no_change_of_method():
    contradicted()
    run()
    assert not MethodChange.objects.exists()


def test_each_version_keeps_its_links_parts_as_they_were_published():
    claim = contradicted()
    run()
    snapshot = claim.snapshots.get()
    parts = links_from_parts(snapshot.parts, snapshot.inputs)
    assert parts == score_claim(claim, snapshot.as_of).links


def test_a_lone_verdict_is_scored_by_nobody():
    claim = ClaimFactory(published=True)
    RatingFactory(link__claim=claim, link__evidence=EvidenceFactory(published=True), stance=-2)
    run()
    assert said(claim) == [(1, "no_evidence", None)]


def test_a_claim_without_evidence_is_kept_as_such():
    claim = ClaimFactory(published=True)
    run()
    assert said(claim) == [(1, "no_evidence", None)]
