"""Translations at the desk: entered beside the texts, refused in words, and decided on field by field."""

import pytest

from claims.actions import pending_proposal
from claims.models import (
    Claim,
    Correction,
    EvidenceLink,
    Origin,
    Proposal,
    Role,
    SearchNote,
    Source,
    Speaker,
    Topic,
)
from tests.actions.desk import known, ready, stored
from tests.factories import (
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RoleFactory,
    SearchNoteFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
)
from tests.views.page import Page

from .posting import address, decide, errors_of, listing, row_of, rule_on, send, text

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script>{{ 7|add:7 }} %(x)s'


def test_an_editor_enters_a_name_in_arabic_and_who_translated_it(editor):
    topic = TopicFactory(name="Roads")
    send(editor, address(topic), {"name_ar": " طرق ", "by_ar": "A. T."})
    assert Topic.objects.get().translations == {"ar": {"name": "طرق", "by": "A. T."}}


def test_a_new_record_takes_its_translation_along(editor):
    changes = {"name": "Somebody", "name_ar": "أحدهم", "by_ar": "A. T."}
    send(editor, listing(Speaker, "add"), changes)
    assert Speaker.objects.get().said_in("name", "ar") == "أحدهم"


def test_a_translation_without_a_translator_is_refused_at_the_field(editor):
    topic = TopicFactory()
    answer = send(editor, address(topic), {"name_ar": "طرق"})
    assert "Say who translated it" in errors_of(answer)
    assert "طرق" in text(answer)
    assert Topic.objects.get().translations == {}


def test_emptied_fields_leave_nothing_behind(editor):
    topic = TopicFactory(translations={"ar": {"name": "طرق", "by": "A. T."}})
    send(editor, address(topic), {"name_ar": "", "by_ar": "A. T."})
    assert Topic.objects.get().translations == {}


def test_the_fields_run_from_right_to_left_and_say_their_language(editor):
    page = Page(text(editor.get(address(TopicFactory()))), "/")
    field = page.one("textarea", name="name_ar")
    assert (field.attributes["lang"], field.attributes["dir"]) == ("ar", "rtl")
    assert "Arabic: name" in text(editor.get(address(TopicFactory())))


def test_a_role_has_its_own_beside_it(editor):
    role = RoleFactory()
    page = editor.get(address(role.speaker))
    row = row_of(page, role, "roles")
    send(editor, address(role.speaker), {f"roles-{row}-title_ar": "وزير", f"roles-{row}-by_ar": "A. T."})
    assert Role.objects.get().translations == {"ar": {"title": "وزير", "by": "A. T."}}


def test_a_changed_text_takes_its_translation_along_unless_it_is_said_to_hold(editor):
    speaker = SpeakerFactory(translations={"ar": {"name": "وزير", "by": "A. T."}})
    send(editor, address(speaker), {"name": "A minister", "translations_hold": "on"})
    assert Speaker.objects.get().said_in("name", "ar") == "وزير"
    send(editor, address(speaker), {"name": "Another minister"})
    assert Speaker.objects.get().translations == {}


def test_a_proposal_tells_it_in_words_field_by_field(editor, publisher):
    claim = ready(ClaimFactory, published=True)
    send(
        editor, address(claim), {"proposition_ar": "الطريق مفتوح", "by_ar": "A. T.", "why": "Now in Arabic."}
    )
    proposal = Proposal.objects.get()
    page = Page(text(publisher.get(address(proposal))), "/")
    told = {row.one("th").text: row.all("td")[1].text for row in page.one("table", "desk-diff").all("tr")[1:]}
    assert told == {
        "Arabic: the claim, one checkable proposition": "الطريق مفتوح", "Arabic: translated by": "A. T.",
    }  # fmt: skip
    rule_on(publisher, proposal, "accept")
    assert Claim.objects.get().said_in("proposition", "ar") == "الطريق مفتوح"


