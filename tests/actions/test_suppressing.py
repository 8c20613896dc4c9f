"""A text that has to go, gone everywhere at once, on the word of two; the ledger still verifies, and tells of it."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize

from claims.actions import (
    RuleViolation,
    accept_proposal,
    accept_suppression,
    decline_proposal,
    decline_suppression,
    locate_text,
    publish_record,
    request_suppression,
    save,
    submit_for_review,
)
from claims.domain.vocabulary import SuppressionGround
from claims.ledger.verification import ledger_faults
from claims.models import (
    Claim,
    DeskStep,
    Entry,
    Evidence,
    Proposal,
    Revision,
    Snapshot,
    Speaker,
    Statement,
    Suppression,
)
from tests.actions.desk import contradicted, known, propose, ready, stored
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
NAME = "Abu Fulan"


@pytest.fixture
def second():
    return UserFactory(publisher=True)


def asked(by, text=NAME, **fields):
    fields = {"ground": SuppressionGround.SAFETY, "reason": "It endangers somebody."} | fields
    return request_suppression(text=text, by=by, now=NOW, **fields)


def stands_anywhere(*texts):
    """Whether any row of any table of the site, the admin's log included, holds one of the texts."""
    models = [*apps.get_app_config("claims").get_models(), LogEntry]
    rows = "".join(serialize("json", model._base_manager.all(), ensure_ascii=False) for model in models)
    return [text for text in texts if text.lower() in rows.lower()]


# By two people


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_only_publishers_ask_and_decide(role, publisher):
    user = UserFactory(**{role: True})
    with pytest.raises(PermissionDenied):
        asked(user)
    with pytest.raises(PermissionDenied):
        accept_suppression(asked(publisher), by=user, now=LATER)


def test_whoever_asked_does_not_decide(publisher):
    known(SpeakerFactory(name=NAME))
    with pytest.raises(RuleViolation, match="A second person has to decide"):
        accept_suppression(asked(publisher), by=publisher, now=LATER)
    assert Speaker.objects.get().name == NAME


def test_whoever_asked_may_take_it_back_and_a_second_person_may_say_no(publisher, second):
    outcomes = []
    for person in (publisher, second):
        request = asked(publisher)
        decline_suppression(request, by=person, now=LATER)
        outcomes.append((request.outcome, request.text))
    assert outcomes == [("dropped", ""), ("declined", "")]


def test_it_is_decided_once(publisher, second):
    request = asked(publisher)
    accept_suppression(request, by=second, now=LATER)
    for decision in (accept_suppression, decline_suppression):
        with pytest.raises(RuleViolation, match="decided already"):
            decision(request, by=second, now=LATER)


@pytest.mark.parametrize("text", ["", " a ", "ab"])
def test_a_text_too_short_to_mean_one_thing_is_refused(text, publisher):
    with pytest.raises(RuleViolation, match="Name at least 3 letters"):
        asked(publisher, text)


def test_the_public_reason_does_not_repeat_the_text(publisher):
    with pytest.raises(RuleViolation, match="say it without the text"):
        asked(publisher, reason="ABU FULAN asked for it.")


def test_both_see_beforehand_where_the_text_stands(publisher):
    statement = known(StatementFactory(title="Remarks by abu fulan"))
    (place,) = locate_text(NAME)
    assert (place.model, place.key, set(place.fields)) == (Statement, statement.pk, {"title", "slug"})
    assert stored(statement).title == "Remarks by abu fulan"


# Gone everywhere


