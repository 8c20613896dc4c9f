"""Shortcuts of the desk's forms: marked words become a claim, a refusal leads to its field, Ctrl+Enter saves."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Claim
from tests.factories import ClaimFactory, StatementFactory, UserFactory

from .editors import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = "We “won’t” lift a single sanction.\nWe are increasing assistance."
MARK_IN_FIELD = "(field, {start, end}) => { field.focus(); field.setSelectionRange(start, end); }"
MARK_IN_PAGE = "(element) => getSelection().selectAllChildren(element)"


@pytest.fixture
def desk(page, live_server, complaints):
    return Desk(page, live_server.url, UserFactory(editor=True))


def test_words_that_are_marked_in_a_statement_become_the_span_of_a_claim(desk):
    statement = StatementFactory(text=WORDS)
    desk.open(statement)
    button = desk.page.get_by_role("button", name="Claim the marked words").first
    expect(button).to_be_disabled()
    for row, words in enumerate(["We “won’t” lift a single sanction", "increasing assistance"]):
        at = WORDS.index(words)
        desk.page.locator("#id_text").evaluate(MARK_IN_FIELD, {"start": at, "end": at + len(words)})
        button.click()
        expect(desk.page.locator(f"#id_claims-{row}-quote")).to_have_value(words)
        expect(desk.page.locator(f"#id_claims-{row}-proposition")).to_be_focused()
        desk.page.keyboard.type(f"Claim {row}")
        desk.page.locator(f"#id_claims-{row}-kind").select_option("fact")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.told).to_contain_text("changed successfully")
    assert [claim.quote for claim in Claim.objects.order_by("position")] == [
        "We “won’t” lift a single sanction", "increasing assistance",
    ]  # fmt: skip


def test_a_claim_of_a_page_of_its_own_takes_its_span_from_the_words_beside_it(desk):
    statement = StatementFactory(text="We are doing one thing: increasing assistance.")
    desk.open(statement)
    desk.page.get_by_role("link", name="Add a claim on a page of its own").click()
    words = desk.page.locator(".desk-markable")
    words.evaluate(MARK_IN_PAGE)
    desk.page.get_by_role("button", name="Claim the marked words").click()
    expect(desk.page.locator("#id_quote")).to_have_value(statement.text)
    expect(desk.page.locator("#id_proposition")).to_be_focused()


def test_a_refusal_leads_to_its_first_field_and_opens_what_is_folded(desk):
    claim = ClaimFactory(kind="fact")
    desk.open(claim)
    desk.page.get_by_text("Settlement of a commitment").click()
    desk.page.locator("#id_settled_on").fill("2024-01-01")
    desk.page.locator("#id_criterion").press("Meta+Enter")
    expect(desk.page.locator(".errornote")).to_be_visible()
    expect(desk.page.locator("#id_settled_as")).to_be_focused()


def test_a_refused_choice_gets_the_focus_where_it_is_picked(desk):
    desk.page.goto(desk.live + reverse("admin:claims_statement_add"))
    desk.page.locator("#id_title").fill("Remarks")
    desk.page.locator("#id_title").press("Control+Enter")
    expect(desk.page.locator("#id_speaker + .select2 .select2-selection")).to_be_focused()


def test_a_topic_and_a_place_are_made_from_the_pick_list_of_several_claims(desk):
    ClaimFactory.create_batch(2)
    desk.page.goto(desk.live + reverse("admin:claims_claim_changelist"))
    for box in desk.page.locator(".action-select").all():
        box.check()
    desk.page.locator("select[name=action]").select_option("file_selected")
    desk.page.locator("button[name=index]").click()
    for name, model in {"topics": "Aid", "places": "Idlib"}.items():
        make_in_popup(desk, f"#add_id_add_{name}", model)
    desk.page.get_by_role("button", name="Save", exact=True).click()
    expect(desk.told).to_contain_text("2 claims change.")
    assert {(claim.topics.get().name, claim.places.get().name) for claim in Claim.objects.all()} == {
        ("Aid", "Idlib")
    }


def make_in_popup(desk, link, name):
    with desk.page.expect_popup() as opened:
        desk.page.locator(link).click()
    popup = opened.value
    popup.locator("#id_name").fill(name)
    if popup.locator("#id_kind").count():
        popup.locator("#id_kind").select_option(index=1)
    popup.locator("input[name=_save]").click()
    desk.page.wait_for_function("(name) => document.body.textContent.includes(name)", arg=name)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_source_a_place_and_an_event_are_made_without_leaving_the_form(desk, width):
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.add("evidence")
    desk.page.locator("#id_summary").fill("A convoy was let through.")
    for name in ("source", "place", "origin"):
        make_in_popup(desk, f"#add_id_{name}", f"New {name}")
        expect(desk.page.locator(f"#id_{name} + .select2")).to_contain_text(f"New {name}")
    expect(desk.page.locator("#id_summary")).to_have_value("A convoy was let through.")