def test_readers_see_in_the_ledger_what_was_translated_and_by_whom(editor, publisher, client):
    claim = ready(ClaimFactory, published=True)
    send(
        editor, address(claim), {"proposition_ar": "الطريق مفتوح", "by_ar": "A. T.", "why": "Now in Arabic."}
    )
    rule_on(publisher, Proposal.objects.get(), "accept")
    from claims.models import Entry

    number = Entry.objects.filter(kind="claim").latest("number").number
    page = Page(client.get(f"/changes/{number}/").content.decode(), "/")
    rows = {row.one("th").text: row.all("td")[1].text for row in page.one("table").all("tr")[1:]}
    assert rows["Arabic: the claim, one checkable proposition"] == "الطريق مفتوح"
    assert rows["Arabic: translated by"] == "A. T."
    assert not [label for label in rows if "translations" in label.lower()]


def test_hostile_text_stays_text(editor, publisher, client):
    claim = ready(ClaimFactory, published=True)
    send(
        editor, address(claim), {"proposition_ar": HOSTILE, "quote_ar": HOSTILE, "by_ar": HOSTILE, "why": "?"}
    )
    proposal = Proposal.objects.get()
    assert "<script>alert" not in text(publisher.get(address(proposal)))
    rule_on(publisher, proposal, "accept")
    html = client.get(f"/ar{claim.get_absolute_url()}").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert "{{ ٧|add:٧ }}" in html


@pytest.mark.parametrize("lookup", ["translations__contains", "translations__ar__name", "translations"])
def test_lists_are_not_asked_for_what_is_in_them(editor, lookup):
    SourceFactory()
    assert editor.get(listing(Source), {lookup: "x"}).status_code in (302, 400)


# In rows


def by_hand(claim):
    """The claim's page with a report and a search, each with an Arabic text and no name of its own."""
    EvidenceLinkFactory(claim=claim)
    SearchNoteFactory(claim=claim)
    return {"links-0-rationale_ar": "يدل عليه", "search_notes-0-outcome_ar": "لا شيء"}


def test_rows_are_translated_by_whoever_translated_the_record_that_they_stand_in(editor):
    claim = ClaimFactory()
    rows = by_hand(claim)
    send(editor, address(claim), {**rows, "proposition_ar": "الطريق مفتوح", "by_ar": "A. T."})
    assert EvidenceLink.objects.get().translations == {"ar": {"rationale": "يدل عليه", "by": "A. T."}}
    assert SearchNote.objects.get().translations == {"ar": {"outcome": "لا شيء", "by": "A. T."}}


def test_a_row_may_name_another(editor):
    claim = ClaimFactory(translations={"ar": {"proposition": "الطريق مفتوح", "by": "A. T."}})
    send(editor, address(claim), {**by_hand(claim), "links-0-by_ar": "B. S."})
    assert EvidenceLink.objects.get().translated_by("ar") == "B. S."
    assert SearchNote.objects.get().translated_by("ar") == "A. T."


def test_a_row_to_fill_in_shows_whose_name_it_would_take(editor):
    claim = ClaimFactory(translations={"ar": {"proposition": "الطريق مفتوح", "by": "A. T."}})
    page = Page(text(editor.get(address(claim))), "/")
    for row in ("links-0", "links-__prefix__", "search_notes-0", "search_notes-__prefix__"):
        assert page.one("input", name=f"{row}-by_ar").attributes["placeholder"] == "A. T."


def test_where_nobody_is_named_at_all_the_row_says_so_and_stands_open(editor):
    claim = ClaimFactory()
    answer = send(editor, address(claim), by_hand(claim))
    assert EvidenceLink.objects.get().translations == {}
    page = Page(text(answer), "/")
    folds = [fold for fold in page.all("details", "desk-tongue") if "open" in fold.attributes]
    assert [fold.one("summary").text for fold in folds] == ["In Arabic"] * 2
    assert all("Say who translated it" in fold.text for fold in folds)


def test_a_row_tells_in_its_fold_who_translated_it(editor):
    link = EvidenceLinkFactory(translations={"ar": {"rationale": "يدل عليه", "by": "A. T."}})
    for end in (link.claim, link.evidence):
        folds = Page(text(editor.get(address(end))), "/").all("details", "desk-tongue")
        assert folds[0].one("summary").text == "In Arabic · A. T."
        assert "open" not in folds[0].attributes


def test_a_rows_translation_holds_where_that_is_ticked_and_goes_otherwise(editor):
    arabic = {"ar": {"rationale": "يدل عليه", "by": "A. T."}}
    link = EvidenceLinkFactory(translations=arabic)
    ticked = {"links-0-rationale": "It shows it.", "links-0-translations_hold": "on"}
    send(editor, address(link.claim), ticked)
    assert stored(link).translations == arabic
    send(editor, address(link.claim), {"links-0-rationale": "It shows something else."})
    assert stored(link).translations == {}


