"""Two at once, on PostgreSQL: each race is held open where it once was lost. SQLite has one writer and none of this."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from claims.actions import Refused, delete, editing, publish, rate, rescore, rescoring, save, withdraw
from claims.models import Claim, EvidenceLink, Rating, Snapshot, Topic
from claims.selectors.stored import out_of_step
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
    link = EvidenceLinkFactory(published=True, stance=-2)
    rescore(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    return link


def in_step():
    return not list(out_of_step(Claim.objects.all()))


def test_a_source_is_regraded_while_a_link_to_its_report_is_added(others, editor, scored, monkeypatch):
    """Write skew: one does not see the other's link, the other does not see the one's grade."""
    source = SourceFactory(reliability="A")
    report = EvidenceFactory(published=True, source=source)
    source.reliability = "D"
    with held(monkeypatch, editing, "_rescore") as standing:
        others.start(save, source, by=editor, now=NOW)
        assert standing()
        link = EvidenceLink(claim=scored.claim, evidence=report)
        save(link, by=editor, now=NOW)
        rate(link, by=editor, stance=-2, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_report_is_regraded_while_another_editor_grades_its_link(others, editor, scored, monkeypatch):
    scored.evidence.credibility = 4
    with held(monkeypatch, editing, "_rescore") as standing:
        others.start(save, scored.evidence, by=editor, now=NOW)
        assert standing()
        rate(scored, by=editor, stance=2, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_link_is_moved_by_two_to_different_claims(others, editor, scored, monkeypatch):
    """Whoever is second takes it from where the first has put it, and that claim is scored as well."""
    one, two = (EvidenceLink.objects.get() for _ in range(2))
    one.claim, two.claim = ClaimFactory(published=True), ClaimFactory(published=True)
    rescore(Claim.objects.all(), as_of=NOW.date(), now=NOW)
    with held(monkeypatch, editing, "_rescore") as standing:
        others.start(save, one, by=editor, now=NOW)
        assert standing()
        save(two, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_claim_changes_its_kind_while_the_nightly_scoring_waits(others, editor, scored, monkeypatch):
    """What was read before the wait is stale after it."""
    scored.claim.kind = "condition"
    with held(monkeypatch, rescoring, "_store") as standing:
        others.start(rescore, Claim.objects.all(), as_of=NOW.date(), now=NOW)
        assert standing()
        save(scored.claim, by=editor, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_claim_is_deleted_while_the_nightly_scoring_waits(others, scored, monkeypatch):
    draft = ClaimFactory()
    with held(monkeypatch, rescoring, "_store") as standing:
        others.start(rescore, Claim.objects.all(), as_of=NOW.date(), now=NOW)
        assert standing()
        delete(draft, now=NOW)
    assert others.finish() == []
    assert in_step()


def test_a_claim_is_withdrawn_while_the_nightly_scoring_takes_its_snapshot(others, scored, monkeypatch):
    """No deadlock: a snapshot refers to the claim's row, which a decision locks."""
    Rating.objects.update(stance=1)
    with held(monkeypatch, rescoring, "_take_snapshots") as standing:
        others.start(rescore, Claim.objects.all(), as_of=NOW.date(), now=NOW)
        assert standing()
        withdraw(scored.claim, by=UserFactory(publisher=True), reason="Wrong.", now=NOW)
    assert others.finish() == []
    assert Claim.objects.get().status == "withdrawn"
    assert in_step()


@pytest.mark.parametrize("factory", [ClaimFactory, EvidenceFactory])
def test_of_two_who_decide_at_once_exactly_one_does(factory, others, monkeypatch):
    record = factory(published=True)
    people = [UserFactory(publisher=True) for _ in range(4)]
    for person in people:
        copy = type(record).objects.get()
        others.start(withdraw, copy, by=person, reason=f"So says {person}.", now=NOW)
    failures = others.finish()
    assert [type(failure) for failure in failures] == [Refused] * 3
    record.refresh_from_db()
    assert record.withdrawal_reason == f"So says {record.withdrawn_by}."


def test_a_record_is_published_while_another_deletes_it(others, monkeypatch):
    draft, copy = (evidence := EvidenceFactory()), type(evidence).objects.get()
    with held(monkeypatch, editing, "rescore_after"), held(monkeypatch, editing, "_rescore") as standing:
        others.start(publish, draft, by=UserFactory(publisher=True), now=NOW)
        assert standing()
        with pytest.raises(Refused):
            delete(copy, now=NOW)
    assert others.finish() == []
    assert type(evidence).objects.get().is_published


def test_an_editor_saves_while_another_publishes(others, editor, monkeypatch):
    draft, copy = (evidence := EvidenceFactory()), type(evidence).objects.get()
    with held(monkeypatch, editing, "_rescore") as standing:
        others.start(publish, draft, by=UserFactory(publisher=True), now=NOW)
        assert standing()
        copy.detail = "More of it."
        save(copy, by=editor, now=NOW)
    assert others.finish() == []
    after = type(evidence).objects.get()
    assert (after.is_published, after.detail) == (True, "More of it.")


def test_many_grade_one_claim_at_once_and_no_grade_is_lost(others, scored):
    links = [scored, EvidenceLinkFactory(claim=scored.claim, evidence=EvidenceFactory(published=True))]
    for n in range(6):
        person = UserFactory(editor=True)
        for link in links if n % 2 else links[::-1]:
            others.start(rate, link, by=person, stance=n % 5 - 2, now=NOW)
    assert others.finish() == []
    assert Rating.objects.count() == 1 + 12
    assert in_step()
    numbers = list(Snapshot.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_one_editor_in_two_windows_leaves_one_grade(others, editor, scored):
    for stance in (-1, 2, -1, 2):
        others.start(rate, scored, by=editor, stance=stance, now=NOW)
    assert others.finish() == []
    assert scored.ratings.filter(rater=editor).count() == 1
    assert in_step()


def test_two_records_of_one_title_entered_at_once_get_two_addresses(others, editor):
    for _ in range(4):
        others.start(save, Topic(name="Human rights"), by=editor, now=NOW)
    assert others.finish() == []
    assert len(set(Topic.objects.values_list("slug", flat=True))) == 4
