"""The first page: what waits for whom, block by block, and one's own last step with a way back."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions import grade_links, return_to_writer
from claims.domain.about import AboutSubject
from claims.models import About, Claim, DeskStep
from tests.actions.desk import ready, stored
from tests.factories import (
    NOW,
    AboutFactory,
    ClaimFactory,
    ErrorReportFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    RevisionFactory,
    StatementFactory,
    SuppressionFactory,
)

from .posting import address, decide, post, send, text
from .test_lists import queries_of

ORDER = [
    "suppressions", "error_reports", "returned", "overdue", "proposals", "review_statement", "review_evidence",
    "review_claim", "to_grade", "unrated", "disagreements", "drafts", "own_in_review", "own_proposals", "unclaimed",
    "ungraded", "unfindable", "due", "without_answer", "without_outcome", "without_negation", "untranslated_answer",
    "untranslated", "missing_about",
]  # fmt: skip


IN_ARABIC = {"ar": {"text": "نص عن الموقع.", "by": "A. Translator"}}


def first_page(client):
    return " ".join(text(client.get(reverse("admin:index"))).split())


def blocks(client):
    return re.findall(r'id="desk-(\w+)"', first_page(client))


def block(client, name):
    return first_page(client).partition(f'id="desk-{name}"')[2].partition("</section>")[0]


def full_desk(publisher, colleague):
    """Something in every block."""
    me = publisher.user
    for maker in (StatementFactory, ClaimFactory, EvidenceFactory):
        ready(maker, in_review=True)
        own = ready(maker, in_review=True, created_by=me, changed_by=me, submitted_by=me)
        return_to_writer(own, by=colleague.user, now=NOW, reason="Name the month.")
        ready(maker, created_by=me, changed_by=me)
        ready(maker, in_review=True, created_by=me, changed_by=me, submitted_by=me)
    RevisionFactory(proposal__proposed_by=me)
    SuppressionFactory(asked_by=colleague.user)
    EvidenceLinkFactory()
    ErrorReportFactory()
    RevisionFactory(proposal__proposed_by=colleague.user)
    RatingFactory(link=EvidenceLinkFactory(), rater=colleague.user)
    disputed = EvidenceLinkFactory(stance=2)
    grade_links({disputed: -2}, by=me, now=NOW)
    EvidenceFactory(ungraded=True)
    EvidenceFactory(published=True, url="")
    ready(ClaimFactory, published=True, kind="commitment", valid_until=f"{timezone.localdate():%Y-%m}")
    ready(ClaimFactory, published=True, kind="commitment", valid_until="2024", answer="")
    ready(ClaimFactory, published=True, settled=True, settled_as="")
    ready(ClaimFactory, published=True, kind="denial")


def test_a_commitment_past_its_day_waits_until_it_is_settled(publisher):
    claim = ready(ClaimFactory, published=True, kind="commitment", valid_until="2024")
    assert "overdue" in blocks(publisher)
    settled = {"settled_as": "broken", "settlement": "Nothing came.", "settled_by": publisher.user}
    Claim.objects.filter(pk=claim.pk).update(settled_on=timezone.localdate(), **settled)
    assert not {"overdue", "without_outcome"} & set(blocks(publisher))
    ready(ClaimFactory, published=True, kind="commitment", valid_until="2024", uncheckable_reason="Vague.")
    assert "overdue" not in blocks(publisher)


def test_a_denial_that_is_quoted_with_its_sense_is_no_work(publisher):
    statement = StatementFactory(published=True, text="We have not lifted a sanction.")
    claim = ready(ClaimFactory, published=True, statement=statement, kind="denial", quote="lifted a sanction")
    assert "without_negation" in blocks(publisher)
    Claim.objects.filter(pk=claim.pk).update(governing_words="not lifted a sanction")
    assert "without_negation" not in blocks(publisher)


def test_what_is_not_in_every_language_is_work(publisher):
    claim = ready(ClaimFactory, published=True, translations={})
    assert address(claim) in block(publisher, "untranslated_answer")
    assert address(claim) in block(publisher, "untranslated")
    assert address(claim.statement) in block(publisher, "untranslated")
    said = {name: "ادعاء" for name in Claim.translatable if name != "answer"} | {"by": "X"}
    Claim.objects.filter(pk=claim.pk).update(translations={"ar": said})
    assert address(claim) in block(publisher, "untranslated_answer")
    assert f'{address(claim)}"' not in block(publisher, "untranslated")
    Claim.objects.filter(pk=claim.pk).update(translations={"ar": said | {"answer": "لا"}})
    assert "untranslated_answer" not in blocks(publisher)


def test_what_only_the_desk_sees_need_not_be_translated(publisher):
    ClaimFactory()
    EvidenceLinkFactory()
    assert not {name for name in blocks(publisher) if name.startswith("untranslated")}


def test_words_that_were_said_in_the_language_of_the_page_need_no_translation(publisher):
    arabic = {"title": "كلمة", "occasion": "كلمة", "by": "X"}
    ready(
        StatementFactory, published=True, original_text="لن نرفع العقوبات", original_language="ar",
        reported_text="", translations={"ar": arabic},
    )  # fmt: skip
    assert "statement" not in block(publisher, "untranslated")


def test_a_site_in_one_language_has_nothing_to_translate(publisher, settings):
    ready(ClaimFactory, published=True)
    settings.LANGUAGES = [("en", "English")]
    assert not {"untranslated_answer", "untranslated"} & set(blocks(publisher))


def test_each_block_stands_in_its_order_and_only_with_something_in_it(publisher, colleague):
    for subject in AboutSubject:
        AboutFactory(subject=subject.value, published=True, translations=IN_ARABIC)
    assert blocks(publisher) == []
    About.objects.filter(subject="paid").delete()
    full_desk(publisher, colleague)
    assert blocks(publisher) == ORDER


def test_publishers_see_which_texts_about_the_site_are_missing(publisher, reporter):
    AboutFactory(subject="run", published=True, translations=IN_ARABIC)
    AboutFactory(subject="paid", published=True, text="لا أحد.")
    draft = AboutFactory(subject="complaints")
    found = block(publisher, "missing_about")
    assert "Who runs this site" not in found
    notes = re.findall(r'([^<>]+)</a>\s*<span class="desk-quiet">([^<]+)<', found)
    assert notes == [
        ("Who pays for it", "not in: English"), ("How to complain", "draft"), ("How corrections work", "not written"),
    ]  # fmt: skip
    assert f"about/{draft.pk}/change/" in found
    assert "about/add/?subject=corrections" in found
    assert "missing_about" not in blocks(reporter)


def test_a_text_about_the_site_that_lacks_a_translation_is_listed_once(publisher):
    paid = AboutFactory(subject="paid", published=True, text="Nobody.")
    assert address(paid) in block(publisher, "untranslated")
    assert "Who pays for it" not in block(publisher, "missing_about")


def test_who_may_not_decide_is_not_asked_to(reporter, colleague, publisher):
    full_desk(publisher, colleague)
    found = set(blocks(reporter))
    assert not {"error_reports", "proposals", "review_statement", "review_evidence", "review_claim"} & found
    assert {"to_grade", "ungraded", "due"} <= found


def test_an_outsider_sees_no_block(outsider, publisher, colleague):
    full_desk(publisher, colleague)
    assert blocks(outsider) == []


def test_nobody_is_asked_to_review_what_they_wrote(publisher):
    ready(ClaimFactory, in_review=True, changed_by=publisher.user)
    assert "review_claim" not in blocks(publisher)


def test_what_waits_leads_to_where_it_is_done(publisher, colleague):
    claim = ready(ClaimFactory, in_review=True)
    proposal = RevisionFactory().proposal
    link = EvidenceLinkFactory()
    RatingFactory(link=link, rater=colleague.user)
    assert address(claim) in block(publisher, "review_claim")
    assert address(proposal) in block(publisher, "proposals")
    assert f"{address(link.claim)}#links-group" in block(publisher, "to_grade")


def test_a_report_to_grade_tells_no_stance_and_goes_when_it_is_graded(editor, colleague):
    link = EvidenceLinkFactory()
    RatingFactory(link=link, rater=colleague.user, stance=2)
    waiting = block(editor, "to_grade")
    assert str(link.evidence) in waiting
    assert "+" not in waiting
    send(editor, address(link.claim), {"links-0-stance": "-2"})
    assert "disagreements" in blocks(editor)
    assert "to_grade" not in blocks(editor)


def test_a_disagreement_is_shown_to_those_alone_who_have_graded(editor, colleague, publisher):
    link = EvidenceLinkFactory()
    for client, stance in ((editor, -2), (colleague, 2)):
        RatingFactory(link=link, rater=client.user, stance=stance)
    assert "disagreements" in blocks(editor)
    assert "disagreements" not in blocks(publisher)


def test_of_many_the_first_are_shown_and_the_others_counted(editor):
    EvidenceFactory.create_batch(11, ungraded=True)
    found = block(editor, "ungraded")
    assert found.count("<li>") == 8
    assert "and 3 more" in found
    assert '<span class="desk-count">11</span>' in found


@pytest.mark.parametrize("fields", [{}, {"in_review": True}], ids=["drafts", "own_in_review"])
def test_the_rest_of_my_own_is_in_the_lists_to_which_the_block_leads(editor, fields):
    own = StatementFactory.create_batch(9, created_by=editor.user, **fields)
    found = block(editor, "own_in_review" if fields else "drafts")
    assert "and 1 more" in found
    href = re.search(r'href="([^"]+)">Statements<', found).group(1).replace("&amp;", "&")
    assert set(editor.get(href).context["cl"].result_list) == set(own)


def test_the_first_page_costs_the_same_however_much_waits(publisher, colleague):
    full_desk(publisher, colleague)
    few = queries_of(publisher, reverse("admin:index"))
    full_desk(publisher, colleague)
    assert queries_of(publisher, reverse("admin:index")) == few <= 39


# An empty desk


def test_an_empty_desk_says_what_to_do_first_and_leads_to_the_guide(editor):
    page = first_page(editor)
    assert "What to do first" in page
    assert reverse("admin:claims_statement_add") in page
    guide = editor.get(reverse("editing_guide"))
    assert reverse("editing_guide") in page
    assert b"".join(guide.streaming_content).startswith(b"# Editing guide")


def test_a_site_without_a_statement_says_it_to_publishers_too(publisher):
    assert "missing_about" in blocks(publisher)
    assert "What to do first" in first_page(publisher)
    StatementFactory(published=True)
    assert "What to do first" not in first_page(publisher)


def test_an_account_without_a_group_is_told_whom_to_ask(outsider):
    page = first_page(outsider)
    assert "Your account may not do anything here yet" in page
    assert "What to do first" not in page


# Undo


def undo(client):
    found = re.search(r'action="([^"]+/undo/)"', first_page(client))
    return post(client, found.group(1), {}) if found else None


def test_ones_own_last_step_is_taken_back(editor):
    claim = ClaimFactory()
    before = claim.criterion
    send(editor, address(claim), {"criterion": "Month by month."})
    assert "Your last step" in first_page(editor)
    assert "Undone:" in text(undo(editor))
    assert stored(claim).criterion == before
    assert undo(editor) is None


def test_what_was_deleted_comes_back(editor):
    claim = ClaimFactory()
    post(editor, address(claim, "delete"), {"post": "yes"})
    undo(editor)
    assert Claim.objects.get(pk=claim.pk).proposition == claim.proposition


def test_what_another_built_upon_is_not_undone(editor, colleague):
    claim = ClaimFactory()
    send(editor, address(claim), {"criterion": "Month by month."})
    send(colleague, address(claim), {"criterion": "Week by week."})
    assert "can no longer be undone" in text(undo(editor))
    assert stored(claim).criterion == "Week by week."


@pytest.mark.parametrize("step", ["publish", "withdraw"])
def test_what_readers_saw_is_not_offered_to_be_undone(publisher, step):
    record = ready(EvidenceFactory, **{"in_review" if step == "publish" else "published": True})
    decide(publisher, record, step)
    assert undo(publisher) is None


def test_a_step_of_another_cannot_be_undone_nor_seen(editor, colleague):
    send(editor, address(ClaimFactory()), {"criterion": "Month by month."})
    step = DeskStep.objects.get()
    assert colleague.post(address(step, "undo")).status_code == 404
    assert editor.get(address(step, "undo")).status_code == 405
    assert "Month by month." not in first_page(colleague)
