"""The whole life of a claim in the browser: three people, a reader, and whoever tries to go round them."""

import re
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Entry, Evidence
from tests.factories import StatementFactory, UserFactory

from .editors import Desk, enter_reports, enter_statement, live, tie

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(browser, live_server):
    """Opens a browser for each who comes."""
    contexts = []

    def come(**role):
        contexts.append(browser.new_context())
        return Desk(contexts[-1].new_page(), live_server.url, UserFactory(**role))

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def reader(browser, live_server):
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield lambda path: (page.goto(live_server.url + path), page)[1]


def verify():
    out = StringIO()
    try:
        call_command("verify_ledger", stdout=out)
    except CommandError as refusal:
        return f"{out.getvalue()} {refusal}"
    return out.getvalue()


def test_three_people_bring_a_claim_to_readers_revise_it_and_take_it_back(people, reader):
    writer, _second, publisher, claim = live(people)
    claim.refresh_from_db()
    page = reader(claim.get_absolute_url())
    expect(page.locator("h1")).to_contain_text("Violence is kept down")
    expect(page.locator("main")).to_contain_text("Contradicts", ignore_case=True)

    # Revised: readers see the old until a second person agrees.
    writer.open(claim)
    writer.page.locator("#id_proposition").fill("Violence is being kept down")
    writer.save()
    expect(writer.errors).to_be_visible()
    writer.shows("Say why it should change")
    expect(writer.page.locator("#id_proposition")).to_have_value("Violence is being kept down")
    writer.page.get_by_label("Why it changes").fill("Closer to the words.")
    writer.save()
    expect(writer.told).to_contain_text("until a second person accepts")
    expect(reader(claim.get_absolute_url()).locator("h1")).to_contain_text("Violence is kept down")
    writer.told.get_by_role("link").click()
    writer.shows("You wrote this.")
    expect(writer.page.get_by_role("button", name="Accept: readers see it")).to_have_count(0)
    publisher.page.goto(publisher.live + reverse("admin:index"))
    publisher.page.locator("#desk-proposals").get_by_role("link").first.click()
    publisher.page.get_by_role("link", name=re.compile("Show what readers see")).click()
    publisher.shows("No gap moves.")
    publisher.page.get_by_role("button", name="Accept: readers see it").click()
    expect(publisher.told).to_contain_text("Accepted.")
    expect(reader(claim.get_absolute_url()).locator("h1")).to_contain_text("Violence is being kept down")

    # Withdrawn, with the reason.
    publisher.decide(claim, "withdraw", "Withdraw", "The words were another's.")
    expect(publisher.told).to_contain_text("Withdrawn.")
    expect(reader(reverse("changes")).locator("main")).to_contain_text("The words were another's.")
    assert Entry.objects.latest("number").hash in verify()


def test_each_rule_refuses_in_words_that_say_what_to_do(people):
    writer, second, publisher = people(editor=True), people(editor=True), people(publisher=True)
    statement, claim = enter_statement(publisher)
    publisher.decide(claim, "submit", "Send to review")
    publisher.shows("Note a search for supporting evidence, found or not.")
    publisher.decide(statement, "submit", "Send to review")
    publisher.open(statement)
    publisher.shows("A second person publishes it: ask another publisher.")
    expect(publisher.page.get_by_role("link", name="Publish …")).to_have_count(0)
    writer.open(statement)
    expect(writer.page.get_by_role("link", name="Publish …")).to_have_count(0)
    assert statement.__class__.objects.get().status == "in_review"
    second.decide(statement, "return", "Send back", "The day is missing.")
    expect(second.told).to_contain_text("Sent back.")
    publisher.page.goto(publisher.live + reverse("admin:index"))
    expect(publisher.page.locator("#desk-returned")).to_contain_text("Remarks on Syria")


def test_the_second_editor_is_blind_until_they_have_graded(people):
    writer, second = people(editor=True), people(editor=True)
    _statement, claim = enter_statement(writer)
    enter_reports(writer)
    tie(writer, claim)
    second.page.goto(second.live + reverse("admin:index"))
    expect(second.page.locator("#desk-to_grade")).to_contain_text("Shelling number 0")
    second.open(claim)
    second.shows("Grade first, see later")
    second.hides("gradings:")
    for row in range(3):
        second.grade(row, "5" if row == 0 else "1")
    second.save()
    second.shows("gradings differ in sign: −−, ++")
    second.shows("gradings: −−, −−")
    second.page.goto(second.live + reverse("admin:index"))
    expect(second.page.locator("#desk-disagreements")).to_contain_text("Shelling number 0")


def test_the_second_save_of_two_at_once_keeps_its_text_and_shows_both(people):
    first, second = people(editor=True), people(editor=True)
    _statement, claim = enter_statement(first)
    first.open(claim)
    second.open(claim)
    first.page.locator("#id_criterion").fill("Deaths, by week.")
    first.save()
    expect(first.told).to_contain_text("changed successfully")
    second.page.locator("#id_criterion").fill("Deaths, by year.")
    second.save()
    second.shows("Nothing was saved")
    second.shows("Now stored: “Deaths, by week.”")
    expect(second.page.locator("#id_criterion")).to_have_value("Deaths, by year.")
    claim.refresh_from_db()
    assert claim.criterion == "Deaths, by week."
    second.save()
    expect(second.told).to_contain_text("changed successfully")
    claim.refresh_from_db()
    assert claim.criterion == "Deaths, by year."


