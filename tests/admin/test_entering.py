"""Entering statements, claims, sources and notes: stamped, in words, letter for letter."""

import pytest

from claims.models import Claim, Correction, Evidence, SearchNote, Source, Speaker, Statement
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
)

from .posting import address, as_served, errors_of, listing, send, text

SPANS = [f"We are doing thing number {n}" for n in range(1, 12)]
WORDS = ".\r\n\r\n".join(SPANS) + "."


def statement_with_claims(spans=SPANS):
    changes = {
        "title": "Remarks on Syria, Washington",
        "speaker": SpeakerFactory().pk,
        "said_on": "13 October 2021",
        "text": WORDS,
        "source": SourceFactory().pk,
        "claims-TOTAL_FORMS": len(spans),
    }
    for n, span in enumerate(spans):
        changes |= {
            f"claims-{n}-proposition": f"Thing {n + 1} is being done",
            f"claims-{n}-kind": "priority",
            f"claims-{n}-quote": span,
            f"claims-{n}-criterion": "Whether it is seen on the ground.",
            f"claims-{n}-valid_until": "2025-01-20",
        }
    return changes


def test_an_editor_enters_a_statement_with_eleven_claims_in_one_go(editor):
    answer = send(editor, listing(Statement, "add"), statement_with_claims())
    assert answer.status_code == 200
    statement = Statement.objects.get()
    assert (statement.created_by, statement.status) == (editor.user, "draft")
    claims = list(statement.claims.order_by("position"))
    assert [claim.position for claim in claims] == list(range(1, 12))
    assert [claim.quote for claim in claims] == SPANS
    assert {claim.created_by for claim in claims} == {editor.user}
    assert {claim.gap.state for claim in claims} == {"no_evidence"}


def test_words_keep_the_line_ends_they_came_with(editor):
    send(editor, listing(Statement, "add"), statement_with_claims([]))
    statement = Statement.objects.get()
    assert "\r" not in statement.text
    before = statement.text
    send(editor, address(statement))
    statement.refresh_from_db()
    assert statement.text == before


def test_a_span_that_does_not_stand_in_the_words_is_refused_in_words(editor):
    answer = send(editor, listing(Statement, "add"), statement_with_claims(["We never said this"]))
    assert "Copy the span from it, letter for letter" in errors_of(answer)
    assert not Statement.objects.exists()


def test_a_typo_is_mended_in_the_words_and_their_span_at_once(editor):
    claim = ClaimFactory(quote="increasing assistance")
    url = address(claim.statement)
    mended = claim.statement.text.replace("increasing assistance", "increasing the assistance")
    answer = send(editor, url, {"text": mended, "claims-0-quote": "increasing the assistance"})
    assert errors_of(answer) == "" if "errors" in answer.context else True
    claim.refresh_from_db()
    assert claim.quote == "increasing the assistance"
    assert claim.statement.text == mended


def test_words_that_carry_a_claim_are_not_lost_by_changing_the_statement(editor):
    claim = ClaimFactory(quote="increasing assistance")
    answer = send(editor, address(claim.statement), {"text": "Something else altogether."})
    assert "Copy the span from it, letter for letter" in errors_of(answer)
    claim.statement.refresh_from_db()
    assert "increasing assistance" in claim.statement.text


def test_a_claim_says_when_its_last_day_lies_before_the_words(editor):
    claim = ClaimFactory()
    answer = send(editor, address(claim), {"valid_until": "2020"})
    assert "This is before the words were said" in errors_of(answer)


@pytest.mark.parametrize("nonsense", ["the day before yesterday", "2021-13", "2021-10/2020-01"])
def test_a_date_that_is_none_is_refused_in_words(editor, nonsense):
    evidence = EvidenceFactory()
    answer = send(editor, address(evidence), {"known": nonsense})
    assert answer.status_code == 200
    assert (
        "is not a date" in errors_of(answer) or "calendar" in errors_of(answer) or "ends" in errors_of(answer)
    )


