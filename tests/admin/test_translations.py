"""Translations at the desk: entered beside the texts, refused in words, and decided on field by field."""

import pytest

from claims.models import Claim, Proposal, Role, Source, Speaker, Topic
from tests.actions.desk import ready
from tests.factories import ClaimFactory, RoleFactory, SourceFactory, SpeakerFactory, TopicFactory
from tests.views.page import Page

from .posting import address, errors_of, listing, row_of, rule_on, send, text

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
