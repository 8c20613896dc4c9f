"""Saving and deleting: stamped, refused in words, and never past a decision."""

from datetime import date, timedelta

import pytest

from claims.actions import (
    CorrectionNotice,
    RuleViolation,
    batch_rescoring,
    delete,
    grade_links,
    pending_proposal,
    publish_record,
    save,
    was_ever_published,
    withdraw_record,
)
from claims.domain.vocabulary import CorrectionKind
from claims.ledger.verification import ledger_faults
from claims.models import (
    Claim,
    ClaimGap,
    Correction,
    DeskStep,
    Entry,
    Evidence,
    EvidenceLink,
    SearchNote,
    Source,
)
from tests.actions.desk import RECORDS, contradicted, known, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    SearchNoteFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def test_a_new_record_remembers_who_entered_it(editor):
    source = Source(name="The Daily")
    save(source, by=editor, now=NOW)
    source.refresh_from_db()
    assert (source.created_by, source.created_at, source.changed_at) == (editor, NOW, NOW)


def test_a_changed_record_remembers_when_and_keeps_who_entered_it(editor):
    source = Source(name="The Daily")
    save(source, by=editor, now=NOW)
    other = UserFactory()
    save(source, by=other, now=LATER)
    source.refresh_from_db()
    assert (source.created_by, source.created_at) == (editor, NOW)
    assert (source.changed_by, source.changed_at) == (other, LATER)


def test_each_save_is_a_step_with_what_stood_there_before(editor):
    source = Source(name="The Daily")
    for name in ("The Daily", "The Daily Post"):
        source.name = name
        save(source, by=editor, now=NOW, reason="Its own spelling.")
    new, changed = DeskStep.objects.order_by("pk")
    assert (new.before, (new.after or {})["name"]) == (None, "The Daily")
    assert ((changed.before or {})["name"], (changed.after or {})["name"]) == ("The Daily", "The Daily Post")
    assert (changed.by, changed.step, changed.reason) == (editor, "write", "Its own spelling.")


@pytest.mark.parametrize("factory", RECORDS, ids=lambda each: each._meta.model.__name__)
def test_nothing_of_a_draft_is_told_to_the_ledger(factory, editor):
    draft = ready(factory)
    before = Entry.objects.count()
    save(draft, by=editor, now=NOW)
    assert Entry.objects.count() == before


def test_claims_stand_in_the_order_in_which_they_were_entered(editor):
    statement = StatementFactory()
    claims = [ClaimFactory.build(statement=statement) for _ in range(3)]
    for claim in claims:
        save(claim, by=editor, now=NOW)
    assert [claim.position for claim in Claim.objects.all()] == [1, 2, 3]
    claims[0].position = 0
    save(claims[0], by=editor, now=NOW)
    assert Claim.objects.first() == claims[0]


def test_whoever_settles_searches_or_corrects_is_written_down(editor):
    claim = ClaimFactory(kind="commitment")
    claim.settlement, claim.settled_on = "It was kept.", date(2022, 1, 1)
    note = SearchNoteFactory.build(claim=claim, searched_by=None)
    correction = CorrectionFactory.build(claim=claim, corrected_by=None)
    for record in (claim, note, correction):
        save(record, by=editor, now=NOW)
    assert Claim.objects.get().settled_by == editor
    assert SearchNote.objects.get().searched_by == editor
    assert Correction.objects.get().corrected_by == editor


def test_a_settlement_taken_back_takes_its_who_along(editor):
    claim = ClaimFactory(settled=True)
    claim.settled_as, claim.settlement, claim.settled_on = "", "", None
    save(claim, by=editor, now=NOW)
    assert Claim.objects.get().settled_by is None


@pytest.mark.parametrize("factory", [StatementFactory, EvidenceFactory])
def test_an_edit_begun_before_publication_neither_undoes_it_nor_slips_past_it(factory, editor):
    """What a second person let through is what readers see; the edit waits for one too."""
    record = ready(factory, in_review=True)
    copy, address = stored(record), record.url
    publish_record(record, by=UserFactory(publisher=True), now=NOW, reason="Checked.")
    copy.url = "https://example.org/report"
    with pytest.raises(RuleViolation, match="Say why it should change"):
        save(copy, by=editor, now=LATER)
    save(copy, by=editor, now=LATER, reason="Found where it stands.")
    assert (stored(record).status, stored(record).url) == ("published", address)
    assert pending_proposal(record).revisions.get().changes == {"url": "https://example.org/report"}


def test_nobody_publishes_by_saving(editor):
    evidence = EvidenceFactory()
    evidence.status, evidence.published_at, evidence.published_by = "published", NOW, editor
    save(evidence, by=editor, now=NOW)
    assert Evidence.objects.get().status == "draft"


