"""Each grading is a row that nothing rewrites, with the editor's own reason; a rating sums up an editor's gradings."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from claims.actions import (
    GradingReason,
    RuleViolation,
    delete,
    follow_outside_ratings,
    grade_links,
    record_outside_changes,
    undo_step,
)
from claims.actions.agreement_counts import stale_agreement_days
from claims.ledger.verification import ledger_faults
from claims.models import AgreementDay, Entry, EvidenceLink, Grading, Rating
from tests.actions.desk import known, last
from tests.factories import NOW, EvidenceLinkFactory, RatingFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
MINE = GradingReason("The trucks were counted.", {"ar": {"rationale": "عُدّت الشاحنات", "by": "A. T."}})
THEIRS = GradingReason("It speaks of May only.")


@pytest.fixture
def draft():
    return known(EvidenceLinkFactory())


@pytest.fixture
def link():
    return known(EvidenceLinkFactory(published=True))


def given(link, by):
    return list(Grading.objects.filter(link=link.pk, rater=by).values_list("stance", flat=True))


def first(link, by):
    return Rating.objects.get(link=link, rater=by).first_stance


# Rows


def test_each_grading_is_a_row_of_its_own_also_where_it_is_taken_back_or_undone(draft, writer):
    for stance in (2, None, -1):
        grade_links({draft: stance}, by=writer, now=NOW)
    undo_step(last(writer), by=writer, now=LATER)
    assert given(draft, writer) == [2, None, -1, None]


def test_the_database_refuses_to_change_or_delete_a_grading(draft, writer):
    grade_links({draft: 2}, by=writer, now=NOW)
    for change in (lambda rows: rows.update(stance=1), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(Grading.objects.all())


def test_a_link_that_is_deleted_and_restored_does_not_rewrite_the_first_stance(draft, writer):
    grade_links({draft: 2}, by=writer, now=NOW)
    delete(EvidenceLink.objects.get(pk=draft.pk), by=writer, now=NOW)
    undo_step(last(writer), by=writer, now=LATER)
    assert given(draft, writer) == [2, None]
    grade_links({EvidenceLink.objects.get(pk=draft.pk): -2}, by=writer, now=LATER)
    assert first(draft, writer) == 2


# Reasons


def test_each_grader_has_a_reason_of_their_own(link, writer, grader):
    grade_links({link: -2}, rationales={link: MINE}, by=writer, now=NOW)
    grade_links({link: -1}, rationales={link: THEIRS}, by=grader, now=LATER)
    ratings = link.ratings.values_list("rationale", "translations")
    assert list(ratings) == [(MINE.text, MINE.translations), (THEIRS.text, {})]
    told = Entry.objects.get(kind="link").told["record"]["ratings"]
    assert [rating["rationale"] for rating in told] == [MINE.text, THEIRS.text]
    assert told[0]["translations"] == MINE.translations


def test_a_stance_alone_leaves_the_reason_as_it_is_and_undo_brings_it_back(draft, writer):
    grade_links({draft: -2}, rationales={draft: MINE}, by=writer, now=NOW)
    grade_links({draft: -1}, by=writer, now=NOW)
    assert draft.ratings.get().rationale == MINE.text
    grade_links({draft: None}, by=writer, now=LATER)
    undo_step(last(writer), by=writer, now=LATER)
    rating = draft.ratings.get()
    assert (rating.stance, rating.rationale, rating.translations) == (-1, MINE.text, MINE.translations)


def test_another_reason_for_what_readers_see_needs_a_reason_for_the_change(link, writer, grader):
    for person in (writer, grader):
        grade_links({link: -2}, by=person, now=NOW)
    with pytest.raises(RuleViolation, match="Say why you change your mind"):
        grade_links({link: -2}, rationales={link: MINE}, by=writer, now=LATER)
    grade_links({link: -2}, rationales={link: MINE}, by=writer, now=LATER, reason="It was missing.")
    assert Entry.objects.filter(kind="link").last().told["reason"] == "It was missing."


def test_entries_from_before_graders_had_reasons_still_hold(link):
    for person in UserFactory.create_batch(2, editor=True):
        grade_links({link: -2}, by=person, now=NOW)
    ratings = Entry.objects.get(kind="link").told["record"]["ratings"]
    assert all(
        rating.keys() == {"stance", "first_stance", "rated_at", "first_rated_at"} for rating in ratings
    )


# Agreement


def test_whoever_may_have_seen_the_others_never_takes_the_place_of_one_who_graded_blind(link):
    one, other, third = UserFactory.create_batch(3, editor=True)
    for person, stance in ((one, 2), (other, -2), (third, -2)):
        grade_links({link: stance}, by=person, now=NOW)
    grade_links({link: None}, by=one, now=LATER, reason="I know the reporter.")
    assert AgreementDay.objects.get().counts == {(-2, 2): 1}
    assert stale_agreement_days() == []


# From outside


def test_ratings_that_were_loaded_get_their_gradings(draft):
    rating = RatingFactory(link=draft, first_stance=-1, stance=2, rated_at=LATER, gradings=False)
    assert any("gradings" in str(fault) for fault in ledger_faults())
    assert follow_outside_ratings(now=LATER) == 1
    assert given(draft, rating.rater) == [-1, 2]
    assert follow_outside_ratings(now=LATER) == 0


def test_what_an_operator_changes_becomes_a_grading_but_never_another_first_stance(draft, writer):
    grade_links({draft: -2}, by=writer, now=NOW)
    draft.ratings.update(stance=1, first_stance=1)
    record_outside_changes(now=LATER, reason="Mended.")
    assert given(draft, writer) == [-2, 1]
    assert first(draft, writer) == -2


def test_a_rating_that_an_operator_deletes_is_taken_back(draft, writer):
    grade_links({draft: -2}, by=writer, now=NOW)
    draft.ratings.all().delete()
    record_outside_changes(now=LATER, reason="Mended.")
    assert given(draft, writer) == [-2, None]


def test_an_upgrade_makes_the_gradings_of_each_rating_and_of_those_that_were_taken_back(
    draft, writer, grader
):
    """From the steps of the desk, which hold the first stance of what has no rating any more."""
    link = known(EvidenceLinkFactory())
    grade_links({draft: 2}, by=writer, now=NOW)
    grade_links({draft: None}, by=writer, now=LATER)
    before = list(Grading.objects.values_list("link", "rater", "stance", "graded_at"))
    RatingFactory(link=link, rater=grader, first_stance=-1, stance=1, gradings=False)
    add_gradings = import_module("claims.migrations.0023_first_gradings").add_gradings
    add_gradings(apps, None)
    assert given(link, grader) == [-1, 1]
    after = list(Grading.objects.values_list("link", "rater", "stance", "graded_at"))
    assert [row for row in after if row[0] == draft.pk] == before * 2
