"""Two who decide on the same record: each on what they looked at, and of two at once exactly one."""

import pytest

from claims.actions import pending_proposal
from claims.models import DeskStep, Entry, Evidence, EvidenceLink, Proposal, Role, SearchNote, Statement
from tests.actions.desk import ready, stored
from tests.factories import (
    ClaimFactory,
    DeskStepFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    RoleFactory,
    StatementFactory,
    TopicFactory,
)

from .posting import address, listing, looked_at, post, rule_on, send, text


def looked(client, record, step):
    return looked_at(client.get(address(record, step)))


def test_what_changed_since_it_was_looked_at_is_not_decided_on(editor, publisher):
    claim = ready(ClaimFactory, in_review=True)
    seen = looked(publisher, claim, "publish")
    send(editor, address(claim), {"criterion": "Seen month by month."})
    answer = post(publisher, address(claim, "publish"), {"reason": "Checked.", **seen})
    assert "has changed since you looked" in text(answer)
    assert stored(claim).status == "in_review"
    assert "Checked." in text(answer)


def test_what_gained_a_topic_since_it_was_looked_at_is_not_decided_on_either(editor, publisher):
    claim = ready(ClaimFactory, in_review=True)
    seen = looked(publisher, claim, "publish")
    send(editor, address(claim), {"topics": [TopicFactory().pk]})
    post(publisher, address(claim, "publish"), {"reason": "Checked.", **seen})
    assert stored(claim).status == "in_review"


@pytest.mark.parametrize("seen", [{}, {"seen-1": ""}, {"seen": "x"}])
def test_nothing_is_decided_that_was_not_looked_at(publisher, seen):
    claim = ready(ClaimFactory, in_review=True)
    post(publisher, address(claim, "publish"), {"reason": "Checked.", **seen})
    assert stored(claim).status == "in_review"


def test_of_two_who_publish_at_once_exactly_one_does(publisher, chief):
    records = [ready(EvidenceFactory, in_review=True) for _ in range(2)]
    chosen = {"action": "publish_selected", "_selected_action": [record.pk for record in records]}
    decisions = [(who, looked_at(post(who, listing(Evidence), chosen))) for who in (publisher, chief)]
    answers = [
        post(who, listing(Evidence), {**chosen, **seen, "reason": "Checked."}) for who, seen in decisions
    ]
    assert ["2 published." in text(answer) for answer in answers] == [True, False]
    assert {stored(record).published_by for record in records} == {publisher.user}
    assert DeskStep.objects.filter(step="publish").count() == 2
    assert Entry.objects.filter(kind="evidence", act="publish").count() == 2


def test_a_proposal_that_was_rewritten_meanwhile_is_not_decided_on(editor, publisher):
    statement = ready(StatementFactory, published=True)
    send(editor, address(statement), {"occasion": "A speech", "why": "It was one."})
    proposal = pending_proposal(statement)
    seen = publisher.get(address(proposal)).context["seen"]
    send(editor, address(statement), {"occasion": "An interview", "why": "It was one."})
    answer = post(publisher, address(proposal), {"decision": "accept", "seen": seen})
    assert "has changed since you looked at it" in text(answer)
    assert not Statement.objects.exclude(occasion="").exists()


def test_of_two_who_decide_on_a_proposal_the_second_is_told(editor, publisher, chief):
    statement = ready(StatementFactory, published=True)
    send(editor, address(statement), {"occasion": "A speech", "why": "It was one."})
    proposal = pending_proposal(statement)
    seen = chief.get(address(proposal)).context["seen"]
    rule_on(publisher, proposal, "accept")
    answer = post(chief, address(proposal), {"decision": "decline", "seen": seen, "reason": "No."})
    assert "was decided already" in text(answer)
    assert stored(proposal).outcome == "accepted"


# What goes along -----------------------------------------------------------------------------------------------------


def in_review_with_reports(editor):
    """A claim in review that two editors have graded a published report of, with its searches."""
    claim = ready(ClaimFactory, in_review=True, created_by=editor.user, changed_by=editor.user)
    link = EvidenceLinkFactory(
        claim=claim, evidence=EvidenceFactory(published=True), stance=-2, changed_by=editor.user
    )
    return claim, link


def published(client, claim, seen):
    answer = post(client, address(claim, "publish"), {"reason": "Checked.", **seen})
    return answer, stored(claim).status == "published"


@pytest.mark.parametrize("part", ["rationale", "translation", "search note", "role"])
def test_what_goes_along_and_changed_since_it_was_looked_at_is_not_published(part, editor, publisher):
    claim, link = in_review_with_reports(editor)
    role = RoleFactory(speaker=claim.statement.speaker)
    # A speaker goes along with a statement, the other parts with a claim.
    record = claim if part != "role" else ready(StatementFactory, in_review=True, speaker=role.speaker)
    seen = looked(publisher, record, "publish")
    match part:
        case "rationale":
            EvidenceLink.objects.filter(pk=link.pk).update(rationale="Swapped.")
        case "translation":
            EvidenceLink.objects.filter(pk=link.pk).update(
                translations={"ar": {"rationale": "بدّلت", "by": "A"}}
            )
        case "search note":
            SearchNote.objects.filter(claim=claim).update(outcome="Swapped.")
        case "role":
            Role.objects.filter(pk=role.pk).update(title="Swapped")
    answer, done = published(publisher, record, seen)
    assert "has changed since you looked" in text(answer)
    assert not done


@pytest.mark.parametrize("part", ["link", "search note"])
def test_nobody_publishes_what_goes_along_if_they_wrote_it(part, editor, publisher):
    claim, link = in_review_with_reports(editor)
    row = link if part == "link" else claim.search_notes.first()
    DeskStepFactory(by=publisher.user, kind=row._meta.model_name, record_id=row.pk)
    answer, done = published(publisher, claim, looked(publisher, claim, "publish"))
    assert "which readers would see with" in text(answer)
    assert not done


def test_a_publisher_who_only_graded_what_goes_along_publishes_it(editor, publisher):
    claim, link = in_review_with_reports(editor)
    RatingFactory(link=link, rater=publisher.user, stance=-1)
    assert published(publisher, claim, looked(publisher, claim, "publish"))[1]


@pytest.mark.parametrize("column", ["reason", "notice", "notice_kind", "notice_translations"])
def test_a_proposal_whose_reason_or_notice_changed_is_not_decided_on(column, editor, publisher):
    statement = ready(StatementFactory, published=True)
    send(editor, address(statement), {"occasion": "A speech", "why": "It was one."})
    proposal = pending_proposal(statement)
    seen = publisher.get(address(proposal)).context["seen"]
    other = {
        "notice_kind": "correction",
        "notice_translations": {"ar": {"what_was_wrong": "أخطأنا", "by": "A"}},
    }
    Proposal.objects.filter(pk=proposal.pk).update(**{column: other.get(column, "Swapped.")})
    answer = post(publisher, address(proposal), {"decision": "accept", "seen": seen})
    assert "The proposal has changed since you looked at it." in text(answer)
    assert stored(statement).occasion != "A speech"
