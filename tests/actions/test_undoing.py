"""One's own last step on the desk, taken back: exactly it, and nothing that readers saw or another built upon."""

from datetime import timedelta

import pytest

from claims.actions import (
    RuleViolation,
    accept_proposal,
    delete,
    grade_links,
    last_undoable_step,
    pending_proposal,
    publish_record,
    return_to_writer,
    save,
    submit_for_review,
    undo_step,
    withdraw_record,
)
from claims.models import Claim, DeskStep, Evidence, EvidenceLink, Topic
from tests.actions.desk import known, last, propose, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)


def undone(by, now=LATER):
    """Takes back the last step of this editor."""
    step = last(by)
    undo_step(step, by=by, now=now)
    step.refresh_from_db()
    return step


def entered(by, **fields):
    claim = ClaimFactory.build(statement=ready(ClaimFactory).statement, **fields)
    save(claim, by=by, now=NOW)
    return claim


# Saving and deleting


def test_a_change_is_taken_back_to_what_stood_there(writer):
    claim = entered(writer, criterion="Aid, by month.")
    claim.criterion, claim.valid_until = "Other.", "2025"
    save(claim, by=writer, now=NOW)
    assert undone(writer).undone_at == LATER
    assert (stored(claim).criterion, stored(claim).valid_until) == ("Aid, by month.", None)


def test_topics_and_places_are_taken_back_with_it(writer):
    before, after = TopicFactory(), TopicFactory()
    claim = ready(ClaimFactory)
    save(claim, by=writer, now=NOW, many={"topics": [before], "places": []})
    save(claim, by=writer, now=NOW, many={"topics": [after], "places": [PlaceFactory()]})
    undone(writer)
    assert (list(claim.topics.all()), list(claim.places.all())) == ([before], [])


def test_a_topic_that_is_gone_by_now_does_not_come_back(writer, grader):
    topic, claim = TopicFactory(), ready(ClaimFactory)
    save(claim, by=writer, now=NOW, many={"topics": [topic]})
    save(claim, by=writer, now=NOW, many={"topics": []})
    delete(topic, by=grader, now=NOW)
    undone(writer)
    assert not claim.topics.exists()


def test_a_new_record_is_taken_away_again(writer):
    claim = entered(writer)
    undone(writer)
    assert not Claim.objects.filter(pk=claim.pk).exists()


def test_a_new_record_on_which_others_hang_stays(writer, grader):
    claim = entered(writer)
    save(EvidenceLinkFactory.build(claim=claim, evidence=EvidenceFactory()), by=grader, now=NOW)
    with pytest.raises(RuleViolation, match="Other records hang on it"):
        undone(writer)
    assert stored(claim)


def test_a_deleted_record_comes_back_as_it_was(writer):
    claim, topic = entered(writer, criterion="Aid, by month."), TopicFactory()
    save(claim, by=writer, now=NOW, many={"topics": [topic]})
    key = claim.pk
    delete(claim, by=writer, now=NOW)
    undone(writer)
    back = Claim.objects.get(pk=key)
    assert (back.criterion, back.status, back.created_by) == ("Aid, by month.", "draft", writer)
    assert list(back.topics.all()) == [topic]


def test_whoever_wrote_a_record_stays_its_writer_when_another_brings_it_back(writer, publisher):
    evidence = EvidenceFactory.build(source=known(EvidenceFactory()).source)
    save(evidence, by=publisher, now=NOW)
    delete(stored(evidence), by=writer, now=NOW)
    undone(writer)
    submit_for_review(evidence, by=writer, now=LATER)
    with pytest.raises(RuleViolation, match="second person"):
        publish_record(evidence, by=publisher, now=LATER, reason="Mine.")


def test_steps_are_taken_back_one_by_one_from_the_last(writer):
    claim = entered(writer, criterion="One.")
    for criterion in ("Two.", "Three."):
        claim.criterion = criterion
        save(claim, by=writer, now=NOW)
    for before in ("Two.", "One."):
        undone(writer)
        assert stored(claim).criterion == before
    undone(writer)
    assert last_undoable_step(writer) is None


# Only one's own, only the last, and only where nobody went on


def test_nobody_undoes_anothers_step(writer, grader):
    entered(writer)
    with pytest.raises(RuleViolation, match="Only your own last step"):
        undo_step(last(writer), by=grader, now=LATER)


def test_an_earlier_step_is_not_undone_before_a_later_one(writer):
    entered(writer)
    first = last(writer)
    entered(writer)
    with pytest.raises(RuleViolation, match="Only your own last step"):
        undo_step(first, by=writer, now=LATER)


def test_a_step_is_undone_once(writer):
    entered(writer)
    step = last(writer)
    undo_step(step, by=writer, now=LATER)
    with pytest.raises(RuleViolation, match="Only your own last step"):
        undo_step(step, by=writer, now=LATER)


