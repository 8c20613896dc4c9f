"""The claim’s form: its answer, its quotation with the sense, its days, its settlement, or why it cannot be checked."""

from datetime import date

import pytest
from django.urls import reverse

from claims.admin.change_notice_form import notice_field_name
from claims.models import Claim, Role, Statement
from tests.factories import ClaimFactory, EvidenceLinkFactory, RatingFactory, RoleFactory, StatementFactory

from .posting import address, as_served, errors_of, listing, post, send, text

pytestmark = pytest.mark.django_db


def test_all_of_it_is_entered_on_the_claims_own_page(editor):
    statement = StatementFactory(text="We have not, and will not, lift a sanction.")
    claim = ClaimFactory(statement=statement, kind="denial", quote="lift a sanction", answer="")
    send(
        editor,
        address(claim),
        {
            "governing_words": "We have not … lift a sanction", "answer": "Two were lifted.", "valid_from": "2021",
            "valid_until": "2025", notice_field_name("ar", "answer"): "رُفعت عقوبتان.",
            notice_field_name("ar", "by"): "A",
        },
    )  # fmt: skip
    claim = Claim.objects.get()
    assert (claim.governing_words, claim.answer) == ("We have not … lift a sanction", "Two were lifted.")
    assert (str(claim.valid_from), str(claim.valid_until)) == ("2021", "2025")
    assert claim.said_in("answer", "ar") == "رُفعت عقوبتان."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer": "word " * 41}, "At most 40 words; these are 41."),
        (
            {notice_field_name("ar", "answer"): "كلمة " * 41, notice_field_name("ar", "by"): "A"},
            "At most 40 words",
        ),
        ({"governing_words": "We never said … increasing assistance"}, "We never said"),
        ({"valid_from": "2022", "valid_until": "2021-12"}, "after their last day"),
        ({"kind": "commitment", "settled_as": "kept"}, "give all three or none"),
        (
            {"kind": "commitment", "settled_on": "2022-06-01", "settlement": "It came."},
            "give all three or none",
        ),
    ],
)
def test_what_is_refused_is_said_in_words_and_kept_in_the_form(editor, change, words):
    claim = ClaimFactory()
    answer = send(editor, address(claim), change)
    assert words in errors_of(answer)
    for value in change.values():
        assert value in text(answer)


def test_an_answer_and_a_settlement_from_before_the_rules_do_not_bar_another_change(editor):
    claim = ClaimFactory(settled=True, settled_as="", answer="")
    send(editor, address(claim), {"criterion": "Aid that arrives."})
    claim.refresh_from_db()
    assert claim.criterion == "Aid that arrives."
    send(editor, address(claim), {"settled_as": "blocked"})
    claim.refresh_from_db()
    assert (claim.settled_as, claim.settled_on) == ("blocked", date(2022, 6, 1))


def test_the_preview_of_what_cannot_be_checked_has_no_number(editor):
    link = EvidenceLinkFactory(stance=-2)
    RatingFactory(link=link, rater=editor.user)
    url = address(link.claim)
    data = as_served(editor.get(url))
    preview = reverse("admin:claims_claim_preview", args=[link.claim_id])
    assert "Cannot be checked" not in post(editor, preview, data).json()["panel"]
    panel = post(editor, preview, data | {"uncheckable_reason": "Too vague."}).json()["panel"]
    assert "Cannot be checked" in panel
    assert "it has no score" in panel


def test_the_check_list_asks_for_the_answer_and_for_the_sense(editor):
    page = text(editor.get(address(ClaimFactory(kind="denial", answer=""))))
    assert "Write what happened, in at most 40 words of plain prose." in page
    assert "The span by itself denies nothing." in page


def test_lists_narrow_to_what_lacks_an_answer_or_an_outcome(editor):
    lacking = ClaimFactory(answer="")
    undecided = ClaimFactory(settled=True, settled_as="")
    ClaimFactory()
    for needs, claim in (("answer", lacking), ("outcome", undecided)):
        found = editor.get(f"{listing(Claim)}?needs={needs}").context["cl"].queryset
        assert list(found) == [claim]


def test_reported_passages_are_entered_beside_the_words_and_carry_spans(editor):
    statement = StatementFactory()
    send(editor, address(statement), {"reported_text": "Trucks are let in."})
    assert Statement.objects.get().reported_text == "Trucks are let in."
    claim = ClaimFactory(statement=statement)
    send(editor, address(claim), {"quote": "Trucks are let in"})
    claim.refresh_from_db()
    assert claim.quote == "Trucks are let in"
    answer = send(editor, address(statement), {"reported_text": ""})
    assert "letter for letter" in errors_of(answer)


def test_the_same_office_is_entered_twice_with_its_beginnings(editor):
    role = RoleFactory(start="2001", end="2005")
    row = {"roles-TOTAL_FORMS": "2", "roles-1-title": role.title, "roles-1-start": "2021"}
    send(editor, address(role.speaker), row)
    assert sorted(str(each.start) for each in Role.objects.all()) == ["2001", "2021"]
    answer = send(editor, address(role.speaker), {**row, "roles-TOTAL_FORMS": "3", "roles-2-title": role.title,
                                                  "roles-2-start": "2001", "roles-1-start": "2022"})  # fmt: skip
    assert "on that date already" in errors_of(answer)
