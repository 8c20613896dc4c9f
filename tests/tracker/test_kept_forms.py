"""A form of the desk that cannot be saved is kept in the answer: signed out, token too old, account deactivated."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from tests.actions.desk import ready, stored
from tests.admin.posting import address, as_served, listing, post
from tests.factories import PASSWORD, ClaimFactory, UserFactory

pytestmark = pytest.mark.django_db

WORDS = "Month by month, as the monitors count them."
ORIGIN = {"Origin": "http://testserver"}
SIGN_IN = reverse("admin:login")


class Browser:
    """A browser that checks tokens, with the form of a claim open, changed and not sent yet."""

    def __init__(self, user, claim):
        self.user, self.claim = user, claim
        self.client = Client(enforce_csrf_checks=True, headers=ORIGIN)
        self.sign_in(user)
        self.open()

    def sign_in(self, user):
        self.client.force_login(user)

    def open(self):
        page = self.client.get(address(self.claim))
        hidden = dict(hidden_fields(page))
        names = ("csrfmiddlewaretoken", "_writer")
        self.form = {**as_served(page), **{name: hidden[name] for name in names}, "criterion": WORDS}

    def save(self, **headers):
        return post(self.client, address(self.claim), {**self.form, "_continue": "Save"})

    def sign_in_on(self, page, user):
        given = {"username": user.username, "password": PASSWORD}
        return post(self.client, SIGN_IN, {**dict(hidden_fields(page)), **given})

    def send_again(self, page, **more):
        return post(self.client, address(self.claim), {**fields_by_name(page), **more})


def hidden_fields(page):
    """The hidden fields of the page's own form, not of the one that signs out."""
    for tag in re.findall(r'<input type="hidden"[^>]*>', body_of(page)):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            yield unescape(name[1]), unescape(value[1])


def fields_by_name(page):
    found = {}
    for name, value in hidden_fields(page):
        found.setdefault(name, []).append(value)
    return found


def body_of(page):
    return page.content.decode().split('id="content"')[-1]


@pytest.fixture
def claim():
    return ClaimFactory()


@pytest.fixture
def browser(claim):
    return Browser(UserFactory(editor=True), claim)


def test_signed_out_in_another_tab_the_form_waits_for_the_sign_in_and_is_sent_again(browser, claim):
    browser.client.logout()
    page = browser.save()
    assert page.status_code == 403
    assert "You are signed out" in body_of(page)
    assert WORDS in body_of(page)
    assert stored(claim).criterion != WORDS
    page = browser.sign_in_on(page, browser.user)
    assert "You are signed in again." in body_of(page)
    assert stored(claim).criterion != WORDS
    browser.send_again(page)
    assert stored(claim).criterion == WORDS


def test_a_wrong_password_loses_nothing(browser, claim):
    browser.client.logout()
    page = browser.save()
    given = {**dict(hidden_fields(page)), "username": browser.user.username, "password": "guess"}
    page = post(browser.client, SIGN_IN, given)
    assert WORDS in body_of(page)
    browser.send_again(browser.sign_in_on(page, browser.user))
    assert stored(claim).criterion == WORDS


def test_the_form_can_be_looked_at_before_it_is_saved(browser, claim):
    browser.client.logout()
    page = browser.sign_in_on(browser.save(), browser.user)
    page = browser.send_again(page, _look="1")
    assert "Nothing is saved yet" in body_of(page)
    assert page.context["adminform"].form["criterion"].value() == WORDS
    assert stored(claim).criterion != WORDS


def test_a_token_too_old_after_signing_in_anew_in_another_tab(browser, claim):
    browser.client.logout()
    browser.client.get(SIGN_IN)
    given = {"username": browser.user.username, "password": PASSWORD}
    post(browser.client, SIGN_IN, {**dict(hidden_fields(browser.client.get(SIGN_IN))), **given})
    page = browser.save()
    assert page.status_code == 403
    assert "somebody signed in anew" in body_of(page)
    browser.send_again(page)
    assert stored(claim).criterion == WORDS


def test_without_any_cookie_left_the_form_is_kept_too(browser, claim):
    browser.client.cookies.clear()
    page = browser.save()
    browser.send_again(browser.sign_in_on(page, browser.user))
    assert stored(claim).criterion == WORDS


def test_a_deactivated_account_is_told_so_and_can_copy_its_words(browser, claim):
    browser.user.is_active = False
    browser.user.save()
    page = browser.save()
    assert "This account was deactivated" in body_of(page)
    assert WORDS in body_of(page)
    assert "You are signed in again." not in body_of(browser.sign_in_on(page, browser.user))


def test_who_lost_the_right_can_copy_their_words(browser, claim):
    browser.user.groups.clear()
    page = browser.save()
    assert page.status_code == 403
    assert WORDS in page.content.decode()