def test_what_another_has_gone_on_with_stays_and_they_are_named(writer, grader):
    claim = entered(writer)
    save(stored(claim), by=grader, now=NOW)
    with pytest.raises(RuleViolation, match=f"{grader} has gone on from there"):
        undone(writer)


def test_what_changed_past_the_desk_is_left_alone(writer):
    claim = entered(writer)
    Claim.objects.filter(pk=claim.pk).update(criterion="Loaded.")
    with pytest.raises(RuleViolation, match="It has changed since"):
        undone(writer)
    assert stored(claim).criterion == "Loaded."


# Review


def test_sending_to_review_is_undone(writer):
    claim = ready(ClaimFactory)
    submit_for_review(claim, by=writer, now=NOW)
    undone(writer)
    assert stored(claim).status == "draft"


def test_sending_back_is_undone(writer, publisher):
    claim = ready(ClaimFactory, in_review=True)
    return_to_writer(claim, by=publisher, now=NOW, reason="Which month?")
    undone(publisher)
    assert stored(claim).status == "in_review"


def test_what_was_published_meanwhile_is_not_taken_out_of_review(writer, publisher):
    claim = ready(ClaimFactory)
    submit_for_review(claim, by=writer, now=NOW)
    publish_record(claim, by=publisher, now=NOW, reason="Checked.")
    with pytest.raises(RuleViolation, match="has gone on from there"):
        undone(writer)
    assert stored(claim).is_published


def test_an_undone_edit_does_not_count_as_writing(writer, publisher):
    claim = entered(writer)
    claim.criterion = "Other."
    save(claim, by=publisher, now=NOW)
    undone(publisher)
    assert list(DeskStep.objects.filter(undone_at=None).values_list("by", flat=True)) == [writer.pk]


# What readers see


def test_publishing_and_withdrawing_are_answered_and_not_undone(publisher):
    evidence = ready(EvidenceFactory, in_review=True)
    publish_record(evidence, by=publisher, now=NOW, reason="Checked.")
    with pytest.raises(RuleViolation, match="not undone but answered"):
        undone(publisher)
    withdraw_record(evidence, by=publisher, now=NOW, reason="Wrong.")
    with pytest.raises(RuleViolation, match="not undone but answered"):
        undone(publisher)


def test_a_name_that_readers_see_by_now_is_not_undone(writer, publisher):
    topic = Topic(name="Aid")
    save(topic, by=writer, now=NOW)
    claim = ready(ClaimFactory, in_review=True)
    claim.topics.add(topic)
    publish_record(claim, by=publisher, now=NOW, reason="Checked.")
    with pytest.raises(RuleViolation, match="Readers see it by now"):
        undone(writer)
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_a_proposal_is_taken_back_as_one_step(writer):
    claim = ready(ClaimFactory, published=True)
    save(claim.statement.speaker, by=writer, now=NOW, reason="Spelled anew.")
    proposal = propose(claim, writer, criterion="Other.")
    undone(writer)
    proposal.refresh_from_db()
    assert (proposal.outcome, pending_proposal(claim)) == ("dropped", None)
    assert last(writer).kind == "speaker"


def test_a_proposal_that_was_decided_is_not_taken_back(writer, publisher):
    claim = ready(ClaimFactory, published=True)
    accept_proposal(propose(claim, writer, criterion="Other."), by=publisher, now=NOW)
    with pytest.raises(RuleViolation, match="has gone on from there"):
        undone(writer)


# Grading


def test_a_sealed_grade_is_undone_to_what_it_was_before(writer):
    link = known(EvidenceLinkFactory(published=True))
    for stance in (-1, 2):
        grade_links({link: stance}, by=writer, now=NOW)
    undone(writer)
    assert link.ratings.get().stance == -1
    undone(writer)
    assert not link.ratings.exists()
    assert last_undoable_step(writer) is None


def test_a_grade_is_undone_though_another_has_graded_the_same_draft(writer, grader):
    link = known(EvidenceLinkFactory())
    for person in (writer, grader):
        grade_links({link: -1}, by=person, now=NOW)
    undone(writer)
    assert link.ratings.get().rater == grader


def test_a_grade_that_readers_see_is_not_undone(writer, grader):
    link = known(EvidenceLinkFactory(published=True))
    for person in (writer, grader):
        grade_links({link: -1}, by=person, now=NOW)
    with pytest.raises(RuleViolation, match="Readers see what you graded"):
        undone(grader)
    assert link.ratings.count() == 2


def test_a_deleted_link_comes_back_with_the_claim_and_evidence_that_it_tied(writer):
    link = known(EvidenceLinkFactory())
    delete(EvidenceLink.objects.get(), by=writer, now=NOW)
    undone(writer)
    assert EvidenceLink.objects.get() == link
    assert Evidence.objects.get() == link.evidence
