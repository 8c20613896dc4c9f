"""What the log says of signing in and of what goes wrong there, and what it never says."""

import io
import logging

import pytest
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.test import Client

from tests.factories import PASSWORD, UserFactory

WRONG = "a guess that may be somebody's"

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """What the site's own handler writes, in its own format, through its own filter."""
    handler = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture
def account():
    return UserFactory(editor=True)


def sign_in(client, account, password):
    client.get("/admin/login/", secure=True)
    token = client.cookies["__Host-csrf"].value
    form = {"username": account.username, "password": password, "csrfmiddlewaretoken": token}
    return client.post("/admin/login/", form, headers={"referer": "https://testserver/"}, secure=True)


def secrets_of(*clients):
    cookies = [cookie.value for client in clients for cookie in client.cookies.values() if cookie.value]
    return {PASSWORD, WRONG, settings.SECRET_KEY, *cookies}


def assert_tells(log, expected, secrets):
    said = log.getvalue()
    assert expected in said
    assert [secret for secret in secrets if secret in said] == []


@pytest.fixture
def visitor():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/admin/login/", secure=True)
    return client


def test_signing_in_leaves_no_secret(log, visitor, account):
    assert sign_in(visitor, account, PASSWORD).status_code == 302
    assert visitor.get("/admin/nowhere/", secure=True).status_code == 404
    assert {"__Host-session", "__Host-csrf"} <= set(visitor.cookies)
    assert_tells(log, "Not Found: /admin/nowhere/", secrets_of(visitor))


def test_guessing_until_the_door_locks_leaves_no_secret(log, visitor, account):
    assert [sign_in(visitor, account, WRONG).status_code for _ in range(6)] == [200] * 4 + [429] * 2
    assert_tells(log, "Locking out", secrets_of(visitor))


def test_a_password_typed_into_the_field_for_the_name_leaves_no_secret(log, visitor, account):
    account.username = PASSWORD
    for _ in range(6):
        sign_in(visitor, account, WRONG)
    assert_tells(log, "Locking out", secrets_of(visitor))


def test_a_forged_form_leaves_no_secret(log, visitor, account):
    sign_in(visitor, account, PASSWORD)
    form = {"password": WRONG, "csrfmiddlewaretoken": "x" * 64}
    answer = visitor.post(
        "/admin/password_change/", form, headers={"referer": "https://testserver/"}, secure=True
    )
    assert answer.status_code == 403
    assert_tells(log, "Forbidden", {*secrets_of(visitor), "x" * 64})


def test_an_error_of_ours_amid_signing_in_leaves_no_secret(log, visitor, account, monkeypatch):
    sign_in(visitor, account, PASSWORD)

    def broken(self):
        password, data = self.cleaned_data["password"], self.data  # both at hand where it breaks
        raise RuntimeError(f"broken after {len(password)} characters of {len(data)} fields")

    monkeypatch.setattr(AuthenticationForm, "clean", broken)
    assert sign_in(visitor, account, WRONG).status_code == 500
    assert_tells(log, "RuntimeError: broken after", secrets_of(visitor))
