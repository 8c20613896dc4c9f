"""Saving and deleting: stamped, refused in words, and never past a decision."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from claims.actions import Refused, delete, publish, rate, save, scored_once, unrate, was_public, withdraw
from claims.models import Claim, ClaimGap, Correction, Evidence, EvidenceLink, SearchNote, Source
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

pytestmark = pytest.mark.django_db

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
    save(source, by=UserFactory(), now=LATER)
    source.refresh_from_db()
    assert (source.created_by, source.created_at, source.changed_at) == (editor, NOW, LATER)


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
    claim.settlement, claim.settled_on = "", None
    save(claim, by=editor, now=NOW)
    assert Claim.objects.get().settled_by is None


@pytest.mark.parametrize("factory", [StatementFactory, EvidenceFactory])
def test_an_edit_begun_before_publication_does_not_undo_it(factory, editor):
    record = factory()
    copy = type(record).objects.get(pk=record.pk)
    publish(record, by=UserFactory(publisher=True), now=NOW)
    copy.url = "https://example.org/report"
    save(copy, by=editor, now=LATER)
    record.refresh_from_db()
    assert (record.status, record.published_at, record.url) == (
        "published",
        NOW,
        "https://example.org/report",
    )


def test_nobody_publishes_by_saving(editor):
    evidence = EvidenceFactory()
    evidence.status, evidence.published_at, evidence.published_by = "published", NOW, editor
    save(evidence, by=editor, now=NOW)
    assert Evidence.objects.get().status == "draft"


# Deleting


@pytest.mark.parametrize("factory", [StatementFactory, ClaimFactory, EvidenceFactory])
@pytest.mark.parametrize("variant", ["published", "withdrawn"])
def test_what_was_ever_public_is_never_deleted(factory, variant):
    record = factory(**{variant: True})
    assert was_public(record)
    with pytest.raises(Refused, match="Withdraw it with a reason instead"):
        delete(record, now=NOW)
    assert type(record).objects.filter(pk=record.pk).exists()


def test_what_was_published_a_moment_ago_is_not_deleted_by_who_has_not_seen_it():
    claim = EvidenceFactory()
    copy = Evidence.objects.get()
    publish(claim, by=UserFactory(publisher=True), now=NOW)
    with pytest.raises(Refused):
        delete(copy, now=NOW)


@pytest.mark.parametrize(
    ("claim", "evidence", "seen"), [(1, 1, True), (1, 0, False), (0, 1, False), (0, 0, False)]
)
def test_a_link_was_seen_where_both_its_ends_were(claim, evidence, seen):
    link = EvidenceLinkFactory(
        claim=ClaimFactory(published=bool(claim)), evidence=EvidenceFactory(published=bool(evidence))
    )
    assert was_public(link) is seen


def test_a_link_of_withdrawn_evidence_is_kept():
    link = EvidenceLinkFactory(published=True)
    withdraw(link.evidence, by=UserFactory(publisher=True), reason="Wrong.", now=NOW)
    with pytest.raises(Refused):
        delete(link, now=NOW)


def test_drafts_and_what_is_not_published_by_itself_may_go():
    link = EvidenceLinkFactory(stance=-2)
    delete(link, now=NOW)
    for record in (link.claim, link.evidence, SourceFactory()):
        delete(record, now=NOW)
    assert not EvidenceLink.objects.exists()
    assert not Claim.objects.exists()


# Grading


def test_an_editor_has_one_stance_on_a_link_and_may_change_it(editor):
    link = EvidenceLinkFactory()
    rate(link, by=editor, stance=-1, now=NOW)
    rating = rate(link, by=editor, stance=2, now=LATER)
    assert [(each.stance, each.rated_at) for each in link.ratings.all()] == [(2, LATER)]
    assert rating.rater == editor


def test_editors_grade_each_for_themselves(editor):
    rating = RatingFactory(stance=-2)
    rate(rating.link, by=editor, stance=1, now=NOW)
    unrate(rating.link, by=editor, now=NOW)
    assert [each.stance for each in rating.link.ratings.all()] == [-2]


def test_taking_back_what_was_never_given_changes_nothing(editor):
    link = EvidenceLinkFactory()
    unrate(link, by=editor, now=NOW)
    assert not link.ratings.exists()


def test_an_impossible_stance_is_refused_whole(editor):
    link = EvidenceLinkFactory()
    with pytest.raises(IntegrityError):
        rate(link, by=editor, stance=3, now=NOW)


# Many writes at once


def test_many_writes_are_scored_once_at_the_end(editor, django_assert_num_queries):
    links = [EvidenceLinkFactory(published=True) for _ in range(3)]
    with scored_once(now=NOW):
        for link in links:
            rate(link, by=editor, stance=-2, now=NOW)
        assert not ClaimGap.objects.exists()
    assert set(ClaimGap.objects.values_list("claim", flat=True)) == {link.claim_id for link in links}


def test_a_failure_among_many_writes_leaves_nothing_written_or_waiting(editor):
    link = EvidenceLinkFactory(published=True)

    def grade_and_remove():
        with scored_once(now=NOW):
            rate(link, by=editor, stance=-2, now=NOW)
            delete(link, now=NOW)

    with pytest.raises(Refused):
        grade_and_remove()
    assert not link.ratings.exists()
    assert not ClaimGap.objects.exists()
    rate(link, by=editor, stance=-2, now=NOW)
    assert ClaimGap.objects.exists()  # scored at once again
