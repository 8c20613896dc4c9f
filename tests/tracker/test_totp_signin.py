"""Signing in with a code: asked from accounts with a device, never taken twice, and guesses are counted."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.models import Source
from tests.factories import PASSWORD, UserFactory
from tests.tracker.authenticator import PAGE, App, errors, press, set_up
from tests.tracker.test_totp import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(monkeypatch):
    return App(monkeypatch)


@pytest.fixture
def editor(app):
    client = signed_in(UserFactory(editor=True))
    client.device = set_up(client, app)
    app.now += 30
    return client


def sign_in(user, code="", password=PASSWORD, client=None, **kwargs):
    client = client or Client(**kwargs)
    form = {"username": user.username, "password": password, "code": code, "next": "/admin/"}
    client.answer = client.post("/admin/login/", form)
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def wait(seconds):
    """As if the last failure were that long ago."""
    earlier = F("throttling_failure_timestamp") - timedelta(seconds=seconds)
    TOTPDevice.objects.update(throttling_failure_timestamp=earlier)


def test_an_account_without_a_device_signs_in_as_ever():
    assert is_in(sign_in(UserFactory(editor=True)))


def test_password_and_code_open_the_desk(editor, app):
    assert is_in(sign_in(editor.user, app.code))


def test_the_password_alone_begins_no_session(editor):
    client = sign_in(editor.user)
    assert "asks for a code" in text(client.answer)
    assert "__Host-session" not in client.cookies
    assert client.get("/admin/").status_code == 302


def test_a_wrong_code_begins_no_session(editor, app):
    client = sign_in(editor.user, app.wrong_code)
    assert "wrong, or was used already" in text(client.answer)
    assert "__Host-session" not in client.cookies


def test_the_code_alone_tells_nothing(editor, app):
    client = sign_in(editor.user, app.code, password="guess")
    assert "correct username and password" in text(client.answer)
    assert is_in(sign_in(editor.user, app.code)), "the code was not used up"


def test_a_code_opens_once(editor, app):
    assert is_in(sign_in(editor.user, app.code))
    assert not is_in(sign_in(editor.user, app.code))


def test_the_code_before_a_used_one_opens_nothing(editor, app):
    earlier = app.code
    assert is_in(sign_in(editor.user, app.next_code))
    assert not is_in(sign_in(editor.user, earlier))


def test_a_code_of_somebody_elses_device_opens_nothing(editor, app, monkeypatch):
    other = App(monkeypatch)
    set_up(signed_in(UserFactory(editor=True)), other)
    app.now = other.now
    assert not is_in(sign_in(editor.user, other.next_code))


def test_a_device_that_was_never_confirmed_asks_for_nothing():
    client = signed_in(UserFactory(editor=True))
    press(client, "begin")
    assert is_in(sign_in(client.user))


def test_guesses_are_slowed_down_whichever_browser_and_address_they_come_from(editor, app):
    sign_in(editor.user, app.wrong_code, REMOTE_ADDR="203.0.113.1")
    client = sign_in(editor.user, app.code, REMOTE_ADDR="203.0.113.2")
    assert "Too many wrong codes. Please wait" in text(client.answer)
    wait(2)
    assert is_in(sign_in(editor.user, app.code, REMOTE_ADDR="203.0.113.3"))


def test_each_wrong_guess_doubles_the_wait(editor, app):
    for guess in range(6):
        sign_in(editor.user, app.wrong_code, REMOTE_ADDR=f"203.0.113.{guess}")
        wait(2**guess + 1)
    device = TOTPDevice.objects.get()
    assert device.throttling_failure_count == 6
    sign_in(editor.user, app.wrong_code)
    wait(60)
    assert not is_in(sign_in(editor.user, app.code))
    wait(5)
    assert is_in(sign_in(editor.user, app.code))


def test_five_wrong_codes_lock_the_door_like_wrong_passwords(editor, app):
    answers = [sign_in(editor.user, app.wrong_code).answer.status_code for _ in range(6)]
    assert answers == [200] * 4 + [429] * 2
    wait(3600)
    assert sign_in(editor.user, app.code).answer.status_code == 429


def test_no_record_of_failures_keeps_a_code(editor, app):
    from axes.models import AccessAttempt

    sign_in(editor.user, app.wrong_code)
    assert app.wrong_code not in AccessAttempt.objects.get().post_data


# A session from before the device -------------------------------------------------------------------------------


@pytest.fixture
def old_session(editor):
    return signed_in(editor.user)


def test_a_session_that_has_not_seen_the_device_is_asked_for_the_code(old_session, app):
    answer = old_session.get("/admin/claims/source/?q=x")
    assert answer.headers["Location"] == f"{PAGE}?next=%2Fadmin%2Fclaims%2Fsource%2F%3Fq%3Dx"
    assert "Type the one that it shows now" in text(old_session.get(answer.headers["Location"]))
    opened = press(old_session, "prove", app.code, next="/admin/claims/source/?q=x")
    assert opened.headers["Location"] == "/admin/claims/source/?q=x"
    assert is_in(old_session)


def test_such_a_session_writes_nothing(old_session):
    answer = old_session.post("/admin/claims/source/add/", {"name": "Smuggled"}, follow=True)
    assert "Nothing was saved" in text(answer)
    assert not Source.objects.exists()


@pytest.mark.parametrize("action", ["begin", "confirm", "replace", "remove", "cancel"])
def test_such_a_session_cannot_touch_the_device(old_session, editor, app, action):
    press(old_session, action, app.code)
    assert list(TOTPDevice.objects.all()) == [editor.device]
    assert not is_in(old_session)


def test_such_a_session_can_sign_out(old_session):
    old_session.post("/admin/logout/")
    assert "_auth_user_id" not in old_session.session


def test_guesses_there_are_counted_with_the_others(old_session, editor, app):
    assert "wrong" in errors(press(old_session, "prove", app.wrong_code))
    assert "Too many wrong codes" in errors(press(old_session, "prove", app.code))
    assert "Too many wrong codes" in text(sign_in(editor.user, app.code).answer)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_the_way_on_never_leaves_the_site(old_session, app, target):
    assert press(old_session, "prove", app.code, next=target).headers["Location"] == PAGE


def test_a_replaced_device_counts_no_more_in_other_sessions(editor, app, monkeypatch):
    elsewhere = sign_in(editor.user, app.code)
    press(editor, "replace", app.next_code)
    other = App(monkeypatch)
    other.now = app.now
    other.scan(editor.get(PAGE))
    press(editor, "confirm", other.code)
    assert not is_in(elsewhere)
    assert is_in(editor)


def test_readers_pages_set_no_cookie_and_ask_no_session(old_session):
    answer = old_session.get("/")
    assert "Cookie" not in answer.headers["Vary"]
    assert not answer.cookies
