"""Grading: blind, sealed until a second editor agrees or not, and changed in the open once readers saw it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from claims.actions import CorrectionNotice, RuleViolation, grade_links, rescore_claims
from claims.domain.vocabulary import CorrectionKind
from claims.ledger.verification import ledger_faults
from claims.models import ClaimGap, Correction, DeskStep, Entry, EvidenceLink, Rating
from claims.selectors.dossiers import DESK, build_dossiers
from tests.actions.desk import contradicted, known
from tests.factories import NOW, EvidenceFactory, EvidenceLinkFactory, RatingFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
WRONG = CorrectionNotice(CorrectionKind.CORRECTION, "We misread the report.")


@pytest.fixture
def link():
    """Published at both ends, and graded by nobody."""
    return known(EvidenceLinkFactory(published=True))


def stances(link, **of):
    return sorted(link.ratings.filter(**of).values_list("stance", flat=True))


def seen(link):
    return EvidenceLink.objects.public().filter(pk=link.pk).exists()


# One's own


def test_an_editor_has_one_stance_on_a_link(link, writer):
    for stance, now in ((-1, NOW), (2, LATER)):
        grade_links({link: stance}, by=writer, now=now)
    rating = link.ratings.get()
    assert (rating.stance, rating.rated_at, rating.rater) == (2, LATER, writer)


def test_the_first_stance_stays_as_it_was_given_blind(link, writer):
    for stance, now in ((-1, NOW), (2, LATER)):
        grade_links({link: stance}, by=writer, now=now)
    rating = link.ratings.get()
    assert (rating.first_stance, rating.first_rated_at) == (-1, NOW)


def test_editors_grade_each_for_themselves(link, writer, grader):
    grade_links({link: -2}, by=writer, now=NOW)
    grade_links({link: 1}, by=grader, now=NOW)
    assert stances(link, rater=writer) == [-2]
    assert stances(link, rater=grader) == [1]


def test_many_links_are_graded_in_one_save_and_noted_one_by_one(link, writer):
    other = known(EvidenceLinkFactory(published=True))
    grade_links({link: -2, other: 1}, by=writer, now=NOW)
    assert (stances(link), stances(other)) == ([-2], [1])
    assert DeskStep.objects.filter(by=writer, step="grade").count() == 2


def test_a_stance_given_again_unchanged_is_no_step(link, writer):
    for now in (NOW, LATER):
        grade_links({link: -2}, by=writer, now=now)
    assert link.ratings.get().rated_at == NOW
    assert DeskStep.objects.count() == 1


def test_a_stance_is_taken_back(link, writer):
    grade_links({link: -2}, by=writer, now=NOW)
    grade_links({link: None}, by=writer, now=LATER)
    assert not link.ratings.exists()


def test_taking_back_what_was_never_given_changes_nothing(link, writer, grader):
    grade_links({link: -2}, by=grader, now=NOW)
    grade_links({link: None}, by=writer, now=NOW)
    assert stances(link) == [-2]
    assert not DeskStep.objects.filter(by=writer).exists()


def test_an_impossible_stance_is_refused_whole(link, writer):
    with pytest.raises(IntegrityError), transaction.atomic():
        grade_links({link: 3}, by=writer, now=NOW)
    assert not link.ratings.exists()


# Blind


def test_who_has_not_graded_a_link_is_shown_nobodys_stance(link, writer, grader):
    grade_links({link: -2}, by=writer, now=NOW)
    assert blind(link, grader) == ()
    grade_links({link: 1}, by=grader, now=NOW)
    assert sorted(blind(link, grader)) == [-2, 1]


def test_without_a_rater_the_desk_counts_all(link, writer):
    grade_links({link: -2}, by=writer, now=NOW)
    assert build_dossiers([link.claim], DESK)[link.claim.pk].links[0].stances == (-2,)


def blind(link, rater):
    return build_dossiers([link.claim], DESK, rater=rater)[link.claim.pk].links[0].stances


# Sealed


def test_one_grade_alone_is_sealed(link, writer):
    grade_links({link: -2}, by=writer, now=NOW)
    assert not seen(link)
    assert not Entry.objects.filter(kind="link").exists()
    assert link.claim.gap.state == "no_evidence"
    assert build_dossiers([link.claim])[link.claim.pk].links == ()


def test_the_second_grade_opens_it_to_readers_without_names(link, writer, grader):
    grade_links({link: -2}, by=writer, now=NOW)
    grade_links({link: -1}, by=grader, now=LATER)
    assert seen(link)
    entry = Entry.objects.get(kind="link")
    assert (entry.act, entry.account) == ("grade", grader)
    assert [rating["stance"] for rating in entry.told["record"]["ratings"]] == [-2, -1]
    assert writer.username not in entry.content


def test_two_grades_of_a_draft_stay_on_the_desk(writer, grader):
    link = known(EvidenceLinkFactory())
    for person in (writer, grader):
        grade_links({link: -2}, by=person, now=NOW)
    assert not Entry.objects.filter(kind="link").exists()


# Second thoughts about what readers see


def graded_by(*people, claim):
    """A further report, graded by these alone, and in the open."""
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True))
    for person in people:
        RatingFactory(link=link, rater=person, stance=-2, rated_at=NOW)
    return known(link)


@pytest.fixture
def opened(writer, grader):
    """A link that two have graded, under a verdict that rests on it and one other."""
    return graded_by(writer, grader, claim=contradicted(reports=1))


def test_a_changed_mind_needs_a_reason_that_readers_see(opened, writer):
    with pytest.raises(RuleViolation, match="Say why you change your mind"):
        grade_links({opened: -1}, by=writer, now=LATER, notice=WRONG)
    assert stances(opened) == [-2, -2]
    grade_links({opened: -1}, by=writer, now=LATER, reason="It speaks of May only.", notice=WRONG)
    assert Entry.objects.filter(kind="link").last().told["reason"] == "It speaks of May only."


def test_a_changed_mind_that_moves_a_state_owes_a_notice(opened, writer):
    with pytest.raises(RuleViolation, match="Write the notice that they will read"):
        grade_links({opened: 2}, by=writer, now=LATER, reason="I misread it.")
    assert stances(opened) == [-2, -2]
    grade_links({opened: 2}, by=writer, now=LATER, reason="I misread it.", notice=WRONG)
    notice = opened.claim.corrections.get()
    assert (notice.what_was_wrong, notice.kind) == ("We misread the report.", "correction")
    assert "Mostly contradicted becomes" in notice.effect


def test_one_of_the_two_grades_that_readers_see_is_not_taken_back(opened, writer):
    with pytest.raises(RuleViolation, match="Grade it as context instead"):
        grade_links({opened: None}, by=writer, now=LATER, reason="I am not sure.")
    assert seen(opened)


def test_one_of_three_may_be_taken_back_with_a_reason(opened, writer):
    third = UserFactory(editor=True)
    grade_links({opened: -2}, by=third, now=NOW)
    with pytest.raises(RuleViolation, match="Say why"):
        grade_links({opened: None}, by=third, now=LATER)
    grade_links({opened: None}, by=third, now=LATER, reason="I know the reporter.")
    assert stances(opened) == [-2, -2]
    assert seen(opened)


# A further grade


def test_a_further_grade_that_moves_a_state_publishes_its_notice_by_itself(opened):
    third = UserFactory(editor=True)
    grade_links({opened: 2}, by=third, now=NOW)
    assert not Correction.objects.exists()  # the median stays
    grade_links({opened: 2}, by=UserFactory(editor=True), now=LATER)
    notice = opened.claim.corrections.get()
    assert notice.kind == "update"
    assert "median of all gradings" in notice.what_was_wrong
    assert "becomes" in notice.effect


def test_a_further_grade_needs_no_reason(opened):
    grade_links({opened: -2}, by=UserFactory(editor=True), now=LATER)
    assert not Correction.objects.exists()
    assert len(stances(opened)) == 3


def test_the_gap_follows_every_grade(opened):
    (before,) = ClaimGap.objects.values_list("gap")
    for _ in range(2):
        grade_links({opened: 2}, by=UserFactory(editor=True), now=LATER)
    assert ClaimGap.objects.values_list("gap").get() != before
    assert rescore_claims(type(opened.claim).objects.all(), as_of=NOW.date(), now=LATER).changed == []


def test_grades_past_the_action_are_noticed(opened):
    """Whoever writes a grade into the table leaves the ledger behind, until an operator adopts it."""
    rating = opened.ratings.first()
    Rating.objects.filter(pk=rating.pk).update(first_stance=2)
    assert ["ratings" in str(fault) for fault in ledger_faults()] == [True, True]
    known(opened)
    assert opened.ratings.first().first_stance == -2  # the gradings say so, and are never rewritten
