"""Text that was typed at the desk is never lost: too long a paste, a session that ends, a page that is left."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from claims.models import Evidence
from tests.factories import PASSWORD, ClaimFactory, EvidenceFactory, SourceFactory, UserFactory

from .editors import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WORDS = "Month by month, as the monitors count them."
PASTED = "The guarantors meet in Astana. " * 13
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('desk-draft:'))"


@pytest.fixture
def editor(db):
    return UserFactory(editor=True)


@pytest.fixture
def desk(page, live_server, editor):
    return Desk(page, live_server.url, editor)


def criterion(desk):
    return desk.page.locator("#id_criterion")


def wait_for_drafts(page, count):
    """Until the script has stored so many; the policy forbids a condition in the page."""
    for _ in range(100):
        if len(page.evaluate(DRAFTS)) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(DRAFTS))


def type_criterion(desk, words=WORDS):
    criterion(desk).fill(words)
    wait_for_drafts(desk.page, 1)


def sign_in_on(page, user):
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_paste_is_not_cut_but_counted_refused_and_kept(desk):
    claim = ClaimFactory()
    desk.open(claim)
    field = desk.page.locator("#id_proposition")
    field.fill("Short.")
    expect(desk.page.locator(".desk-letters")).to_have_count(0)
    field.focus()
    field.select_text()
    desk.page.keyboard.insert_text(PASTED)
    expect(field).to_have_value(PASTED)
    expect(desk.page.locator(".desk-letters.over")).to_contain_text("402 of 300 letters: 102 too many")
    desk.save()
    expect(desk.page.locator(".errorlist").first).to_contain_text("102 letters too long")
    expect(field).to_have_value(PASTED)
    field.fill(WORDS)
    expect(desk.page.locator(".desk-letters")).to_have_count(0)
    desk.save()
    expect(desk.told).to_contain_text("changed successfully")
    claim.refresh_from_db()
    assert claim.proposition == WORDS


def test_a_session_that_ended_in_mid_form_loses_nothing(desk, editor):
    claim = ClaimFactory()
    desk.open(claim)
    type_criterion(desk)
    Session.objects.all().delete()
    desk.save()
    desk.shows("You are signed out")
    sign_in_on(desk.page, editor)
    desk.shows("You are signed in again.")
    desk.page.get_by_role("button", name="Send it again").click()
    expect(desk.told).to_contain_text("changed successfully")
    claim.refresh_from_db()
    assert claim.criterion == WORDS
    wait_for_drafts(desk.page, 0)


def test_signed_in_anew_in_another_tab_the_old_form_is_still_good(desk, editor):
    claim = ClaimFactory()
    desk.open(claim)
    type_criterion(desk)
    Session.objects.all().delete()
    other = desk.page.context.new_page()
    Desk(other, desk.live, editor)
    desk.save()
    desk.shows("somebody signed in anew")
    desk.page.get_by_role("button", name="Look at the form first").click()
    desk.shows("Nothing is saved yet")
    expect(criterion(desk)).to_have_value(WORDS)
    desk.save()
    expect(desk.told).to_contain_text("changed successfully")


def test_leaving_a_changed_form_asks_and_a_form_that_is_as_it_was_does_not(desk):
    desk.open(ClaimFactory())
    asked = []

    def accept(dialog):
        asked.append(dialog.type)
        dialog.accept()

    desk.page.on("dialog", accept)
    desk.page.locator(".desk-nav").get_by_role("link", name="Sources").click()
    desk.page.wait_for_url("**/source/")
    assert asked == []
    desk.page.go_back()
    type_criterion(desk)
    desk.page.locator(".desk-nav").get_by_role("link", name="Sources").click()
    desk.page.wait_for_url("**/source/")
    assert asked == ["beforeunload"]


def test_what_was_left_unsaved_is_offered_when_the_form_is_opened_again(desk):
    claim = ClaimFactory()
    desk.open(claim)
    type_criterion(desk)
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.open(claim)
    expect(criterion(desk)).not_to_have_value(WORDS)
    desk.page.get_by_role("button", name="Put it back").click()
    expect(criterion(desk)).to_have_value(WORDS)
    desk.save()
    expect(desk.told).to_contain_text("changed successfully")
    wait_for_drafts(desk.page, 0)


def test_back_keeps_choices_that_were_picked_and_rows_that_were_added(desk):
    source, report = SourceFactory(name="A monitor"), EvidenceFactory(summary="The corridor was closed")
    claim = ClaimFactory()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.open(claim)
    desk.page.locator("#links-group .add-row a").click()
    desk.choose("links-1-evidence", "The corridor was closed")
    wait_for_drafts(desk.page, 1)
    desk.page.locator(".desk-nav").get_by_role("link", name="Sources").click()
    desk.page.wait_for_url("**/source/")
    desk.page.go_back()
    expect(desk.page.locator("#id_links-1-evidence + .select2")).to_contain_text("The corridor was closed")
    desk.add("evidence")
    desk.choose("source", "A monitor")
    wait_for_drafts(desk.page, 2)
    desk.page.locator(".desk-nav").get_by_role("link", name="Sources").click()
    desk.page.wait_for_url("**/source/")
    desk.page.go_back()
    expect(desk.page.locator("#id_source + .select2")).to_contain_text("A monitor")
    assert Evidence.objects.get() == report
    assert source.name


def test_a_draft_is_no_other_accounts_and_signing_out_forgets_it(desk):
    claim = ClaimFactory()
    desk.open(claim)
    type_criterion(desk)
    Session.objects.all().delete()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    other = Desk(desk.page, desk.live, UserFactory(editor=True))
    other.open(claim)
    expect(other.page.locator("#id_criterion")).to_be_visible()
    expect(other.page.locator(".desk-draft")).to_have_count(0)
    other.page.locator("#id_criterion").fill("Another's words.")
    wait_for_drafts(other.page, 2)
    other.page.get_by_role("button", name="Sign out").click()
    other.page.wait_for_url("**/logout/")
    wait_for_drafts(other.page, 1)


def test_without_a_script_the_form_is_kept_all_the_same(browser, live_server, editor):
    claim = ClaimFactory()
    with browser.new_context(java_script_enabled=False) as context:
        desk = Desk(context.new_page(), live_server.url, editor)
        desk.open(claim)
        desk.page.locator("#id_criterion").fill(WORDS)
        Session.objects.all().delete()
        desk.save()
        sign_in_on(desk.page, editor)
        desk.page.get_by_role("button", name="Send it again").click()
        expect(desk.told).to_contain_text("changed successfully")
    claim.refresh_from_db()
    assert claim.criterion == WORDS
