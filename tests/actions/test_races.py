"""Two at once, on PostgreSQL: each race is held open where it once was lost. SQLite has one writer and none of this."""

import threading
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    delete,
    editing,
    grade_links,
    pending_proposal,
    proposal_decisions,
    publish_record,
    publishing,
    rescore_claims,
    rescoring,
    save,
    submit_for_review,
    withdraw_record,
)
from claims.domain.vocabulary import CorrectionKind
from claims.ledger.verification import ledger_faults
from claims.models import Claim, Entry, EvidenceLink, Proposal, Rating, Snapshot, Topic
from tests.actions.desk import contradicted, known, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer"),
]

WRONG = CorrectionNotice(CorrectionKind.CORRECTION, "It was wrong.")
LONG, SHORT = 10, 0.3  # seconds: more than any wait takes, and enough for the other to get ahead if it can


class Others:
    """People at work in threads of their own; what went wrong with each is kept."""

    def __init__(self):
        self.threads, self.failures = [], []

    def start(self, work, *args, **kwargs):
        thread = threading.Thread(target=self._run, args=(work, args, kwargs), daemon=True)
        self.threads.append(thread)
        thread.start()

    def _run(self, work, args, kwargs):
        try:
            work(*args, **kwargs)
        except Exception as error:  # the test judges it
            self.failures.append(error)
        finally:
            connection.close()

    def finish(self):
        for thread in self.threads:
            thread.join(LONG)
            assert not thread.is_alive(), "still waiting"
        return self.failures


@pytest.fixture
def others():
    return Others()


@contextmanager
def held(monkeypatch, module, name):
    """Holds the first who calls the function for a while; yields once they stand there."""
    function, there, first = getattr(module, name), threading.Event(), threading.Lock()

    def hold(*args, **kwargs):
        if first.acquire(blocking=False):
            there.set()
            threading.Event().wait(SHORT)
        return function(*args, **kwargs)

    monkeypatch.setattr(module, name, hold)
    yield lambda: there.wait(LONG)


@pytest.fixture
def editor():
    return UserFactory(editor=True)


@pytest.fixture
def scored():
    """A published claim with one report, in step."""
    return known(EvidenceLinkFactory(published=True, stance=-2))


def in_step():
    """Each stored gap what the evidence comes to, and one chain that tells of all that readers see."""
    return not list(ledger_faults())


