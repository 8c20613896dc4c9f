"""Said before, said again: on a claim's page, with what changed; entered at the desk, told by the ledger in words."""

import pytest

from claims.actions import pending_proposal
from claims.models import Entry
from tests.actions.desk import known, stored
from tests.admin.posting import address, errors_of, rule_on, send, text
from tests.factories import ClaimFactory
from tests.people import UserFactory, signed_in

pytestmark = pytest.mark.django_db

WHY = {"why": "He said it again a year later."}


@pytest.fixture
def claims():
    return [
        ClaimFactory(published=True, statement__said_on=day, criterion=f"{trucks} trucks a day.")
        for day, trucks in (("2021-10-13", "Ten"), ("2022-10-13", "Five"))
    ]


@pytest.fixture
def desk():
    return signed_in(UserFactory(editor=True))


def test_a_claim_shows_its_other_times_with_what_changed(look, claims):
    first, again = claims
    type(again).objects.filter(pk=again.pk).update(repeats=first, valid_until="2023-12-31/2023-12-31")
    page = look(again.get_absolute_url())
    section = page.one("section", "repetitions")
    before, here = section.all("li")
    assert "Said before · 13 October 2021" in before.text
    assert before.one("h3").one("a").attributes["href"] == first.get_absolute_url()
    assert [node.text for node in before.all("del")] == ["Ten", "open-ended"]
    assert [node.text for node in before.all("ins")] == ["Five", "judged up to 31 December 2023"]
    assert "this claim" in here.text
    assert "Said again · 13 October 2022" in look(first.get_absolute_url()).one("section", "repetitions").text


def test_before_it_was_said_again_nothing_tells_of_it(look, claims):
    first, again = claims
    type(again).objects.filter(pk=again.pk).update(repeats=first)
    page = look(f"{first.get_absolute_url()}?as_of=2022-10-12")
    assert not page.all("section", "repetitions")
    assert again.get_absolute_url() not in page.source


def test_a_claim_that_was_said_once_says_nothing_of_it(look, claims):
    assert not look(claims[0].get_absolute_url()).all("section", "repetitions")


def test_the_desk_enters_it_and_of_a_published_claim_it_is_a_proposal(desk, claims, look):
    first, again = claims
    known(again)
    send(desk, address(again), {"repeats": first.pk, **WHY})
    assert stored(again).repeats is None
    rule_on(signed_in(UserFactory(publisher=True)), pending_proposal(again), "accept")
    assert stored(again).repeats == first
    change = look(f"/changes/{Entry.objects.filter(kind='claim', act='revise').get().number}/")
    [row] = change.one("table", "compared").one("tbody").all("tr")
    assert (row.one("th").text, row.all("td")[-1].text) == ("Says again", first.slug)
    assert WHY["why"] in change.main.text


def test_the_desk_says_in_words_what_it_refuses(desk, claims):
    first, again = claims
    answer = send(desk, address(first), {"repeats": again.pk, **WHY})
    assert "That claim was said later" in errors_of(answer) + text(answer)
    draft = ClaimFactory(statement__said_on="2020")
    answer = send(desk, address(again), {"repeats": draft.pk, **WHY})
    assert "Readers have never seen that claim" in errors_of(answer) + text(answer)
    assert pending_proposal(again) is None


def test_a_draft_that_says_a_draft_again_waits_for_it(desk):
    first = ClaimFactory(statement__said_on="2021")
    again = ClaimFactory(statement__said_on="2022")
    send(desk, address(again), {"repeats": first.pk})
    assert stored(again).repeats == first
    assert "Publish the claim that it says again first." in text(desk.get(address(again)))


def test_hostile_words_are_shown_and_not_obeyed(look, claims):
    first, again = claims
    type(again).objects.filter(pk=again.pk).update(repeats=first, criterion="<script>alert(1)</script> & {x}")
    page = look(again.get_absolute_url())
    assert "<script>alert(1)" not in page.source
    assert "alert(1)" in page.one("section", "repetitions").text
    assert page.errors == []
