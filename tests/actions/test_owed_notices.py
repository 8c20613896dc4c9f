"""A published verdict that turns owes readers a notice, on whichever road a change comes."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    grade_links,
    last_undoable_step,
    merge_records,
    publish_record,
    undo_step,
    withdraw_record,
)
from claims.domain.vocabulary import CorrectionKind
from claims.models import ClaimGap, Correction
from tests.actions.desk import contradicted, known, noted, propose, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
WRONG = CorrectionNotice(CorrectionKind.CORRECTION, "We misread the report.")
SIGNED: dict[str, Any] = {"reason": "The source took it back.", "now": LATER}


class Road:
    """One road to what readers see: `prepare` sets the stage, `go` makes the change with a notice or none."""

    def __init__(self, claim):
        self.claim = claim
        self.link = claim.links.first()
        self.report = self.link.evidence
        self.writer, self.publisher = UserFactory(editor=True), UserFactory(publisher=True)
        self.prepare()

    def prepare(self):
        pass

    def accept(self, record, notice, **changes):
        proposal = propose(stored(record), self.writer, **changes)
        accept_proposal(proposal, by=self.publisher, now=LATER, notice=notice)


class PublishingReport(Road):
    def prepare(self):
        self.news = EvidenceFactory(in_review=True)
        link = EvidenceLinkFactory(claim=self.claim, evidence=self.news, stance=2)
        known(link)

    def go(self, notice):
        publish_record(self.news, by=self.publisher, notice=notice, **SIGNED)


class PublishingReportAgain(PublishingReport):
    def prepare(self):
        super().prepare()
        self.news.withdrawal_reason = "It was a rumour."
        self.news.published_at = NOW
        self.news.save()


class WithdrawingReport(Road):
    def go(self, notice):
        withdraw_record(self.report, by=self.publisher, notice=notice, **SIGNED)


class RegradingReport(Road):
    def go(self, notice):
        self.accept(self.report, notice, credibility=5)


class RegradingSource(Road):
    def go(self, notice):
        self.accept(self.report.source, notice, reliability="E", reliability_reason="It made it up.")


class Relinking(Road):
    def prepare(self):
        self.claim.links.exclude(pk=self.link.pk).update(directness="contextual")
        known(self.claim)

    def go(self, notice):
        self.accept(self.link, notice, interested=True, directness="contextual")


class RelayingOther(Road):
    """A report only passed on what the other publisher had."""

    def go(self, notice):
        other = self.claim.links.last().evidence.source
        self.accept(self.report, notice, relays=other)


class DatingReport(Road):
    def prepare(self):
        self.claim.valid_from = "2021-10-01"
        self.claim.save()
        known(self.claim)

    def go(self, notice):
        self.accept(self.report, notice, event="2021-09-01", known="2021-09-02")


class OpeningWindow(Road):
    def go(self, notice):
        self.accept(self.claim, notice, valid_from="2022-01-01")


class ClosingWindow(Road):
    def go(self, notice):
        self.accept(self.claim, notice, valid_until="2021-10-20")


class CallingItUncheckable(Road):
    def go(self, notice):
        self.accept(self.claim, notice, uncheckable_reason="It names no measure.", criterion="")


class Settling(Road):
    def prepare(self):
        self.claim.kind = "commitment"
        self.claim.save()
        known(self.claim)

    def go(self, notice):
        values = {"settled_as": "broken", "settlement": "It did not come.", "settled_on": date(2022, 6, 1)}
        self.accept(self.claim, notice, **values)


class SettlingOtherwise(Settling):
    def prepare(self):
        self.claim.settled_as, self.claim.settlement = "kept", "The aid arrived."
        self.claim.settled_on, self.claim.settled_by = date(2022, 6, 1), self.writer
        super().prepare()


class Merging(Road):
    def go(self, notice):
        kept = self.claim.links.last().evidence.source
        merge_records(kept, self.report.source, by=self.publisher, notice=notice, **SIGNED)


class ChangingOnesMind(Road):
    def prepare(self):
        self.rater = self.link.ratings.first().rater

    def go(self, notice):
        grade_links({self.link: 2}, by=self.rater, notice=notice, **SIGNED)


class TakingGradeBack(ChangingOnesMind):
    """Of three gradings one is taken back, and the median moves."""

    def prepare(self):
        self.link.ratings.all().delete()
        for stance in (2, -2, -2):
            self.rater = RatingFactory(link=self.link, stance=stance).rater
        known(self.claim)

    def go(self, notice):
        grade_links({self.link: None}, by=self.rater, notice=notice, **SIGNED)


ROADS = Road.__subclasses__()
ROADS += [each for road in ROADS for each in road.__subclasses__()]
every_road = pytest.mark.parametrize("road", ROADS, ids=lambda each: each.__name__)


@pytest.fixture
def claim():
    return contradicted()


def shown(claim):
    return ClaimGap.objects.get(claim=claim).state, stored(claim).settled_as


@every_road
def test_a_verdict_does_not_turn_without_a_notice(road, claim):
    taken = road(claim)
    before = shown(claim)
    with pytest.raises(RuleViolation, match="the notice that they will read"):
        taken.go(None)
    assert shown(claim) == before
    assert not Correction.objects.exists()


@every_road
def test_with_its_notice_it_turns_and_the_notice_says_how(road, claim):
    taken = road(claim)
    before = shown(claim)
    taken.go(WRONG)
    assert shown(claim) != before
    notice = claim.corrections.get()
    assert notice.what_was_wrong == "We misread the report."
    assert " becomes " in notice.effect


# Whoever grades blind cannot write the notice, so the software does


def test_the_second_grading_that_lets_a_report_count_publishes_the_notice_by_itself(claim):
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True))
    RatingFactory(link=link, stance=2)
    known(link)
    before = shown(claim)
    grade_links({link: 2}, by=UserFactory(editor=True), now=LATER)
    assert shown(claim) != before
    notice = claim.corrections.get()
    assert (notice.kind, notice.what_was_wrong) == (
        "update", "A second editor graded a report. It counts from now on, because two editors graded it.",
    )  # fmt: skip


# Undo is no way round


@pytest.mark.parametrize("road", [ChangingOnesMind, WithdrawingReport, PublishingReport, RegradingSource])
def test_what_readers_see_is_not_turned_back_by_undo(road, claim):
    taken = road(claim)
    taken.go(WRONG)
    after = shown(claim)
    for person in (taken.writer, taken.publisher, getattr(taken, "rater", taken.writer)):
        if step := last_undoable_step(person):
            with suppress(RuleViolation, PermissionDenied):
                undo_step(step, by=person, now=LATER)
    assert shown(claim) == after


# What turns nothing owes nothing


def test_the_first_verdict_on_a_claim_owes_none():
    claim = ClaimFactory(published=True)
    noted(claim)
    taken = [EvidenceFactory(in_review=True) for _ in range(2)]
    for report in taken:
        known(EvidenceLinkFactory(claim=claim, evidence=report, stance=-2))
    for report in taken:
        publish_record(report, by=UserFactory(publisher=True), **SIGNED)
    assert shown(claim)[0] == "mostly_contradicts"
    assert not Correction.objects.exists()


def test_a_report_that_turns_nothing_is_published_without_a_notice():
    claim, report = contradicted(reports=4), EvidenceFactory(in_review=True)
    known(EvidenceLinkFactory(claim=claim, evidence=report, stance=-2))
    publish_record(report, by=UserFactory(publisher=True), **SIGNED)
    assert not Correction.objects.exists()
