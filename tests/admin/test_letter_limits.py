"""No text is cut in the browser: what is too long is refused, with the number of letters, and stays in the form."""

import re

import pytest

from claims.models import Claim, Statement
from tests.actions.desk import ready, stored
from tests.factories import ClaimFactory, CorrectionFactory, EvidenceLinkFactory, SearchNoteFactory

from .posting import address, decide, errors_of, listing, send, text

PROSE = "The guarantors meet in Astana. " * 13  # 403 letters


def test_a_text_that_is_too_long_is_refused_by_how_much_and_kept(editor):
    claim = ClaimFactory()
    answer = send(editor, address(claim), {"proposition": PROSE})
    assert "102 letters too long: it has 402, and 300 fit" in errors_of(answer)
    assert answer.context["adminform"].form["proposition"].value() == PROSE
    assert stored(claim).proposition == claim.proposition


def test_one_letter_is_one_letter(editor):
    assert "1 letter too long" in errors_of(send(editor, address(ClaimFactory()), {"proposition": "x" * 301}))


def test_a_line_break_is_one_letter_on_every_form(editor, publisher):
    claim = ready(ClaimFactory, in_review=True)
    decide(publisher, claim, "publish", "a\r\n" * 700)
    assert stored(claim).status == "published"


def pages():
    note = SearchNoteFactory(claim=EvidenceLinkFactory().claim)
    published = ready(ClaimFactory, published=True)
    return [
        address(note.claim), address(note.claim.statement), address(note.claim.statement.source),
        address(note.claim.statement.speaker), address(note.claim.links.first().evidence), address(published),
        address(published, "withdraw"), address(CorrectionFactory()), listing(Statement, "add"), listing(Claim, "add"),
    ]  # fmt: skip


@pytest.mark.parametrize("which", range(10))
def test_no_field_of_the_desk_lets_the_browser_cut(publisher, which):
    page = text(publisher.get(pages()[which]))
    assert re.findall(r"<(?:textarea|input)[^>]* maxlength=[^>]*>", page) == []
    assert "<textarea" in page


def test_the_form_says_how_many_letters_fit(editor):
    page = text(editor.get(address(ClaimFactory())))
    assert re.search(r'<textarea name="proposition"[^>]* data-letters="300"', page)
