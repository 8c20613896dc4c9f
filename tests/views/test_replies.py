"""The right of reply: what a speaker answers to a finding, beside the verdict, in data and in versions."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from claims.actions import (
    RuleViolation,
    accept_proposal,
    accept_suppression,
    publish_record,
    request_suppression,
    rescore_claims,
    submit_for_review,
    withdraw_record,
)
from claims.domain.vocabulary import SuppressionGround
from claims.models import Claim, Entry, Reply
from tests.actions.desk import contradicted, known, propose
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    ReplyFactory,
    UserFactory,
)
from tests.views.conftest import open_page
from tests.views.test_feeds import ATOM, items, told
from tests.views.test_feeds import text as feed_text

pytestmark = pytest.mark.django_db

TEXT = "The figures leave out the north."
ARABIC = {"ar": {"text": "الأرقام لا تشمل الشمال.", "by": "A. Translator"}}
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def claim():
    return contradicted(proposition="Aid is growing")


@pytest.fixture
def reply(claim):
    return known(ReplyFactory(claim=claim, published=True, text=TEXT, answered_on="2026-10-01"))


def section(page):
    return page.one("section", "replies").text


def test_it_stands_beside_the_verdict_with_its_day_its_speaker_and_its_source(claim, reply):
    page = open_page(f"/en/claims/{claim.slug}/")
    shown = section(page)
    assert TEXT in shown
    assert "1 October 2026" in shown
    assert str(claim.statement.speaker) in shown
    assert reply.url in page.source
    assert page.source.index('class="verdict"') < page.source.index('class="replies"')


def test_it_names_whoever_answered_for_the_speaker_and_how(claim):
    known(
        ReplyFactory(claim=claim, published=True, given_by="The press office", url="", reference="A letter")
    )
    shown = section(open_page(f"/en/claims/{claim.slug}/"))
    assert "The press office" in shown
    assert "A letter" in shown


def test_on_an_arabic_page_it_is_in_arabic_with_its_translator(claim):
    known(ReplyFactory(claim=claim, published=True, text=TEXT, translations=ARABIC))
    shown = section(open_page(f"/ar/claims/{claim.slug}/"))
    assert "الأرقام لا تشمل الشمال." in shown
    assert "A. Translator" in shown
    assert TEXT in shown


@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_what_is_not_published_does_not_exist(claim, state):
    known(ReplyFactory(claim=claim, text=TEXT, **state))
    assert TEXT not in open_page(f"/en/claims/{claim.slug}/").source
    assert TEXT not in Client().get(f"/en/claims/{claim.slug}/dossier.json").content.decode()


def test_before_its_day_nobody_had_answered(claim, reply):
    assert "replies" not in open_page(f"/en/claims/{claim.slug}/?as_of=2026-09-30").source
    assert TEXT in section(open_page(f"/en/claims/{claim.slug}/?as_of=2026-10-01"))


def test_it_moves_no_gap_and_stands_in_the_data(claim, reply):
    (row,) = json.loads(Client().get(f"/en/claims/{claim.slug}/dossier.json").content)
    assert [each["text"] for each in row["replies"]] == [TEXT]
    assert row["replies"][0]["answered_on"] == "2026-10-01"
    assert claim.gap.gap == pytest.approx(row["now"]["gap"])


def test_hostile_text_stays_text(claim):
    known(ReplyFactory(claim=claim, published=True, text='<script>x</script> see https://a.example/"onx=1'))
    source = open_page(f"/en/claims/{claim.slug}/").source
    assert "&lt;script&gt;x&lt;/script&gt;" in source
    assert 'href="https://a.example/"' in source
    assert "onx=1" not in [part.split(">")[0] for part in source.split("<a ")]


# Second person, ledger, proposals ------------------------------------------------------------------------------------


def test_a_second_person_publishes_it_and_the_ledger_tells_of_it(claim):
    writer, publisher = UserFactory(publisher=True), UserFactory(publisher=True)
    draft = ReplyFactory(claim=claim, created_by=writer, changed_by=writer, text=TEXT)
    submit_for_review(draft, by=writer, now=NOW)
    with pytest.raises(RuleViolation):
        publish_record(draft, by=writer, now=NOW, reason="Checked.")
    with pytest.raises(PermissionDenied):
        publish_record(draft, by=UserFactory(editor=True), now=NOW, reason="Checked.")
    publish_record(draft, by=publisher, now=NOW, reason="Checked.")
    entry = Entry.objects.get(kind="reply", subject=draft.slug)
    assert entry.told["record"]["text"] == TEXT
    assert TEXT in section(open_page(f"/en/claims/{claim.slug}/"))
    assert open_page(f"/en/changes/{entry.number}/").one("h1")


def test_it_needs_a_published_claim_and_a_source(claim):
    publisher = UserFactory(publisher=True)
    unfounded = ReplyFactory(claim=claim, url="", in_review=True)
    with pytest.raises(RuleViolation, match="web address"):
        publish_record(unfounded, by=publisher, now=NOW, reason="Checked.")
    early = ReplyFactory(claim=ClaimFactory(), in_review=True)
    with pytest.raises(RuleViolation, match="publish the claim first"):
        publish_record(early, by=publisher, now=NOW, reason="Checked.")


def test_a_change_of_it_waits_for_a_second_person(claim, reply):
    proposal = propose(reply, UserFactory(editor=True), text="The figures leave out the whole north.")
    assert TEXT in section(open_page(f"/en/claims/{claim.slug}/"))
    accept_proposal(proposal, by=UserFactory(publisher=True), now=LATER)
    assert "the whole north" in section(open_page(f"/en/claims/{claim.slug}/"))


def test_withdrawn_it_leaves_the_page_and_the_reason_stays_in_the_ledger(claim, reply):
    withdraw_record(reply, by=UserFactory(publisher=True), now=LATER, reason="It was not theirs.")
    assert TEXT not in open_page(f"/en/claims/{claim.slug}/").source
    last = Entry.objects.filter(kind="reply").order_by("-number").first()
    page = open_page(f"/en/changes/{last.number}/")
    assert "It was not theirs." in page.source
    assert TEXT not in page.source


def test_it_is_suppressed_everywhere(claim, reply):
    asked = request_suppression(
        text="leave out the north", ground=SuppressionGround.SAFETY, reason="It endangers somebody.",
        by=UserFactory(publisher=True), now=LATER,
    )  # fmt: skip
    accept_suppression(asked, by=UserFactory(publisher=True), now=LATER)
    assert "leave out" not in open_page(f"/en/claims/{claim.slug}/").source
    assert not Entry.objects.filter(content__contains="leave out the north").exists()
    assert "taken out" in Reply.objects.get().text


# Versions ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def second(claim, reply):
    """A second version of the claim, entered after the answer."""
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=2)
    rescore_claims(Claim.objects.all(), as_of=LATER.date(), now=LATER)
    return f"/en/claims/{claim.slug}/@2/"


def test_a_version_shows_the_answers_of_its_time_as_they_were_worded(claim, reply, second):
    accept_proposal(
        propose(reply, UserFactory(editor=True), text="The figures are wrong."),
        by=UserFactory(publisher=True),
        now=LATER,
    )
    assert TEXT not in open_page(f"/en/claims/{claim.slug}/@1/").source  # it came later
    assert TEXT in section(open_page(second))
    assert "The figures are wrong." not in open_page(second).source


def test_a_version_no_longer_tells_what_was_withdrawn(reply, second):
    withdraw_record(reply, by=UserFactory(publisher=True), now=LATER, reason="It was not theirs.")
    assert TEXT not in open_page(second).source


def test_feeds_tell_of_an_answer_once_it_is_published(claim, reply):
    known(ReplyFactory(claim=claim, text="Not published."))
    speaker = claim.statement.speaker
    for address in ("/feed/", f"/claims/{claim.slug}/feed/", f"/speakers/{speaker.slug}/feed/"):
        (item,) = [item for item in items(address) if "answer" in feed_text(item, "title")]
        assert feed_text(item, "title") == "Aid is growing — the speaker’s answer"
        assert told(item)[:3] == [f"{speaker.name}, 1 October 2026:", TEXT, "Aid is growing"]
        assert item.find(f"{ATOM}link").attrib["href"].endswith(f"/claims/{claim.slug}/#reply-{reply.slug}")


def test_feeds_are_silent_of_an_answer_that_was_withdrawn(claim, reply):
    withdraw_record(reply, by=UserFactory(publisher=True), now=LATER, reason="Not theirs.")
    assert not [item for item in items("/feed/") if "answer" in feed_text(item, "title")]