@pytest.fixture
def everywhere(writer, grader, publisher):
    """The name in public rows and their past, a proposal, a declined one, a draft, a search, and the admin's log."""
    speaker = SpeakerFactory(name=NAME)
    statement = StatementFactory(
        published=True, speaker=speaker, title=f"{NAME} speaks", url="https://example.org/abu-fulan/1",
        text="We are increasing assistance, says Abu Fulan.",
    )  # fmt: skip
    claim = contradicted(statement=statement, proposition=f"{NAME} increases assistance")
    report = EvidenceFactory(published=True, summary=f"{NAME.upper()} crossed")
    known(EvidenceLinkFactory(claim=claim, evidence=report, rationale=f"Seen by {NAME}.", stance=-2))
    decline_proposal(
        propose(stored(claim), writer, criterion=f"Ask {NAME}."), by=publisher, now=NOW, reason=f"Not {NAME}."
    )
    propose(stored(claim), writer, reason=f"{NAME} says so.", criterion=f"What {NAME} says.")
    save(EvidenceFactory.build(source=report.source, summary=f"Draft on {NAME}"), by=writer, now=NOW)
    speaker.name = f"{NAME} the Elder"
    save(speaker, by=writer, now=NOW, reason=f"As {NAME} asked.")
    LogEntry.objects.create(
        user=writer, content_type=ContentType.objects.get_for_model(claim), object_id=claim.pk, action_flag=CHANGE,
        object_repr=str(claim), change_message=f"Changed {NAME}.",
    )  # fmt: skip
    assert not list(ledger_faults())
    return claim


def test_the_text_and_the_addresses_made_from_it_stand_nowhere_any_more(everywhere, publisher, second):
    assert stands_anywhere(NAME, "abu-fulan") == [NAME, "abu-fulan"]
    accept_suppression(asked(publisher), by=second, now=LATER)
    assert stands_anywhere(NAME, "abu-fulan") == []


@pytest.mark.parametrize(
    "model", [Speaker, Statement, Claim, Evidence, Entry, Snapshot, Proposal, Revision, DeskStep, LogEntry]
)
def test_it_had_stood_in_each_of_these(model, everywhere):
    """Or the test above would prove nothing of them."""
    assert "abu fulan" in serialize("json", model._base_manager.all()).lower().replace(
        "abu-fulan", "abu fulan"
    )


def test_a_mark_says_what_was_taken_out_why_and_where_to_read_of_it(everywhere, publisher, second):
    accept_suppression(asked(publisher), by=second, now=LATER)
    last = Entry.objects.last()
    mark = f"[taken out: a person’s safety, see change {last.number}]"
    assert stored(everywhere).proposition == f"{mark} increases assistance"
    assert (last.act, last.kind, last.account) == ("suppress", "suppression", second)
    assert (last.told["reason"], last.told["record"]["ground"]) == ("It endangers somebody.", "safety")
    assert last.told["asked_by"] != last.told["by"]


def test_the_request_itself_forgets_the_text(everywhere, publisher, second):
    accept_suppression(asked(publisher), by=second, now=LATER)
    request = Suppression.objects.get()
    assert (request.text, request.outcome, request.decided_by) == ("", "accepted", second)


def test_addresses_change_alike_wherever_they_stand(everywhere, publisher, second):
    """A record is still found by its entries, its snapshots and its proposals."""
    accept_suppression(asked(publisher), by=second, now=LATER)
    claim = stored(everywhere)
    assert claim.slug.startswith("taken-out-")
    assert Entry.objects.filter(kind="claim", subject=claim.slug).exists()
    assert Entry.objects.filter(kind="snapshot", subject=f"{claim.slug}@1").exists()


def test_a_web_address_that_holds_the_name_is_taken_out_whole(everywhere, publisher, second):
    accept_suppression(asked(publisher), by=second, now=LATER)
    assert stored(everywhere.statement).url == ""


def test_a_name_of_one_word_leaves_the_mark_and_no_address(publisher, second):
    speaker = known(StatementFactory(published=True, speaker__name="Fulan")).speaker
    accept_suppression(asked(publisher, "Fulan"), by=second, now=LATER)
    assert stored(speaker).name.startswith("[taken out: ")
    assert stored(speaker).slug.startswith("taken-out-")


@pytest.mark.parametrize("text", ["Fulan", "Abu-Fulan", "abu fulan"])
def test_its_spelling_in_one_word_two_or_with_a_hyphen_makes_no_difference_to_the_ledger(
    text, everywhere, publisher, second
):
    Claim.objects.filter(pk=everywhere.pk).update(criterion="Fulan, Abu-Fulan, see /claims/abu-fulan-1.")
    known(everywhere)
    accept_suppression(asked(publisher, text), by=second, now=LATER)
    assert stands_anywhere(text) == []


