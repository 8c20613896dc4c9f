"""When a session ends: on sign-out, with a new password, and when its account is deactivated."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import PASSWORD, UserFactory

NEW = "a sentence nobody guesses"

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return UserFactory(editor=True)


def browser(account, password=PASSWORD):
    client = Client()
    form = {"username": account.username, "password": password, "next": "/admin/"}
    assert client.post("/admin/login/", form).status_code == 302
    return client


def is_signed_in(client):
    return client.get("/admin/").status_code == 200


def cookie_of(client):
    return client.cookies["__Host-session"].value


def with_cookie(value):
    client = Client()
    client.cookies["__Host-session"] = value
    return client


def test_signing_out_ends_the_session_and_not_only_the_cookie(account):
    client = browser(account)
    kept = cookie_of(client)
    assert is_signed_in(with_cookie(kept))
    client.post("/admin/logout/")
    assert not is_signed_in(client)
    assert not is_signed_in(with_cookie(kept))
    assert not Session.objects.exists()


def test_signing_out_here_leaves_the_session_elsewhere(account):
    here, elsewhere = browser(account), browser(account)
    here.post("/admin/logout/")
    assert is_signed_in(elsewhere)


def test_a_new_password_ends_every_other_session_and_keeps_this_one_under_a_new_key(account):
    here, elsewhere = browser(account), browser(account)
    before = cookie_of(here)
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/admin/password_change/", form).status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not is_signed_in(with_cookie(before))


@pytest.mark.parametrize("button", ["set-password", "unset-password"])
def test_a_password_that_somebody_else_sets_or_takes_away_ends_every_session(account, button):
    chief, theirs = browser(UserFactory(chief=True)), browser(account)
    usable = {"set-password": "true", "unset-password": "false"}[button]
    form = {"password1": NEW, "password2": NEW, "usable_password": usable, button: "1"}
    assert chief.post(f"/admin/auth/user/{account.pk}/password/", form).status_code == 302
    assert not is_signed_in(theirs)
    assert is_signed_in(chief)


def test_deactivating_ends_every_session_and_bars_the_door(account):
    chief, theirs = browser(UserFactory(chief=True)), browser(account)
    form = {"username": account.username, "is_staff": "on", "_save": "1"}
    assert chief.post(f"/admin/auth/user/{account.pk}/change/", form).status_code == 302
    assert not is_signed_in(theirs)
    answer = Client().post("/admin/login/", {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 200
    assert "correct username and password" in answer.content.decode()


def test_a_session_planted_before_signing_in_opens_nothing(account):
    client = Client()
    planted = client.session.session_key  # as if somebody else had set the cookie
    client.post("/admin/login/", {"username": account.username, "password": PASSWORD})
    assert is_signed_in(client)
    assert cookie_of(client) != planted
    assert not is_signed_in(with_cookie(planted))
