"""A text that has to go: asked for by one publisher, decided on by another, gone from everywhere, its place kept."""

import pytest

from claims.ledger.verification import ledger_faults
from claims.models import Entry, Suppression
from tests.actions.desk import ready, stored
from tests.factories import EvidenceFactory, SuppressionFactory

from .posting import address, listing, post, send, text

ASKED = {"text": "Abu Fulan", "ground": "safety", "reason": "It endangers somebody."}


@pytest.fixture
def report(db):
    return ready(EvidenceFactory, published=True, summary="Abu Fulan saw the trucks")


@pytest.fixture
def asked(report, publisher):
    send(publisher, listing(Suppression, "add"), ASKED)
    return Suppression.objects.get()


def rule(client, asked, decision):
    return post(client, address(asked), {"decision": decision})


def test_asking_takes_nothing_out_yet_and_shows_where_it_stands(publisher, report, asked):
    assert (asked.asked_by, asked.outcome) == (publisher.user, "pending")
    page = text(publisher.get(address(asked)))
    assert f"piece of evidence {report.pk}" in page
    assert "You asked for this. A second person decides" in page
    assert "Abu Fulan" in stored(report).summary


def test_whoever_asked_cannot_decide_and_can_take_it_back(publisher, report, asked):
    assert "A second person has to decide" in text(rule(publisher, asked, "accept"))
    assert "Abu Fulan" in stored(report).summary
    rule(publisher, asked, "refuse")
    assert (stored(asked).outcome, stored(asked).text) == ("dropped", "")


def test_a_second_person_takes_it_out_of_everything_and_the_ledger_still_verifies(chief, report, asked):
    assert "Taken out of" in text(rule(chief, asked, "accept"))
    assert "Abu Fulan" not in stored(report).summary
    assert not any("Abu Fulan" in entry.content for entry in Entry.objects.all())
    assert stored(asked).text == ""
    assert not list(ledger_faults())
    for page in (
        address(report),
        address(report, "history"),
        address(asked),
        listing(type(report)),
        "/admin/",
    ):
        assert "Abu Fulan" not in text(chief.get(page))


def test_a_second_person_leaves_it_where_it_stands(chief, report, asked):
    rule(chief, asked, "refuse")
    assert "Abu Fulan" in stored(report).summary
    assert stored(asked).outcome == "declined"


def test_what_was_decided_is_not_decided_again(chief, publisher, asked):
    rule(chief, asked, "refuse")
    assert "was decided already" in text(rule(chief, asked, "accept"))


@pytest.mark.parametrize("decision", ["", "yes", "ACCEPT"])
def test_a_word_that_is_no_decision_decides_nothing(chief, asked, decision):
    rule(chief, asked, decision)
    assert stored(asked).outcome == "pending"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "ab"}, "Name at least"),
        ({"reason": "Abu Fulan is in danger."}, "say it without the text"),
        ({"text": ""}, "This field is required"),
        ({"ground": "x"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words_and_keeps_what_was_typed(publisher, changes, words):
    answer = send(publisher, listing(Suppression, "add"), ASKED | changes)
    assert words in text(answer)
    assert (ASKED | changes)["reason"] in text(answer)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "editor", "outsider"])
def test_nobody_else_learns_what_has_to_go(who, request):
    client, asked = request.getfixturevalue(who), SuppressionFactory()
    for url in (listing(Suppression), address(asked), address(asked, "history"), listing(Suppression, "add")):
        assert client.get(url).status_code == 403
        assert asked.text not in text(client.get(url))
    assert client.post(address(asked), {"decision": "accept"}).status_code == 403