def test_who_owes_a_second_factor_keeps_the_form_until_it_is_set_up(claim, settings):
    browser = Browser(UserFactory(publisher=True), claim)
    settings.REQUIRE_TOTP = True
    page = browser.save()
    assert "this has to be done first" in body_of(page)
    assert reverse("two_factor") in body_of(page)
    settings.REQUIRE_TOTP = False
    browser.send_again(page)
    assert stored(claim).criterion == WORDS


# Never shown to another


def test_another_account_in_the_same_browser_does_not_see_what_was_written(browser, claim):
    other = UserFactory(editor=True)
    browser.client.force_login(other)
    page = browser.save()
    assert "Another account opened this form" in body_of(page)
    assert WORDS not in page.content.decode()
    assert stored(claim).criterion != WORDS
    browser.send_again(browser.sign_in_on(page, browser.user))
    assert stored(claim).criterion == WORDS
    assert stored(claim).changed_by == browser.user


def test_another_account_that_signs_in_on_the_page_does_not_get_the_form(browser, claim):
    browser.client.logout()
    page = browser.sign_in_on(browser.save(), UserFactory(editor=True))
    assert "Another account opened this form" in body_of(page)
    assert WORDS not in page.content.decode()


def test_a_form_with_a_valid_token_is_not_saved_in_the_name_of_another(browser, claim):
    """Two accounts of one browser share the token if the second session came without a sign-in page."""
    browser.client.force_login(UserFactory(editor=True))
    browser.form["csrfmiddlewaretoken"] = dict(hidden_fields(browser.client.get(address(claim))))[
        "csrfmiddlewaretoken"
    ]
    browser.save()
    assert stored(claim).criterion != WORDS


def test_what_another_site_sends_is_refused_and_not_repeated(browser, claim):
    browser.client.logout()
    browser.client.defaults["HTTP_ORIGIN"] = "https://elsewhere.example"
    page = browser.save()
    assert page.status_code == 403
    assert WORDS not in page.content.decode()


@pytest.mark.parametrize("signed", ["", "1", "1:forged", "x" * 300])
def test_a_form_whose_writer_is_not_signed_is_not_kept(browser, signed):
    browser.client.logout()
    browser.form["_writer"] = signed
    page = browser.save()
    assert WORDS not in page.content.decode()


@pytest.mark.parametrize("kept", ["", "x", "W10:forged:x", "9" * 5000])
def test_a_forged_kept_form_leads_nowhere(browser, kept):
    browser.client.logout()
    page = browser.client.get(SIGN_IN)
    token = dict(hidden_fields(page))["csrfmiddlewaretoken"]
    given = {"username": browser.user.username, "password": PASSWORD, "kept": kept}
    answer = post(
        browser.client, SIGN_IN, {**given, "csrfmiddlewaretoken": token, "next": "/admin/"}, follow=False
    )
    assert answer.status_code == 302


def test_no_password_is_ever_kept():
    client = Client(headers=ORIGIN)
    client.force_login(UserFactory(chief=True))
    page = client.get(reverse("admin:password_change"))
    assert 'name="_writer"' not in page.content.decode()
    client.logout()
    sent = {"old_password": PASSWORD, "new_password1": "a new secret", "new_password2": "a new secret"}
    assert "a new secret" not in post(client, reverse("admin:password_change"), sent).content.decode()


# The other pages with a text, and the other refusals


def test_a_decision_is_kept_with_its_reason(browser):
    publisher = UserFactory(publisher=True)
    record = ready(ClaimFactory, in_review=True)
    browser.client.force_login(publisher)
    page = browser.client.get(address(record, "publish"))
    form = {**dict(hidden_fields(page)), "reason": WORDS}
    browser.client.logout()
    page = browser.sign_in_on(post(browser.client, address(record, "publish"), form), publisher)
    assert stored(record).status == "in_review"
    post(browser.client, address(record, "publish"), fields_by_name(page))
    assert stored(record).status == "published"


def test_a_new_record_is_kept_too(browser):
    page = browser.client.get(listing(Claim, "add"))
    hidden = dict(hidden_fields(page))
    browser.client.logout()
    form = {**as_served(page), **hidden, "proposition": WORDS, "_save": "Save"}
    assert WORDS in body_of(post(browser.client, listing(Claim, "add"), form))


def test_maintenance_and_a_failure_show_the_words_to_copy(browser, settings, tmp_path, monkeypatch):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.write_text("")
    page = browser.save()
    assert (page.status_code, WORDS in page.content.decode()) == (503, True)
    settings.MAINTENANCE_FILE.unlink()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("claims.admin.desk.actions.save", fail)
    browser.client.raise_request_exception = False
    page = browser.save()
    assert (page.status_code, WORDS in page.content.decode()) == (500, True)
