"""A change of what readers see: proposed by one, decided on by another, with its reason and the notice that it owes."""

import pytest

from claims.actions import pending_proposal
from claims.models import Correction, Entry, Proposal
from tests.actions.desk import contradicted, ready, stored
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RatingFactory,
    SourceFactory,
    StatementFactory,
    TopicFactory,
)

from .posting import address, errors_of, listing, post, rule_on, send, text

WHY = {"why": "Closer to the words."}
NOTICE = {"notice_kind": "correction", "notice": "We had misread the report."}


@pytest.fixture
def claim(db):
    return ready(ClaimFactory, published=True)


@pytest.fixture
def proposal(claim, editor):
    send(editor, address(claim), {"criterion": "Month by month.", **WHY})
    return pending_proposal(claim)


def test_a_change_of_what_readers_see_waits_for_a_second_person(editor, claim):
    answer = send(editor, address(claim), {"criterion": "Month by month.", **WHY})
    assert "until a second person accepts" in text(answer)
    assert stored(claim).criterion != "Month by month."
    proposal = pending_proposal(claim)
    assert (proposal.proposed_by, proposal.reason) == (editor.user, WHY["why"])
    assert address(proposal) in text(editor.get(address(claim)))


def test_without_a_reason_nothing_is_proposed_and_nothing_typed_is_lost(editor, claim):
    answer = send(editor, address(claim), {"criterion": "Month by month."})
    assert "Say why it should change" in errors_of(answer)
    assert answer.context["adminform"].form["criterion"].value() == "Month by month."
    assert not Proposal.objects.exists()


def test_a_draft_asks_for_no_reason(editor):
    page = text(editor.get(address(ClaimFactory())))
    assert 'name="why"' not in page


def test_what_is_changed_on_one_page_is_one_proposal(editor, claim):
    link = EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    ready(EvidenceFactory)
    changes = {"criterion": "Month by month.", "links-0-rationale": "It names the months.", **WHY}
    send(editor, address(claim), changes)
    (proposal,) = Proposal.objects.all()
    assert {str(revision.record) for revision in proposal.revisions.all()} == {str(claim), str(link)}


def test_the_page_shows_both_versions_word_by_word(publisher, proposal):
    page = text(publisher.get(address(proposal)))
    assert "<del>" in page
    assert "<ins>" in page
    assert "Month by month." in page.replace("<ins>", "").replace("</ins>", "")
    assert WHY["why"] in page


def test_topics_are_shown_by_their_addresses_and_replaced(editor, publisher, claim):
    topic = TopicFactory(name="Aid")
    send(editor, address(claim), {"topics": [topic.pk], **WHY})
    assert "aid" in text(publisher.get(address(pending_proposal(claim))))
    rule_on(publisher, pending_proposal(claim), "accept")
    assert list(claim.topics.all()) == [topic]


def test_accepted_it_is_what_readers_see_and_the_ledger_names_both(editor, publisher, claim, proposal):
    answer = rule_on(publisher, proposal, "accept")
    assert "Accepted. No gap moves." in text(answer)
    assert stored(claim).criterion == "Month by month."
    assert (stored(claim).changed_by, stored(claim).approved_by) == (editor.user, publisher.user)
    told = Entry.objects.filter(kind="claim", act="revise").get().told
    assert told["reason"] == WHY["why"]
    assert told["by"] != told["proposed_by"]


def test_declined_it_says_why_and_readers_see_what_they_saw(publisher, claim, proposal):
    assert "Say why it is sent back" in text(rule_on(publisher, proposal, "decline"))
    answer = rule_on(publisher, proposal, "decline", reason="The source says otherwise.")
    assert "The source says otherwise." in text(answer)
    assert stored(claim).criterion != "Month by month."
    assert stored(proposal).outcome == "declined"


def test_its_writer_takes_it_back_and_does_nothing_else_with_it(editor, claim, proposal):
    page = text(editor.get(address(proposal)))
    assert 'value="drop"' in page
    assert 'value="accept"' not in page
    for decision in ("accept", "decline"):
        rule_on(editor, proposal, decision, reason="x")
        assert stored(proposal).outcome == "pending"
    rule_on(editor, proposal, "drop")
    assert stored(proposal).outcome == "dropped"


def test_a_publisher_does_not_accept_their_own(publisher, claim):
    send(publisher, address(claim), {"criterion": "Month by month.", **WHY})
    answer = rule_on(publisher, pending_proposal(claim), "accept")
    assert "A second person has to accept it" in text(answer)
    assert stored(claim).criterion != "Month by month."


@pytest.mark.parametrize("who", ["reporter", "colleague"])
def test_who_may_not_decide_reads_that_a_publisher_does(who, request, proposal):
    client = request.getfixturevalue(who)
    assert "A publisher decides on it." in text(client.get(address(proposal)))
    seen = client.get(address(proposal)).context["seen"]
    for decision in ("accept", "decline"):
        assert (
            post(client, address(proposal), {"decision": decision, "seen": seen, "reason": "x"}).status_code
            == 403
        )
    assert "Only its writer takes a proposal back" in text(rule_on(client, proposal, "drop"))
    assert stored(proposal).outcome == "pending"


@pytest.mark.parametrize("decision", ["", "publish", "ACCEPT", "accept "])
def test_a_word_that_is_no_decision_decides_nothing(publisher, proposal, decision):
    assert "Choose whether to accept it" in text(rule_on(publisher, proposal, decision))
    assert stored(proposal).outcome == "pending"


@pytest.mark.parametrize("key", ["999999", "x", "9" * 40, "1 or 1=1"])
def test_a_proposal_that_is_none_is_said_to_be_none(publisher, proposal, key):
    url = address(proposal).replace(f"/{proposal.pk}/", f"/{key}/")
    assert "doesn’t exist" in text(publisher.get(url, follow=True))