def test_a_rationale_that_readers_see_is_proposed_in_arabic_and_told_in_words(editor, publisher):
    claim = ClaimFactory(published=True)
    known(EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2))
    changes = {"links-0-rationale_ar": "يدل عليه", "links-0-by_ar": "A. T.", "why": "Now in Arabic."}
    send(editor, address(claim), changes)
    proposal = Proposal.objects.get()
    page = Page(text(publisher.get(address(proposal))), "/")
    labels = [row.one("th").text for row in page.one("table", "desk-diff").all("tr")[1:]]
    assert labels == ["Arabic: translated by", "Arabic: why, for all graders"]
    rule_on(publisher, proposal, "accept")
    assert EvidenceLink.objects.get().said_in("rationale", "ar") == "يدل عليه"


def test_a_public_search_note_is_translated_later_but_not_reworded(editor):
    claim = ready(ClaimFactory, published=True)
    arabic = {"search_notes-0-outcome_ar": "لا شيء", "search_notes-0-by_ar": "A. T."}
    assert "Say why it changes" in errors_of(send(editor, address(claim), arabic))
    send(editor, address(claim), {**arabic, "why": "Now in Arabic."})
    assert claim.search_notes.first().said_in("outcome", "ar") == "لا شيء"
    answer = send(editor, address(claim), {"search_notes-0-outcome": "Much.", "why": "More."})
    assert "stays as it was written" in errors_of(answer)


def test_an_origins_name_is_entered_like_any_other(editor):
    origin = OriginFactory()
    send(editor, address(origin), {"name_ar": "القصف", "by_ar": "A. T."})
    assert Origin.objects.get().said_in("name", "ar") == "القصف"


# Notices

NOTICE = {
    "notice_kind": "correction", "notice": "We misquoted it.", "notice_ar": "أخطأنا في الاقتباس.",
    "notice_by_ar": "A. T.",
}  # fmt: skip
IN_ARABIC = {"ar": {"what_was_wrong": "أخطأنا في الاقتباس.", "by": "A. T."}}


def reworded(statement):
    return {"text": statement.text.replace("three", "four"), "why": "As it was said."}


def test_a_notice_is_translated_where_it_is_written_and_the_second_person_sees_it(editor, publisher):
    statement = ready(StatementFactory, published=True)
    send(editor, address(statement), {**reworded(statement), **NOTICE})
    proposal = pending_proposal(statement)
    form = publisher.get(address(proposal)).context["form"]
    assert (form["notice_ar"].value(), form["notice_by_ar"].value()) == ("أخطأنا في الاقتباس.", "A. T.")
    rule_on(publisher, proposal, "accept", **{**NOTICE, "notice_by_ar": "B. S."})
    assert Correction.objects.get().translations == {"ar": {**IN_ARABIC["ar"], "by": "B. S."}}


def test_a_translated_notice_names_its_translator(editor, publisher):
    statement = ready(StatementFactory, published=True)
    unsigned = {**NOTICE, "notice_by_ar": ""}
    assert "Say who translated it" in errors_of(
        send(editor, address(statement), {**reworded(statement), **unsigned})
    )
    assert not Proposal.objects.exists()
    answer = decide(publisher, statement, "withdraw", **unsigned)
    assert "Say who translated it" in text(answer)
    assert stored(statement).is_published


def test_a_notice_that_stands_there_is_translated_later_by_who_may_write_one(editor, publisher):
    correction = known(CorrectionFactory())
    arabic = {"what_was_wrong_ar": "كان اليوم خطأ.", "by_ar": "A. T.", "why": "Now in Arabic."}
    page = Page(text(publisher.get(address(correction))), "/")
    assert not page.all("textarea", name="what_was_wrong")
    assert not page.all("textarea", name="notice")
    send(publisher, address(correction), {**arabic, "what_was_wrong": "Nothing."})
    assert stored(correction).said_in("what_was_wrong", "ar") == "كان اليوم خطأ."
    assert stored(correction).what_was_wrong == correction.what_was_wrong
    assert 'name="what_was_wrong_ar"' not in text(editor.get(address(correction)))
