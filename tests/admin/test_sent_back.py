"""What was sent back: its writer reads who wants what on the first page and on the record."""

from datetime import timedelta

from claims.actions import (
    publish_record,
    reopen_record,
    return_to_writer,
    submit_for_review,
    withdraw_record,
)
from tests.actions.desk import ready, stored
from tests.factories import NOW, EvidenceFactory, StatementFactory

from .posting import address, text
from .test_first_page import block, first_page


def sent_back(record, by, reason):
    return_to_writer(stored(record), by=by, now=NOW, reason=reason)
    return record


def test_what_was_sent_back_says_who_wants_what(editor, publisher):
    own = {"in_review": True, "created_by": editor.user, "changed_by": editor.user}
    for maker in (StatementFactory, EvidenceFactory):
        sent_back(ready(maker, **own), publisher.user, f"Date it, {maker._meta.model.__name__}.")
    found = block(editor, "returned")
    assert found.count("<li>") == 2
    assert "Date it, Statement." in found
    assert "Date it, Evidence." in found
    assert str(publisher.user) in found


def test_of_several_dossiers_that_were_sent_back_at_once_none_hides_another(editor, publisher):
    own = {"in_review": True, "created_by": editor.user, "changed_by": editor.user}
    for statement in StatementFactory.create_batch(2, **own):
        sent_back(statement, publisher.user, "Date it.")
    assert block(editor, "returned").count("<li>") == 2


def test_what_was_published_and_withdrawn_since_was_not_sent_back(editor, publisher):
    report = ready(EvidenceFactory, in_review=True, created_by=editor.user, changed_by=editor.user)
    sent_back(report, publisher.user, "Date it.")
    days = iter(NOW + timedelta(days=n) for n in range(1, 9))
    submit_for_review(stored(report), by=editor.user, now=next(days))
    publish_record(stored(report), by=publisher.user, now=next(days), reason="Read it.")
    withdraw_record(stored(report), by=publisher.user, now=next(days), reason="It was a rumour.")
    reopen_record(stored(report), by=editor.user, now=next(days), reason="It was confirmed.")
    assert "Date it." not in first_page(editor)
    assert "Date it." not in text(editor.get(address(report)))
    assert address(report) in block(editor, "drafts")