# Deleting


@pytest.mark.parametrize("factory", [StatementFactory, ClaimFactory, EvidenceFactory])
@pytest.mark.parametrize("variant", ["published", "withdrawn"])
def test_what_was_ever_public_is_never_deleted(factory, variant, editor):
    record = ready(factory, **{variant: True})
    assert was_ever_published(record)
    with pytest.raises(RuleViolation, match="Withdraw it with a reason instead"):
        delete(record, by=editor, now=NOW)
    assert type(record).objects.filter(pk=record.pk).exists()


def test_what_was_published_a_moment_ago_is_not_deleted_by_who_has_not_seen_it(editor):
    report = ready(EvidenceFactory, in_review=True)
    copy = Evidence.objects.get()
    publish_record(report, by=UserFactory(publisher=True), now=NOW, reason="Checked.")
    with pytest.raises(RuleViolation):
        delete(copy, by=editor, now=NOW)


@pytest.mark.parametrize(
    ("claim", "evidence", "stance", "seen"),
    [(1, 1, 0, True), (1, 1, None, False), (1, 0, 0, False), (0, 1, 0, False), (0, 0, 0, False)],
)
def test_a_link_was_seen_where_both_its_ends_were_and_two_had_graded_it(claim, evidence, stance, seen):
    ends = {
        "claim": ClaimFactory(published=bool(claim)), "evidence": EvidenceFactory(published=bool(evidence)),
    }  # fmt: skip
    assert was_ever_published(known(EvidenceLinkFactory(**ends, stance=stance))) is seen


def test_a_link_of_withdrawn_evidence_is_kept(editor):
    link = known(EvidenceLinkFactory(published=True, stance=-2))
    void = CorrectionNotice(CorrectionKind.VOID, "The report was made up.")
    withdraw_record(link.evidence, by=UserFactory(publisher=True), reason="Made up.", now=NOW, notice=void)
    with pytest.raises(RuleViolation):
        delete(link, by=editor, now=NOW)


def test_a_name_that_readers_have_seen_is_kept(editor):
    source = ready(EvidenceFactory, published=True).source
    with pytest.raises(RuleViolation):
        delete(source, by=editor, now=NOW)


def test_drafts_and_what_is_not_published_by_itself_may_go(editor):
    link = EvidenceLinkFactory()
    RatingFactory(link=link, rater=editor)
    delete(known(link), by=editor, now=NOW)
    for record in (link.claim, link.evidence, SourceFactory()):
        delete(record, by=editor, now=NOW)
    assert not EvidenceLink.objects.exists()
    assert not Claim.objects.exists()


def test_a_link_that_readers_saw_stays_between_its_ends_even_while_one_is_withdrawn(editor):
    claim = contradicted()
    link = claim.links.first()
    Claim.objects.filter(pk=claim.pk).update(
        status="withdrawn", withdrawn_at=NOW, withdrawn_by=editor, withdrawal_reason="Wrong."
    )
    known(claim)
    link.evidence = known(EvidenceFactory(published=True))
    with pytest.raises(RuleViolation, match="stays between"):
        save(link, by=editor, now=NOW)
    assert not list(ledger_faults())


def test_a_link_that_others_have_graded_keeps_their_gradings(editor):
    link = known(EvidenceLinkFactory(stance=-2))
    with pytest.raises(RuleViolation, match="Grade it as context"):
        delete(link, by=editor, now=NOW)
    assert link.ratings.count() == 2


# Many writes at once


def test_many_writes_are_scored_once_at_the_end(editor):
    links = [EvidenceLinkFactory(published=True) for _ in range(3)]
    known(links)
    ClaimGap.objects.all().delete()
    with batch_rescoring(now=NOW):
        for link in links:
            grade_links({link: -2}, by=editor, now=NOW)
        assert not ClaimGap.objects.exists()
    assert set(ClaimGap.objects.values_list("claim", flat=True)) == {link.claim_id for link in links}


def test_a_failure_among_many_writes_leaves_nothing_written_or_waiting(editor):
    link = known(EvidenceLinkFactory(published=True))

    def grade_and_remove():
        with batch_rescoring(now=NOW):
            grade_links({link: -2}, by=editor, now=NOW)
            delete(link.claim, by=editor, now=NOW)

    with pytest.raises(RuleViolation):
        grade_and_remove()
    assert not link.ratings.exists()
    ClaimGap.objects.all().delete()
    grade_links({link: -2}, by=editor, now=NOW)
    assert ClaimGap.objects.exists()  # scored at once again