def test_what_does_not_hold_the_text_stays_to_the_letter(everywhere, publisher, second):
    untouched = known(ready(ClaimFactory, published=True))
    before = Claim.objects.values().get(pk=untouched.pk)
    entries = dict(Entry.objects.filter(subject=untouched.slug).values_list("number", "content"))
    accept_suppression(asked(publisher), by=second, now=LATER)
    assert Claim.objects.values().get(pk=untouched.pk) == before
    assert dict(Entry.objects.filter(subject=untouched.slug).values_list("number", "content")) == entries


def test_nothing_that_was_taken_out_can_be_guessed_from_its_commitment(everywhere, publisher, second):
    before = dict(Entry.objects.values_list("number", "nonce"))
    accept_suppression(asked(publisher), by=second, now=LATER)
    record = Entry.objects.last().told["record"]
    redacted = {int(number) for number in record["redacted"]}
    nonces = dict(Entry.objects.values_list("number", "nonce"))
    assert redacted == {number for number in before if nonces[number] != before[number]} != set()


def test_the_chain_itself_is_not_touched(everywhere, publisher, second):
    header = ("number", "at", "act", "kind", "digest", "previous", "hash")
    before = list(Entry.objects.values_list(*header))
    accept_suppression(asked(publisher), by=second, now=LATER)
    assert list(Entry.objects.values_list(*header))[:-1] == before


def test_a_span_that_loses_its_name_still_stands_in_the_words(publisher, second):
    statement = StatementFactory(published=True, text=f"We trust {NAME} with the assistance.")
    claim = ready(ClaimFactory, published=True, statement=statement, quote=f"trust {NAME}")
    accept_suppression(asked(publisher), by=second, now=LATER)
    assert stored(claim).quote in stored(statement).text


def test_life_goes_on_behind_it(everywhere, writer, publisher, second):
    accept_suppression(asked(publisher), by=second, now=LATER)
    accept_proposal(Proposal.objects.get(outcome="pending"), by=second, now=LATER)
    draft = Evidence.objects.get(status="draft")
    submit_for_review(draft, by=writer, now=LATER)
    publish_record(draft, by=publisher, now=LATER, reason="Checked.")
    accept_suppression(asked(publisher, "assistance", ground=SuppressionGround.COURT), by=second, now=LATER)
    assert stands_anywhere("assistance") == []


# Tampering afterwards


@contextmanager
def undone_behind(entry):
    """Puts the content back, since nothing else would make the ledger hold again."""
    try:
        yield
    finally:
        Entry.objects.filter(pk=entry.pk).update(content=entry.content)


def test_a_text_put_back_into_the_past_is_found(everywhere, publisher, second):
    accept_suppression(asked(publisher), by=second, now=LATER)
    entry = Entry.objects.filter(kind="claim").first()
    mine = json.dumps({**entry.told, "reason": "Nothing of it."}, sort_keys=True, separators=(",", ":"))
    with undone_behind(entry):
        Entry.objects.filter(pk=entry.pk).update(content=mine)
        fault = next(ledger_faults())
        assert (fault.number, "no suppression vouches for it" in fault.why) == (entry.number, True)


def test_a_past_emptied_without_a_suppression_is_found(everywhere):
    entry = Entry.objects.filter(kind="claim").first()
    with undone_behind(entry):
        Entry.objects.filter(pk=entry.pk).update(content=entry.content.replace(NAME, "Somebody"))
        fault = next(ledger_faults())
        assert fault.number == entry.number


def test_a_row_rewritten_behind_a_suppression_is_found(everywhere, publisher, second):
    accept_suppression(asked(publisher), by=second, now=LATER)
    was = stored(everywhere).proposition
    Claim.objects.filter(pk=everywhere.pk).update(proposition="Nothing was taken out")
    (fault,) = ledger_faults()
    assert "proposition" in str(fault)
    Claim.objects.filter(pk=everywhere.pk).update(proposition=was)
