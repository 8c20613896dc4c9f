"""`/corrections/` and its feed list each error once, however many records it was in, headed by what was wrong."""

from datetime import date

import pytest

from claims.actions import CorrectionNotice, accept_proposal
from claims.domain.vocabulary import CorrectionKind
from claims.models import Correction
from tests.actions.desk import contradicted, propose
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    StatementFactory,
    UserFactory,
)
from tests.views.conftest import open_page
from tests.views.test_feeds import ATOM, items, text, told

pytestmark = pytest.mark.django_db

WRONG = {"what_was_wrong": "The source was graded A. It is B."}


def listed():
    return open_page("/corrections/").all("li", "report")


def test_an_error_in_several_records_is_listed_once_with_what_it_changed_in_each():
    first, second = (ClaimFactory(published=True, proposition=words) for words in ("Aid grows", "Aid flows"))
    CorrectionFactory(claim=first, effect="69 → 73", **WRONG)
    CorrectionFactory(claim=second, effect="40 → 44", **WRONG)
    (error,) = listed()
    assert error.one("h2").text == "The source was graded A. It is B."
    assert [node.text for node in error.one("ul").all("li")] == ["Aid grows: 69 → 73", "Aid flows: 40 → 44"]
    links = [node.attributes["href"] for node in error.all("a")]
    notices = Correction.objects.order_by("pk")
    assert links == [f"{each.claim.get_absolute_url()}#correction-{each.slug}" for each in notices]


def test_the_report_in_which_the_error_was_does_not_repeat_what_changed_in_the_claim():
    report = EvidenceFactory(published=True, summary="A bridge was hit")
    claim = ClaimFactory(published=True, proposition="Aid grows")
    CorrectionFactory(claim=claim, effect="69 → 73", **WRONG)
    CorrectionFactory(claim=None, evidence=report, effect="Aid grows: 69 → 73", **WRONG)
    (error,) = listed()
    assert [node.text for node in error.one("ul").all("li")] == ["Aid grows: 69 → 73", "A bridge was hit"]


@pytest.mark.parametrize(
    "other",
    [{"corrected_on": date(2026, 11, 3)}, {"kind": "update"}, {"what_was_wrong": "Another error."}],
    ids=["day", "kind", "words"],
)
def test_what_differs_in_day_kind_or_words_is_another_error(other):
    claim = ClaimFactory(published=True)
    CorrectionFactory(claim=claim, **WRONG)
    CorrectionFactory(claim=claim, **WRONG | other)
    assert len(listed()) == len(items("/corrections/feed/")) == 2


def test_the_newest_error_comes_first():
    for day in (2, 4, 3):
        CorrectionFactory(what_was_wrong=f"Error {day}", corrected_on=date(2026, 11, day))
    expected = ["Error 4", "Error 3", "Error 2"]
    assert [error.one("h2").text for error in listed()] == expected
    assert [text(item, "title") for item in items("/corrections/feed/")] == [
        f"Correction: {e}" for e in expected
    ]


def test_a_changed_quotation_is_shown_before_and_after():
    claim = contradicted()
    writer, publisher = UserFactory(editor=True), UserFactory(publisher=True)
    notice = CorrectionNotice(CorrectionKind.CORRECTION, "The quotation was cut too short.")
    before = claim.quote
    after = before.rsplit(" ", 1)[0]
    accept_proposal(propose(claim, by=writer, quote=after, notice=notice), by=publisher, now=NOW)
    (error,) = listed()
    assert [node.text for node in error.all("dd")] == [before, after]
    (item,) = items("/corrections/feed/")
    assert told(item)[0] == f"{claim.called}: “{before}” → “{after}”"


def test_the_records_of_a_far_reaching_error_are_counted_after_the_first_ten():
    statement = StatementFactory(published=True)
    for _ in range(12):
        CorrectionFactory(claim=ClaimFactory(published=True, statement=statement), **WRONG)
    (error,) = listed()
    assert len(error.one("ul").all("li")) == 11
    assert error.one("ul").all("li")[-1].text == "and 2 others"


def test_records_that_are_not_public_are_not_listed():
    CorrectionFactory(claim=ClaimFactory(published=True, proposition="Aid grows"), **WRONG)
    CorrectionFactory(claim=ClaimFactory(proposition="A draft"), **WRONG)
    (error,) = listed()
    assert [node.text for node in error.one("ul").all("li")] == ["Aid grows"]


def test_a_day_before_the_error_was_corrected_does_not_list_it():
    CorrectionFactory(**WRONG)
    assert open_page("/corrections/?as_of=2026-11-01").all("li", "report") == []


def test_the_feed_links_an_error_once_to_its_first_notice():
    first, second = CorrectionFactory.create_batch(2, **WRONG)
    (item,) = items("/corrections/feed/")
    address = f"http://testserver{first.claim.get_absolute_url()}#correction-{first.slug}"
    assert item.find(f"{ATOM}link").attrib["href"] == text(item, "id") == address
    assert told(item) == [first.claim.called, second.claim.called]


@pytest.mark.parametrize("address", ["/corrections/", "/corrections/feed/"])
def test_the_number_of_queries_does_not_grow_with_errors_or_records(
    django_assert_max_num_queries, client, address
):
    for number in range(6):
        for _ in range(3):
            CorrectionFactory(what_was_wrong=f"Error {number}")
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_a_claim_whose_verdict_new_facts_turned_was_updated_and_not_corrected():
    claim = ClaimFactory(published=True)
    CorrectionFactory(claim=claim, kind=CorrectionKind.UPDATE, what_was_wrong="More reports are published.")
    address = claim.get_absolute_url()
    assert open_page(address).one("p", "corrected-on").text.startswith("Updated on ")
    CorrectionFactory(claim=claim, **WRONG)
    assert open_page(address).one("p", "corrected-on").text.startswith("Corrected on ")
