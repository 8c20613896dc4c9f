"""The pages of a dossier: handed over and graded as one unit."""

import re

import pytest
from django.urls import reverse

from claims.actions import grade_links
from claims.models import Claim, Correction, Evidence, EvidenceLink, Rating
from tests.actions.desk import contradicted, noted, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    StatementFactory,
    UserFactory,
)
from tests.people import signed_in

from .posting import address, decide, post, text
from .test_lists import queries_of


def page(statement, name="dossier"):
    return address(statement, name)


def words(response):
    return " ".join(text(response).split())


def dossier(claims=2, **state):
    writer = UserFactory(editor=True)
    by = {"created_by": writer, "changed_by": writer, **state}
    statement = StatementFactory(**by)
    for claim in ClaimFactory.create_batch(claims, statement=statement, **by):
        noted(claim)
        link = EvidenceLinkFactory(
            claim=claim, evidence=EvidenceFactory(**by), created_by=writer, changed_by=writer
        )
        grade_links({link: -2}, by=writer, now=NOW)
    return statement


def hand_over(client, statement, step, **given):
    seen = re.search(r'name="seen" value="([^"]*)"', text(client.get(page(statement))))
    reason = {f"{step}-reason": "Read it all."} | given
    return post(client, page(statement), {"step": step, "seen": seen.group(1) if seen else "", **reason})


def statuses(statement):
    links = EvidenceLink.objects.filter(claim__statement=statement)
    claims = statement.claims.values_list("status", flat=True)
    return {stored(statement).status, *claims, *links.values_list("evidence__status", flat=True)}


def test_the_page_lists_what_goes_along_and_what_each_lacks(editor):
    statement = dossier()
    Claim.objects.filter(pk=statement.claims.first().pk).update(answer="")
    Evidence.objects.filter(pk=Evidence.objects.first().pk).update(credibility=None)
    found = words(editor.get(page(statement)))
    for record in (statement, *statement.claims.all(), *Evidence.objects.all()):
        assert address(record) in found
    assert "Grade the credibility of the report." in found
    assert found.count("Write what happened") == 1
    assert "Publish its statement first" not in found
    assert "Send all 5 drafts to review" in found


def test_an_editor_sends_it_and_a_publisher_publishes_it_in_one_step_each(editor, publisher):
    statement = dossier()
    assert "5 records sent to review." in words(
        hand_over(editor, statement, "submit", **{"submit-reason": ""})
    )
    assert statuses(statement) == {"in_review"}
    assert 'value="publish"' not in text(editor.get(page(statement)))
    assert "5 records published." in words(hand_over(publisher, statement, "publish"))
    assert statuses(statement) == {"published"}


def test_a_refusal_publishes_nothing_says_each_reason_and_keeps_what_was_typed(publisher):
    statement = dossier(in_review=True)
    statement.claims.update(answer="")
    answer = words(hand_over(publisher, statement, "publish"))
    assert "Nothing of the dossier was handed over:" in answer
    assert answer.count("cannot be published yet") == 2
    assert "Read it all." in answer
    assert statuses(statement) == {"in_review"}


CHANGES = {
    "rationale": lambda s: EvidenceLink.objects.filter(claim__statement=s).update(rationale="Other words."),
    "search note": lambda s: s.claims.first().search_notes.update(outcome="Other words."),
    "report": lambda s: Evidence.objects.filter(links__claim__statement=s).update(summary="Other words."),
    "claim": lambda s: s.claims.update(answer="Other words."),
    "a new draft": lambda s: ClaimFactory(statement=s),
}


@pytest.mark.parametrize("part", CHANGES)
@pytest.mark.parametrize("step", ["publish", "return"])
def test_what_changes_between_looking_and_pressing_stops_the_step(step, part, publisher):
    statement = dossier(claims=1, in_review=True)
    seen, before = publisher.get(page(statement)).context["seen"], stored(statement).status
    CHANGES[part](statement)
    answer = post(publisher, page(statement), {"step": step, "seen": seen, f"{step}-reason": "Read it all."})
    assert "The dossier has changed since you looked." in words(answer)
    assert "Read it all." in words(answer)
    assert stored(statement).status == before
    assert "published" not in statuses(statement)


def test_who_may_not_publish_cannot_by_a_crafted_post(editor):
    statement = dossier(claims=1, in_review=True)
    seen = editor.get(page(statement)).context["seen"]
    crafted = {"step": "publish", "seen": seen, "publish-reason": "Now."}
    assert post(editor, page(statement), crafted).status_code == 403
    assert post(editor, page(statement), {"step": "nonsense"}).status_code == 403
    assert statuses(statement) == {"in_review"}


def test_an_outsider_sees_neither_page(outsider):
    statement = dossier(claims=1)
    assert outsider.get(page(statement)).status_code == 403
    assert outsider.get(page(statement, "grade")).status_code == 403


def test_a_report_of_the_dossier_that_turns_a_verdict_brings_its_notice(publisher):
    standing = contradicted()
    statement = dossier(claims=1, in_review=True)
    report = EvidenceLink.objects.get(claim__statement=statement).evidence
    for number in range(3):
        other = report if not number else EvidenceFactory(in_review=True)
        link = EvidenceLinkFactory(claim=standing, evidence=other, stance=2)
        if number:
            EvidenceLinkFactory(claim=statement.claims.get(), evidence=link.evidence, stance=2)
    assert "a notice is owed" in words(publisher.get(f"{page(statement)}?effects=all"))
    assert "Write the notice that they will read" in words(hand_over(publisher, statement, "publish"))
    assert "published" not in statuses(statement)
    given = {"publish-notice_kind": "update", "publish-notice": "New reports say otherwise."}
    assert "records published." in words(hand_over(publisher, statement, "publish", **given))
    notices = Correction.objects.filter(claim=standing)
    assert {notice.what_was_wrong for notice in notices} == {"New reports say otherwise."}