def test_a_change_stamps_when_and_keeps_who_entered_it(editor, publisher):
    send(editor, listing(Source, "add"), {"name": "A monitor", "reliability": "F"})
    source = Source.objects.get()
    entered = source.changed_at
    send(publisher, address(source), {"name": "Another name"})
    source.refresh_from_db()
    assert source.created_by == editor.user
    assert source.changed_at > entered


def test_a_grade_of_a_source_needs_its_reason_in_words(editor):
    answer = send(editor, listing(Source, "add"), {"name": "A monitor", "reliability": "A"})
    assert "Say why it earns this grade" in errors_of(answer)
    assert not Source.objects.exists()


def test_a_published_report_keeps_its_grade(editor):
    evidence = EvidenceFactory(published=True)
    answer = send(editor, address(evidence), drop=["credibility"])
    assert "keeps its credibility grade" in errors_of(answer)


@pytest.mark.parametrize("address_of", ["javascript:alert(1)", "ftp://example.org/report"])
def test_an_address_is_of_the_web(editor, address_of):
    evidence = EvidenceFactory()
    answer = send(editor, address(evidence), {"url": address_of})
    assert errors_of(answer)
    assert Evidence.objects.get().url == evidence.url


def test_roles_are_entered_with_the_speaker_and_do_not_end_before_they_start(editor):
    role = {"roles-0-title": "Secretary of State", "roles-0-start": "2021-01", "roles-0-end": "2020"}
    answer = send(editor, listing(Speaker, "add"), {"name": "Antony Blinken", **role})
    assert "ends before it starts" in errors_of(answer)
    send(editor, listing(Speaker, "add"), {"name": "Antony Blinken", **role, "roles-0-end": "2025-01-20"})
    assert str(Speaker.objects.get().roles.get().end) == "2025-01-20"


def test_a_search_is_noted_under_its_claim_and_signed(editor):
    claim = ClaimFactory()
    note = {
        "search_notes-0-side": "contradicting", "search_notes-0-sought": "cuts of aid",
        "search_notes-0-where": "agency reports", "search_notes-0-outcome": "one found",
        "search_notes-0-searched_on": "2026-11-01",
    }  # fmt: skip
    send(editor, address(claim), note)
    assert SearchNote.objects.get().searched_by == editor.user
    again = {name.replace("-0-", "-1-"): value for name, value in note.items()}
    answer = send(editor, address(claim), again)
    assert "is noted already" in errors_of(answer)


def test_a_correction_is_signed_and_names_exactly_one_record(publisher):
    claim, evidence = ClaimFactory(published=True), EvidenceFactory(published=True)
    notice = {"kind": "correction", "what_was_wrong": "The day was wrong.", "corrected_on": "2026-11-02"}
    answer = send(
        publisher, listing(Correction, "add"), {**notice, "claim": claim.pk, "evidence": evidence.pk}
    )
    assert "Choose the one record" in text(answer)
    send(publisher, listing(Correction, "add"), {**notice, "claim": claim.pk})
    assert Correction.objects.get().corrected_by == publisher.user


def test_editors_read_corrections_but_do_not_write_them(editor):
    assert editor.get(listing(Correction)).status_code == 200
    assert editor.get(listing(Correction, "add")).status_code == 403


def test_a_settled_claim_of_another_kind_is_explained_also_where_its_fields_are_not_shown(editor):
    claim = ClaimFactory(
        kind="commitment", settlement="Kept.", settled_on="2022-01-01", settled_by=editor.user
    )
    answer = send(editor, address(claim.statement), {"claims-0-kind": "fact"})
    assert "Only a commitment is settled" in errors_of(answer)