def test_a_decided_proposal_stays_readable_and_has_no_buttons(publisher, proposal):
    rule_on(publisher, proposal, "accept")
    page = text(publisher.get(address(proposal)))
    assert "accepted" in page
    assert 'name="decision"' not in page
    assert str(proposal) in text(publisher.get(listing(Proposal)))


# Notices


def test_official_words_do_not_change_without_a_notice(editor, publisher):
    statement = ready(StatementFactory, published=True)
    mended = statement.text.replace("keeping violence down", "keeping the violence down")
    send(editor, address(statement), {"text": mended, **WHY})
    proposal = pending_proposal(statement)
    refusal = rule_on(publisher, proposal, "accept", reason="I listened to it.")
    assert "alters official words" in text(refusal)
    assert "I listened to it." in text(refusal)
    rule_on(publisher, proposal, "accept", **NOTICE)
    assert stored(statement).text == mended
    assert Correction.objects.get(statement=statement).what_was_wrong == NOTICE["notice"]


def test_a_verdict_does_not_turn_without_a_notice_which_tells_what_it_turned(editor, publisher):
    claim = contradicted(reports=2)
    report = claim.links.first().evidence
    for link in claim.links.all():
        RatingFactory(link=link, rater=publisher.user, stance=-2)
    refusal = send(editor, address(report), {"credibility": 5, **WHY})
    assert "Write the notice" in errors_of(refusal)
    send(editor, address(report), {"credibility": 5, **WHY, **NOTICE})
    proposal = pending_proposal(report)
    page = text(publisher.get(address(proposal)))
    assert "This turns a verdict that readers see." in page
    assert "a notice is owed" in page
    assert stored(report).credibility == 1
    rule_on(publisher, proposal, "accept")
    assert stored(report).credibility == 5
    assert "becomes" in Correction.objects.get(claim=claim).effect


def test_a_writer_is_asked_for_the_notice_and_keeps_what_they_typed(editor):
    report = contradicted(reports=2).links.first().evidence
    refusal = send(editor, address(report), {"credibility": 5, **WHY, "summary": "Few trucks crossed."})
    form = refusal.context["adminform"].form
    typed = {name: form[name].value() for name in ("credibility", "summary", "why")}
    assert typed == {"credibility": "5", "summary": "Few trucks crossed.", **WHY}
    assert '<details class="desk-notice-form" open>' in text(refusal)
    assert pending_proposal(report) is None
    send(editor, address(report), {"credibility": 5, **WHY, "notice": NOTICE["notice"]})
    assert pending_proposal(report) is None  # without its kind
    send(editor, address(report), {"credibility": 5, **WHY, **NOTICE})
    assert pending_proposal(report).notice == NOTICE["notice"]


def test_whoever_grades_blind_is_asked_for_the_notice_without_the_effect(editor):
    report = contradicted(reports=2).links.first().evidence
    refusal = errors_of(send(editor, address(report), {"credibility": 5, **WHY}))
    assert "This turns a verdict that readers see" in refusal
    assert "Mostly contradicted" not in refusal


def test_a_proposal_that_turns_nothing_needs_no_notice(editor):
    report = contradicted(reports=2).links.first().evidence
    send(editor, address(report), {"summary": "Few trucks crossed.", **WHY})
    assert pending_proposal(report)


def test_the_notice_that_its_writer_wrote_is_there_to_be_mended(editor, publisher):
    statement = ready(StatementFactory, published=True)
    send(editor, address(statement), {"text": statement.text + " And more.", **WHY, **NOTICE})
    page = publisher.get(address(pending_proposal(statement)))
    assert page.context["form"]["notice"].value() == NOTICE["notice"]
    rule_on(publisher, pending_proposal(statement), "accept")
    assert Correction.objects.get(statement=statement).kind == "correction"


def test_the_grade_of_a_source_that_readers_see_is_proposed_too(editor, publisher):
    source = ready(EvidenceFactory, published=True, source=SourceFactory(name="A monitor")).source
    send(editor, address(source), {"reliability": "E", "reliability_reason": "It made things up.", **WHY})
    assert stored(source).reliability == "A"
    rule_on(publisher, pending_proposal(source), "accept")
    assert stored(source).reliability == "E"


def test_the_address_of_what_readers_see_stays(editor, claim):
    answer = send(editor, address(claim), {"slug": "elsewhere", **WHY})
    assert "its web address stays" in errors_of(answer)


def test_a_notice_is_asked_for_only_where_readers_could_be_given_one(editor, claim):
    assert 'name="notice"' in text(editor.get(address(claim)))
    page = text(editor.get(address(claim.statement.speaker)))
    assert 'name="why"' in page
    assert 'name="notice"' not in page
    assert "waits for a second person" not in page


def test_a_notice_beside_which_nothing_was_changed_is_refused_and_kept_not_lost(editor, claim):
    answer = send(editor, address(claim), {**WHY, **NOTICE})
    assert "yours would be lost" in errors_of(answer)
    assert answer.context["adminform"].form["notice"].value() == NOTICE["notice"]
    assert not Proposal.objects.exists()
    assert not Correction.objects.exists()


def test_whoever_accepts_it_may_tick_that_the_test_was_applied(publisher, claim, proposal):
    page = text(publisher.get(address(proposal)))
    assert "I have held the reports against the claim’s written test." in page
    rule_on(publisher, proposal, "accept", checks=["criterion"])
    entry = Entry.objects.filter(kind="claim", subject=claim.slug).latest("number")
    assert entry.told["checks"] == ["criterion"]