# Sent back


def test_a_publisher_sends_it_back_and_its_writer_reads_why_on_the_first_page(publisher):
    statement = dossier(in_review=True)
    assert "Send back all 5 records that are in review" in words(publisher.get(page(statement)))
    why = {"return-reason": "Name the month of each delivery."}
    assert "5 records sent back." in words(hand_over(publisher, statement, "return", **why))
    assert statuses(statement) == {"draft"}
    writer = signed_in(statement.created_by)
    waiting = (
        words(writer.get(reverse("admin:index"))).partition('id="desk-returned"')[2].partition("</ul>")[0]
    )
    assert waiting.count("<li>") == 1
    for told in (page(statement), "Statement, and 4 more of its dossier", "Name the month of each delivery."):
        assert told in waiting
    for where in (page(statement), address(statement), address(statement.claims.first())):
        assert "Name the month of each delivery." in words(writer.get(where))


def test_it_goes_to_review_again_and_nothing_says_any_more_that_it_was_sent_back(publisher):
    statement = dossier(in_review=True)
    hand_over(publisher, statement, "return", **{"return-reason": "Name the month."})
    writer = signed_in(statement.created_by)
    hand_over(writer, statement, "submit")
    assert "Name the month." not in words(writer.get(page(statement)))
    assert 'id="desk-returned"' not in words(writer.get(reverse("admin:index")))


def test_without_a_reason_it_is_not_sent_back(publisher):
    statement = dossier(claims=1, in_review=True)
    answer = words(hand_over(publisher, statement, "return", **{"return-reason": ""}))
    assert "This field is required." in answer
    assert statuses(statement) == {"in_review"}


def test_one_record_is_still_sent_back_alone_and_the_others_can_be_published(publisher):
    statement = dossier(claims=1, in_review=True)
    claim = statement.claims.get()
    decide(publisher, claim, "return", reason="Name the month.")
    assert statuses(statement) == {"in_review", "draft"}
    assert "Name the month." in words(publisher.get(page(statement)))
    assert "2 records published." in words(hand_over(publisher, statement, "publish"))


def test_what_was_public_stays_when_the_rest_is_sent_back(publisher):
    statement = dossier(claims=1, in_review=True)
    decide(publisher, statement, "publish")
    hand_over(publisher, statement, "return", **{"return-reason": "Name the month."})
    assert stored(statement).status == "published"
    assert statuses(statement) == {"published", "draft"}


# Grading


def test_a_second_editor_grades_all_reports_on_one_page_without_seeing_why(editor):
    statement = dossier()
    EvidenceLink.objects.update(rationale="It shows the border closed.")
    for name in ("dossier", "grade"):
        assert "It shows the border closed." not in text(editor.get(page(statement, name)))
    links = EvidenceLink.objects.filter(claim__statement=statement)
    answer = post(editor, page(statement, "grade"), {f"link-{link.pk}-stance": "-1" for link in links})
    assert "2 reports graded." in words(answer)
    assert set(Rating.objects.filter(rater=editor.user).values_list("stance", flat=True)) == {-1}
    assert "It shows the border closed." in text(editor.get(page(statement)))
    assert "No report of this dossier waits for your grade." in text(editor.get(page(statement, "grade")))


def test_a_report_that_is_left_out_waits_on_and_nothing_at_all_is_refused(editor):
    statement = dossier()
    assert "Nothing was graded" in words(post(editor, page(statement, "grade"), {}))
    link = EvidenceLink.objects.first()
    assert "1 report graded." in words(
        post(
            editor,
            page(statement, "grade"),
            {f"link-{link.pk}-stance": "2", f"link-{link.pk}-decisive_clause": ""},
        )
    )
    assert "Grade 1 report" in words(editor.get(page(statement)))


def test_a_grade_has_its_editors_own_reason_and_a_reason_needs_a_grade(editor):
    statement = dossier(claims=1)
    name = f"link-{EvidenceLink.objects.get(claim__statement=statement).pk}"
    why = {f"{name}-rationale": "The crossing is another one."}
    refusal = text(post(editor, page(statement, "grade"), why))
    assert "Choose your stance too: the reason is a part of your grading." in refusal
    assert "The crossing is another one." in refusal
    post(editor, page(statement, "grade"), {**why, f"{name}-stance": "1"})
    assert Rating.objects.get(rater=editor.user).rationale == "The crossing is another one."


def test_the_first_page_and_the_forms_lead_to_the_dossier(editor, publisher):
    statement = dossier(claims=1, in_review=True)
    assert page(statement) in text(publisher.get(reverse("admin:index")))
    assert page(statement, "grade") in text(editor.get(reverse("admin:index")))
    assert page(statement) in text(editor.get(address(statement)))
    assert page(statement) in text(editor.get(address(statement.claims.get())))


@pytest.mark.parametrize(("name", "most"), [("dossier", 42), ("grade", 11)])
def test_the_pages_ask_no_more_of_the_database_as_the_dossier_grows(editor, name, most):
    few = queries_of(editor, page(dossier(claims=2), name))
    assert queries_of(editor, page(dossier(claims=5), name)) == few <= most
