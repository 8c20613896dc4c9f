"""What a revision does to what readers see: shown beforehand, and owed to them in a notice."""

from datetime import timedelta

import pytest

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    accept_proposal,
    preview_acceptance,
)
from claims.actions.correction_notices import GapChange, PublishedVerdict, published_verdicts
from claims.domain.vocabulary import CorrectionKind, Settlement
from claims.models import Claim, ClaimGap, Correction, Entry, Snapshot, Source
from tests.actions.desk import contradicted, propose, ready, stored
from tests.factories import NOW, ClaimFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
WRONG = CorrectionNotice(CorrectionKind.CORRECTION, "We misheard a word.")


@pytest.fixture
def claim():
    return ready(ClaimFactory, published=True)


# Official words


def changed_together(claim, writer, **kwargs):
    """The words and the span on them, in one save: neither would be valid without the other."""
    proposals = []
    statement = stored(claim.statement)
    propose(statement, writer, text="We are doing one thing: increasing aid.", proposals=proposals, **kwargs)
    propose(stored(claim), writer, quote="increasing aid", proposals=proposals, **kwargs)
    return proposals


def test_words_and_the_span_on_them_change_as_one(claim, writer, publisher):
    (proposal,) = changed_together(claim, writer, notice=WRONG)
    assert proposal.revisions.count() == 2
    accept_proposal(proposal, by=publisher, now=LATER)
    assert stored(claim).quote in stored(claim.statement).text == "We are doing one thing: increasing aid."


def test_the_words_alone_are_refused_while_a_published_span_stands_on_them(claim, writer, publisher):
    proposal = propose(stored(claim.statement), writer, text="We do nothing.", notice=WRONG)
    with pytest.raises(RuleViolation):
        accept_proposal(proposal, by=publisher, now=LATER)
    assert stored(claim.statement).text != "We do nothing."


def test_altered_official_words_owe_a_notice_on_each_record(claim, writer, publisher):
    (proposal,) = changed_together(claim, writer)
    with pytest.raises(RuleViolation, match="alters official words"):
        accept_proposal(proposal, by=publisher, now=LATER)
    assert not Correction.objects.exists()
    accept_proposal(proposal, by=publisher, now=LATER, notice=WRONG)
    assert Correction.objects.get(claim=claim).what_was_wrong == "We misheard a word."
    assert Correction.objects.get(statement=claim.statement).corrected_by == publisher


def test_a_title_is_no_official_word(claim, writer, publisher):
    accept_proposal(
        propose(stored(claim.statement), writer, title="Remarks in Paris"), by=publisher, now=LATER
    )
    assert not Correction.objects.exists()


# What it would do


def regraded(claim, writer, grade="E", **kwargs):
    """A proposal to think less of the source of the claim's first report."""
    source = claim.links.first().evidence.source
    return propose(source, writer, reliability=grade, reliability_reason="It made it up.", **kwargs)


def test_a_change_without_figures_is_told_without_dashes(claim):
    """A notice stores them, because readers' pages find the change by them."""
    gap = published_verdicts([claim.pk], NOW)[claim.pk].gap
    before, after = (
        PublishedVerdict(claim, gap, settled) for settled in (Settlement.KEPT, Settlement.BROKEN)
    )
    move = GapChange(claim, before, after)
    assert (move.message, move.words) == ("Kept becomes Broken", "— → —, Kept becomes Broken")


def everything_kept():
    return [
        list(model.objects.order_by("pk").values()) for model in (Claim, Source, ClaimGap, Entry, Snapshot)
    ]


def test_the_effect_is_shown_beforehand_and_nothing_is_kept(writer):
    claim = contradicted()
    proposal, before = regraded(claim, writer), everything_kept()
    ((move,), objections) = preview_acceptance(proposal, now=LATER)
    assert (move.claim, move.before.state, move.after.state) == (claim, "mostly_contradicts", "insufficient")
    assert move.words == "75 → —, Mostly contradicted becomes Too little evidence"
    assert (objections, move.turns_verdict) == ([], True)
    assert everything_kept() == before
    proposal.refresh_from_db()
    assert proposal.outcome == "pending"


def test_what_is_shown_beforehand_is_what_acceptance_does(writer, publisher):
    proposal = regraded(contradicted(reports=4), writer)
    (foretold, _) = preview_acceptance(proposal, now=LATER)
    assert accept_proposal(proposal, by=publisher, now=LATER) == foretold != []


def test_what_stands_against_acceptance_is_said_beforehand(claim, writer):
    proposal = propose(claim, writer, quote="Words never said")
    (moved, objections) = preview_acceptance(proposal, now=LATER)
    assert moved == []
    assert any(str(claim) in each for each in objections)


def test_moving_a_published_state_owes_a_notice_that_says_what_moved(writer, publisher):
    claim = contradicted()
    proposal = regraded(claim, writer)
    with pytest.raises(RuleViolation, match="Write the notice that they will read"):
        accept_proposal(proposal, by=publisher, now=LATER)
    accept_proposal(
        proposal,
        by=publisher,
        now=LATER,
        notice=CorrectionNotice(CorrectionKind.CORRECTION, "We trusted it."),
    )
    notice = claim.corrections.get()
    assert (notice.kind, notice.what_was_wrong) == ("correction", "We trusted it.")
    assert notice.effect == "75 → —, Mostly contradicted becomes Too little evidence"


def test_a_notice_written_with_the_proposal_is_published_with_it(writer, publisher):
    claim = contradicted()
    accept_proposal(regraded(claim, writer, notice=WRONG), by=publisher, now=LATER)
    assert claim.corrections.get().what_was_wrong == "We misheard a word."


def test_a_change_that_moves_no_state_owes_none(writer, publisher):
    claim = contradicted(reports=4)
    accept_proposal(regraded(claim, writer, "B"), by=publisher, now=LATER)
    assert not claim.corrections.exists()
