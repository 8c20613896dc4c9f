"""Setting an app up, replacing it, removing it, and what of it is ever shown or told."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import UserFactory
from tests.people import signed_in
from tests.tracker.authenticator import PAGE, App, errors, press, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(monkeypatch):
    return App(monkeypatch)


@pytest.fixture
def editor():
    return signed_in(UserFactory(editor=True))


def text(response):
    return response.content.decode()


def confirmed(user):
    return list(TOTPDevice.objects.filter(user=user, confirmed=True))


def test_everyone_at_the_desk_finds_the_page(editor):
    assert f'href="{PAGE}"' in text(editor.get("/admin/"))
    assert "Set up an app" in text(editor.get(PAGE))
    assert Client().get(PAGE).headers["Location"] == f"/admin/login/?next={PAGE}"


def test_looking_at_the_page_makes_nothing(editor):
    editor.get(PAGE)
    assert not TOTPDevice.objects.exists()


def test_the_secret_is_shown_as_text_as_an_address_and_as_a_drawing(editor):
    press(editor, "begin")
    page = text(editor.get(PAGE))
    assert re.search(r"<code>([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page)
    assert re.search(r'href="otpauth://totp/Words%20%26%20Ground%3A[a-z0-9]+\?secret=[A-Z2-7]{32}&amp;', page)
    assert '<svg width="' in page


def test_the_page_needs_no_script_and_no_inline_style(editor, app):
    pages = [text(editor.get(PAGE))]
    press(editor, "begin")
    pages.append(text(editor.get(PAGE)))
    set_up(editor, app)
    pages += [text(editor.get(PAGE)), text(Client().get("/admin/login/"))]
    for page in pages:
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", page)


def test_a_code_from_the_app_confirms_it(editor, app):
    set_up(editor, app)
    assert len(confirmed(editor.user)) == 1
    assert "Signing in asks for a code from the app" in text(editor.get(PAGE))
    assert editor.get("/admin/").status_code == 200


def test_a_code_with_a_space_as_apps_show_it_is_taken(editor, app):
    press(editor, "begin")
    app.scan(editor.get(PAGE))
    assert press(editor, "confirm", f"{app.code[:3]} {app.code[3:]}").status_code == 302


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "１２３４５６", "+12345", "1_2345", "9" * 4000]
)
def test_what_is_no_code_is_refused_in_words(editor, app, code):
    press(editor, "begin")
    assert errors(press(editor, "confirm", code))
    assert not confirmed(editor.user)


def test_a_wrong_code_confirms_nothing_and_the_secret_stays(editor, app):
    press(editor, "begin")
    shown = editor.get(PAGE)
    app.scan(shown)
    answer = press(editor, "confirm", app.wrong_code)
    assert "wrong, or was used already" in errors(answer)
    assert answer.context["secret"] == shown.context["secret"]
    assert not confirmed(editor.user)


def test_beginning_again_makes_a_new_secret_and_cancelling_forgets_it(editor):
    press(editor, "begin")
    first = editor.get(PAGE).context["secret"]
    press(editor, "begin")
    assert editor.get(PAGE).context["secret"] != first
    assert TOTPDevice.objects.count() == 1
    press(editor, "cancel")
    assert "secret" not in editor.get(PAGE).context
    assert not TOTPDevice.objects.exists()


def test_only_the_session_that_began_sees_the_secret(editor):
    press(editor, "begin")
    elsewhere = signed_in(editor.user)
    assert "secret" not in elsewhere.get(PAGE).context
    assert "in another window" in errors(press(elsewhere, "confirm", "123456"))


def test_once_confirmed_the_secret_is_shown_nowhere(editor, app, root):
    device = set_up(editor, app)
    root.force_login(UserFactory(chief=True), backend="django.contrib.auth.backends.ModelBackend")
    secret = editor.get(PAGE).context.get("secret")
    assert secret is None
    for client in (editor, root):
        for address in (PAGE, "/admin/", f"/admin/auth/user/{editor.user.pk}/change/"):
            page = text(client.get(address, follow=True))
            assert device.key not in page
            assert "otpauth" not in page


def test_the_desk_lists_no_devices(root):
    assert "otp_totp" not in text(root.get("/admin/"))
    assert root.get("/admin/otp_totp/totpdevice/").status_code == 404


def test_the_log_tells_that_a_device_came_and_went_and_no_secret(editor, app, caplog):
    caplog.set_level("DEBUG")
    device = set_up(editor, app)
    press(editor, "remove", app.wrong_code)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    code = app.next_code
    press(editor, "remove", code)
    assert f"Account {editor.user.pk} confirmed a device" in caplog.text
    assert f"Account {editor.user.pk} removed its device" in caplog.text
    for told in (device.key, device.config_url.partition("secret=")[2][:32], code):
        assert told not in caplog.text


def test_removing_takes_a_code_that_was_not_used_before(editor, app):
    set_up(editor, app)
    assert "used already" in errors(press(editor, "remove", app.code))
    assert confirmed(editor.user)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    press(editor, "remove", app.next_code)
    assert not TOTPDevice.objects.exists()
    assert editor.get("/admin/").status_code == 200


def test_replacing_keeps_the_old_device_until_the_new_one_is_confirmed(editor, app, monkeypatch):
    old = set_up(editor, app)
    assert press(editor, "replace", app.next_code).status_code == 302
    assert confirmed(editor.user) == [old]
    other = App(monkeypatch)
    other.scan(editor.get(PAGE))
    assert press(editor, "confirm", other.code).status_code == 302
    (new,) = TOTPDevice.objects.filter(user=editor.user)
    assert new.key != old.key
    assert editor.get("/admin/").status_code == 200


def test_a_replacement_can_be_called_off(editor, app):
    old = set_up(editor, app)
    press(editor, "replace", app.next_code)
    press(editor, "cancel")
    assert list(TOTPDevice.objects.all()) == [old]


@pytest.mark.parametrize("action", ["begin", "prove", "", "delete"])
def test_no_action_passes_the_code_by(editor, app, action):
    device = set_up(editor, app)
    answer = editor.post(PAGE, {action: "1"} if action else {}, follow=True)
    assert "out of date" in text(answer)
    assert list(TOTPDevice.objects.all()) == [device]


def test_a_second_session_cannot_confirm_a_device_of_its_own_behind_the_first(editor, app, monkeypatch):
    elsewhere = signed_in(editor.user)
    press(elsewhere, "begin")
    theirs = App(monkeypatch)
    theirs.scan(elsewhere.get(PAGE))
    mine = set_up(editor, app)
    app.now = theirs.now
    press(elsewhere, "confirm", theirs.code)
    assert confirmed(editor.user) == [mine]


def test_a_form_from_elsewhere_sets_nothing_up(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor.user, backend="django.contrib.auth.backends.ModelBackend")
    assert press(client, "begin").status_code == 403
    assert not TOTPDevice.objects.exists()


def test_an_operator_removes_a_lost_device(editor, app, capsys):
    set_up(editor, app)
    call_command("remove_totp", editor.user.username)
    assert "signs in with the password alone" in capsys.readouterr().out
    assert not TOTPDevice.objects.exists()
    assert editor.get("/admin/").status_code == 200


@pytest.mark.parametrize(("name", "why"), [("nobody", "no account 'nobody'"), ("editor", "has no device")])
def test_a_misspelt_account_is_named(name, why):
    UserFactory(username="editor")
    with pytest.raises(CommandError, match=why):
        call_command("remove_totp", name)