def test_a_source_is_regraded_while_a_link_to_its_report_is_added(others, editor, scored, monkeypatch):
    """Write skew: one does not see the other's link, the other does not see the one's grade."""
    source = SourceFactory(reliability="A")
    report = known(EvidenceFactory(source=source))
    source.reliability = "D"
    with held(monkeypatch, editing, "rescore_claim_keys") as standing:
        others.start(save, source, by=editor, now=NOW)
        assert standing()
        link = EvidenceLink(claim=scored.claim, evidence=report)
        save(link, by=editor, now=NOW)
        grade_links({link: -2}, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_regraded_report_is_let_through_while_another_editor_grades_its_link(
    others, editor, scored, monkeypatch
):
    scored.evidence.credibility = 4
    save(scored.evidence, by=editor, now=NOW, reason="It contradicts itself.")
    with held(monkeypatch, proposal_decisions, "rescore_claim_keys") as standing:
        proposal, publisher = pending_proposal(scored.evidence), UserFactory(publisher=True)
        others.start(accept_proposal, proposal, by=publisher, now=NOW, notice=WRONG)
        assert standing()
        grade_links({scored: 2}, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_two_publishers_decide_on_one_proposal(others, editor, scored):
    scored.claim.criterion = "Other."
    save(scored.claim, by=editor, now=NOW, reason="Clearer.")
    for _ in range(3):
        others.start(accept_proposal, Proposal.objects.get(), by=UserFactory(publisher=True), now=NOW)
    assert [type(failure) for failure in others.finish()] == [RuleViolation] * 2
    assert Entry.objects.filter(act="revise").count() == 1
    assert in_step()


def propose_at_once(others, editors):
    for n, editor in enumerate(editors):
        copy = Claim.objects.get()
        copy.criterion = f"Other {n}."
        others.start(save, copy, by=editor, now=NOW, reason="Clearer.")
    return others.finish()


def test_editors_who_propose_at_once_have_a_proposal_each(others, scored):
    editors = UserFactory.create_batch(3, editor=True)
    assert propose_at_once(others, editors) == []
    assert {proposal.proposed_by for proposal in Proposal.objects.all()} == set(editors)


def test_an_editor_who_proposes_three_times_at_once_has_one_proposal(others, scored):
    assert propose_at_once(others, [UserFactory(editor=True)] * 3) == []
    assert Proposal.objects.count() == 1


def test_a_link_of_drafts_is_moved_by_two_to_different_claims(others, editor, monkeypatch):
    """Whoever is second takes it from where the first has put it, and that claim is scored as well."""
    known(EvidenceLinkFactory(stance=-2))
    one, two = (EvidenceLink.objects.get() for _ in range(2))
    one.claim, two.claim = known(ClaimFactory()), known(ClaimFactory())
    with held(monkeypatch, editing, "rescore_claim_keys") as standing:
        others.start(save, one, by=editor, now=NOW)
        assert standing()
        save(two, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_claim_changes_its_kind_while_the_nightly_scoring_waits(others, editor, monkeypatch):
    """What was read before the wait is stale after it."""
    claim = known(EvidenceLinkFactory(evidence=EvidenceFactory(published=True), stance=-2)).claim
    claim.kind = "condition"
    with held(monkeypatch, rescoring, "_store_gaps") as standing:
        others.start(rescore_claims, Claim.objects.all(), as_of=NOW.date(), now=NOW)
        assert standing()
        save(claim, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_claim_is_deleted_while_the_nightly_scoring_waits(others, editor, scored, monkeypatch):
    draft = known(ClaimFactory())
    with held(monkeypatch, rescoring, "_store_gaps") as standing:
        others.start(rescore_claims, Claim.objects.all(), as_of=NOW.date(), now=NOW)
        assert standing()
        delete(draft, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_claim_is_withdrawn_while_the_nightly_scoring_takes_its_snapshot(others, monkeypatch):
    """No deadlock: a snapshot refers to the claim's row, which a decision locks."""
    claim = contradicted(kind="condition")
    fresh = date(2021, 12, 31)  # its reports had not aged, so that the score of this day is news
    with held(monkeypatch, rescoring, "_store_snapshots") as standing:
        others.start(rescore_claims, Claim.objects.all(), as_of=fresh, now=NOW)
        assert standing()
        withdraw_record(claim, by=UserFactory(publisher=True), reason="Wrong.", now=NOW)
    assert others.finish() == []
    assert Claim.objects.get().status == "withdrawn"
    assert Snapshot.objects.count() == 2
    assert in_step()


@pytest.mark.parametrize("factory", [ClaimFactory, EvidenceFactory])
def test_of_two_who_decide_at_once_exactly_one_does(factory, others, monkeypatch):
    record = ready(factory, published=True)
    people = [UserFactory(publisher=True) for _ in range(4)]
    for person in people:
        others.start(withdraw_record, stored(record), by=person, reason=f"So says {person}.", now=NOW)
    failures = others.finish()
    assert [type(failure) for failure in failures] == [RuleViolation] * 3
    record.refresh_from_db()
    assert record.withdrawal_reason == f"So says {record.withdrawn_by}."
    assert in_step()


def test_a_record_is_published_while_another_deletes_it(others, editor, monkeypatch):
    report = ready(EvidenceFactory, in_review=True)
    draft, copy = stored(report), stored(report)
    with held(monkeypatch, publishing, "rescore_affected_claims") as standing:
        others.start(publish_record, draft, by=UserFactory(publisher=True), now=NOW, reason="Checked.")
        assert standing()
        with pytest.raises(RuleViolation):
            delete(copy, by=editor, now=NOW)
    assert others.finish() == []
    assert stored(report).is_published


def test_an_editor_saves_while_another_publishes(others, editor, monkeypatch):
    """What a second person has not seen does not reach readers with what they saw: it waits as a proposal."""
    report = ready(EvidenceFactory, in_review=True)
    draft, copy = stored(report), stored(report)
    with held(monkeypatch, publishing, "rescore_affected_claims") as standing:
        others.start(publish_record, draft, by=UserFactory(publisher=True), now=NOW, reason="Checked.")
        assert standing()
        copy.detail = "More of it."
        save(copy, by=editor, now=NOW, reason="There is more.")
    assert others.finish() == []
    assert (stored(report).is_published, stored(report).detail) == (True, "")
    assert pending_proposal(report).revisions.get().changes == {"detail": "More of it."}


def test_a_draft_is_sent_to_review_while_another_writes_on_it(others, editor, monkeypatch):
    report = ready(EvidenceFactory)
    draft, copy = stored(report), stored(report)
    copy.detail = "More of it."
    with held(monkeypatch, editing, "rescore_claim_keys") as standing:
        others.start(save, copy, by=editor, now=NOW)
        assert standing()
        submit_for_review(draft, by=UserFactory(editor=True), now=NOW)
    assert others.finish() == []
    assert (stored(report).status, stored(report).detail) == ("in_review", "More of it.")


def test_many_grade_one_claim_at_once_and_no_grade_is_lost(others, scored):
    more = EvidenceLinkFactory(claim=scored.claim, evidence=EvidenceFactory(published=True))
    links = [scored, known(more)]
    for n in range(6):
        person = UserFactory(editor=True)
        for link in links if n % 2 else links[::-1]:
            others.start(grade_links, {link: n % 5 - 2}, by=person, now=NOW)
    assert others.finish() == []
    assert Rating.objects.count() == 2 + 12
    assert in_step()
    numbers = list(Snapshot.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_one_editor_in_two_windows_leaves_one_grade(others, editor, scored):
    for stance in (-1, 2, -1, 2):
        others.start(grade_links, {scored: stance}, by=editor, now=NOW, reason="?", notice=WRONG)
    assert others.finish() == []
    assert scored.ratings.filter(rater=editor).count() == 1
    assert in_step()


def test_two_records_of_one_title_entered_at_once_get_two_addresses(others, editor):
    for _ in range(4):
        others.start(save, Topic(name="Human rights"), by=editor, now=NOW)
    assert others.finish() == []
    assert len(set(Topic.objects.values_list("slug", flat=True))) == 4