def test_published_records_are_never_deleted(editor, publisher):
    for record in (
        StatementFactory(published=True),
        EvidenceFactory(published=True),
        ClaimFactory(published=True),
    ):
        for client in (editor, publisher):
            answer = client.post(address(record, "delete"), {"post": "yes"}, follow=True)
            assert "Withdraw it with a reason instead" in text(answer)
            answer = client.post(
                listing(type(record)),
                {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"},
                follow=True,
            )
            assert "Withdraw it with a reason instead" in text(answer)
        assert type(record).objects.filter(pk=record.pk).exists()
    assert not publisher.user.logentry_set.exists()  # a refused deletion leaves no note that it happened


def test_a_published_claim_is_not_deleted_from_its_statement_either(editor):
    claim = ClaimFactory(published=True)
    answer = send(editor, address(claim.statement), {"claims-0-DELETE": "on"})
    assert "has been published and is not deleted" in errors_of(answer)
    assert Claim.objects.exists()


def test_a_draft_that_nothing_hangs_on_is_deleted(editor, reporter):
    evidence = EvidenceFactory()
    assert reporter.post(address(evidence, "delete"), {"post": "yes"}).status_code == 403
    editor.post(address(evidence, "delete"), {"post": "yes"})
    assert not Evidence.objects.exists()


def test_status_and_stamps_cannot_be_typed(editor):
    claim = ClaimFactory()
    forged = {"status": "published", "published_at": "2020-01-01", "created_by": "1", "created_by_id": "1"}
    send(editor, address(claim), forged)
    claim.refresh_from_db()
    assert (claim.status, claim.published_at, claim.created_by) == ("draft", None, None)


def test_save_and_next_leads_to_the_next_claim_of_the_statement(editor):
    first = ClaimFactory(position=1)
    second = ClaimFactory(position=2, statement=first.statement, proposition="The second one")
    page = editor.get(address(first))
    assert "1 of 2" in text(page)
    answer = send(editor, address(first), button="_next", follow=False)
    assert answer.headers["Location"] == address(second)
    assert "_next" not in text(editor.get(address(second)))


def test_the_choices_say_what_they_mean(editor):
    page = text(editor.get(address(EvidenceFactory())))
    assert "2 · probably true: fits what is known, not confirmed" in page
    page = text(editor.get(address(SourceFactory())))
    assert "A · completely reliable: no doubt of its authenticity and competence" in page
    page = text(editor.get(address(ClaimFactory())))
    assert "indirect · one step of inference lies between; counts half" in page


def test_the_form_as_served_saves_without_a_change(editor):
    claim = ClaimFactory(published=True)
    data = as_served(editor.get(address(claim)))
    assert "status" not in data
    answer = editor.post(address(claim), data | {"_save": "1"})
    assert answer.status_code == 302, errors_of(answer)


def test_a_pasted_span_is_stored_as_the_statement_has_it(editor):
    claim = ClaimFactory(
        statement__text="We “won’t”\u00a0lift a single sanc\u00adtion — never.", quote="never"
    )
    pasted = {
        "quote": 'We "won\'t" lift\na single sanction',
        "governing_words": 'We "won\'t" lift a single sanction … never',
    }
    answer = send(editor, address(claim), pasted)
    assert "errors" not in answer.context or not errors_of(answer)
    claim.refresh_from_db()
    assert claim.quote == "We “won’t”\u00a0lift a single sanc\u00adtion"
    assert claim.governing_words == "We “won’t”\u00a0lift a single sanc\u00adtion … never"


def test_a_pasted_span_is_matched_in_the_words_that_are_sent_with_it(editor):
    changes = statement_with_claims(["We don't know"]) | {"text": "We don’t know."}
    send(editor, listing(Statement, "add"), changes)
    assert Claim.objects.get().quote == "We don’t know"


def test_a_refused_span_says_where_it_parts_from_the_statement(editor):
    answer = send(editor, listing(Statement, "add"), statement_with_claims(["We are doing everything"]))
    assert (
        "After “We are doing”, the span has “everything” and the statement “thing number 1. We”."
        in errors_of(answer)
    )


def test_dates_that_are_rarely_meant_warn_and_are_stored(editor):
    report = EvidenceFactory()
    answer = send(editor, address(report), {"known": "2190-01-01", "event": "2190-02"})
    assert "It is published after today" in text(answer)
    assert "The event is after the publication" in text(answer)
    report.refresh_from_db()
    assert str(report.known) == "2190-01-01"
    answer = send(editor, address(report), {"known": "2024-01-31", "event": "2024-01"})
    assert "Is the date right" not in text(answer)
    answer = send(editor, address(StatementFactory()), {"said_on": "2190"})
    assert "It is said on a day after today." in text(answer)