@contextmanager
def behind_the_application(record, **values):
    rows = type(record)._base_manager.filter(pk=record.pk)
    before = rows.values(*values).get()
    rows.update(**values)
    yield
    rows.update(**before)


def test_a_correction_is_found_by_readers_and_a_tampered_row_is_named(people, reader):
    writer, _second, publisher, claim = live(people)
    source = Evidence.objects.order_by("pk").first().source
    writer.open(source)
    writer.page.locator("#id_reliability").select_option("E")
    writer.page.locator("#id_reliability_reason").fill("It made the shelling up.")
    writer.page.get_by_label("Why it changes").fill("It made the shelling up.")
    writer.save()
    writer.shows("Write the notice that they will read")
    expect(writer.page.locator("#id_reliability_reason")).to_have_value("It made the shelling up.")
    writer.page.get_by_label("Notice for readers").select_option("correction")
    writer.page.get_by_label("What was wrong", exact=True).fill("We trusted a source that made it up.")
    writer.save()
    expect(writer.told).to_contain_text("until a second person accepts")
    publisher.page.goto(publisher.live + reverse("admin:index"))
    publisher.page.locator("#desk-proposals").get_by_role("link").first.click()
    publisher.shows("grade its reports, and you see how it moves")
    publisher.page.get_by_role("link", name=re.compile("Show what readers see")).click()
    publisher.shows("This turns a verdict that readers see. Its writer drafted the notice below.")
    publisher.shows("a notice is owed")
    publisher.page.get_by_role("button", name="Accept: readers see it").click()
    expect(publisher.told).to_contain_text("Accepted.")
    claim.refresh_from_db()
    with behind_the_application(claim, criterion="Whatever suits."):
        assert f"claim {claim.slug}: criterion is" in verify()
    assert "every public record holds" in verify()
    for path in (claim.get_absolute_url(), reverse("corrections")):
        expect(reader(path).locator("main")).to_contain_text("We trusted a source that made it up.")


def test_a_text_is_taken_out_by_two_people_and_its_place_stays(people, reader):
    _writer, _second, publisher, claim = live(people)
    other = people(publisher=True)
    publisher.add("suppression")
    publisher.page.locator("#id_text").fill("Shelling number 1")
    publisher.page.get_by_label(re.compile("a person’s safety")).check()
    publisher.page.locator("#id_reason").fill("It endangers a witness.")
    publisher.save()
    publisher.shows("A second person decides")
    expect(publisher.page.get_by_role("button", name="Take it out, for good")).to_have_count(0)
    other.page.goto(publisher.page.url)
    other.shows("Shelling number 1")
    other.page.get_by_role("button", name="Take it out, for good").click()
    expect(other.told).to_contain_text("Taken out of")
    page = reader(claim.get_absolute_url())
    expect(page.locator("main")).to_contain_text("[taken out: a person’s safety, see change")
    expect(page.locator("main")).not_to_contain_text("Shelling number 1")
    expect(reader(reverse("changes")).locator("main")).to_contain_text("It endangers a witness.")
    assert "every public record holds" in verify()


def by_keyboard(page, words):
    """Tab to the control that says so, from wherever the focus is; its label or text."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(() => { const at = document.activeElement;"
            " return [at.textContent, at.value, at.labels && [...at.labels].map((each) => each.textContent).join()]"
            ".join(' ') })()"
        )
        if words in found:
            return
    raise AssertionError(f"{words} cannot be reached by keyboard")


def test_a_review_and_a_proposal_are_decided_by_keyboard_alone(people):
    publisher = people(publisher=True)
    statement = StatementFactory(in_review=True)
    publisher.open(statement)
    by_keyboard(publisher.page, "Publish …")
    publisher.page.keyboard.press("Enter")
    publisher.page.wait_for_url("**/publish/")
    by_keyboard(publisher.page, "Reason")
    publisher.page.keyboard.type("Held against the source.")
    by_keyboard(publisher.page, "Publish")
    publisher.page.keyboard.press("Enter")
    expect(publisher.told).to_contain_text("Published.")

    writer = people(editor=True)
    writer.open(statement)
    by_keyboard(writer.page, "Title")
    writer.page.keyboard.press("End")
    writer.page.keyboard.type(", Washington")
    by_keyboard(writer.page, "Why it changes")
    writer.page.keyboard.type("The town was missing.")
    by_keyboard(writer.page, "Save")
    writer.page.keyboard.press("Enter")
    expect(writer.told).to_contain_text("until a second person accepts")

    publisher.page.goto(publisher.live + reverse("admin:index"))
    by_keyboard(publisher.page, statement.title)
    publisher.page.keyboard.press("Enter")
    publisher.page.wait_for_url("**/claims/proposal/**")
    by_keyboard(publisher.page, "Accept: readers see it")
    publisher.page.keyboard.press("Enter")
    expect(publisher.told).to_contain_text("Accepted.")
    statement.refresh_from_db()
    assert statement.title.endswith(", Washington")
